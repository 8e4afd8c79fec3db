package tcpflowcheck.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tcpflowcheck.tcp.Connection;
import tcpflowcheck.tcp.Finding;
import tcpflowcheck.tcp.Rule;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpState;
import tcpflowcheck.wire.SegmentBuilder;

/** How a flow ended, and when: by its own segments and the clock, whoever else is in the capture. */
class FlowEndTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long START = 1_700_000_000 * SECOND;

    private final PassingFrames frames = new PassingFrames();
    private final List<Flow> flows = new ArrayList<>();

    private FlowTracker tracker(boolean held, int maxFlows) {
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
        return new FlowTracker(FlowLimits.of(60 * SECOND, 75 * SECOND, FlowLimits.NEVER, maxFlows), listener, 1);
    }

    private static SegmentBuilder client(int port) {
        return new SegmentBuilder().ipv4("10.0.0.1", "10.0.0.2").ports(port, 80);
    }

    private void syn(FlowTracker tracker, int port, long time) {
        frames.pass(tracker, client(port).seq(1000).flags("S"), time);
    }

    private void open(FlowTracker tracker, int port, long time) {
        syn(tracker, port, time);
        frames.pass(tracker, client(port).reverse().seq(5000).ack(1001).flags("SA"), time);
        frames.pass(tracker, client(port).seq(1001).ack(5001).flags("A"), time);
    }

    private void closing(FlowTracker tracker, int port, long time) {
        open(tracker, port, time);
        frames.pass(tracker, client(port).seq(1001).ack(5001).flags("FA"), time);
    }

    private Connection of(int port) {
        return flows.stream()
                .filter(flow -> flow.port(Side.CLIENT) == port)
                .findFirst()
                .orElseThrow()
                .connection();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void silenceLastsUntilItsTimeIsOver(boolean held) {
        FlowTracker tracker = tracker(held, 10);
        syn(tracker, 1001, START);
        syn(tracker, 1002, START + 200 * SECOND);
        syn(tracker, 1003, START + 210 * SECOND);
        tracker.end();
        assertThat(of(1001).timing().silenceAtEndNanos()).isEqualTo(75 * SECOND);
        assertThat(of(1002).timing().silenceAtEndNanos()).isEqualTo(10 * SECOND);
        assertThat(of(1003).timing().silenceAtEndNanos()).isZero();
        assertThat(of(1001).handshake().kind()).hasToString("unanswered");
        assertThat(of(1003).handshake().kind()).hasToString("cut");
    }

    private void closed(FlowTracker tracker, int port, long time) {
        closing(tracker, port, time);
        frames.pass(tracker, client(port).reverse().seq(5001).ack(1002).flags("FA"), time);
        frames.pass(tracker, client(port).seq(1002).ack(5002).flags("A"), time);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void oneWildTimeEndsNoFlow(boolean held) {
        for (long years : new long[] {30, -60}) {
            FlowTracker tracker = tracker(held, 10);
            open(tracker, 1001, START);
            syn(tracker, 1002, START);
            syn(tracker, 1003, START + years * 365 * 86_400 * SECOND);
            frames.pass(tracker, client(1001).seq(1001).ack(5001).flags("FA"), START + SECOND);
            tracker.end();
            assertThat(flows).hasSize(3);
            assertThat(of(1001).closing().kind()).hasToString("cut");
            assertThat(of(1002).timing().silenceAtEndNanos()).isEqualTo(SECOND);
            assertThat(of(1003).handshake().kind()).hasToString("cut");
            assertThat(flows).allMatch(flow -> flow.durationNanos() <= SECOND);
            flows.clear();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLongSilenceIsBelievedOnceAnotherFrameBearsItOut(boolean held) {
        FlowTracker tracker = tracker(held, 10);
        syn(tracker, 1001, START);
        open(tracker, 1002, START + 3 * 86_400 * SECOND);
        tracker.end();
        assertThat(flows).hasSize(2);
        assertThat(of(1001).timing().silenceAtEndNanos()).isEqualTo(75 * SECOND);
        assertThat(of(1002).handshake().kind()).hasToString("three-way");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void timeWaitLastsThoughTheClockWasSetBack(boolean held) {
        for (long end : new long[] {10, 119, 121}) {
            FlowTracker tracker = tracker(held, 10);
            open(tracker, 1001, START);
            long back = START - 1000 * SECOND;
            frames.pass(tracker, client(1001).seq(1001).ack(5001).flags("FA"), back);
            frames.pass(tracker, client(1001).reverse().seq(5001).ack(1002).flags("FA"), back);
            frames.pass(tracker, client(1001).seq(1002).ack(5002).flags("A"), back);
            syn(tracker, 1002, START + end * SECOND);
            tracker.end();
            assertThat(of(1001).client().state()).isEqualTo(end < 120 ? TcpState.TIME_WAIT : TcpState.CLOSED);
            assertThat(of(1001).timing().silenceAtEndNanos()).isEqualTo(Math.min(end, 120) * SECOND);
            flows.clear();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsInDoubtOfAFlowDoesNotDependOnTheOthers(boolean held) {
        int many = 20_000;
        FlowTracker tracker = tracker(held, 100_000);
        for (int i = 0; i < many; i++) {
            closed(tracker, 1024 + i, START + i * (SECOND / 2000));
        }
        tracker.end();
        List<Boolean> amongMany = certain();
        assertThat(amongMany).hasSize(many);
        flows.clear();
        FlowTracker alone = tracker(held, 100_000);
        closed(alone, 1024, START);
        syn(alone, 1025, START + 10 * SECOND);
        alone.end();
        assertThat(amongMany.get(0)).isEqualTo(certain().get(0)).isTrue();
        assertThat(amongMany.subList(0, many - 6001)).containsOnly(true);
        assertThat(amongMany.subList(many - 5999, many)).containsOnly(false);
    }

    /** A FIN that comes again is told of its flow, however many others have closed since. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatFollowsACloseIsOfItsFlow(boolean held) {
        FlowTracker tracker = tracker(held, 100_000);
        closed(tracker, 1024, START);
        int many = 20_000;
        for (int i = 1; i <= many; i++) {
            closed(tracker, 1024 + i, START + i * (100 * SECOND / many));
        }
        finAgain(tracker, 1024, START + 101 * SECOND);
        tracker.end();
        assertThat(flows).hasSize(1 + many);
        assertThat(tracker.late()).isZero();
        List<Finding> amongMany = List.copyOf(of(1024).findings().list());
        flows.clear();
        FlowTracker alone = tracker(held, 100_000);
        closed(alone, 1024, START);
        finAgain(alone, 1024, START + 101 * SECOND);
        alone.end();
        assertThat(amongMany)
                .extracting(Finding::rule)
                .contains(Rule.FIN_RETRANSMISSION, Rule.LAST_ACK_LOST)
                .isEqualTo(
                        of(1024).findings().list().stream().map(Finding::rule).toList());
    }

    private void finAgain(FlowTracker tracker, int port, long time) {
        frames.pass(tracker, client(port).reverse().seq(5001).ack(1002).flags("FA"), time);
    }

    /** Of all flows in order, whether the whole path is. */
    private List<Boolean> certain() {
        flows.sort(Comparator.comparingLong(Flow::stream));
        return flows.stream()
                .map(flow -> flow.connection().log())
                .map(log -> IntStream.range(0, log.size()).allMatch(log::certain))
                .toList();
    }

    /** Keep-alives are two hours apart (RFC 9293, section 3.8.4). */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void silenceEndsNoOpenConnection(boolean held) {
        FlowTracker tracker = tracker(held, 10);
        open(tracker, 1001, START);
        syn(tracker, 1002, START + 7200 * SECOND);
        for (int hours = 2; hours < 48; hours += 2) {
            long time = START + hours * 3600L * SECOND;
            frames.pass(tracker, client(1001).seq(1000).ack(5001).flags("A"), time);
            frames.pass(tracker, client(1001).reverse().seq(5001).ack(1001).flags("A"), time);
        }
        assertThat(flows).extracting(flow -> flow.port(Side.CLIENT)).containsExactly(1002);
        tracker.end();
        assertThat(flows).hasSize(2);
        assertThat(of(1001).findings().list()).extracting(Finding::rule).containsOnly(Rule.MSS_ABSENT, Rule.KEEP_ALIVE);
    }

    /** Flows of one segment go first, then those that have been silent longest, whenever they began. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theLongestSilentMakesRoom(boolean held) {
        FlowTracker tracker = tracker(held, 4);
        open(tracker, 1001, START);
        open(tracker, 1002, START + SECOND);
        open(tracker, 1003, START + 2 * SECOND);
        syn(tracker, 1004, START + 3 * SECOND);
        frames.pass(tracker, client(1001).seq(1001).ack(5001).flags("A"), START + 4 * SECOND);
        frames.pass(tracker, client(1002).seq(900).ack(5001).flags("A"), START + 5 * SECOND);
        open(tracker, 1005, START + 6 * SECOND);
        open(tracker, 1006, START + 7 * SECOND);
        open(tracker, 1007, START + 8 * SECOND);
        open(tracker, 1008, START + 9 * SECOND);
        assertThat(flows).extracting(flow -> flow.port(Side.CLIENT)).containsExactly(1004, 1003, 1001, 1002);
        assertThat(tracker.evicted()).isEqualTo(4);
        tracker.end();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatHasToMakeRoomHasNotFailed(boolean held) {
        FlowTracker tracker = tracker(held, 1);
        syn(tracker, 1001, START);
        closing(tracker, 1002, START + 2 * SECOND);
        closing(tracker, 1003, START + 10 * SECOND);
        tracker.end();
        assertThat(tracker.evicted()).isEqualTo(2);
        assertThat(of(1001).handshake().kind()).hasToString("evicted");
        assertThat(of(1001).closing().kind()).hasToString("none");
        assertThat(of(1002).handshake().kind()).hasToString("three-way");
        assertThat(of(1002).closing().kind()).hasToString("evicted");
        assertThat(of(1003).closing().kind()).hasToString("cut");
        assertThat(flows)
                .flatMap(flow -> flow.connection().findings().list())
                .extracting(Finding::rule)
                .containsOnly(Rule.MSS_ABSENT);
    }
}
