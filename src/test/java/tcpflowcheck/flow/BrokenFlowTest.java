package tcpflowcheck.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.wire.SegmentBuilder;
import tcpflowcheck.wire.TcpSegment;

/** Memory ends while a listener looks at a segment: it may know less of that flow than it says it does. */
class BrokenFlowTest {
    private static final long START = 1_700_000_000_000_000_000L;

    private final List<Integer> told = new ArrayList<>();

    private final FlowListener listener = new FlowListener() {
        @Override
        public boolean wantsOrder() {
            return true;
        }

        @Override
        public void segment(Flow flow, Side side, TcpSegment segment, List<TcpEvent> events) {
            if (segment.sourcePort() == 1002) {
                throw new OutOfMemoryError("as Java throws it");
            }
        }

        @Override
        public void event(Flow flow, TcpEvent event) {
            assertThat(flow.port(Side.CLIENT)).isNotEqualTo(1002);
        }

        @Override
        public void flow(Flow flow) {
            told.add(flow.port(Side.CLIENT));
        }
    };

    @Test
    void thatFlowIsNotToldAndAllOthersAre() {
        PassingFrames frames = new PassingFrames();
        try (FlowTracker tracker = new FlowTracker(FlowLimits.DEFAULT, listener, 1)) {
            frames.pass(tracker, syn(1001), START);
            assertThatThrownBy(() -> frames.pass(tracker, syn(1002), START + 1)).isInstanceOf(OutOfMemoryError.class);
            frames.pass(tracker, syn(1003), START + 2);
            tracker.end();
        }
        assertThat(told).containsExactly(1001, 1003);
    }

    private static SegmentBuilder syn(int port) {
        return new SegmentBuilder().ports(port, 80).seq(1).flags("S");
    }
}
