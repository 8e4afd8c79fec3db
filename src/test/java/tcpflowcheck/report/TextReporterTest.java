package tcpflowcheck.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tcpflowcheck.report.TextChoices.View;

/** The flows view: a verdict first, then the evidence. */
class TextReporterTest {
    @Test
    void verdictThenEvidence() throws IOException {
        assertThat(fourSegments().report()).isEqualTo("""
                stream 0  10.0.0.1.3363 > 10.0.0.2.80   11 segments, 420 B out, 1,400 B in, 506.0 ms
                  open    three-way in 21.0 ms (20.0 + 1.0)        mss 1460 / 1400, using 1400
                  close   four-segment by server in 465.0 ms, half-closed 461.0 ms
                  time    connect 21.0 ms, request 1.0 ms, first octet 7.0 ms, close 465.0 ms
                  client  CLOSED SYN-SENT ESTABLISHED CLOSE-WAIT LAST-ACK CLOSED?
                  server  LISTEN SYN-RECEIVED ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT

                  1 19:38:34.341715 IP 10.0.0.1.3363 > 10.0.0.2.80: Flags [S], seq 100, win 65535, options [mss 1460], length 0
                      open 1/3                      client CLOSED > SYN-SENT
                  2 19:38:34.361715 IP 10.0.0.2.80 > 10.0.0.1.3363: Flags [S.], seq 500, ack 101, win 65535, options [mss 1400], length 0
                      open 2/3, ack = x+1           server LISTEN > SYN-RECEIVED
                  3 19:38:34.362715 IP 10.0.0.1.3363 > 10.0.0.2.80: Flags [.], ack 1, win 65535, length 0
                      open 3/3, ack = y+1           client SYN-SENT > ESTABLISHED, server SYN-RECEIVED > ESTABLISHED
                    ... 2 segments of data and 2 ACKs, 420 B out, 1,400 B in
                  8 19:38:34.382715 IP 10.0.0.2.80 > 10.0.0.1.3363: Flags [F.], seq 1401, ack 421, win 65535, length 0
                      close 1/4                     server ESTABLISHED > FIN-WAIT-1
                  9 19:38:34.383715 IP 10.0.0.1.3363 > 10.0.0.2.80: Flags [.], ack 1402, win 65535, length 0
                      close 2/4                     client ESTABLISHED > CLOSE-WAIT, server FIN-WAIT-1 > FIN-WAIT-2
                 10 19:38:34.844715 IP 10.0.0.1.3363 > 10.0.0.2.80: Flags [F.], seq 421, ack 1402, win 65535, length 0
                      close 3/4                     client CLOSE-WAIT > LAST-ACK
                 11 19:38:34.847715 IP 10.0.0.2.80 > 10.0.0.1.3363: Flags [.], ack 422, win 65535, length 0
                      close 4/4                     server FIN-WAIT-2 > TIME-WAIT, client LAST-ACK > CLOSED?

                1 capture, 11 packets, 1 flow
                  capture    whole, both directions
                  opened     1 three-way
                  closed     1 four-segment
                  in doubt   1 flow (marked ?), see --explain doubt
                """);
    }

    private static Conversation fourSegments() {
        return new Conversation()
                .handshake()
                .client("P.", 101, 501, 420)
                .after(5)
                .server(".", 501, 521, 0)
                .server("P.", 501, 521, 1400)
                .client(".", 521, 1901, 0)
                .after(10)
                .server("F.", 1901, 521, 0)
                .client(".", 521, 1902, 0)
                .after(460)
                .client("F.", 521, 1902, 0)
                .after(2)
                .server(".", 1902, 522, 0);
    }

    @Test
    void verboseUnfolds() throws IOException {
        Conversation conversation = fourSegments();
        conversation.verbose = true;

        assertThat(conversation.report())
                .doesNotContain("...")
                .contains("  4 19:38:34.363715 IP 10.0.0.1.3363 > 10.0.0.2.80: Flags [P.], seq 1:421, ack 1,")
                .contains(
                        "  7 19:38:34.371715 IP 10.0.0.1.3363 > 10.0.0.2.80: Flags [.], ack 1401, win 65535, length 0\n  8");
    }

    @Test
    void retransmittedHandshakeSaysHowLongTheFirstSynWaited() throws IOException {
        assertThat(header(new Conversation()
                        .clientOffers(1460)
                        .after(1000)
                        .clientOffers(1460)
                        .after(12)
                        .serverOffers(1400)
                        .client(".", 101, 501, 0)))
                .isEqualTo("""
                        stream 0  10.0.0.1.3363 > 10.0.0.2.80   4 segments, 0 B out, 0 B in, 1.015 s
                          open    three-way? in 14.0 ms (13.0 + 1.0) after 1 SYN retransmission in 1.001 s   mss 1460 / 1400, using 1400
                          close   open, no FIN or RST in the capture
                          client  CLOSED SYN-SENT ESTABLISHED
                          server  LISTEN SYN-RECEIVED ESTABLISHED?
                          found   1 syn-retransmission (client, frame 2)
                        """);
    }

