package tcpflowcheck.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tcpflowcheck.tcp.RuleSet;
import tcpflowcheck.wire.SegmentBuilder;

/** What goes wrong where another thread tells of flows reaches whoever reads the capture. */
@Timeout(60)
class EndingFlowsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Pace ASIDE = new Pace(4, 3, true);

    private final PassingFrames frames = new PassingFrames();
    private long told;

    private FlowTracker tracker(long failsAt) {
        FlowsOnly listener = flow -> {
            if (++told == failsAt) {
                throw new IllegalArgumentException("flow " + told);
            }
        };
        FlowLimits limits = new FlowLimits(60 * SECOND, 75 * SECOND, 3600 * SECOND, 1000, Long.MAX_VALUE, 0);
        CaptureFindings findings = new CaptureFindings(new RuleSet());
        return new FlowTracker(limits, CrowdLimits.DEFAULT, findings, listener, ASIDE, 1);
    }

    private void refused(FlowTracker tracker, int connections) {
        for (int i = 0; i < connections; i++) {
            SegmentBuilder client =
                    new SegmentBuilder().ipv4("10.0.0.1", "10.0.0.2").ports(1000 + i, 80);
            pass(tracker, client.copy().seq(1000).flags("S"));
            pass(tracker, client.copy().reverse().seq(0).ack(1001).flags("RA"));
        }
    }

    private void pass(FlowTracker tracker, SegmentBuilder segment) {
        frames.pass(tracker, segment, 1_700_000_000 * SECOND + frames.number() * 1000);
    }

    @Test
    void whileTheCaptureIsRead() {
        try (FlowTracker tracker = tracker(5)) {
            assertThatThrownBy(() -> refused(tracker, 100)).hasMessage("flow 5");
        }
        assertThat(told).isLessThan(20); // three batches, of which one had failed
    }

    @Test
    void whenTheCaptureEnds() {
        try (FlowTracker tracker = tracker(10)) {
            refused(tracker, 10);
            assertThatThrownBy(tracker::end).hasMessage("flow 10");
        }
    }

    @Test
    void allAreToldOnceTheTrackerHasEnded() {
        try (FlowTracker tracker = tracker(-1)) {
            refused(tracker, 1003);
            tracker.end();
            assertThat(told).isEqualTo(1003);
            assertThat(tracker.alive()).isZero();
        }
    }
}
