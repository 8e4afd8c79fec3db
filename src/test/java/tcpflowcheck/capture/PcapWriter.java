package tcpflowcheck.capture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Writes pcap of one byte order, magic number and version. */
public record PcapWriter(ByteOrder order, int magic, int major, int minor, int snapLength) implements CaptureWriter {
    public PcapWriter(ByteOrder order, int magic, int major, int minor) {
        this(order, magic, major, minor, 262_144);
    }

    /** What tcpdump writes: little-endian, microseconds, version 2.4. */
    public PcapWriter() {
        this(ByteOrder.LITTLE_ENDIAN, PcapReader.MAGIC_MICROSECONDS, 2, 4);
    }

    @Override
    public int nanosPerUnit() {
        return magic == PcapReader.MAGIC_NANOSECONDS ? 1 : 1000;
    }

    @Override
    public boolean mixesLinkTypes() {
        return false;
    }

    @Override
    public byte[] write(List<CapturedPacket> packets) {
        int length = 24;
        for (CapturedPacket packet : packets) {
            length += recordHeaderLength() + packet.octets().length;
        }
        int linkType =
                packets.isEmpty() ? LinkType.EN10MB.number() : packets.get(0).linkType();
        ByteBuffer out = ByteBuffer.allocate(length).order(order);
        out.put(fileHeader(linkType));
        for (CapturedPacket packet : packets) {
            if (packet.linkType() != linkType) {
                throw new IllegalArgumentException("a pcap file has one link type");
            }
            out.put(recordHeader(packet.time(), packet.octets().length, packet.wireLength()));
            out.put(packet.octets());
        }
        return out.array();
    }

    /**
     * The header in front of all packets.
     *
     * @param network the whole field: link type, and the length of the frame check sequence above it
     */
    public byte[] fileHeader(int network) {
        return ByteBuffer.allocate(24)
                .order(order)
                .putInt(magic)
                .putShort((short) major)
                .putShort((short) minor)
                .putLong(0)
                .putInt(snapLength)
                .putInt(network)
                .array();
    }

    public byte[] recordHeader(long time, int capturedLength, int wireLength) {
        long second = 1_000_000_000;
        int fraction = (int) (time % second / nanosPerUnit());
        return recordHeader((int) (time / second), fraction, capturedLength, wireLength);
    }

    public byte[] recordHeader(int seconds, int fraction, int capturedLength, int wireLength) {
        boolean wireFirst = major == 543 || minor < 3;
        return ByteBuffer.allocate(recordHeaderLength())
                .order(order)
                .putInt(seconds)
                .putInt(fraction)
                .putInt(wireFirst ? wireLength : capturedLength)
                .putInt(wireFirst ? capturedLength : wireLength)
                .array();
    }

    public int recordHeaderLength() {
        return magic == PcapReader.MAGIC_KUZNETZOV ? 24 : 16;
    }

    @Override
    public String toString() {
        return String.format("pcap %x %s %d.%d", magic, order, major, minor);
    }
}
