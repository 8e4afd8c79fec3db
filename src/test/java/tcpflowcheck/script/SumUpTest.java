package tcpflowcheck.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tcpflowcheck.tcp.Finding;

/** What findings say that sum up how long something went on and what came of it, in scripts that fire them. */
class SumUpTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            segments/unanswered-data | unanswered-data | 200 octets of frame 6 sent 6 times in 6.2 s after \
            1,900.0 s of silence, never acknowledged: nothing came from the server any more
            segments/unanswered-data-recovers | unanswered-data | 100 octets of frame 4 sent 6 times in 6.2 s, \
            acknowledged in frame 10, 6.2 s after the first
            close/half-closed-and-cut-off | unanswered-data | 1000 octets of frame 7 sent 5 times in 4.5 s after \
            31.0 s of silence, never acknowledged: nothing came from the client any more
            segments/large-segments-lost | large-segments-lost | segments of 1460 octets are never acknowledged \
            (frame 4, 4 times again in 3.0 s), those of up to 500 are
            segments/large-segments-lost-in-pieces | large-segments-lost | segments of 1460 octets are never \
            acknowledged (frame 4, 3 times again in 3.2 s), those of up to 1024 are; in pieces of 1024 they arrived, \
            3.2 s after the first
            segments/large-segments-lost-behind-small-ones | large-segments-lost | segments of 1460 octets are never \
            acknowledged (frame 7, 4 times again in 3.2 s), those of up to 100 are
            """)
    void says(String script, String rule, String message) throws IOException {
        assertThat(messages(script)).contains(rule + ": " + message);
    }

    private static String messages(String script) throws IOException {
        Path file = Path.of("src/test/resources/scripts").resolve(script);
        ScriptRun run =
                new ScriptRun(PacketScript.parse(script, Files.readAllLines(file)), ScriptVariant.plain()).run();
        StringBuilder messages = new StringBuilder();
        for (Finding finding : run.flows().get(0).connection().findings().list()) {
            if (finding.sumsUp()) {
                messages.append(finding.rule())
                        .append(": ")
                        .append(finding.message())
                        .append('\n');
            }
        }
        return messages.toString();
    }
}
