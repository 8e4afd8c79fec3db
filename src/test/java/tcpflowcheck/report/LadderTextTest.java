package tcpflowcheck.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tcpflowcheck.golden.Run;

/** {@code --view ladder}: what is drawn of the samples, at all widths. */
@Execution(ExecutionMode.CONCURRENT)
class LadderTextTest {
    /** From the line of the ends to the blank one behind the last rung. */
    private static String ladder(Run run) {
        assertThat(run.err()).isEmpty();
        List<String> lines =
                run.out().lines().dropWhile(line -> !line.isEmpty()).skip(1).toList();
        return String.join("\n", lines.subList(0, lines.indexOf(""))) + "\n";
    }

    private static String ladder(String sample, String... options) {
        String[] all = new String[options.length + 4];
        System.arraycopy(options, 0, all, 0, options.length);
        all[options.length] = "--utc";
        all[options.length + 1] = "--view";
        all[options.length + 2] = "ladder";
        all[options.length + 3] = "samples/" + sample + ".pcap";
        return ladder(Run.of(all));
    }

    @Test
    void aCloseByThreeSegments() {
        assertThat(ladder("three-segment-close")).isEqualTo("""
                                 client 10.9.0.1.40001                                            server 10.9.0.2.80
                                 CLOSED       |                                                     | LISTEN
                     1   0.000 s              | ---- SYN seq=0 (x) mss=1460 ----------------------> |
                                 SYN-SENT     |                                                     |
                     2   20.3 ms              | <------ SYN,ACK seq=0 (y) ack=1 (x+1) mss=1460 ---- |
                                              |                                                     | SYN-RECEIVED
                     3   20.4 ms              | ---- ACK seq=1 (x+1) ack=1 (y+1) -----------------> |
                                 ESTABLISHED  |                                                     | ESTABLISHED
                         31.1 ms              | <......... 4 segments, 69 B out, 96 B in .........> |
                     8  312.0 ms              | ---- FIN,ACK seq=70 (u) ack=97 (w) ---------------> |
                                 FIN-WAIT-1   |                                                     |
                     9  332.4 ms              | <------------- FIN,ACK seq=97 (w) ack=71 (u+1) ---- |
                                 FIN-WAIT-2   |                                                     | CLOSE-WAIT
                                              |                                                     | LAST-ACK
                    10  332.5 ms              | ---- ACK seq=71 (u+1) ack=98 (w+1) ---------------> |
                                 TIME-WAIT    |                                                     | CLOSED?
                """);
    }

    /** Each FIN was sent before the other one came. */
    @Test
    void whatIsUnderWayAtOnceCrosses() {
        assertThat(ladder("simultaneous-close", "--width", "120")).contains("""
                     8  433.2 ms              | -- FIN,ACK seq=70 (u) -----------\\  /- FIN,ACK seq=97 (w) ack=70 (u) -- |
                                              |                                   \\/                                    |
                                              |                                   /\\                                    |
                     9  463.3 ms              | <--------------------------------/  \\---------------------------------> |
                                 FIN-WAIT-1   |                                                                         | FIN-WAIT-1
                                              | ^ simultaneous-close: both FINs were sent before either was             |
                                              |   acknowledged                                                          |
                """);
        // nothing that the books write is lost where it just fits
        assertThat(ladder("simultaneous-close")).contains("| -- FIN,ACK seq=70 (u) -\\  /-- FIN,ACK seq=97 (w) -- |");
    }

    @Test
    void whatIsLostEndsInAnX() {
        assertThat(ladder("unanswered")).isEqualTo("""
                                 client 10.9.0.1.40001                                            server 10.9.0.2.80
                                 CLOSED       |                                                     | LISTEN
                     1   0.000 s              | ---- SYN seq=0 (x) mss=1460 -----------x            |
                                 SYN-SENT     |                                                     |
                                              :                      (1.021 s)                      :
                     2   1.021 s              | ---- SYN seq=0 mss=1460 -------------x              |
                                              | ^ syn-retransmission: SYN again, ISN unchanged      |
                                              :                      (2.016 s)                      :
                     3   3.037 s              | ---- SYN seq=0 mss=1460 --------------------------> |
                                              | ^ syn-retransmission: SYN again, ISN unchanged      |
                """);
    }

    @Test
    void narrowOnesLeaveOutWhatMattersLeast() {
        assertThat(ladder("abort", "--width", "60")).isEqualTo("""
                client 10.9.0.1.40001                     server 10.9.0.2.80
                CLOSED       |                              | LISTEN
                             | ---- SYN seq=0 (x) --------> |
                SYN-SENT     |                              |
                             | <---- SYN,ACK seq=0 (y) ---- |
                             |                              | SYN-RECEIVED
                             | ---- ACK seq=1 (x+1) ------> |
                ESTABLISHED  |                              | ESTABLISHED
                             | <....... 4 segments .......> |
                             | ---- RST,ACK seq=70 -------> |
                CLOSED       |                              | CLOSED?
                             | ^ reset: abort by client in  |
                             |   ESTABLISHED, server in     |
                             |   ESTABLISHED                |
                """);
    }

