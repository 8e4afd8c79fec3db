package tcpflowcheck.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tcpflowcheck.api.FlowAssertions.assertThat;
import static tcpflowcheck.api.Rule.DUPLICATE_ACK;
import static tcpflowcheck.api.Rule.FAST_RETRANSMISSION;
import static tcpflowcheck.api.Rule.RETRANSMISSION;
import static tcpflowcheck.api.Side.CLIENT;
import static tcpflowcheck.api.Side.SERVER;
import static tcpflowcheck.api.State.CLOSED;
import static tcpflowcheck.api.State.ESTABLISHED;
import static tcpflowcheck.api.State.SYN_SENT;
import static tcpflowcheck.api.State.TIME_WAIT;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tcpflowcheck.golden.Run;
import tcpflowcheck.tcp.Closing.Kind;
import tcpflowcheck.tcp.TcpState;

/** The library's assertions, and that a miss is told in the words of an expectation. */
class FlowAssertTest {
    private static final String PLACE = "samples/loss.pcap: stream 0 (10.9.0.1:40001 > 10.9.0.2:80): ";

    @TempDir
    Path folder;

    private final CapturedFlows loss = Captures.read(Path.of("samples", "loss.pcap"));
    private final Flow flow = loss.onlyFlow();

    @Test
    void isAsItWas() {
        assertThat(flow)
                .opened(Opening.THREE_WAY)
                .closedBy(SERVER)
                .closed(Closing.FOUR_SEGMENT)
                .noReset()
                .certain()
                .state(SERVER, TIME_WAIT)
                .state(CLIENT, CLOSED)
                .states(CLIENT, CLOSED, SYN_SENT, ESTABLISHED, State.CLOSE_WAIT, State.LAST_ACK, CLOSED)
                .finding(DUPLICATE_ACK)
                .noFinding(RETRANSMISSION, Rule.RESET)
                .like("{handshake.synAckNanos: {max: 200ms}, mss: {client: 1460}}");
    }

    @Test
    void aResetIsToldApart() {
        Flow aborted = Captures.read(Path.of("samples", "abort.pcap")).onlyFlow();
        assertThat(aborted).closed(Closing.RESET).reset(ResetKind.ABORT).resetBy(CLIENT);
        Reset reset = aborted.reset().orElseThrow();
        assertThat(reset).isEqualTo(new Reset(ResetKind.ABORT, CLIENT, aborted.lastFrame(), true));
    }

    private void misses(Consumer<FlowAssert> expected, String message) {
        assertThatThrownBy(() -> expected.accept(FlowAssertions.assertThat(flow)))
                .isExactlyInstanceOf(AssertionError.class)
                .hasMessageStartingWith("\n" + PLACE + message);
    }

    @Test
    void aMissSaysWhatAnExpectationSays() throws Exception {
        Path yaml = Files.writeString(folder.resolve("x.yaml"), "stream 0: {close.by: client}\n");
        String told =
                Run.of("-q", "--expect", yaml.toString(), "samples/loss.pcap").err();
        String missed = told.substring(told.indexOf(": stream 0"), told.indexOf("tcpflow-check:"));
        assertThatThrownBy(() -> assertThat(flow).closedBy(CLIENT)).hasMessage("\nsamples/loss.pcap" + missed);
        assertThatThrownBy(() -> assertThat(loss).matches(yaml)).hasMessage("\n" + yaml + ":1" + missed);
    }

    @Test
    void eachIsMissed() {
        misses(f -> f.opened(Opening.REFUSED), "handshake.kind\n  - refused\n  + three-way    (frame 1)\n");
        misses(f -> f.closed(Closing.RESET), "close.kind\n  - reset\n  + four-segment    (frame 89)\n");
        misses(f -> f.reset(ResetKind.ABORT), "reset.kind\n  - abort\n  + null    (frame 89)\n");
        misses(f -> f.state(CLIENT, TIME_WAIT), "states.client\n  - [.., TIME-WAIT]\n  + [CLOSED, SYN-SENT, ESTAB");
        misses(f -> f.states(SERVER, CLOSED), "states.server\n  - [CLOSED]\n  + [LISTEN, SYN-RECEIVED, ");
        misses(
                f -> f.finding(RETRANSMISSION),
                "findings\n  - {contains: [retransmission]}\n  + [duplicate-ack (client");
        misses(
                f -> f.noFinding(RETRANSMISSION, FAST_RETRANSMISSION),
                "findings\n  - no fast-retransmission\n  + [duplicate-ack (client, frames [21, ");
        misses(FlowAssert::noFindings, "findings\n  - []\n  + [duplicate-ack (client");
        misses(f -> f.like("timing.connectNanos: {max: 1ns}"), "timing.connectNanos\n  - {max: 1ns}\n  + 20.");
    }

