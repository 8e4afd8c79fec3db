package tcpflowcheck.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tcpflowcheck.wire.SegmentBuilder;

/** Of flows that have been told, the last are known: what comes late opens no flow. */
@Execution(ExecutionMode.CONCURRENT)
class RemainsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long MSL = 60 * SECOND;
    private static final int PORTS = 50_000;

    private final PassingFrames frames = new PassingFrames();
    private long time = 1_700_000_000 * SECOND;

    private FlowTracker tracker(int maxFlows) {
        FlowLimits limits = new FlowLimits(MSL, 75 * SECOND, 3600 * SECOND, maxFlows, Long.MAX_VALUE, 0);
        FlowsOnly nobody = flow -> {};
        return new FlowTracker(limits, nobody, 1);
    }

    private static SegmentBuilder client(boolean six, int connection) {
        int host = connection / PORTS;
        SegmentBuilder client = new SegmentBuilder().ports(10_000 + connection % PORTS, 80);
        return six
                ? client.ipv6("2001:db8::" + Integer.toHexString(host + 2), "2001:db8::1")
                : client.ipv4("10.0.1." + host, "10.0.0.2");
    }

    private void pass(FlowTracker tracker, SegmentBuilder segment) {
        frames.pass(tracker, segment, time);
        time += 1000;
    }

    private void refused(FlowTracker tracker, boolean six, int connections) {
        for (int i = 0; i < connections; i++) {
            pass(tracker, client(six, i).seq(1000).flags("S"));
            pass(tracker, refusal(six, i));
        }
    }

    private static SegmentBuilder refusal(boolean six, int connection) {
        return client(six, connection).reverse().seq(0).ack(1001).flags("RA");
    }

    /** Whether a refusal that is sent again opens no flow. */
    private boolean isKnown(FlowTracker tracker, boolean six, int connection) {
        long late = tracker.late();
        long streams = tracker.streams();
        pass(tracker, refusal(six, connection));
        assertThat(tracker.late() - late + tracker.streams() - streams).isEqualTo(1);
        return tracker.late() > late;
    }

    @ParameterizedTest
    @CsvSource({
        "false, 30, 10, 10",
        "true, 30, 10, 10",
        "false, 5, 1, 1",
        "false, 250, 2000000, 250",
        "false, 3000, 1000, 1000",
        "false, 131072, 2000000, 65536",
        "true, 131073, 2000000, 65536",
        "false, 98304, 65535, 65535"
    })
    void theLastThatWereTold(boolean six, int connections, int maxFlows, int kept) {
        FlowTracker tracker = tracker(maxFlows);
        refused(tracker, six, connections);
        tracker.clock(frames.number(), time);
        for (int i = connections - 1; i >= connections - kept; i--) {
            assertThat(isKnown(tracker, six, i)).as("connection %d", i).isTrue();
        }
        if (kept < connections) {
            assertThat(isKnown(tracker, six, connections - kept - 1)).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void untilTwiceTheSegmentsLifetime(boolean six) {
        FlowTracker tracker = tracker(1000);
        refused(tracker, six, 3);
        long first = time - 5000; // when the first was refused
        time = first + 2 * MSL - 1;
        assertThat(isKnown(tracker, six, 0)).isTrue();
        time = first + 2 * MSL;
        assertThat(isKnown(tracker, six, 0)).isFalse();
        assertThat(isKnown(tracker, six, 2)).isTrue();
    }
}
