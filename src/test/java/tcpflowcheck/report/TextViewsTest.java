package tcpflowcheck.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.flow.FlowLimits;
import tcpflowcheck.flow.FlowTracker;
import tcpflowcheck.report.TextChoices.View;
import tcpflowcheck.report.choice.FlowChoice;
import tcpflowcheck.tcp.Closing;
import tcpflowcheck.tcp.Handshake;
import tcpflowcheck.wire.DecodeFault.Reason;
import tcpflowcheck.wire.Decoded;
import tcpflowcheck.wire.PacketDecoder;
import tcpflowcheck.wire.SegmentBuilder;

/** The views that print as it happens, the summary, and what is chosen. */
class TextViewsTest {
    private static Conversation refusedAndReset() {
        return new Conversation()
                .client("S", 100, 0, 0)
                .server("R.", 0, 101, 0)
                .between("10.0.0.9", 1000, "10.0.0.2", 443)
                .handshake()
                .client("P.", 101, 501, 9)
                .server("R.", 501, 110, 0);
    }

    private static String report(View view) throws IOException {
        Conversation conversation = refusedAndReset();
        conversation.view = view;
        return conversation.report();
    }

    @Test
    void events() throws IOException {
        assertThat(report(View.EVENTS)).isEqualTo("""
                    1  stream 0     19:38:34.341715 10.0.0.1.3363 > 10.0.0.2.80
                    1  stream 0     19:38:34.341715 client note mss-absent: no MSS, so 536 applies
                    1  stream 0     19:38:34.341715 client open 1
                    1  stream 0     19:38:34.341715 client CLOSED > SYN-SENT  snd SYN, RFC 9293 3.10.1
                    2  stream 0     19:38:34.342715 client SYN-SENT > CLOSED  rcv RST, RFC 9293 3.10.7.3
                    2  stream 0     19:38:34.342715 server open 2, ack = x+1
                    2  stream 0     19:38:34.342715 server warning handshake-refused: RST answers the SYN
                    3  stream 1     19:38:34.343715 10.0.0.9.1000 > 10.0.0.2.443
                    3  stream 1     19:38:34.343715 client open 1
                    3  stream 1     19:38:34.343715 client CLOSED > SYN-SENT  snd SYN, RFC 9293 3.10.1
                    4  stream 1     19:38:34.363715 server open 2, ack = x+1
                    4  stream 1     19:38:34.363715 server LISTEN > SYN-RECEIVED  snd SYN,ACK, RFC 9293 3.10.7.2
                    5  stream 1     19:38:34.364715 client open 3, ack = y+1
                    5  stream 1     19:38:34.364715 client SYN-SENT > ESTABLISHED  snd ACK, RFC 9293 3.10.7.3
                    5  stream 1     19:38:34.364715 server SYN-RECEIVED > ESTABLISHED  rcv ACK of SYN, RFC 9293 3.10.7.4
                    7  stream 1     19:38:34.366715 server ESTABLISHED > CLOSED  snd RST, RFC 9293 3.10.5
                    7  stream 1     19:38:34.366715 client ESTABLISHED > CLOSED  rcv RST, RFC 9293 3.10.7.4
                    7  stream 1     19:38:34.366715 server warning reset: abort by server in ESTABLISHED, client in ESTABLISHED
                    2  stream 0     19:38:34.342715 client SYN-SENT > CLOSED?  not proven by the end
                    7  stream 1     19:38:34.366715 client ESTABLISHED > CLOSED?  not proven by the end

                1 capture, 7 packets, 2 flows
                  capture    whole, both directions
                  opened     1 three-way, 1 refused
                  closed     1 reset
                  reset      1 refused, 1 abort
                  in doubt   2 flows (marked ?), see --explain doubt
                  found      1 handshake-refused, 1 reset, 1 mss-absent
                """);
    }

