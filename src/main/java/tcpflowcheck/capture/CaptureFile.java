package tcpflowcheck.capture;

import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/** Opens captures of the formats pcap and pcapng, compressed or not; which it is, the first four octets tell. */
public final class CaptureFile {
    /** The name of standard input. */
    public static final String STANDARD_INPUT = "-";

    /** Octets that are held of a capture at first. */
    public static final int BUFFER = SlidingBuffer.CAPACITY;

    /** Most octets of one packet, as libpcap's MAXIMUM_SNAPLEN. */
    static final int MAX_CAPTURED_LENGTH = 262_144;

    private CaptureFile() {}

    /**
     * Opens a file, a named pipe or standard input, which {@link FrameSource#close} then leaves open.
     *
     * @param path the path, or {@code -}
     * @param standardInput what {@code -} reads
     * @throws CaptureException if it can't be opened, or is no capture
     */
    public static FrameSource open(String path, InputStream standardInput) throws CaptureException {
        return open(path, standardInput, BUFFER);
    }

    /**
     * The same.
     *
     * @param buffer octets that are held of it at first
     */
    public static FrameSource open(String path, InputStream standardInput, int buffer) throws CaptureException {
        if (path.equals(STANDARD_INPUT)) {
            return read(path, new KeptOpen(standardInput));
        }
        InputStream in = openFile(path);
        try {
            return read(new SlidingBuffer(path, in, buffer));
        } catch (CaptureException e) {
            try {
                in.close();
            } catch (IOException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    /**
     * Reads a capture from a stream, which the source closes.
     *
     * @param name the name that errors give
     * @throws CaptureException if it is no capture; the stream is then still open
     */
    public static FrameSource read(String name, InputStream in) throws CaptureException {
        return read(new SlidingBuffer(name, in, SlidingBuffer.CAPACITY));
    }

    static FrameSource read(SlidingBuffer buffer) throws CaptureException {
        return read(buffer, false);
    }

    private static FrameSource read(SlidingBuffer buffer, boolean packed) throws CaptureException {
        if (!buffer.has(4)) {
            throw tooShort(buffer);
        }
        buffer.order(ByteOrder.BIG_ENDIAN);
        int magic = buffer.int32(0);
        if (magic == PcapngReader.SECTION_HEADER) {
            return new PcapngReader(buffer);
        }
        if (PcapReader.isMagic(magic) || PcapReader.isMagic(Integer.reverseBytes(magic))) {
            return new PcapReader(buffer);
        }
        if (Compression.isMagic(magic) && !packed) {
            InputStream unpacked = Compression.unpacked(buffer.name(), magic, buffer.rest());
            return read(new SlidingBuffer(buffer, unpacked), true);
        }
        throw unknown(buffer, magic);
    }

    /** Whether a file begins as a capture does, compressed or not. */
    public static boolean isCapture(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (FrameSource source = open(FileName.of(file), InputStream.nullInputStream())) {
            return source != null;
        } catch (CaptureException | IOException none) {
            return false;
        }
    }

    private static InputStream openFile(String path) throws CaptureException {
        try {
            return FileName.isText(path) ? new FileInputStream(path) : Files.newInputStream(FileName.path(path));
        } catch (IOException e) {
            throw CaptureException.unreadable(path, whyNot(path, e), e);
        }
    }

    private static String whyNot(String path, IOException e) {
        if (path.indexOf('\0') >= 0) {
            return "no file can have this name";
        }
        Path file = FileName.path(path);
        if (Files.isDirectory(file)) {
            return "is a directory, expected a pcap or pcapng file (-r reads those in it)";
        }
        if (Files.notExists(file)) {
            return "no such file";
        }
        return Files.isReadable(file) ? "can't be opened: " + e.getMessage() : "no permission to read it";
    }

    private static CaptureException tooShort(SlidingBuffer buffer) {
        int found = buffer.available();
        return CaptureException.cut(
                buffer.name(),
                buffer.octet(),
                (found == 0 ? "before the first octet" : "inside the magic number")
                        + ": expected a pcap or pcapng file, found "
                        + (found == 0 ? "an empty one" : found + " octets"));
    }

    private static CaptureException unknown(SlidingBuffer buffer, int magic) {
        return CaptureException.corrupt(
                buffer.name(),
                0,
                "expected the magic number of pcap or pcapng, found "
                        + HexFormat.of().toHexDigits(magic) + OtherFormat.of(buffer));
    }

    /** Standard input is the process's, not the source's. */
    private static final class KeptOpen extends FilterInputStream {
        KeptOpen(InputStream in) {
            super(in);
        }

        @Override
        public void close() {}
    }
}
