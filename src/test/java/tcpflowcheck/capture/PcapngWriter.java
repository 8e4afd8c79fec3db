package tcpflowcheck.capture;

import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Writes pcapng: one section, an interface for each link type, packets in blocks of one type. */
public record PcapngWriter(ByteOrder order, int resolution, int packetBlock) implements CaptureWriter {
    /** What dumpcap writes, with nanoseconds. */
    public PcapngWriter() {
        this(ByteOrder.LITTLE_ENDIAN, 9, PcapngReader.ENHANCED_PACKET);
    }

    @Override
    public int nanosPerUnit() {
        return resolution == 6 ? 1000 : 1;
    }

    @Override
    public boolean mixesLinkTypes() {
        return true;
    }

    @Override
    public byte[] write(List<CapturedPacket> packets) {
        PcapngBlocks blocks = new PcapngBlocks(order).section();
        List<Integer> linkTypes = new ArrayList<>();
        for (CapturedPacket packet : packets) {
            int id = linkTypes.indexOf(packet.linkType());
            if (id < 0) {
                id = linkTypes.size();
                linkTypes.add(packet.linkType());
                blocks.interfaceDescription(
                        packet.linkType(), 0, blocks.option(9, (byte) resolution), blocks.option(0));
            }
            long units = units(packet.time());
            if (packetBlock == PcapngReader.ENHANCED_PACKET) {
                blocks.enhancedPacket(id, units, packet.wireLength(), packet.octets());
            } else {
                blocks.obsoletePacket(id, units, packet.wireLength(), packet.octets());
            }
        }
        return blocks.octets();
    }

    /** Rounded up, so that the reader, which rounds down, comes back to the same nanosecond. */
    private long units(long time) {
        BigInteger second = BigInteger.valueOf(1_000_000_000);
        BigInteger perSecond =
                (resolution & 0x80) != 0 ? BigInteger.TWO.pow(resolution & 0x7f) : BigInteger.TEN.pow(resolution);
        BigInteger up = perSecond.compareTo(second) > 0 ? second.subtract(BigInteger.ONE) : BigInteger.ZERO;
        return BigInteger.valueOf(time)
                .multiply(perSecond)
                .add(up)
                .divide(second)
                .longValue();
    }

    @Override
    public String toString() {
        return String.format("pcapng %s resolution %02x block %d", order, resolution, packetBlock);
    }
}
