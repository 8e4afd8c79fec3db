package tcpflowcheck.capture;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes frames as they were captured, for tcpdump and Wireshark: pcap with nanoseconds where all have one link type,
 * which is given, and pcapng (draft-ietf-opsawg-pcapng) where they may have several, or comments.
 */
public final class FrameFile implements Closeable {
    private static final int PCAP_HEADER = 24;
    private static final int RECORD_HEADER = 16;
    private static final int ENHANCED_PACKET = 6;
    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
    private static final int OPTION_COMMENT = 1;
    private static final int OPTION_RESOLUTION = 9;
    private static final int NANOSECONDS = 9;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final OutputStream out;
    private final boolean pcapng;
    private final Map<Integer, Integer> interfaces = new LinkedHashMap<>();
    private final ByteBuffer header = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);

    private FrameFile(OutputStream out, boolean pcapng) {
        this.out = new BufferedOutputStream(out, 1 << 16);
        this.pcapng = pcapng;
    }

    /** Begins a pcap file. */
    public static FrameFile pcap(OutputStream out, int linkType) throws IOException {
        FrameFile file = new FrameFile(out, false);
        file.header.putInt(PcapReader.MAGIC_NANOSECONDS).putShort((short) 2).putShort((short) 4);
        file.header.putInt(0).putInt(0).putInt(CaptureFile.MAX_CAPTURED_LENGTH).putInt(linkType);
        file.write(PCAP_HEADER);
        return file;
    }

    /** Begins a pcapng file, whose interfaces are described as their first frames come. */
    public static FrameFile pcapng(OutputStream out) throws IOException {
        FrameFile file = new FrameFile(out, true);
        file.header.putInt(PcapngReader.SECTION_HEADER).putInt(28).putInt(BYTE_ORDER_MAGIC);
        file.header.putShort((short) 1).putShort((short) 0).putLong(-1).putInt(28);
        file.write(28);
        return file;
    }

    private void write(int length) throws IOException {
        out.write(header.array(), 0, length);
        header.clear();
    }

    /** Writes a frame. */
    public void add(Frame frame) throws IOException {
        add(frame, null);
    }

    /**
     * Writes a frame.
     *
     * @param comment what pcapng keeps with it, or null
     */
    public void add(Frame frame, String comment) throws IOException {
        if (pcapng) {
            addBlock(frame, comment == null ? new byte[0] : comment.getBytes(StandardCharsets.UTF_8));
            return;
        }
        header.putInt((int) Math.floorDiv(frame.time(), NANOS_PER_SECOND));
        header.putInt((int) Math.floorMod(frame.time(), NANOS_PER_SECOND));
        header.putInt(frame.capturedLength()).putInt(frame.wireLength());
        write(RECORD_HEADER);
        out.write(frame.buffer(), frame.offset(), frame.capturedLength());
    }

    private void addBlock(Frame frame, byte[] comment) throws IOException {
        int captured = frame.capturedLength();
        int options = comment.length == 0 ? 0 : 8 + padded(comment.length);
        int length = 32 + padded(captured) + options;
        int description = description(frame.linkType());
        header.putInt(ENHANCED_PACKET).putInt(length).putInt(description);
        header.putInt((int) (frame.time() >>> 32)).putInt((int) frame.time());
        header.putInt(captured).putInt(frame.wireLength());
        write(28);
        out.write(frame.buffer(), frame.offset(), captured);
        pad(captured);
        if (options > 0) {
            header.putShort((short) OPTION_COMMENT).putShort((short) comment.length);
            write(4);
            out.write(comment);
            pad(comment.length);
            header.putInt(0);
            write(4);
        }
        header.putInt(length);
        write(4);
    }

    /** The number of the interface for frames of a link type, described where that is the first. */
    private int description(int linkType) throws IOException {
        Integer known = interfaces.get(linkType);
        if (known != null) {
            return known;
        }
        header.putInt(INTERFACE_DESCRIPTION)
                .putInt(32)
                .putShort((short) linkType)
                .putShort((short) 0);
        header.putInt(CaptureFile.MAX_CAPTURED_LENGTH);
        header.putShort((short) OPTION_RESOLUTION).putShort((short) 1).putInt(NANOSECONDS);
        header.putInt(0).putInt(32);
        write(32);
        interfaces.put(linkType, interfaces.size());
        return interfaces.size() - 1;
    }

    private static int padded(int length) {
        return length + 3 & ~3;
    }

    private void pad(int length) throws IOException {
        for (int i = length; i < padded(length); i++) {
            out.write(0);
        }
    }

    /** Hands on what was written so far. */
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
