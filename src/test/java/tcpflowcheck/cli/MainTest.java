package tcpflowcheck.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tcpflowcheck.golden.Golden;
import tcpflowcheck.golden.Run;

class MainTest {
    @Test
    void helpIsWrittenToStandardOutput() throws IOException {
        Run run = Run.of("--help");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        Golden.assertMatches("help.txt", run.out());
    }

    @Test
    void helpFitsATerminal() {
        assertThat(Run.of("-h").out().lines())
                .allSatisfy(
                        line -> assertThat(line).hasSizeLessThanOrEqualTo(80).matches("\\p{ASCII}*"));
    }

    @Test
    void helpIsTheSameInColour() {
        String plain = Run.of("-h").out();
        String colored = Run.of("-h", "--color", "always").out();
        assertThat(colored).contains("\u001b[").isNotEqualTo(plain);
        assertThat(colored.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plain);
    }

    @Test
    void helpHeedsTheEnvironment() {
        assertThat(Run.with(Map.of(), true, new byte[0], "-h").out()).contains("\u001b[");
        assertThat(Run.with(Map.of("NO_COLOR", "1"), true, new byte[0], "-h").out())
                .doesNotContain("\u001b[");
    }

    @Test
    void versionNamesJava() {
        Run run = Run.of("-V");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("tcpflow-check ").contains("\nJava " + Runtime.version());
        assertThat(run.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                           | no FILE given (- is standard input, -i NAME an interface)",
                "-v                           | no FILE given (- is standard input, -i NAME an interface)",
                "--jsn x                      | unknown option: '--jsn'",
                "-i eth0 x.pcap               | -i captures, FILE is read: give one of them",
                "--htm x y                    | unknown option: '--htm'",
                "- a -                        | standard input (-) can be read only once",
                "-c 0 x                       | invalid value for option '--count': expected a whole number from 1 on, not '0'",
                "-c +5 x                      | invalid value for option '--count': expected a whole number from 1 on, not '+5'",
                "-c 9223372036854775808 x     | invalid value for option '--count': expected a whole number from 1 on, not '9223372036854775808'",
                "-c                           | missing required parameter for option '--count' (N)",
                "--stream 1,-1 x              | invalid value for option '--stream' (N,...): expected a whole number from 0 on, not '-1'",
                "--stream 1,,2 x              | invalid value for option '--stream' (N,...): expected a whole number from 0 on, not ''",
                "--msl 0 x                    | invalid value for option '--msl': expected seconds above 0, such as 60 or 0.5, not '0'",
                "--msl 1e-11 x                | invalid value for option '--msl': expected seconds above 0, such as 60 or 0.5, not '1e-11'",
                "--msl 1e999999999 x          | invalid value for option '--msl': expected seconds above 0, such as 60 or 0.5, not '1e999999999'",
                "--idle-timeout 5s x          | invalid value for option '--idle-timeout': expected seconds above 0, such as 60 or 0.5, not '5s'",
                "--color yes x                | invalid value for option '--color': expected one of auto, always, never, not 'yes'",
                "-tttttt x                    | only -t, -tt, -ttt, -tttt and -ttttt are known",
                "-qv x                        | -q and -v exclude each other",
                "-q --view events x           | -q and --view events exclude each other",
                "--json --format text x       | --json and --format text exclude each other",
                "--json --view segments x     | --view segments is for text: JSON has flows and a summary",
                "--format json -v x           | -v is for text: JSON has flows and a summary",
            })
    void aWrongCommandLineIsExplained(String commandLine, String message) {
        Run run = Run.of(commandLine.isEmpty() ? new String[0] : commandLine.split(" "));
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("tcpflow-check: " + message + "\n");
        assertThat(run.err())
                .endsWith("usage: tcpflow-check [OPTION]... FILE...   (tcpflow-check --help shows the options)\n");
    }

    @Test
    void aMistypedOptionIsGuessed() {
        assertThat(Run.of("--jsn", "x").err()).contains("\nperhaps: --json\n");
        assertThat(Run.of("-Z", "x").err()).doesNotContain("perhaps");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--version", "--rules", "--states", "--explain=reset", "--explain=doubt"})
    void questionsNeedNoFile(String question) {
        assertThat(Run.of(question).exitCode()).isNotEqualTo(ExitCode.USAGE);
    }

    @ParameterizedTest
    @CsvSource({"dubt, doubt", "doubts, doubt", "in-doubt, doubt", "cutt, cut", "resset, reset"})
    void aWordThatIsNotExplainedHasANearOne(String written, String near) {
        Run run = Run.of("--explain", written);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("'" + written + "'", "\nperhaps: " + near);
    }

    @Test
    void doubtIsExplained() {
        Run run = Run.of("--explain", "doubt");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("doubt\n  A ? behind a state or a kind");
    }

    @Test
    void aReaderThatGoesAwayEndsItInSilence() {
        Run run = Run.into(failing("Broken pipe"), Map.of(), false, new byte[0], "--help");
        assertThat(run.exitCode()).isEqualTo(ExitCode.BROKEN_PIPE);
        assertThat(run.err()).isEmpty();
    }

    @Test
    void aFailureToWriteIsSaidInALine() {
        Run run = Run.into(failing("Input/output error"), Map.of(), false, new byte[0], "--help");
        assertThat(run.exitCode()).isEqualTo(ExitCode.INPUT_OUTPUT);
        assertThat(run.err()).isEqualTo("tcpflow-check: standard output: Input/output error\n");
    }

    @Test
    void aFullDiskIsSaidInALine() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "this system has no /dev/full");
        try (OutputStream out = new FileOutputStream(full.toFile())) {
            Run run = Run.into(out, Map.of(), false, new byte[0], "--help");
            assertThat(run.exitCode()).isEqualTo(ExitCode.INPUT_OUTPUT);
            assertThat(run.err()).startsWith("tcpflow-check: standard output: ").hasLineCount(1);
        }
    }

    @Test
    void aBugIsSaidInALine() {
        Run run = Run.into(buggy(), Map.of(), false, new byte[0], "--help");
        assertThat(run.exitCode()).isEqualTo(ExitCode.BUG);
        assertThat(run.err()).isEqualTo("tcpflow-check: this is a bug: java.lang.IllegalStateException: two lines\n");
    }

    @Test
    void aBugShowsItsTraceOnDemand() {
        Run run = Run.into(buggy(), Map.of("TCPFLOW_CHECK_DEBUG", "1"), false, new byte[0], "--help");
        assertThat(run.exitCode()).isEqualTo(ExitCode.BUG);
        assertThat(run.err()).contains("\tat tcpflowcheck.cli.Main.run");
    }

    private static OutputStream failing(String reason) {
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException(reason);
            }
        };
    }

    private static OutputStream buggy() {
        return new OutputStream() {
            private boolean thrown;

            @Override
            public void write(int octet) {
                if (!thrown) {
                    thrown = true;
                    throw new IllegalStateException("two\nlines");
                }
            }
        };
    }
}
