package tcpflowcheck.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tcpflowcheck.capture.CaptureNotes;
import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.report.TextChoices.View;
import tcpflowcheck.report.choice.FlowChoice;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.tcp.TransitionLog;
import tcpflowcheck.wire.SegmentBuilder;
import tcpflowcheck.wire.TcpSegment;

/** The mark of what the capture can't prove: where it stands, and where it must not. */
class DoubtTextTest {
    private static Conversation closed() {
        return new Conversation()
                .handshake()
                .client("F.", 101, 501, 0)
                .server("F.", 501, 102, 0)
                .client(".", 102, 502, 0);
    }

    @Test
    void onThePathAndUnderTheSegment() throws IOException {
        assertThat(closed().report())
                .contains("\n  client  CLOSED SYN-SENT ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT\n")
                .contains("\n  server  LISTEN SYN-RECEIVED ESTABLISHED CLOSE-WAIT LAST-ACK CLOSED?\n")
                .endsWith("\n  in doubt   1 flow (marked ?), see --explain doubt\n")
                .contains(
                        "\n      close 3/3                     client FIN-WAIT-2 > TIME-WAIT, server LAST-ACK > CLOSED?\n");
    }

    @Test
    void verboseToo() throws IOException {
        Conversation conversation = closed();
        conversation.verbose = true;
        assertThat(conversation.report()).contains(" LAST-ACK CLOSED?\n", "server LAST-ACK > CLOSED?\n");
    }

    /** The capture goes on: had the last ACK been lost, the FIN would have come again. */
    @Test
    void nowhereInAHealthyConnection() throws IOException {
        String report = closed().after(20_000)
                .between("10.0.0.9", 1000, "10.0.0.2", 80)
                .client("S", 100, 0, 0)
                .report();
        assertThat(report.substring(0, report.indexOf("stream 1")))
                .contains("LAST-ACK > CLOSED\n")
                .doesNotContain("?");
    }

    @Test
    void notOnWhatWasTakenBack() throws IOException {
        String report = closed().after(300)
                .server("F.", 501, 102, 0)
                .client(".", 102, 502, 0)
                .report();
        assertThat(report).contains("client FIN-WAIT-2 > TIME-WAIT, server LAST-ACK > CLOSED\n");
        assertThat(report).contains("server LAST-ACK > CLOSED?\n");
    }

    @Test
    void inItsColour() throws IOException {
        Conversation conversation = closed();
        conversation.style = Style.coloured();
        String report = conversation.report();
        assertThat(report).contains("LAST-ACK CLOSED\u001b[1;33m?\u001b[m\n");
        assertThat(report).contains(" > \u001b[1mCLOSED\u001b[m\u001b[1;33m?\u001b[m\n");
    }

    @Test
    void whatIsCutSaysHowLongTheCaptureWentOn() throws IOException {
        List<String> told = new ArrayList<>();
        Frame first = syn().frame(1, 0);
        Frame second = syn().ports(2000, 80).id(2).frame(2, 12_000_000);
        Reports.report(new FlowsOnly(flow -> told.add(cut(flow))), "x", List.of(first, second));
        assertThat(told)
                .containsExactly(
                        " by the end of the capture, 12.0 ms after its last segment",
                        " by the end of the capture, right after its last segment");
    }

    private static String cut(Flow flow) {
        TextBuffer out = new TextBuffer();
        VerdictText.cut(out, flow.connection());
        return out.toString();
    }

    /** Takes flows that have ended. */
    private record FlowsOnly(Consumer<Flow> ended) implements Reporter {
        @Override
        public boolean wantsEvents() {
            return false;
        }

        @Override
        public void begin(ForeignText file, CaptureNotes notes) {}

        @Override
        public void segment(Flow flow, Side side, TcpSegment segment, List<TcpEvent> events) {}

        @Override
        public void event(Flow flow, TcpEvent event) {}

        @Override
        public void flow(Flow flow) {
            ended.accept(flow);
        }

        @Override
        public void end(Summary summary) {}
    }

    // ---- what was known at that moment

    private static SegmentBuilder syn() {
        return new SegmentBuilder().flags("S").seq(100).mss(1460);
    }

    private static String asItHappens(View view) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        Conversation conversation = new Conversation();
        conversation.view = view;
        report(new Doubting(new TextReporter(conversation.choices(), text)));
        return text.toString(StandardCharsets.UTF_8);
    }

    private static void report(Reporter reporter) throws IOException {
        Frame syn = syn().frame(1, 0);
        Frame answer =
                syn().reverse().flags("S.").seq(500).ack(101).mss(1460).id(2).frame(2, 1_000_000);
        Reports.report(reporter, "x", List.of(syn, answer));
    }

    @Test
    void eventsSayWhatWasKnownAndInTheEndWhatWasNot() throws IOException {
        assertThat(asItHappens(View.EVENTS))
                .contains("client CLOSED > SYN-SENT?  snd SYN, RFC 9293 3.10.1\n")
                .contains(
                        "\n    2  stream 0     00:00:00.001000 server LISTEN > SYN-RECEIVED?  not proven by the end\n");
    }

    @Test
    void segmentsToo() throws IOException {
        assertThat(asItHappens(View.SEGMENTS))
                .contains("\n                    open 2, ack = x+1             server LISTEN > SYN-RECEIVED?\n")
                .contains("\n    2  stream 0     server LISTEN > SYN-RECEIVED?  not proven by the end\n");
    }

    @Test
    void flowsSayItOnce() throws IOException {
        assertThat(asItHappens(View.FLOWS))
                .contains("server LISTEN > SYN-RECEIVED\n")
                .doesNotContain("not proven");
    }

    @Test
    void annotationsToo() throws IOException {
        PacketComments comments = new PacketComments(FlowChoice.ALL, java.nio.file.Path.of(""));
        report(new Doubting(comments));
        assertThat(comments.of(1)).endsWith("client CLOSED > SYN-SENT?");
        assertThat(comments.of(2))
                .contains(
                        "; server LISTEN > SYN-RECEIVED?; ", "; server LISTEN > SYN-RECEIVED?  not proven by the end");
    }

    /** Hands on each transition as one in doubt, and doubts the last one at the end. */
    private record Doubting(Reporter reporter) implements Reporter {
        @Override
        public boolean wantsEvents() {
            return true;
        }

        @Override
        public void begin(ForeignText file, CaptureNotes notes) throws IOException {
            reporter.begin(file, notes);
        }

        @Override
        public void segment(Flow flow, Side side, TcpSegment segment, List<TcpEvent> events) throws IOException {
            reporter.segment(
                    flow, side, segment, events.stream().map(Doubting::doubt).toList());
        }

        private static TcpEvent doubt(TcpEvent event) {
            return event instanceof TcpEvent.Transition told
                    ? new TcpEvent.Transition(told.frame(), told.time(), told.side(), told.arrow(), told.index(), false)
                    : event;
        }

        @Override
        public void event(Flow flow, TcpEvent event) throws IOException {
            reporter.event(flow, event);
        }

        @Override
        public void flow(Flow flow) throws IOException {
            TransitionLog log = flow.connection().log();
            int last = log.size() - 1;
            reporter.event(
                    flow, new TcpEvent.Doubted(log.frame(last), log.time(last), log.side(last), log.arrow(last)));
            reporter.flow(flow);
        }

        @Override
        public void end(Summary summary) throws IOException {
            reporter.end(summary);
        }
    }
}
