package tcpflowcheck.capture;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.capture.Frame.Direction;

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
    private static final int OPTION_FLAGS = 2;
    private static final int OPTION_INTERFACE_NAME = 2;
    private static final int OPTION_RESOLUTION = 9;
    private static final int MAX_OPTION = 65_532;
    private static final int NANOSECONDS = 9;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long MOST_SECONDS = (1L << 32) - 1;

    private record Interface(int linkType, @Nullable ForeignText name) {}

    private final Counting out;
    private final boolean pcapng;
    private final Map<Interface, Integer> interfaces = new HashMap<>();
    private final ByteBuffer header = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);

    /** Knows how much was written. */
    private static final class Counting extends BufferedOutputStream {
        private long octets;

        Counting(OutputStream out) {
            super(out, 1 << 16);
        }

        @Override
        public synchronized void write(int octet) throws IOException {
            super.write(octet);
            octets++;
        }

        @Override
        public synchronized void write(byte[] from, int offset, int length) throws IOException {
            super.write(from, offset, length);
            octets += length;
        }
    }

    private FrameFile(OutputStream out, boolean pcapng) {
        this.out = new Counting(out);
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

    /**
     * Begins a pcapng file, whose interfaces are described as their first frames come.
     *
     * @param notes of which the names and the decryption secrets are written, before the frames that need them
     */
    public static FrameFile pcapng(OutputStream out, CaptureNotes notes) throws IOException {
        FrameFile file = pcapng(out);
        for (Map.Entry<CaptureNotes.Address, ForeignText> each : notes.names().entrySet()) {
            file.name(each.getKey(), octets(each.getValue().raw()));
        }
        for (CaptureNotes.Secrets each : notes.secrets()) {
            file.secrets(each);
        }
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

    private void name(CaptureNotes.Address address, byte[] name) throws IOException {
        int octets = address.version() == 4 ? 4 : 16;
        int record = octets + name.length + 1;
        int length = 12 + 4 + padded(record) + 4;
        header.putInt(PcapngNotes.NAME_RESOLUTION).putInt(length);
        int type = octets == 4 ? PcapngNotes.RECORD_IPV4 : PcapngNotes.RECORD_IPV6;
        header.putShort((short) type).putShort((short) record);
        header.order(ByteOrder.BIG_ENDIAN);
        if (octets == 4) {
            header.putInt((int) address.low());
        } else {
            header.putLong(address.high()).putLong(address.low());
        }
        header.order(ByteOrder.LITTLE_ENDIAN);
        write(12 + octets);
        out.write(name);
        out.write(0);
        pad(record);
        header.putInt(0).putInt(length);
        write(8);
    }

    private void secrets(CaptureNotes.Secrets secrets) throws IOException {
        int octets = secrets.octets().length;
        int length = 16 + padded(octets) + 4;
        header.putInt(PcapngNotes.DECRYPTION_SECRETS).putInt(length);
        header.putInt(secrets.type()).putInt(octets);
        write(16);
        out.write(secrets.octets());
        pad(octets);
        header.putInt(length);
        write(4);
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
     * @param comment what pcapng keeps with it behind the comments that it has, or null
     */
    public void add(Frame frame, @Nullable String comment) throws IOException {
        if (pcapng) {
            addBlock(frame, comment);
            return;
        }
        long seconds = Math.floorDiv(frame.time(), NANOS_PER_SECOND);
        if (seconds < 0 || seconds > MOST_SECONDS) {
            throw new IOException(whenOf(frame) + ", and pcap holds times from 1970 to 2106");
        }
        header.putInt((int) seconds);
        header.putInt((int) Math.floorMod(frame.time(), NANOS_PER_SECOND));
        header.putInt(frame.capturedLength()).putInt(frame.wireLength());
        write(RECORD_HEADER);
        out.write(frame.buffer(), frame.offset(), frame.capturedLength());
    }

    private void addBlock(Frame frame, @Nullable String comment) throws IOException {
        int captured = frame.capturedLength();
        int description = description(frame);
        List<byte[]> comments = comments(frame, comment);
        int options = frame.direction() == null ? 0 : 8;
        for (byte[] each : comments) {
            options += 4 + padded(each.length);
        }
        int length = 32 + padded(captured) + (options == 0 ? 0 : options + 4);
        header.putInt(ENHANCED_PACKET).putInt(length).putInt(description);
        if (frame.time() < 0) {
            throw new IOException(whenOf(frame) + ", and pcapng holds times from 1970 on");
        }
        header.putInt((int) (frame.time() >>> 32)).putInt((int) frame.time());
        header.putInt(captured).putInt(frame.wireLength());
        write(28);
        out.write(frame.buffer(), frame.offset(), captured);
        pad(captured);
        for (byte[] each : comments) {
            option(OPTION_COMMENT, each);
        }
        if (frame.direction() != null) {
            option(OPTION_FLAGS, new byte[] {(byte) (frame.direction() == Direction.INBOUND ? 1 : 2), 0, 0, 0});
        }
        if (options > 0) {
            header.putInt(0);
        }
        header.putInt(length);
        write(options > 0 ? 8 : 4);
    }

    private static String whenOf(Frame frame) {
        long seconds = Math.floorDiv(frame.time(), NANOS_PER_SECOND);
        return "frame " + frame.number() + " is of " + Instant.ofEpochSecond(seconds);
    }

    private static List<byte[]> comments(Frame frame, @Nullable String comment) {
        if (comment == null && frame.comments().isEmpty()) {
            return List.of();
        }
        List<byte[]> comments = new ArrayList<>();
        for (ForeignText each : frame.comments()) {
            comments.add(octets(each.raw()));
        }
        if (comment != null) {
            comments.add(octets(comment));
        }
        return comments;
    }

    private static byte[] octets(String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        return octets.length <= MAX_OPTION ? octets : Arrays.copyOf(octets, MAX_OPTION);
    }

    private void option(int code, byte[] value) throws IOException {
        header.putShort((short) code).putShort((short) value.length);
        write(4);
        out.write(value);
        pad(value.length);
    }

    /** The number of the interface for a frame, described where that is its first. */
    private int description(Frame frame) throws IOException {
        Interface key = new Interface(frame.linkType(), frame.interfaceName());
        Integer known = interfaces.get(key);
        if (known != null) {
            return known;
        }
        byte[] name = key.name == null ? new byte[0] : octets(key.name.raw());
        int length = 32 + (name.length == 0 ? 0 : 4 + padded(name.length));
        header.putInt(INTERFACE_DESCRIPTION).putInt(length);
        header.putShort((short) key.linkType).putShort((short) 0).putInt(CaptureFile.MAX_CAPTURED_LENGTH);
        write(16);
        if (name.length > 0) {
            option(OPTION_INTERFACE_NAME, name);
        }
        option(OPTION_RESOLUTION, new byte[] {NANOSECONDS});
        header.putInt(0).putInt(length);
        write(8);
        interfaces.put(key, interfaces.size());
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

    /** Octets so far. */
    long size() {
        return out.octets;
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
