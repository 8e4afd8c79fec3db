package tcpflowcheck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tcpflowcheck.capture.CaptureFile;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.capture.FrameFile;
import tcpflowcheck.capture.FrameSource;
import tcpflowcheck.golden.Run;

/** Several files, folders and merged captures. */
class InputsTest {
    private static final String SAMPLE = "samples/loss.pcap";

    @TempDir
    Path folder;

    private Path deep;

    @BeforeEach
    void files() throws IOException {
        deep = Files.createDirectories(folder.resolve("a/b"));
        Files.copy(Path.of(SAMPLE), deep.resolve("named.pcap"));
        Files.copy(Path.of("samples/abort.pcap"), folder.resolve("a/without-a-suffix.00001"));
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("c.zipped")))) {
            Files.copy(Path.of("samples/refused.pcap"), out);
        }
        Files.writeString(folder.resolve("notes.txt"), "no capture");
    }

    @Test
    void ofAFolderAllCapturesAreRead() {
        Run run = Run.of("-q", "-r", folder.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains(
                        deep.resolve("named.pcap") + ", 89 packets",
                        folder.resolve("a/without-a-suffix.00001") + ", ",
                        folder.resolve("c.zipped") + ", ",
                        "3 captures, ");
    }

    @Test
    void whatIsNamedAsACaptureAndIsNoneIsSaid() throws IOException {
        Path empty = Files.write(folder.resolve("a/empty.pcapng"), new byte[0]);
        Run run = Run.of("-q", "-r", folder.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.INPUT_OUTPUT);
        assertThat(run.err()).startsWith("tcpflow-check: " + empty + ": octet 0: cut before the first octet");
        assertThat(run.out()).contains("3 captures, ");
    }

    @Test
    void aFolderIsNoFileAndAnEmptyOneHasNoCapture() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThat(Run.of(empty.toString()).err())
                .isEqualTo("tcpflow-check: " + empty
                        + ": is a directory, expected a pcap or pcapng file (-r reads those in it)\n");
        Run run = Run.of("-r", empty.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.INPUT_OUTPUT);
        assertThat(run.err()).isEqualTo("tcpflow-check: no capture in " + empty + "\n");
    }

    @Test
    void tcpdumpsWayToNameAFileIsOurs() {
        assertThat(Run.of("-q", "-r", SAMPLE).out())
                .isEqualTo(Run.of("-q", SAMPLE).out());
    }

    @Test
    void aCaptureInPiecesIsOneAgainWhenMerged() throws Exception {
        Path[] parts = {folder.resolve("p1"), folder.resolve("p2"), folder.resolve("p3")};
        FrameFile[] files = new FrameFile[parts.length];
        for (int i = 0; i < parts.length; i++) {
            files[i] = FrameFile.pcap(Files.newOutputStream(parts[i]), 1);
        }
        Frame frame = new Frame();
        try (FrameSource source = CaptureFile.open(SAMPLE, null)) {
            while (source.next(frame)) {
                files[(int) (frame.number() * 7 % 3)].add(frame);
            }
        }
        for (FrameFile file : files) {
            file.close();
        }
        List<String> names = List.of(parts[2].toString(), parts[0].toString(), parts[1].toString());
        Run merged = Run.of("--utc", "-v", "--merge", names.get(0), names.get(1), names.get(2));
        assertThat(merged.err()).isEmpty();
        assertThat(merged.out()).isEqualTo(Run.of("--utc", "-v", SAMPLE).out());
        Run json = Run.of("--json", "--merge", names.get(0), names.get(1), names.get(2));
        assertThat(json.out().replace(String.join(",", names), SAMPLE))
                .isEqualTo(Run.of("--json", SAMPLE).out());
    }

    @Test
    void mergedWithoutOneThatIsMissing() {
        Run run = Run.of("-q", "--merge", SAMPLE, "nowhere");
        assertThat(run.exitCode()).isEqualTo(ExitCode.INPUT_OUTPUT);
        assertThat(run.err()).isEqualTo("tcpflow-check: nowhere: no such file\n");
        assertThat(run.out()).contains("89 packets, 1 flow").contains("not read to its end");
    }
}
