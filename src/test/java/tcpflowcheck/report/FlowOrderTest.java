package tcpflowcheck.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tcpflowcheck.capture.CaptureNotes;
import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.wire.SegmentBuilder;
import tcpflowcheck.wire.TcpSegment;

/** Flows are told in the order of their streams, but none waits for one that has been silent for 2 MSL. */
class FlowOrderTest {
    private static final double SECOND = 1e9;
    private static final long START = 1_700_000_000_000_000_000L;

    private final List<Frame> frames = new ArrayList<>();
    private final List<Long> told = new ArrayList<>();

    private static SegmentBuilder client(int port) {
        return new SegmentBuilder().ipv4("10.0.0.1", "10.0.0.2").ports(port, 80);
    }

    private void add(SegmentBuilder segment, double seconds) {
        frames.add(segment.frame(frames.size() + 1, START + (long) (seconds * SECOND)));
    }

    private void open(int port, double seconds) {
        add(client(port).seq(1000).flags("S"), seconds);
        add(client(port).reverse().seq(5000).ack(1001).flags("SA"), seconds);
        goesOn(port, seconds);
    }

    private void goesOn(int port, double seconds) {
        add(client(port).seq(1001).ack(5001).flags("A"), seconds);
    }

    private void closed(int port, double seconds) {
        open(port, seconds);
        add(client(port).seq(1001).ack(5001).flags("FA"), seconds);
        add(client(port).reverse().seq(5001).ack(1002).flags("FA"), seconds);
        add(client(port).seq(1002).ack(5002).flags("A"), seconds);
    }

    private List<Long> told(boolean events) throws IOException {
        Reporter reporter = new Reporter() {
            @Override
            public boolean wantsEvents() {
                return events;
            }

            @Override
            public void begin(ForeignText file, CaptureNotes notes) {}

            @Override
            public void segment(Flow flow, Side side, TcpSegment segment, List<TcpEvent> caused) {}

            @Override
            public void event(Flow flow, TcpEvent event) {}

            @Override
            public void flow(Flow flow) {
                told.add(flow.stream());
            }

            @Override
            public void end(Summary summary) {}
        };
        Reports.report(reporter, "x", frames);
        return told;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noneWaitsForOneThatIsSilent(boolean events) throws IOException {
        open(1001, 0);
        closed(1002, 1);
        open(1003, 2);
        closed(1004, 3);
        goesOn(1003, 200);
        goesOn(1001, 7200);
        goesOn(1003, 7201);
        assertThat(told(events)).containsExactly(1L, 3L, 0L, 2L);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void allWaitForOneThatIsNot(boolean events) throws IOException {
        open(1001, 0);
        closed(1002, 1);
        closed(1003, 2);
        for (int i = 1; i <= 10; i++) {
            goesOn(1001, 119 * i);
        }
        assertThat(told(events)).containsExactly(0L, 1L, 2L);
    }

    @Test
    void theSetMovesOn() {
        StreamSet set = new StreamSet();
        long next = 0;
        long absent = 0;
        for (long stream = 0; stream < 1_000_000; stream++) {
            if (stream % 3 != 0) {
                set.add(stream);
            }
            if (stream % 100_000 == 99_999) {
                for (next = set.nextAbsent(next); next <= stream; next = set.nextAbsent(next + 1)) {
                    assertThat(next).isEqualTo(3 * absent++);
                }
            }
        }
    }
}