    @Test
    void unansweredHasNoCloseAndNoNumberOfSteps() throws IOException {
        Conversation conversation = new Conversation()
                .clientOffers(1460)
                .after(999)
                .clientOffers(1460)
                .after(1999)
                .clientOffers(1460)
                .quiet(5000);

        assertThat(header(conversation)).isEqualTo("""
                stream 0  10.0.0.1.3363 > 10.0.0.2.80   3 segments, 0 B out, 0 B in, 3.000 s
                  open    unanswered, SYN sent 3 times in 3.000 s   mss 1460 / -
                  client  CLOSED SYN-SENT
                  server  LISTEN
                  found   1 handshake-unanswered (client, frame 3), 2 syn-retransmission (client, frames 2, 3)
                """);
        assertThat(conversation.report()).contains("\n      open 1                        client CLOSED > SYN-SENT\n");
    }

    @Test
    void refused() throws IOException {
        Conversation conversation = new Conversation().client("S", 100, 0, 0).server("R.", 0, 101, 0);

        assertThat(header(conversation)).isEqualTo("""
                stream 0  10.0.0.1.3363 > 10.0.0.2.80   2 segments, 0 B out, 0 B in, 1.0 ms
                  open    refused? in 1.0 ms
                  client  CLOSED SYN-SENT CLOSED?
                  server  CLOSED
                  found   1 handshake-refused (server, frame 2), 1 mss-absent (client, frame 1)
                """);
        assertThat(conversation.report()).contains("""
                      open 2/2, ack = x+1, refused  client SYN-SENT > CLOSED?
                      warning handshake-refused: RST answers the SYN
                """);
    }

    @Test
    void halfOpen() throws IOException {
        assertThat(header(new Conversation()
                        .clientOffers(1460)
                        .serverOffers(200)
                        .after(900)
                        .serverOffers(200)
                        .quiet(5000)))
                .isEqualTo("""
                        stream 0  10.0.0.1.3363 > 10.0.0.2.80   3 segments, 0 B out, 0 B in, 902.0 ms
                          open    half-open, SYN,ACK after 1.0 ms, never confirmed, 1 SYN,ACK retransmission   mss 1460 / 200, using 200
                          client  CLOSED SYN-SENT
                          server  LISTEN SYN-RECEIVED
                          found   1 mss-small (server, frame 2), 1 handshake-half-open (client, frame 3),
                                  1 synack-retransmission (server, frame 3)
                                  mss-small: mss 200 is below 536
                        """);
    }

    @Test
    void midstreamIsPlainAboutWhatItDoesNotKnow() throws IOException {
        Conversation conversation = new Conversation()
                .between("2001:db8::1", 80, "2001:db8::2", 40_000)
                .vlan(100, 7)
                .client("P.", 1, 1, 10)
                .client("P.", 11, 1, 10)
                .server(".", 1, 21, 0)
                .client("F.", 21, 1, 0);

        assertThat(conversation.report()).isEqualTo("""
                stream 0  2001:db8::2.40000 > 2001:db8::1.80   4 segments, 0 B out, 20 B in, 3.0 ms, vlan 100.7
                  open    midstream, began before the capture; the lower port is taken to serve
                  close   cut? by the end of the capture, right after its last segment
                  time    transfer 1.0 ms
                  client  ESTABLISHED
                  server  ESTABLISHED FIN-WAIT-1?

                  1 19:38:34.341715 IP6 2001:db8::1.80 > 2001:db8::2.40000: Flags [P.], seq 1:11, ack 1, win 65535, length 10
                    ... 1 segment of data and 1 ACK, 10 B in
                  4 19:38:34.344715 IP6 2001:db8::1.80 > 2001:db8::2.40000: Flags [F.], seq 20, ack 1, win 65535, length 0
                      close 1                       server ESTABLISHED > FIN-WAIT-1?

                1 capture, 4 packets, 1 flow
                  capture    whole, both directions
                  opened     1 midstream
                  pending    cut off by the end: 1 closing
                  in doubt   1 flow (marked ?), see --explain doubt
                """);
        assertThat(conversation.quiet(5000).report()).contains("""
                  close   unacknowledged? FIN of the server
                  time    transfer 1.0 ms
                  client  ESTABLISHED
                  server  ESTABLISHED FIN-WAIT-1?
                  found   1 close-unacknowledged (server, frame 4)
                """).contains("""
                server ESTABLISHED > FIN-WAIT-1?
                      warning close-unacknowledged (server): nothing acknowledges its FIN
                """);
    }

