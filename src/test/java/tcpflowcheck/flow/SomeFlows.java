package tcpflowcheck.flow;

import java.util.ArrayList;
import java.util.List;
import tcpflowcheck.wire.SegmentBuilder;

/** Flows for tests of what is made of them. */
public final class SomeFlows {
    private static final long START = 1_700_000_000_000_000_000L;

    private SomeFlows() {}

    /** So many that are a SYN to this port. */
    public static List<Flow> to(int port, int count) {
        List<Flow> flows = new ArrayList<>();
        FlowsOnly listener = flows::add;
        PassingFrames frames = new PassingFrames();
        try (FlowTracker tracker = new FlowTracker(FlowLimits.DEFAULT, listener, 1)) {
            for (int i = 0; i < count; i++) {
                frames.pass(
                        tracker,
                        new SegmentBuilder().ports(10_000 + i, port).seq(1).flags("S"),
                        START + i);
            }
            tracker.end();
        }
        return flows;
    }
}
