package tcpflowcheck.capture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Builds pcapng block by block, right or wrong. */
public final class PcapngBlocks {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private ByteOrder order;

    public PcapngBlocks(ByteOrder order) {
        this.order = order;
    }

    /** The byte order of the blocks that follow. */
    public PcapngBlocks order(ByteOrder order) {
        this.order = order;
        return this;
    }

    public byte[] octets() {
        return out.toByteArray();
    }

    public int length() {
        return out.size();
    }

    public PcapngBlocks section(byte[]... options) {
        ByteBuffer body = body(16, options).putInt(0x1a2b3c4d).putShort((short) 1);
        body.putShort((short) 0).putLong(-1);
        return block(0x0a0d0d0a, end(body, options));
    }

    public PcapngBlocks interfaceDescription(int linkType, int snapLength, byte[]... options) {
        ByteBuffer body = body(8, options).putShort((short) linkType).putShort((short) 0);
        return block(1, end(body.putInt(snapLength), options));
    }

    public PcapngBlocks enhancedPacket(int id, long units, int wireLength, byte[] octets, byte[]... options) {
        ByteBuffer body = body(20 + padded(octets.length), options).putInt(id);
        return block(6, packet(body, units, wireLength, octets, options));
    }

    public PcapngBlocks obsoletePacket(int id, long units, int wireLength, byte[] octets, byte[]... options) {
        ByteBuffer body = body(20 + padded(octets.length), options);
        body.putShort((short) id).putShort((short) -1);
        return block(2, packet(body, units, wireLength, octets, options));
    }

    public PcapngBlocks simplePacket(int wireLength, byte[] octets) {
        return block(
                3,
                body(4 + padded(octets.length)).putInt(wireLength).put(octets).array());
    }

    /** A block of any type with a body whose length is a multiple of 4. */
    public PcapngBlocks block(int type, byte[] body) {
        return block(type, body.length + 12, body, body.length + 12);
    }

    /** A block that may lie about its length. */
    public PcapngBlocks block(int type, int leadingLength, byte[] body, int trailingLength) {
        out.writeBytes(body(8).putInt(type).putInt(leadingLength).array());
        out.writeBytes(body);
        out.writeBytes(body(4).putInt(trailingLength).array());
        return this;
    }

    /** An option with its padding, in the present byte order. */
    public byte[] option(int code, byte... value) {
        return ByteBuffer.allocate(4 + padded(value.length))
                .order(order)
                .putShort((short) code)
                .putShort((short) value.length)
                .put(value)
                .array();
    }

    public byte[] option64(int code, long value) {
        return option(code, ByteBuffer.allocate(8).order(order).putLong(value).array());
    }

    private ByteBuffer body(int length, byte[]... options) {
        int all = length;
        for (byte[] option : options) {
            all += option.length;
        }
        return ByteBuffer.allocate(all).order(order);
    }

    private static byte[] packet(ByteBuffer body, long units, int wireLength, byte[] octets, byte[]... options) {
        body.putInt((int) (units >>> 32))
                .putInt((int) units)
                .putInt(octets.length)
                .putInt(wireLength);
        body.put(octets).position(20 + padded(octets.length));
        return end(body, options);
    }

    @SuppressWarnings("ByteBufferBackingArray") // the buffer is of all of the array
    private static byte[] end(ByteBuffer body, byte[]... options) {
        for (byte[] option : options) {
            body.put(option);
        }
        return body.array();
    }

    private static int padded(int length) {
        return length + 3 & ~3;
    }
}
