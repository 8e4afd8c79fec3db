package tcpflowcheck.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureFileTest {
    private static final Path WRITE_ONLY_FOR_ROOT_TOO = Path.of("/proc/sys/vm/compact_memory");

    private static final byte[] CAPTURE =
            new PcapWriter().write(List.of(new CapturedPacket(1000, LinkType.EN10MB.number(), new byte[60])));

    @TempDir
    Path folder;

    private static FrameSource open(String path) throws CaptureException {
        return CaptureFile.open(path, InputStream.nullInputStream());
    }

    @Test
    void aMissingFileIsNamed() {
        String path = folder.resolve("missing.pcap").toString();
        assertThatThrownBy(() -> open(path))
                .isInstanceOf(CaptureException.class)
                .hasMessage(path + ": no such file");
    }

    @Test
    void aFolderIsNamed() {
        assertThatThrownBy(() -> open(folder.toString()))
                .isInstanceOf(CaptureException.class)
                .hasMessage(folder + ": is a directory, expected a pcap or pcapng file (-r reads those in it)");
    }

    @Test
    void aFileWithoutPermissionIsNamed() throws Exception {
        Path file = Files.write(folder.resolve("secret.pcap"), CAPTURE);
        assertThat(file.toFile().setReadable(false)).isTrue();
        if (Files.isReadable(file)) {
            file = WRITE_ONLY_FOR_ROOT_TOO;
        }
        String name = file.toString();
        assertThatThrownBy(() -> open(name))
                .isInstanceOf(CaptureException.class)
                .hasMessage(name + ": no permission to read it");
    }

    @Test
    void aNameThatNoFileCanHave() {
        assertThatThrownBy(() -> open("a\0b"))
                .isInstanceOf(CaptureException.class)
                .hasMessage("a?b: no file can have this name");
    }

    @Test
    void anErrorIsOneLineWhateverTheFileIsCalled() {
        assertThatThrownBy(() -> open("a\nb\u001b[31m")).hasMessage("a?b?[31m: no such file");
    }

    @Test
    void anEmptyFileIsCut() throws Exception {
        Path file = Files.createFile(folder.resolve("empty.pcap"));
        assertThatThrownBy(() -> open(file.toString()))
                .hasMessage(file + ": octet 0: cut before the first octet: expected a pcap or pcapng file,"
                        + " found an empty one")
                .isInstanceOfSatisfying(
                        CaptureException.class, e -> assertThat(e.cut()).isTrue());
    }

    @Test
    void anUnknownFileIsNoCapture() throws Exception {
        Path file = Files.writeString(folder.resolve("notes.txt"), "GET / HTTP/1.1");
        assertThatThrownBy(() -> open(file.toString()))
                .hasMessage(file + ": octet 0: expected the magic number of pcap or pcapng, found 47455420");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PK\u0003\u0004aaaaaaaaaaaaaaaa | it is a zip archive: unpack it first",
                "version https://git-lfs.github.com/spec/v1 | it is a pointer of Git LFS in place of the file: 'git lfs pull' fetches it",
                "<!DOCTYPE html><html><head> | it is an HTML page, perhaps an error in place of a download",
                "{\"type\":\"flow\",\"schema\":1} | it is JSON",
                "01:22:42 IP 10.0.0.1.1 > 10.0.0.2.80: Flags [S] | it is text that tcpdump has printed: 'tcpdump -w FILE' writes what can be read again",
                "just some words of somebody | it is text",
            })
    void whatAFileIsThatIsNoCaptureIsSaid(String start, String said) throws Exception {
        Path file = Files.writeString(folder.resolve("x"), start);
        assertThatThrownBy(() -> open(file.toString())).hasMessageEndingWith(": " + said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1f8b0800", "28b52ffd", "fd377a58", "04224d18", "425a6839"})
    void aCompressedFileThatEndsAfterItsMagicIsSaid(String magic, @TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("x.pcap.z"), HexFormat.of().parseHex(magic));
        assertThatThrownBy(() -> CaptureFile.open(file.toString(), InputStream.nullInputStream()))
                .isInstanceOf(CaptureException.class)
                .hasMessageStartingWith(file + ": octet 0: can't be ");
    }

    @Test
    void standardInputIsReadAndLeftOpen() throws Exception {
        InputStream input = new FilterInputStream(new ByteArrayInputStream(CAPTURE)) {
            @Override
            public void close() {
                throw new AssertionError("standard input is not ours to close");
            }
        };
        try (FrameSource source = CaptureFile.open("-", input)) {
            assertThat(source.name()).isEqualTo("-");
            assertThat(CapturedPacket.readAll(source)).hasSize(1);
        }
    }

    @Test
    void aFileNamedLikeStandardInputHasAnotherPath() throws Exception {
        Path file = Files.write(folder.resolve("-"), CAPTURE);
        try (FrameSource source = open(file.toString())) {
            assertThat(source.name()).isEqualTo(file.toString());
            assertThat(CapturedPacket.readAll(source)).hasSize(1);
        }
    }

    @Test
    void aReadErrorSaysWhere() throws Exception {
        FrameSource source = CaptureFile.read("x", new FilterInputStream(new ByteArrayInputStream(CAPTURE, 0, 30)) {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                int read = super.read(into, offset, length);
                if (read < 0) {
                    throw new IOException("Input/output error");
                }
                return read;
            }
        });
        assertThatThrownBy(() -> source.next(new Frame()))
                .isInstanceOfSatisfying(
                        CaptureException.class, e -> assertThat(e.cut()).isFalse())
                .hasMessage("x: octet 30: can't be read on: Input/output error");
    }
}
