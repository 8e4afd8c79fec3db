package tcpflowcheck.flow;

import tcpflowcheck.tcp.Rule;
import tcpflowcheck.tcp.Side;

/** Is told of single flows what it takes to notice what many of them come to: floods and scans. */
public interface CrowdEvents {
    /** A SYN opens a flow to this server. */
    void born(int ipVersion, long high, long low, int port, long time, long frame);

    /** The flow to this server that was born at {@code start} is no longer half-open. */
    void done(int ipVersion, long high, long low, int port, long start);

    /**
     * A flow has ended in which a host tried something.
     *
     * @param rule {@link Rule#PORT_SCAN}: it counts for what it tries at the other host; or {@link Rule#HOST_SCAN}: for
     *     what it tries on the port; each attempt is told as both
     * @param flow lent: its ends
     * @param from the end that tried
     * @param firstFrame of the flow
     * @param fails whether it was refused or not answered
     */
    void attempt(Rule rule, FlowEnds flow, Side from, long firstFrame, boolean fails);

    /** The capture has ended. */
    void end();
}
