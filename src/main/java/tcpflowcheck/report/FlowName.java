package tcpflowcheck.report;

import tcpflowcheck.flow.Flow;

/** A flow by its ends. */
public final class FlowName {
    private FlowName() {}

    /** {@code 172.16.16.128.3363 > 67.228.110.120.80}, as tcpdump writes addresses and ports. */
    public static String of(Flow flow) {
        return FlowHeader.addresses(new TextBuffer(96), flow).toString();
    }
}
