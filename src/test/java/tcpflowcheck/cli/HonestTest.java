package tcpflowcheck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tcpflowcheck.golden.Run;

/** Whatever fails is in each report: text, exit code, JUnit, SARIF and annotations; and what checked nothing fails. */
class HonestTest {
    @TempDir
    Path folder;

    private Path missed;
    private Path cut;
    private Path plain;

    @BeforeEach
    void captures() throws Exception {
        missed = Files.copy(Path.of("samples/abort.pcap"), folder.resolve("missed.pcap"));
        Files.writeString(folder.resolve("missed.expect.yaml"), "flows: 1\nstream 0:\n  close: {kind: four-segment}\n");
        byte[] whole = Files.readAllBytes(Path.of("samples/loss.pcap"));
        cut = Files.write(folder.resolve("cut.pcap"), Arrays.copyOf(whole, whole.length - 7));
        plain = Files.copy(Path.of("samples/half-close.pcap"), folder.resolve("plain.pcap"));
    }

    private Run run(String... options) {
        String[] args = Arrays.copyOf(options, options.length + 3);
        args[options.length] = missed.toString();
        args[options.length + 1] = cut.toString();
        args[options.length + 2] = plain.toString();
        return Run.with(Map.of("GITHUB_ACTIONS", "true"), false, new byte[0], args);
    }

    @Test
    void allReportsSayWhatFails() throws Exception {
        Path junit = folder.resolve("junit.xml");
        Path sarif = folder.resolve("x.sarif");
        Run run = run(
                "-q",
                "--expect-beside",
                "--fail-on",
                "half-close",
                "--junit",
                junit.toString(),
                "--sarif",
                sarif.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.INPUT_OUTPUT);
        assertThat(run.out()).contains("not read to its end").contains("1 half-close");
        assertThat(run.err())
                .contains("cut.pcap: octet ", "close.kind", "- four-segment", "+ reset")
                .contains("--expect-beside: 1 of 2 expectations missed", "--fail-on: 1 half-close")
                .contains("::error file=" + cut.toString() + ",title=tcpflow-check::" + cut + ": octet ")
                .contains("::error file=" + folder.resolve("missed.expect.yaml") + ",line=3,")
                .contains("::error title=tcpflow-check::--fail-on: 1 half-close");

        String tests = Files.readString(junit);
        assertThat(tests)
                .contains("<failure message=\"close.kind: expected four-segment, seen reset\"")
                .containsPattern("<error message=\"[^\"]*cut.pcap: octet [^\"]*\" type=\"capture\">")
                .containsPattern("<failure message=\"half-close \\(server, frame 8\\)")
                .contains("<skipped message=\"no expectation beside it\"/>")
                .containsPattern(
                        "<testsuite name=\"[^\"]*plain.pcap\" tests=\"2\" failures=\"1\" errors=\"0\" skipped=\"1\">");

        String results = Files.readString(sarif);
        assertThat(results)
                .contains("\"ruleId\":\"expectation-missed\",\"level\":\"error\"", "\"startLine\":3")
                .contains("\"ruleId\":\"capture-unreadable\",\"level\":\"error\"")
                .contains(
                        "\"ruleId\":\"half-close\"",
                        "\"helpUri\":\"https://www.rfc-editor.org/rfc/rfc9293#section-3.6\"")
                .contains("\"uri\":\"missed.expect.yaml\"", "\"uri\":\"cut.pcap\"")
                .doesNotContain("\"uri\":\"..", "\"uri\":\"/");
    }

    /** The same server's next capture has the same fingerprints. */
    @Test
    void fingerprintsAreStable() throws Exception {
        Path first = folder.resolve("1.sarif");
        Path second = folder.resolve("2.sarif");
        Run.of("-q", "--sarif", first.toString(), missed.toString());
        Files.copy(Path.of("samples/abort.pcap"), missed, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Run.of("-q", "--sarif", second.toString(), missed.toString());
        assertThat(Files.readString(first)).isEqualTo(Files.readString(second));
        assertThat(Files.readString(first)).contains("\"serverRule/v2\":\"missed.pcap:reset:10.9.0.2:80:client:1\"");
    }

    @Test
    void whatChecksNothingFails() throws Exception {
        Run none = Run.of("-q", "--expect-beside", plain.toString());
        assertThat(none.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(none.err())
                .isEqualTo(
                        "tcpflow-check: --expect-beside: nothing was checked, no capture has an expectation beside it\n");

        Run stream = Run.of("-q", "--stream", "0,7", plain.toString());
        assertThat(stream.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(stream.err()).isEqualTo("tcpflow-check: --stream 7: there is no such stream\n");
        assertThat(Run.of("-q", "--stream", "0", plain.toString()).exitCode()).isZero();

        Path empty = Files.createDirectory(folder.resolve("empty"));
        Run folderRun = Run.of("-q", "-r", empty.toString());
        assertThat(folderRun.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(folderRun.err()).isEqualTo("tcpflow-check: no capture in " + empty + "\n");
    }

    /** Where something is expected of one, the others are only told. */
    @Test
    void oneExpectationIsEnough() {
        Run run = Run.of("-q", "--expect-beside", missed.toString(), plain.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(run.err()).doesNotContain("nothing was checked");
    }

    /** A time that was written with a unit is shown with one. */
    @Test
    void aMissedTimeIsShownAsItWasWritten() throws Exception {
        Path expect = folder.resolve("times.yaml");
        Files.writeString(expect, "stream 0:\n  handshake: {synAckNanos: {max: 1ms}, ackNanos: 7}\n");
        Run run = Run.of("-q", "--expect", expect.toString(), missed.toString());
        assertThat(run.err()).contains("- {max: 1ms}\n  + 21.3 ms").containsPattern("- 7\n  \\+ \\d{4,}\\b");
    }
}