    @Test
    void segments() throws IOException {
        assertThat(report(View.SEGMENTS)).startsWith("""
                    1  stream 0     19:38:34.341715 IP 10.0.0.1.3363 > 10.0.0.2.80: Flags [S], seq 100, win 65535, length 0
                                    open 1                        client CLOSED > SYN-SENT
                                    note mss-absent: no MSS, so 536 applies
                    2  stream 0     19:38:34.342715 IP 10.0.0.2.80 > 10.0.0.1.3363: Flags [R.], seq 0, ack 101, win 65535, length 0
                                    open 2, ack = x+1, refused    client SYN-SENT > CLOSED
                                    warning handshake-refused: RST answers the SYN
                """).contains("""
                    6  stream 1     19:38:34.365715 IP 10.0.0.9.1000 > 10.0.0.2.443: Flags [P.], seq 1:10, ack 1, win 65535, length 9
                    7  stream 1     19:38:34.366715 IP 10.0.0.2.443 > 10.0.0.9.1000: Flags [R.], seq 1, ack 10, win 65535, length 0
                                    reset                         server ESTABLISHED > CLOSED, client ESTABLISHED > CLOSED
                                    warning reset: abort by server in ESTABLISHED, client in ESTABLISHED
                    2  stream 0     client SYN-SENT > CLOSED?  not proven by the end
                    7  stream 1     client ESTABLISHED > CLOSED?  not proven by the end

                1 capture,""");
    }

    @Test
    void eventWithoutSegmentHasItsPlace() throws IOException {
        Conversation conversation = new Conversation().clientOffers(1460).quiet(2000);
        conversation.view = View.SEGMENTS;

        assertThat(conversation.report())
                .contains("\n    1  stream 0     warning handshake-unanswered (client): no answer to the SYN\n");
    }

    @Test
    void severalCapturesAreNamedAndAddedUp() throws IOException {
        Conversation conversation = new Conversation().clientOffers(1460).quiet(2000);
        conversation.view = View.SUMMARY;
        conversation.several = true;

        assertThat(conversation.report("a.pcap", "b\u001b[2J\u202ex.pcap")).isEqualTo("""
                a.pcap, 2 packets, 2 flows
                  capture    whole, both directions
                  opened     1 unanswered
                  pending    cut off by the end: 1 opening
                  found      1 handshake-unanswered
                  who        handshake-unanswered  10.0.0.2:80  1 of 1 flow   19:38:34, from frame 1

                b\\x1b[2J\\u202ex.pcap, 2 packets, 2 flows
                  capture    whole, both directions
                  opened     1 unanswered
                  pending    cut off by the end: 1 opening
                  found      1 handshake-unanswered
                  who        handshake-unanswered  10.0.0.2:80  1 of 1 flow   19:38:34, from frame 1

                capture               packets  flows  found
                a.pcap                      2      2  1 handshake-unanswered
                b\\x1b[2J\\u202ex.pcap        2      2  1 handshake-unanswered

                2 captures, 4 packets, 4 flows
                  capture    whole, both directions
                  opened     2 unanswered
                  pending    cut off by the end: 2 opening
                  found      2 handshake-unanswered
                  who        handshake-unanswered  10.0.0.2:80  2 of 2 flows  19:38:34, from frame 1  [#         ]
                """);
        conversation.view = View.EVENTS;
        assertThat(conversation.report("a.pcap", "b\u009b.pcap"))
                .startsWith("==> a.pcap <==\n\n    1  stream 0 ")
                .contains("\n\n==> b\\x9b.pcap <==\n\n    1  stream 0 ");
    }

    @ParameterizedTest
    @EnumSource(
            names = {"SUMMARY", "TABLE"},
            mode = EnumSource.Mode.EXCLUDE)
    void streamsAreChosenAndTheSummaryCountsAll(View view) throws IOException {
        Conversation conversation = refusedAndReset();
        conversation.view = view;
        conversation.streams = ShownStreams.of(1);

        assertThat(conversation.report())
                .contains("stream 1  ", "10.0.0.9.1000 > 10.0.0.2.443")
                .doesNotContain("stream 0  ", "10.0.0.1.3363")
                .contains("1 capture, 7 packets, 2 flows\n");
    }

