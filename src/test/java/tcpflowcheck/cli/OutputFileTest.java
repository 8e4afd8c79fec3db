package tcpflowcheck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tcpflowcheck.capture.CapturedPacket;
import tcpflowcheck.capture.PcapngWriter;
import tcpflowcheck.golden.Run;
import tcpflowcheck.wire.SegmentBuilder;

/** The files that a run writes: whole or not at all, as their user would have them, or a reason in one line. */
class OutputFileTest {
    private static final String SAMPLE = "samples/abort.pcap";

    @TempDir
    Path folder;

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aNewFileHasTheModeThatTheUmaskLeaves() throws Exception {
        Path plain = Files.createFile(folder.resolve("plain"));
        Path written = folder.resolve("x.xml");
        assertThat(Run.of("-q", "--junit", written.toString(), SAMPLE).exitCode())
                .isZero();
        assertThat(mode(written)).isEqualTo(mode(plain));
    }

    @Test
    void aFileThatIsReplacedKeepsItsMode() throws Exception {
        Path written = Files.createFile(folder.resolve("x.xml"));
        Files.setPosixFilePermissions(written, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(Run.of("-q", "--junit", written.toString(), SAMPLE).exitCode())
                .isZero();
        assertThat(mode(written)).isEqualTo("rw-r-----");
        assertThat(Files.size(written)).isPositive();
    }

    @Test
    void aLinkStaysOne() throws Exception {
        Path written = Files.createFile(folder.resolve("x.xml"));
        Path link = Files.createSymbolicLink(folder.resolve("link.xml"), written);
        assertThat(Run.of("-q", "--junit", link.toString(), SAMPLE).exitCode()).isZero();
        assertThat(link).isSymbolicLink();
        assertThat(Files.size(written)).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--junit", "--sarif", "--write-expect", "--annotate"})
    void whatCanNotBeWrittenIsSaidBeforeAnythingIsRead(String option) throws Exception {
        String nowhere = folder.resolve("nowhere").resolve("x.pcapng").toString();
        Run run = Run.of("-q", option, nowhere, SAMPLE);
        assertThat(run)
                .isEqualTo(new Run(
                        ExitCode.INPUT_OUTPUT,
                        "",
                        "tcpflow-check: " + nowhere + ": can't be written: no such folder\n"));
        Run directory = Run.of("-q", option, folder.toString(), SAMPLE);
        assertThat(directory.err()).isEqualTo("tcpflow-check: " + folder + ": can't be written: is a directory\n");
        assertThat(names()).isEmpty();
    }

    @Test
    void anExpectationOfACaptureThatCanNotBeReadLeavesTheOldOne() throws Exception {
        Path expectation = Files.writeString(folder.resolve("x.yaml"), "flows: 1\n");
        Run run = Run.of("-q", "--write-expect", expectation.toString(), "nowhere.pcap");
        assertThat(run.exitCode()).isEqualTo(ExitCode.INPUT_OUTPUT);
        assertThat(expectation).hasContent("flows: 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.pcap", "x.pcapng"})
    void aTimeThatTheFormatCanNotHoldIsNoOther(String name) throws Exception {
        Path old = folder.resolve("old.pcapng");
        byte[] syn = new SegmentBuilder().flags("S").build();
        long in2200 = 7_258_118_400_000_000_000L;
        Files.write(old, new PcapngWriter().write(List.of(new CapturedPacket(in2200, 1, syn))));
        Path written = folder.resolve(name);
        Run run = Run.of("-q", "--extract", "0", written.toString(), old.toString());
        if (name.equals("x.pcapng")) {
            assertThat(run.exitCode()).isZero();
            assertThat(written).exists();
        } else {
            assertThat(run.exitCode()).isEqualTo(ExitCode.INPUT_OUTPUT);
            assertThat(run.err())
                    .isEqualTo("tcpflow-check: " + written
                            + ": can't be written: frame 1 is of 2200-01-01T00:00:00Z, and pcap holds times from 1970 to"
                            + " 2106\n");
            assertThat(written).doesNotExist();
        }
    }
}
