package tcpflowcheck.capture;

import io.airlift.compress.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;
import org.tukaani.xz.XZInputStream;

/** Compressed captures, unpacked as they are read: gzip, zstd, lz4, xz and bzip2, also of several members. */
final class Compression {
    private static final int ZSTD = 0x28b52ffd;
    private static final int XZ = 0xfd377a58;
    private static final int LZ4 = 0x04224d18;
    private static final int GZIP = 0x1f8b;
    private static final int BZIP2 = 0x425a68;

    private static final int BUFFER = 1 << 16;

    /** KiB of dictionary that an xz file may ask for: xz -9 takes 64 MiB. */
    private static final int XZ_MEMORY_KIB = 200 << 10;

    private Compression() {}

    /** Whether these first four octets, the first one highest, begin a format that is known here. */
    static boolean isMagic(int magic) {
        return magic >>> 16 == GZIP || magic >>> 8 == BZIP2 || magic == ZSTD || magic == XZ || magic == LZ4;
    }

    /**
     * The stream behind a compressed one.
     *
     * @throws CaptureException if its header is wrong
     */
    static InputStream unpacked(String name, int magic, InputStream packed) throws CaptureException {
        InputStream in = new BufferedInputStream(packed, BUFFER);
        try {
            return new Guarded(open(magic, in));
        } catch (IOException | RuntimeException e) {
            String reason = e.getMessage() == null ? "it ends too early" : e.getMessage();
            throw CaptureException.unreadable(name, "octet 0: can't be unpacked: " + reason, e);
        }
    }

    private static InputStream open(int magic, InputStream in) throws IOException {
        if (magic >>> 16 == GZIP) {
            return GzipCompressorInputStream.builder()
                    .setInputStream(in)
                    .setDecompressConcatenated(true)
                    .get();
        }
        if (magic >>> 8 == BZIP2) {
            return new BZip2CompressorInputStream(in, true);
        }
        return switch (magic) {
            case ZSTD -> new ZstdInputStream(in);
            case LZ4 -> new FramedLZ4CompressorInputStream(in, true);
            default -> new XZInputStream(in, XZ_MEMORY_KIB);
        };
    }

    /** What an unpacker throws of damaged input is no fault of ours, whatever its kind. */
    private static final class Guarded extends FilterInputStream {
        Guarded(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] octets, int offset, int length) throws IOException {
            try {
                return in.read(octets, offset, length);
            } catch (RuntimeException damaged) {
                throw new IOException("damaged: " + damaged.getMessage(), damaged);
            }
        }
    }
}