    @Test
    void resetsAreTheCloseOfWhatWasOpenAndTheirOwnLineElse() throws IOException {
        assertThat(header(new Conversation()
                        .handshake()
                        .client("P.", 101, 501, 9)
                        .after(20)
                        .server(".", 501, 110, 0)
                        .server("R.", 501, 110, 0)))
                .contains("\n  close   reset by server: abort in ESTABLISHED, frame 6\n")
                .doesNotContain("  reset   ");
        assertThat(header(new Conversation().clientOffers(1460).client("R", 101, 0, 0)))
                .contains("\n  reset   by client: abandoned-open in SYN-SENT, frame 2\n")
                .doesNotContain("  close   ");
    }

    @Test
    void takenBackIsShownWhereItHappenedAndNotInThePath() throws IOException {
        String report = new Conversation()
                .handshake()
                .client("F.", 101, 501, 0)
                .server("F.", 501, 102, 0)
                .client(".", 102, 502, 0)
                .after(300)
                .server("F.", 501, 102, 0)
                .client(".", 102, 502, 0)
                .report();

        assertThat(report).contains("\n  server  LISTEN SYN-RECEIVED ESTABLISHED CLOSE-WAIT LAST-ACK CLOSED?\n");
        assertThat(report)
                .contains("\n      " + " ".repeat(30) + "server CLOSED revised to LAST-ACK: its FIN shows otherwise\n");
        assertThat(report).contains("server ESTABLISHED > CLOSE-WAIT > LAST-ACK, client FIN-WAIT-1 > FIN-WAIT-2\n");
    }

    @Test
    void whatTimeBringsHasNoSegment() throws IOException {
        String report = new Conversation()
                .handshake()
                .client("F.", 101, 501, 0)
                .server("F.", 501, 102, 0)
                .client(".", 102, 502, 0)
                .after(200_000)
                .between("10.0.0.9", 1000, "10.0.0.2", 80)
                .client("S", 100, 0, 0)
                .report();

        assertThat(report).contains("\n      Timeout=2MSL                  client TIME-WAIT > CLOSED\n\nstream 1  ");
    }

    @Test
    void evidenceIsBoundedAndTheRestCounted() throws IOException {
        Conversation conversation = new Conversation().handshake().client("F.", 101, 501, 0);
        for (int i = 0; i < 1000; i++) {
            conversation.after(300).client("F.", 101, 501, 0);
        }

        String report = conversation.report();

        // Of 1,003 segments with a SYN, a FIN or a step the first is kept in any case, and 200 more.
        assertThat(report).contains("\n     ... 803 ACKs; 803 of them with findings or transitions\n");
        assertThat(report).contains(" 1,000 fin-retransmission (client, frames 5, 6, 7, ...)");
        assertThat(report.lines().filter(line -> line.contains("Flags [")).count())
                .isEqualTo(201);
    }

    @Test
    void timesBetweenLinesBeginAnewWithEachFlow() throws IOException {
        Conversation conversation = new Conversation()
                .handshake()
                .after(5000)
                .between("10.0.0.9", 1000, "10.0.0.2", 80)
                .handshake();
        conversation.timeStyle = TimeFormat.Style.SINCE_PREVIOUS;

        assertThat(conversation.report()).contains("\n  4  00:00:00.000000 IP ").contains("\n  5  00:00:00.020000 IP ");
    }

    @ParameterizedTest
    @EnumSource
    void coloursAreOnTopOfThePlainText(View view) throws IOException {
        Conversation conversation = fourSegments()
                .between("10.0.0.9", 1000, "10.0.0.2", 80)
                .client("S", 100, 0, 0)
                .server("R.", 0, 101, 0)
                .after(200_000)
                .client("S", 700, 0, 0);
        conversation.view = view;
        String plain = conversation.report();
        conversation.style = Style.coloured();
        String coloured = conversation.report();

        assertThat(plain).doesNotContain("\u001b");
        assertThat(coloured).contains("\u001b[33mhandshake-refused\u001b[m");
        assertThat(Pattern.compile("\u001b\\[[0-9;]*m").matcher(coloured).replaceAll(""))
                .isEqualTo(plain);
    }

    /** Ports used again print as tcpdump does, which keeps its numbers; the lines of both views are the same. */
    @Test
    void linesAreThoseOfTheSegmentsView() throws IOException {
        Conversation conversation = fourSegments()
                .client("S", 90_000, 0, 0)
                .server("S.", 70_000, 90_001, 0)
                .client(".", 90_001, 70_001, 0)
                .client("F.", 90_001, 70_001, 7)
                .client("R.", 90_009, 70_001, 0);
        List<String> shown = segmentLines(conversation.report());
        conversation.view = View.SEGMENTS;

        assertThat(shown).hasSize(12).last().asString().contains("Flags [R.], seq 9, ack 1, ");
        assertThat(segmentLines(conversation.report())).containsAll(shown);
    }

    private static List<String> segmentLines(String report) {
        return report.lines()
                .filter(line -> line.contains(" IP "))
                .map(line -> line.substring(line.indexOf("19:38")))
                .toList();
    }

    private static String header(Conversation conversation) throws IOException {
        String report = conversation.report();
        return report.substring(0, report.indexOf("\n\n") + 1);
    }
}