    @ParameterizedTest
    @EnumSource(
            names = {"SUMMARY", "TABLE"},
            mode = EnumSource.Mode.EXCLUDE)
    void onlyFindings(View view) throws Exception {
        Conversation conversation = new Conversation()
                .handshake()
                .between("10.0.0.9", 1000, "10.0.0.2", 443)
                .client("S", 100, 0, 0);
        conversation.view = view;
        conversation.only = FlowChoice.of("findings", TimeZone.getTimeZone("UTC"));

        assertThat(conversation.report())
                .contains("stream 1  ", "mss-absent")
                .doesNotContain("stream 0  ")
                .contains("2 flows\n");
    }

    @Test
    void countsOfWhatIsNoTcpSegment() {
        Summary summary = new Summary(new ForeignText("x"));
        for (Decoded decoded : Decoded.values()) {
            summary.frame(decoded);
        }
        summary.frame(Decoded.ICMP);
        summary.unmatchedIcmp();
        summary.malformed(Reason.TCP_HEADER);
        summary.unknownLinkType(3);
        summary.opaque("esp");
        summary.evicted(1234);
        summary.incomplete();
        TextBuffer out = new TextBuffer();

        new SummaryText(new Conversation().choices()).append(out, "1 capture", summary, 1_239_999_999);

        assertThat(out).hasToString("""
                1 capture, 9 packets, 0 flows in 1.23 s
                  ICMP       1 error about these flows, 1 error about flows that are not here
                  not TCP    1 packet
                  undecoded  1 esp, 1 fragment, 1 link-type-ax25, 1 snapped, 1 tcp-header
                  evicted    1,234 flows ended early: more were alive than --max-flows or --max-memory allow
                  cut        not read to its end
                """);
    }

    @Test
    void whatWasCutOffStandsApart() {
        Summary summary = new Summary(new ForeignText("x"));
        summary.handshakes().put(Handshake.Kind.THREE_WAY, 7L);
        summary.handshakes().put(Handshake.Kind.CUT, 1213L);
        summary.closes().put(Closing.Kind.CUT, 440L);

        assertThat(text(summary)).isEqualTo("""
                1 capture, 0 packets, 0 flows
                  opened     7 three-way
                  pending    cut off by the end: 1,213 opening, 440 closing
                """);
        summary.handshakes().remove(Handshake.Kind.CUT);
        assertThat(text(summary)).contains("\n  pending    cut off by the end: 440 closing\n");
        summary.closes().clear();
        assertThat(text(summary)).doesNotContain("cut off");
        summary.handshakes().put(Handshake.Kind.CUT, 1L);
        assertThat(text(summary)).contains("\n  pending    cut off by the end: 1 opening\n");
    }

    private static String text(Summary summary) {
        TextBuffer out = new TextBuffer();
        new SummaryText(new Conversation().choices()).append(out, "1 capture", summary, -1);
        return out.toString();
    }

    /** What passes without an event is counted: the flows view costs no memory for it. */
    @Test
    void nothingIsAllocatedForData() throws IOException {
        TextReporter reporter = new TextReporter(new Conversation().choices(), OutputStream.nullOutputStream());
        reporter.begin(new ForeignText("x"), new tcpflowcheck.capture.CaptureNotes());
        FlowTracker tracker = new FlowTracker(
                FlowLimits.DEFAULT, new FlowOrder(List.of(reporter), new Summary(new ForeignText("x"))), 1);
        PacketDecoder decoder = new PacketDecoder();
        SegmentBuilder data = new SegmentBuilder().flags("P.").ack(1).payload(100);
        Frame[] frames = new Frame[30_000];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = data.seq(1 + 100 * i).id(i & 0xffff).frame(i + 1, i * 1000L);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        long before = 0;
        for (int i = 0; i < frames.length; i++) {
            if (i == 10_000) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            decoder.decode(frames[i]);
            tracker.accept(decoder.segment());
        }

        // The compiler at work may account for a few hundred octets; an object for each segment would be 16 times
        // these.
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(20_000);
    }
}