    private static List<Path> samples() throws IOException {
        try (DirectoryStream<Path> samples = Files.newDirectoryStream(Path.of("samples"), "*.pcap")) {
            List<Path> all = new java.util.ArrayList<>();
            samples.forEach(all::add);
            return all;
        }
    }

    /** The life lines are straight, and nothing is beyond the width. */
    @ParameterizedTest
    @ValueSource(ints = {60, 61, 72, 79, 80, 99, 100, 133, 200})
    void theLinesAreStraight(int width) throws Exception {
        for (Path sample : samples()) {
            for (String verbose : List.of("--nano", "-v")) {
                String ladder = ladder(Run.of(verbose, "--view", "ladder", "--width", "" + width, sample.toString()));
                List<String> rows = ladder.lines()
                        .filter(line -> line.matches(".*[|:].*[|:].*"))
                        .toList();
                assertThat(rows).hasSizeGreaterThan(3);
                int left = rows.get(0).indexOf('|');
                int right = rows.get(0).lastIndexOf('|');
                assertThat(rows).allSatisfy(row -> {
                    assertThat(row).hasSizeLessThanOrEqualTo(width);
                    assertThat(row.charAt(left)).isIn('|', ':');
                    assertThat(row.charAt(right)).isIn('|', ':');
                });
            }
        }
    }

    /** RFC 9293's Figure 8: the RST comes, the numbers begin anew with the SYN that was meant. */
    @Test
    void anOldDuplicateOfASyn() {
        assertThat(ladder("rfc9293/figure-8")).isEqualTo("""
                                 client 10.9.0.1.40008                                            server 10.9.0.2.80
                                 CLOSED       |                                                     | LISTEN
                     1   0.000 s              | ---- SYN seq=0 (x) mss=1460 ----------------------> |
                                 SYN-SENT     |                                                     |
                     2    1.0 ms              | <------ SYN,ACK seq=0 (y) ack=1 (x+1) mss=1460 ---- |
                                              |                                                     | SYN-RECEIVED
                     3   41.0 ms              | ---- RST seq=1 -----------------------------------> |
                                              |                                                     | LISTEN
                     4   46.0 ms              | ---- SYN seq=0 (x) mss=1460 ----------------------> |
                                              | ^ isn-changed: SYN again with ISN 100, was 90       |
                     5   47.0 ms              | <------ SYN,ACK seq=0 (y) ack=1 (x+1) mss=1460 ---- |
                                              |                                                     | SYN-RECEIVED
                     6   87.0 ms              | ---- ACK seq=1 (x+1) ack=1 (y+1) -----------------> |
                                 ESTABLISHED  |                                                     | ESTABLISHED?
                """);
    }

    /** An RST has no initial sequence number. */
    @Test
    void aRefusalHasNoLetterOfItsOwn() {
        assertThat(ladder("refused")).contains("| <------------------- RST,ACK seq=0 ack=1 (x+1) ---- |");
    }

    /** RFC 9293's Figure 9: what is answered by another connection has come, and that one's numbers are not relative to this. */
    @Test
    void anotherConnectionAnswers() {
        assertThat(ladder("rfc9293/figure-9")).isEqualTo("""
                                 client 10.9.0.1.40009                                            server 10.9.0.2.80
                                 CLOSED       |                                                     |
                     1   0.000 s              | ---- SYN seq=0 (x) mss=1460 ----------------------> |
                                 SYN-SENT     |                                                     |
                     2   40.0 ms              | <------------------------- ACK seq=300 ack=100 ---- |
                                              | ^ syn-answered-by-ack: the server answers the SYN   |
                                              |   with an ACK of another connection, ack 100        |
                                              | ^ syn-answered-by-ack: the server still holds       |
                                              |   another connection, ack 100; the RST in frame 3   |
                                              |   rejects that                                      |
                     3   41.0 ms              | ---- RST seq=100 ---------------------------------> |
                     4   1.001 s              | ---- SYN seq=0 mss=1460 --------------------------> |
                                              | ^ syn-retransmission: SYN again, ISN unchanged      |
                """);
    }

    /** The server took the client's SYN,ACK after it had sent its own, as in Figure 7 of RFC 9293: its path says so. */
    @Test
    void whatWasTakenAfterTheNextWasSentCrosses() {
        assertThat(ladder("simultaneous-open")).contains("""
                     3   30.5 ms              | -- SYN,ACK seq=0 (x) --\\  /--- SYN,ACK seq=0 (y) -- |
                                              |                         \\/                          |
                                              |                         /\\                          |
                     4   60.8 ms              | <----------------------/  \\-----------------------> |
                                 SYN-RECEIVED |                                                     | SYN-RECEIVED
                                 ESTABLISHED  |                                                     | ESTABLISHED
                """);
    }

