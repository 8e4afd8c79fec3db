package tcpflowcheck.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Compressed captures give the frames of the plain ones, and damage is said. */
@Timeout(120)
class CompressionTest {
    enum Format {
        GZIP,
        ZSTD,
        LZ4,
        XZ,
        BZIP2;

        byte[] pack(byte[] octets) throws IOException {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (OutputStream out = over(packed)) {
                out.write(octets);
            }
            return packed.toByteArray();
        }

        private OutputStream over(OutputStream out) throws IOException {
            return switch (this) {
                case GZIP -> new GZIPOutputStream(out);
                case ZSTD -> new ZstdOutputStream(out);
                case LZ4 -> new FramedLZ4CompressorOutputStream(out);
                case XZ -> new XZOutputStream(out, new LZMA2Options(1));
                case BZIP2 -> new BZip2CompressorOutputStream(out);
            };
        }
    }

    private static final Path SAMPLE = Path.of("samples/loss.pcap");

    private static List<CapturedPacket> frames(byte[] file) throws Exception {
        try (FrameSource source = CaptureFile.read("x", new ByteArrayInputStream(file))) {
            return CapturedPacket.readAll(source);
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesTheSameFrames(Format format) throws Exception {
        byte[] plain = Files.readAllBytes(SAMPLE);
        assertThat(frames(format.pack(plain))).isEqualTo(frames(plain));
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "XZ", "BZIP2", "LZ4"})
    void severalMembersAreOneCapture(Format format) throws Exception {
        byte[] plain = Files.readAllBytes(SAMPLE);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        packed.write(format.pack(java.util.Arrays.copyOf(plain, 5000)));
        packed.write(format.pack(java.util.Arrays.copyOfRange(plain, 5000, plain.length)));
        assertThat(frames(packed.toByteArray())).isEqualTo(frames(plain));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsCutOrFlippedIsAnErrorOrACleanEnd(Format format) throws Exception {
        byte[] packed = format.pack(Files.readAllBytes(SAMPLE));
        Random random = new Random(9293);
        for (int round = 0; round < 300; round++) {
            byte[] damaged = packed.clone();
            if (round % 2 == 0) {
                damaged = java.util.Arrays.copyOf(packed, random.nextInt(packed.length));
            } else {
                damaged[random.nextInt(packed.length)] ^= (byte) (1 << random.nextInt(8));
            }
            List<Frame> read = new ArrayList<>();
            try (FrameSource source = CaptureFile.read("x", new ByteArrayInputStream(damaged))) {
                Frame frame = new Frame();
                while (source.next(frame)) {
                    read.add(frame);
                }
            } catch (CaptureException said) {
                assertThat(said).hasMessageStartingWith("x: ");
            }
            assertThat(read).hasSizeLessThan(1000);
        }
    }

    @Test
    void aBombIsReadAsItUnpacks() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(Files.readAllBytes(SAMPLE), 0, 24);
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 512; i++) {
                out.write(zeros);
            }
        }
        long frames = 0;
        try (FrameSource source = CaptureFile.read("x", new ByteArrayInputStream(packed.toByteArray()))) {
            Frame frame = new Frame();
            while (source.next(frame)) {
                frames++;
            }
        }
        assertThat(frames).isEqualTo((512L << 20) / 16);
    }

    @Test
    void compressedTwiceIsNoCapture() throws Exception {
        byte[] twice = Format.GZIP.pack(Format.GZIP.pack(Files.readAllBytes(SAMPLE)));
        assertThatThrownBy(() -> CaptureFile.read("x", (InputStream) new ByteArrayInputStream(twice)))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("expected the magic number");
    }
}
