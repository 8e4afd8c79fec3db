package tcpflowcheck.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.tcp.Finding;

/** What findings say that sum up how long something went on and what came of it, in scripts that fire them. */
class SumUpTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            segments/unanswered-data | unanswered-data | 200 octets of frame 6 sent 6 times in 6.2 s after \
            1,900.0 s of silence, never acknowledged: nothing came from the server any more
            segments/unanswered-data-recovers | unanswered-data | 100 octets of frame 6 sent 6 times in 6.2 s, \
            acknowledged in frame 12, 6.2 s after the first
            close/half-closed-and-cut-off | unanswered-data | 1000 octets of frame 7 sent 5 times in 4.5 s after \
            31.0 s of silence, never acknowledged: nothing came from the client any more
            segments/large-segments-lost | large-segments-lost | segments of 1460 octets are never acknowledged \
            (frame 4, 4 times again in 3.0 s), those of up to 500 are
            segments/large-segments-lost-in-pieces | large-segments-lost | segments of 1460 octets are never \
            acknowledged (frame 4, 3 times again in 3.2 s), those of up to 1024 are; in pieces of 1024 they arrived, \
            3.2 s after the first
            segments/large-segments-lost-behind-small-ones | large-segments-lost | segments of 1460 octets are never \
            acknowledged (frame 7, 4 times again in 3.2 s), those of up to 100 are
            open/accept-queue-full | third-ack-ignored | the server goes on as if the ACK of frame 3 had not come: 5 \
            octets of frame 4 sent 7 times in 8.1 s, never acknowledged
            open/accept-queue-full-for-a-while | unanswered-data | 5 octets of frame 4 sent 7 times in 8.1 s after 1.2 \
            s of silence, acknowledged in frame 11, 8.1 s after the first; the third ACK may not have been taken before \
            that
            open/third-ack-ignored | third-ack-ignored | the server goes on as if the ACK of frame 3 had not come: \
            SYN,ACK 3 times again in 7.0 s
            open/third-ack-ignored-and-octets | third-ack-ignored | the server goes on as if the ACK of frame 3 had \
            not come: SYN,ACK 3 times again in 7.9 s, 80 octets of frame 4 sent 4 times in 3.9 s, never acknowledged
            open/third-ack-without-timestamps | third-ack-ignored | the server goes on as if the ACK of frame 3 had not \
            come: SYN,ACK 2 times again in 3.0 s; likely because it lacks the timestamps that were agreed on: such a \
            segment is dropped (RFC 7323 3.2)
            open/third-ack-once-without-timestamps | third-ack-ignored | the server goes on as if the ACK of frame 3 \
            had not come: SYN,ACK 2 times again in 3.0 s
            open/third-ack-taken-late | third-ack-ignored | the server goes on as if the ACK of frame 3 had not come: \
            SYN,ACK 2 times again in 3.0 s; taken after 3.5 s, frame 8
            open/syn-answered-by-ack | syn-answered-by-ack | the server still holds another connection, ack 950000; the \
            RST in frame 3 ends that; opened 1.0 s after the first SYN
            open/syn-answered-by-ack-rsts-lost | syn-answered-by-ack | the server still holds the connection before, \
            ack 1000011, and says so 2 times in 2.0 s; the client's RSTs from frame 11 on do not end that: they do \
            not come there
            open/syn-answered-by-ack-of-what-is-not-captured | syn-answered-by-ack | the server still holds another \
            connection, ack 950000, and says so 3 times in 3.0 s; the client's RSTs from frame 3 on do not end that: \
            they do not come there, or it ignores them in TIME-WAIT
            open/figure-9-not-accepted-yet | reset | reply-to-closed by client in ESTABLISHED, server in ESTABLISHED: \
            it has forgotten the connection, opens it anew in frame 6 and rejects the answer in frame 7
            close/fin-again-though-the-ack-came | fin-retransmission | the same FIN again though its ACK had come: it \
            acknowledges octets that were sent with the ACK of frame 5 or behind it
            segments/retransmission-of-acknowledged-octets-with-more | retransmission | 100 octets again that were \
            acknowledged, and 10 new ones behind them, after 810.0 ms
            next/time-wait-ignores-the-reset | time-wait-reuse | the server in TIME-WAIT answers the SYNs by its ACK, 2 \
            times in 24.0 s: none is beyond the connection there; the client's RSTs from frame 9 on do not end that; \
            opened anew 48.1 s after the first
            open/syn-in-connection-again | syn-in-connection | the server in ESTABLISHED answers the SYNs by its ACK, 3 \
            times in 6.0 s: it holds the connection
            next/time-wait-beyond-and-challenged | syn-answered-by-ack | the server still holds the connection before \
            in TIME-WAIT, ack 1000002; the RST in frame 9 rejects that
            segments/request-unanswered | request-unanswered | 77 octets of frame 4 were acknowledged, and in 3.0 s \
            no octet came back; then its FIN in frame 6
            segments/request-unanswered-the-second | request-unanswered | 1900 octets of frame 7 were acknowledged, \
            and in 30.0 s no octet came back; then its RST in frame 10
            segments/zero-window | zero-window | its window was closed for 3.1 s, from frame 5 until frame 12
            segments/zero-window-for-good | zero-window | its window closes in frame 5 and never opens again: 3.0 s \
            until the end; 4 probes of the server unanswered
            reset/forgotten-while-idle | reset | reply-to-closed by server in ESTABLISHED, client in ESTABLISHED, \
            1.0 ms after data that follow 360.0 s of silence
            reset/stalled-on-a-zero-window | reset | abort by server in ESTABLISHED, client in ESTABLISHED, after \
            600.0 s of silence
            segments/keep-alive-unanswered | keep-alive | 3 keep-alives unanswered in 30.0 s from frame 6 on: nothing \
            came from the server for 105.0 s; then its RST in frame 9
            segments/keep-alive-unanswered | reset | abort by client in ESTABLISHED, server in ESTABLISHED, after 3 \
            keep-alives unanswered in 30.0 s
            """)
    void says(String script, String rule, String message) throws IOException {
        assertThat(messages(script)).contains(rule + ": " + message);
    }

    /** Near misses: the rule may fire, and there is nothing to sum up. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            close/fin-again-ack-was-late | fin-retransmission
            close/fin-lost-and-sent-again | fin-retransmission
            open/syn-in-connection | syn-in-connection
            next/time-wait-refuses | time-wait-reuse
            segments/retransmission-with-more | retransmission
            """)
    void hasNothingToSay(String script, String rule) throws IOException {
        assertThat(messages(script)).doesNotContain(rule + ": ");
    }

    private static String messages(String script) throws IOException {
        Path file = Path.of("src/test/resources/scripts").resolve(script);
        ScriptRun run =
                new ScriptRun(PacketScript.parse(script, Files.readAllLines(file)), ScriptVariant.plain()).run();
        StringBuilder messages = new StringBuilder();
        for (Flow flow : run.flows()) {
            for (Finding finding : flow.connection().findings().list()) {
                if (finding.sumsUp()) {
                    messages.append(finding.rule())
                            .append(": ")
                            .append(finding.message())
                            .append('\n');
                }
            }
        }
        return messages.toString();
    }
}
