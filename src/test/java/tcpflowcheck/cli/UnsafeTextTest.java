package tcpflowcheck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tcpflowcheck.capture.SafeCharacter;
import tcpflowcheck.golden.Run;

/** Whatever a name, an argument or an expectation holds, no line of any output is of its making. */
class UnsafeTextTest {
    /** A command of GitHub on a line of its own, a terminal's colour, the direction of writing turned round, markup. */
    private static final String HOSTILE =
            "::warning::a\n::warning title=forged::b\u001b[31m\u202e\"<&'\r\u2028]]> ::warning::##[error]";

    @TempDir
    Path folder;

    private Path capture;
    private Path expectation;

    @BeforeEach
    void name() throws Exception {
        capture = Files.copy(Path.of("samples/abort.pcap"), folder.resolve(HOSTILE + ".pcap"));
        expectation = folder.resolve(HOSTILE + ".expect.yaml");
        Files.writeString(expectation, "stream 0:\n  handshake: {kind: refused}\n");
    }

    private static void isSafe(String output) {
        List<String> forged = new ArrayList<>();
        output.lines()
                .filter(line -> line.strip().startsWith("::warning") || line.contains("##["))
                .forEach(forged::add);
        assertThat(forged).isEmpty();
        assertThat(output.codePoints().filter(point -> point != '\n' && !SafeCharacter.is(point)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-q", "--view=flows", "-v", "--view=events", "--view=segments", "--json"})
    void ofANameInEachView(String view) {
        Run run = Run.with(
                Map.of("GITHUB_ACTIONS", "true"),
                false,
                new byte[0],
                view,
                "--expect-beside",
                capture.toString(),
                capture.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        isSafe(run.out());
        isSafe(run.err());
    }

    @Test
    void ofANameInEachFile() throws Exception {
        Path junit = folder.resolve("x.xml");
        Path sarif = folder.resolve("x.sarif");
        Run.of("-q", "--expect-beside", "--junit", junit.toString(), "--sarif", sarif.toString(), capture.toString());
        isSafe(Files.readString(junit));
        isSafe(Files.readString(sarif));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--explain", "-f", "--fail-on", "--ignore", "--expect", "--stream", "--view", "--msl", "--x"})
    void ofArguments(String option) {
        Run run = Run.of("-q", option, HOSTILE, capture.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        isSafe(run.out());
        isSafe(run.err());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"x\\n::warning::y\\e[31m\": 1",
                "stream 0:\n  handshake: {kind: \"x\\n::warning::y\\e[31m\"}",
                "stream 0:\n  \"x\\n::warning::y\\e[31m\": 1",
                "stream 99999999999999999999: {}",
            })
    void ofExpectations(String yaml) throws Exception {
        Files.writeString(expectation, yaml);
        Run run = Run.of("-q", "--expect", expectation.toString(), capture.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err().lines()).hasSize(1);
        isSafe(run.err());
    }

    @Test
    void anExpectationOfTwentyThousandLevels() throws Exception {
        Files.writeString(expectation, "stream 0:\n  findings: " + "[".repeat(20_000) + "]".repeat(20_000) + "\n");
        Run run = Run.of("-q", "--expect", expectation.toString(), capture.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("nested too deeply").hasLineCount(1);
    }

    @Test
    void aFilterInWiresharksLanguageIsKnown() {
        Run run = Run.of("-q", "-f", "tcp.port == 80", capture.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("display filter of Wireshark").contains("'tcp port 80'");
        assertThat(Run.of("-q", "-f", "tcp prt 80", capture.toString()).err()).doesNotContain("Wireshark");
    }
}
