package tcpflowcheck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
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
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
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
        try (FrameSource source = CaptureFile.open(SAMPLE, InputStream.nullInputStream())) {
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

    @Test
    void aLinkTypeThatIsNotReadIsNamed() throws IOException {
        Path file = folder.resolve("lapd.pcap");
        for (int linkType : new int[] {177, 60_000}) {
            try (FrameFile frames = FrameFile.pcap(Files.newOutputStream(file), linkType)) {
                Frame frame = new Frame();
                frame.wrap(Frame.words(new byte[60]), 0, 60, 60, linkType, 1, 0);
                frames.add(frame);
            }
            String name = linkType == 177 ? "link-type-linux-lapd" : "link-type-60000";
            Run run = Run.of("-q", file.toString());
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).isEqualTo("1 capture, 1 packet, 0 flows\n  undecoded  1 " + name + "\n");
            assertThat(Run.of("--json", file.toString()).out())
                    .contains("\"notTcp\":0,")
                    .contains("\"undecodable\":{\"" + name + "\":1}");
        }
    }

    @Test
    void theTableSaysWhatBecameOfExpectations() throws IOException {
        Path one = Files.copy(Path.of(SAMPLE), folder.resolve("one.pcap"));
        Path two = Files.copy(Path.of("samples/abort.pcap"), folder.resolve("two.pcap"));
        Path three = Files.copy(Path.of("samples/refused.pcap"), folder.resolve("three.pcap"));
        Files.writeString(folder.resolve("one.expect.yaml"), "flows: 1\nstream 0: {midstream: true}\n");
        Files.writeString(folder.resolve("two.expect.yaml"), "flows: 1\n");
        Run run = Run.of("-q", "--expect-beside", one.toString(), two.toString(), three.toString());
        assertThat(run.out().replace(folder + "/", "").replaceAll(" {2,}", "  "))
                .contains("""
                capture  packets  flows  expected  found
                one.pcap  89  1  1 missed  22 duplicate-ack, 3 fast-retransmission
                two.pcap  8  1  yes  1 reset
                three.pcap  2  1  -  1 handshake-refused

                3 captures, 99 packets, 3 flows
                """);
    }

    @Test
    void progressIsForWhoeverWaitsAtATerminal() {
        assertThat(Run.of("--progress", "always", "-q", SAMPLE).err()).isEmpty(); // it takes too short a time
        assertThat(Run.of("--progress", "sometimes", SAMPLE).err())
                .contains("--progress")
                .contains("auto, always, never");
    }
}