    @Test
    void whatCanNotBeMeantIsSaid() {
        assertThatThrownBy(() -> assertThat(flow).like("clsoe.kind: reset"))
                .isInstanceOf(WrongExpectationException.class)
                .hasMessage("expectation:1:1: unknown key 'clsoe' (perhaps: close)");
        assertThatThrownBy(() -> assertThat(loss).matches(folder.resolve("none")))
                .isInstanceOf(WrongExpectationException.class)
                .hasMessageEndingWith("none: no such file");
        assertThatThrownBy(() -> flow.value("timing.none")).hasMessageContaining("there are [connectNanos");
        assertThatThrownBy(() -> loss.toPort(80).frames()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aCaptureIsAsItWas() {
        assertThat(loss)
                .hasFlows(1)
                .opened(Opening.THREE_WAY, 1)
                .closed(Closing.FOUR_SEGMENT, 1)
                .opened(Opening.REFUSED, 0)
                .finding(DUPLICATE_ACK, 1)
                .noFinding(RETRANSMISSION)
                .everyFlow(each -> each.closedBy(SERVER))
                .expect("samples/loss.expect.yaml");
        assertThat(loss.toPort(80).onlyFlow()).closedBy(SERVER);
        assertThat(loss.frames()).isEqualTo(89);
        assertThat(loss.size()).isEqualTo(1);
    }

    private static void fails(ThrowingCallable assertion, String message) {
        assertThatThrownBy(assertion).isInstanceOf(AssertionError.class).hasMessage("\n" + message);
    }

    @Test
    void ofNoFlowNothingIsTrue() {
        String none =
                "samples/loss.pcap: the capture: flows\n  - %s\n  + 0 of 1: stream 0 (10.9.0.1:40001 > 10.9.0.2:80)\n";
        fails(() -> assertThat(loss.toPort(443)).noFindings(), none.formatted("{min: 1}"));
        fails(() -> assertThat(loss.toPort(443)).noFinding(RETRANSMISSION), none.formatted("{min: 1}"));
        fails(() -> loss.toPort(443).onlyFlow(), none.formatted("1"));
        String there = "1: stream 0 (10.9.0.1:40001 > 10.9.0.2:80)\n";
        fails(() -> assertThat(loss).hasFlows(2), "samples/loss.pcap: the capture: flows\n  - 2\n  + " + there);
        fails(() -> loss.flow(7), "samples/loss.pcap: the capture: stream 7\n  - a flow\n  + " + there);
        fails(
                () -> assertThat(loss).opened(Opening.REFUSED, 2),
                "samples/loss.pcap: the capture: handshakes.refused\n  - 2\n  + 0\n");
    }

    @Test
    void aFlowTellsItsMeasures() {
        assertThat(flow.client()).hasToString("10.9.0.1:40001");
        assertThat(flow.octets(SERVER)).isGreaterThan(60_000);
        assertThat(flow.start()).isEqualTo(flow.value("start"));
        assertThat(flow.mss(CLIENT)).hasValue(1460);
        assertThat(flow.segments(CLIENT) + flow.segments(SERVER)).isEqualTo(89);
        assertThat(flow.findings()).extracting(Finding::rule).containsExactly(DUPLICATE_ACK, FAST_RETRANSMISSION);
        assertThat(flow.value("timing"))
                .isInstanceOfSatisfying(
                        Map.class,
                        timing -> assertThatThrownBy(timing::clear).isInstanceOf(UnsupportedOperationException.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nosuch.pcap", "README.md"})
    void whatIsNoCaptureIsSaid(String file) {
        String told = Run.of("-q", file).err();
        assertThatThrownBy(() -> Captures.read(Path.of(file)))
                .isInstanceOf(UnreadableCaptureException.class)
                .hasMessage(told.strip().replaceFirst("tcpflow-check: ", ""));
    }

    @Test
    void aCutCaptureIsNoCapture() throws Exception {
        byte[] whole = Files.readAllBytes(Path.of("samples/loss.pcap"));
        Path cut = Files.write(folder.resolve("cut.pcap"), Arrays.copyOf(whole, whole.length - 1));
        assertThatThrownBy(() -> Captures.read(cut))
                .isInstanceOf(UnreadableCaptureException.class)
                .hasMessageContaining("cut.pcap: octet ");
    }

    /** What is told of a flow in the library is told in all words that there are. */
    @Test
    void theWordsAreThoseOfTheTool() {
        assertThat(words(Opening.values())).isEqualTo(words(tcpflowcheck.tcp.Handshake.Kind.values()));
        assertThat(words(Closing.values())).isEqualTo(words(Kind.values()));
        assertThat(words(ResetKind.values())).isEqualTo(words(tcpflowcheck.tcp.Reset.Kind.values()));
        assertThat(words(State.values())).isEqualTo(words(TcpState.values()));
        assertThat(words(Side.values())).isEqualTo(words(tcpflowcheck.tcp.Side.values()));
        assertThat(words(Severity.values())).isEqualTo(words(tcpflowcheck.tcp.Severity.values()));
        assertThat(words(Rule.values())).isEqualTo(words(tcpflowcheck.tcp.Rule.values()));
    }

    private static List<String> words(Object[] constants) {
        return Arrays.stream(constants).map(Object::toString).toList();
    }
}
