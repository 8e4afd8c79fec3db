package tcpflowcheck.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.tcp.Handshake;
import tcpflowcheck.tcp.IcmpSaid;
import tcpflowcheck.tcp.Rule;
import tcpflowcheck.tcp.RuleSet;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.wire.IcmpBuilder;
import tcpflowcheck.wire.PacketDecoder;
import tcpflowcheck.wire.SegmentBuilder;

/** ICMP errors find the flow of the segment that they quote, held or not, and where there is none they cost nothing. */
class IcmpFlowsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLI = 1_000_000L;
    private static final long START = 1_700_000_000 * SECOND;

    private final List<Flow> flows = new ArrayList<>();
    private final PassingFrames frames = new PassingFrames();

    private FlowTracker tracker(boolean held, FlowLimits limits, CaptureFindings findings) {
        FlowsOnly listener = new FlowsOnly() {
            @Override
            public boolean wantsOrder() {
                return !held;
            }

            @Override
            public void flow(Flow flow) {
                flows.add(flow);
            }
        };
        return new FlowTracker(limits, CrowdLimits.DEFAULT, findings, listener, Pace.of(1), 1);
    }

    private FlowTracker tracker(boolean held) {
        return tracker(held, FlowLimits.DEFAULT, new CaptureFindings(new RuleSet()));
    }

    private static SegmentBuilder client(int port) {
        return new SegmentBuilder().ipv4("10.0.0.1", "10.0.0.2").ports(port, 80);
    }

    private static SegmentBuilder syn(int port) {
        return client(port).seq(1000).flags("S").mss(1460);
    }

    private static IcmpBuilder error(int code, SegmentBuilder quoted) {
        return IcmpBuilder.answer("10.0.0.254", 3, code, quoted.packet()).quote(28);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFlowThatIsHeldIsFoundAsAnyOther(boolean held) {
        FlowTracker tracker = tracker(held);
        frames.pass(tracker, syn(1001), START);
        frames.pass(tracker, syn(1001).reverse().seq(5000).ack(1001).flags("SA"), START + MILLI);
        frames.pass(tracker, client(1001).seq(1001).ack(5001).flags("A"), START + 2 * MILLI);
        SegmentBuilder data = client(1001).seq(1001).ack(5001).flags("PA").payload(1460);
        frames.pass(tracker, data, START + 3 * MILLI);
        assertThat(frames.pass(tracker, error(4, data).rest(1400), START + 4 * MILLI))
                .isTrue();
        assertThat(frames.pass(tracker, error(4, client(1002)), START + 4 * MILLI))
                .isFalse();
        SegmentBuilder answer = client(1001).reverse().seq(5001).ack(2461).flags("A");
        frames.pass(tracker, answer, START + 5 * MILLI);
        assertThat(frames.pass(tracker, error(1, answer), START + 6 * MILLI)).isTrue();
        tracker.end();
        assertThat(flows).hasSize(1);
        List<IcmpSaid> said = flows.get(0).icmp();
        assertThat(said).extracting(IcmpSaid::side).containsExactly(Side.CLIENT, Side.SERVER);
        assertThat(said.get(0).text())
                .isEqualTo("fragmentation needed (ICMP 3/4): at most 1400 octets pass, 1500 do not");
        assertThat(said.get(0).frame()).isEqualTo(5);
        assertThat(flows.get(0).lastFrame()).as("of its segments").isEqualTo(7);
    }

    /** Live, flows that are closed are told after 3 s; but a client may take the error for a soft one. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theSynMayComeAgainMuchLater(boolean held) {
        FlowTracker tracker = tracker(held, FlowLimits.DEFAULT.live(), new CaptureFindings(new RuleSet()));
        long time = START;
        for (int wait : new int[] {1, 2, 4, 8, 16, 32}) {
            frames.pass(tracker, syn(1001), time);
            frames.pass(tracker, error(1, syn(1001)).id(wait), time + MILLI);
            time += wait * SECOND;
            tracker.clock(frames.number(), time - MILLI);
        }
        assertThat(tracker.alive()).isEqualTo(1);
        tracker.clock(frames.number(), time + 80 * SECOND);
        assertThat(flows).hasSize(1);
        assertThat(flows.get(0).connection().handshake().synRetransmissions()).isEqualTo(5);
        assertThat(flows.get(0).icmp()).hasSize(1);
        assertThat(flows.get(0).icmp().get(0).count()).isEqualTo(6);
        tracker.end();
    }

    /** What a router refuses is not half-open. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFloodOfRefusedSynsIsNone(boolean held) {
        for (int answered = 0; answered <= 1; answered++) {
            CaptureFindings findings = new CaptureFindings(new RuleSet());
            FlowTracker tracker = tracker(held, FlowLimits.DEFAULT, findings);
            for (int i = 0; i < 3000; i++) {
                long time = START + i * MILLI;
                frames.pass(tracker, syn(1024 + i), time);
                if (answered == 1) {
                    frames.pass(tracker, error(13, syn(1024 + i)), time);
                }
            }
            tracker.clock(frames.number(), START + 100 * SECOND);
            tracker.end();
            assertThat(findings.counts().containsKey(Rule.SYN_FLOOD)).isEqualTo(answered == 0);
        }
    }

    @Test
    void anErrorThatCrossesTheAnswerTakesNothingFromTheHandshake() {
        FlowTracker tracker = tracker(true);
        frames.pass(tracker, syn(1001), START);
        frames.pass(tracker, error(13, syn(1001)), START + MILLI);
        frames.pass(tracker, syn(1001).reverse().seq(5000).ack(1001).flags("SA"), START + 2 * MILLI);
        frames.pass(tracker, client(1001).seq(1001).ack(5001).flags("A"), START + 5 * MILLI);
        tracker.end();
        Handshake handshake = flows.get(0).connection().handshake();
        assertThat(handshake.kind()).isEqualTo(Handshake.Kind.THREE_WAY);
        assertThat(handshake.synAckNanos()).isEqualTo(2 * MILLI);
        assertThat(handshake.ackNanos()).isEqualTo(3 * MILLI);
    }

    @Test
    void aFloodOfErrorsStaysSmall() {
        FlowTracker tracker = tracker(true);
        frames.pass(tracker, syn(1001), START);
        for (int i = 0; i < 50_000; i++) {
            SegmentBuilder quoted = syn(1001).seq(1000 + i % 3);
            String router = "172.16." + (i >> 8 & 0xff) + "." + (i & 0xff);
            frames.pass(tracker, IcmpBuilder.answer(router, 3, i % 16, quoted.packet()), START + i * MILLI);
        }
        tracker.end();
        assertThat(flows).hasSize(1);
        assertThat(flows.get(0).icmp()).hasSize(16);
        assertThat(flows.get(0).connection().log().size()).isEqualTo(2);
        assertThat(flows.get(0).connection().findings().list()).hasSizeLessThan(5);
    }

    @Test
    void nothingIsAllocatedForAnErrorThatQuotesNoFlow() {
        FlowTracker tracker = tracker(true);
        for (int port = 1000; port < 2000; port++) {
            frames.pass(tracker, syn(port), START);
        }
        PacketDecoder decoder = new PacketDecoder();
        Frame[] errors = new Frame[64];
        for (int i = 0; i < errors.length; i++) {
            errors[i] = error(1, syn(3000 + i)).frame(2000 + i, START);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 6 && least > 0; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 500_000; i++) {
                decoder.decode(errors[i % errors.length]);
                if (tracker.icmp(decoder.icmp())) {
                    throw new AssertionError();
                }
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).isZero();
        tracker.end();
    }
}
