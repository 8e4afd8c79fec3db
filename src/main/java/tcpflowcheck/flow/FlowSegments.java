package tcpflowcheck.flow;

import tcpflowcheck.wire.IcmpError;
import tcpflowcheck.wire.TcpSegment;

/** Gives the flows alive what is of them, once all has been told that comes before. */
final class FlowSegments {
    private final EndingFlows ending;
    private final FlowEvents events;
    private final FlowsAlive alive;
    private final Crowds crowds;
    private final Elsewhere elsewhere;

    FlowSegments(EndingFlows ending, FlowEvents events, FlowsAlive alive, Crowds crowds, Elsewhere elsewhere) {
        this.ending = ending;
        this.events = events;
        this.alive = alive;
        this.crowds = crowds;
        this.elsewhere = elsewhere;
    }

    /** Where flows are told. */
    FlowEvents events() {
        ending.await();
        return events;
    }

    /** A flow begins, to which its first segment is still to be {@linkplain #pass passed}; the key is that one's. */
    Flow begin(FlowKey key, TcpSegment first, long stream) {
        Flow flow = events().born(key, first, stream);
        alive.add(key, flow);
        flow.opening = crowds.born(first);
        return flow;
    }

    /**
     * A segment of a flow passes.
     *
     * @param now the clock of the capture, nanoseconds since the epoch
     * @param late whether the segment had to wait: the clock then stood at its time
     */
    void pass(Flow flow, FlowKey key, TcpSegment segment, long now, boolean late) {
        boolean first = flow.lastFrame() == 0;
        Twin twin = flow.twin;
        if (twin != null) {
            elsewhere.compare(flow, twin, key, segment, now);
        }
        tell(flow, key, segment);
        flow.stood(late ? segment.time() : now);
        alive.passed(flow, first, now);
    }

    /** Shows a flow a segment that does not keep it alive. */
    void tell(Flow flow, FlowKey key, TcpSegment segment) {
        events().segment(flow, flow.sender(key.fromLow), segment);
        crowds.follow(flow);
    }

    /** An ICMP error quotes a segment of a flow. */
    void tell(Flow flow, FlowKey key, IcmpError error) {
        events().icmp(flow, flow.sender(key.fromLow), error);
        crowds.follow(flow);
    }
}