    /** All states of both paths are there, in their order, with the marks of the header. */
    @Test
    void theStatesAreThoseOfTheHeader() throws Exception {
        for (Path sample : samples()) {
            Run run = Run.of("--view", "ladder", "-v", "--width", "120", sample.toString());
            String client = run.out()
                    .lines()
                    .filter(line -> line.startsWith("  client  "))
                    .findFirst()
                    .orElseThrow();
            String server = run.out()
                    .lines()
                    .filter(line -> line.startsWith("  server  "))
                    .findFirst()
                    .orElseThrow();
            StringBuilder left = new StringBuilder("  client ");
            StringBuilder right = new StringBuilder("  server ");
            for (String row : ladder(run).lines().toList()) {
                if (row.matches(".*\\|.*\\|.*")) {
                    String[] parts = row.split("\\|");
                    add(
                            left,
                            parts[0].replaceFirst("^ *\\d+ +[\\d.]+ [mu]?s", "").strip());
                    add(right, parts.length > 2 ? parts[2].strip() : "");
                }
            }
            assertThat(left).as(sample.toString()).hasToString(client);
            assertThat(right).as(sample.toString()).hasToString(server);
        }
    }

    private static void add(StringBuilder path, String state) {
        path.append(state.isEmpty() ? "" : " " + state);
    }

    /** The arrows alone of a conversation, with their words and without the states. */
    private static List<String> arrows(Conversation conversation) throws IOException {
        conversation.view = TextChoices.View.LADDER;
        return conversation
                .report()
                .lines()
                .filter(line -> line.matches(" +\\d+ +[\\d.,]+ [mu]?s .*[-x].*"))
                .map(line -> line.replaceFirst(".*?\\| ?", "")
                        .replaceFirst(" ?\\|.*", "")
                        .strip())
                .map(line -> line.replaceAll("-+", "-"))
                .toList();
    }

    /** A SYN that was answered had come, however often it is sent again: what was lost was the answer. */
    @Test
    void whatWasAnsweredIsNotLost() throws Exception {
        Conversation conversation = new Conversation()
                .clientOffers(1460)
                .serverOffers(1400)
                .after(1000)
                .clientOffers(1460)
                .serverOffers(1400)
                .client(".", 101, 501, 0);
        assertThat(arrows(conversation))
                .containsExactly(
                        "- SYN seq=0 (x) mss=1460 ->",
                        "x- SYN,ACK seq=0 (y) ack=1 (x+1) mss=1400 -",
                        "- SYN seq=0 mss=1460 ->",
                        "<- SYN,ACK seq=0 ack=1 mss=1400 -",
                        "- ACK seq=1 (x+1) ack=1 (y+1) ->");
    }

    /** The finding is told at the end; the arrow of the ACK knows it. */
    @Test
    void theLastAckIsLostWhereTheFinComesAgain() throws Exception {
        Conversation conversation = new Conversation()
                .handshake()
                .client("F.", 101, 501, 0)
                .server("F.", 501, 102, 0)
                .client(".", 102, 502, 0)
                .after(300)
                .server("F.", 501, 102, 0)
                .client(".", 102, 502, 0);
        List<String> arrows = arrows(conversation);
        assertThat(arrows.subList(3, arrows.size()))
                .containsExactly(
                        "- FIN,ACK seq=1 (u) ack=1 (w) ->",
                        "<- FIN,ACK seq=1 (w) ack=2 (u+1) -",
                        "- ACK seq=2 (u+1) ack=2 (w+1) -x",
                        "<- FIN,ACK seq=1 (w) ack=2 (u+1) -",
                        "- ACK seq=2 ack=2 ->");
    }

    /** A receiver that goes on for long, with new octets, has not got the RST. */
    @Test
    void anRstThatItsReceiverNeverTookIsLost() throws Exception {
        Conversation conversation = new Conversation().handshake().client("R.", 101, 501, 0);
        assertThat(arrows(conversation)).last().isEqualTo("- RST,ACK seq=1 ack=1 ->");
        conversation = new Conversation()
                .handshake()
                .client("R.", 101, 501, 0)
                .after(5000)
                .server("P.", 501, 101, 10)
                .after(5000)
                .server("P.", 511, 101, 10)
                .after(5000)
                .server("F.", 521, 101, 0);
        assertThat(arrows(conversation)).contains("- RST,ACK seq=1 ack=1 -x");
    }

    @Test
    void onATerminalItIsDrawnWithLines() {
        Run run = Run.with(
                Map.of("COLUMNS", "100", "NO_COLOR", "1"), true, new byte[0], "--view", "ladder", "samples/abort.pcap");
        assertThat(run.out())
                .contains("\u2500\u2500\u2500\u2500 SYN seq=0 (x) mss=1460 \u2500")
                .contains("\u25b6 \u2502");
        assertThat(ladder("abort")).matches("(?s)[\\x00-\\x7f]*");
    }
}
