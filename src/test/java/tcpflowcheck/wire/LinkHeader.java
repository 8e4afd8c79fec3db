package tcpflowcheck.wire;

import java.nio.ByteBuffer;

/** The link part of a {@link SegmentBuilder}. Link types by their numbers in captures. */
final class LinkHeader {
    static final int NULL = 0;
    static final int EN10MB = 1;
    static final int RAW_12 = 12;
    static final int RAW_14 = 14;
    static final int RAW = 101;
    static final int LOOP = 108;
    static final int LINUX_SLL = 113;
    static final int IPV4 = 228;
    static final int IPV6 = 229;
    static final int LINUX_SLL2 = 276;

    private static final byte[] ADDRESSES = {2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1};

    int linkType = EN10MB;
    int padding;
    int family = -1;
    boolean snap;
    /** The checksum of a datagram of VXLAN around the frame, -1 for none. */
    int vxlan = -1;

    private byte[] tags = {};

    LinkHeader copy() {
        LinkHeader copy = new LinkHeader();
        copy.linkType = linkType;
        copy.padding = padding;
        copy.family = family;
        copy.snap = snap;
        copy.vxlan = vxlan;
        copy.tags = tags;
        return copy;
    }

    void vlan(int... identifiers) {
        tags = new byte[] {};
        for (int i = 0; i < identifiers.length; i++) {
            tag(i == identifiers.length - 1 ? 0x8100 : 0x88a8, identifiers[i]);
        }
    }

    void tag(int protocol, int control) {
        tags = SegmentBuilder.concat(tags, ints((long) protocol << 16 | control));
    }

    /** The link header in front of a packet of that many octets. */
    byte[] build(boolean version4, int packetLength) {
        switch (linkType) {
            case NULL, LOOP -> {
                return ints(family != -1 ? family : version4 ? 2 : 24);
            }
            case RAW_12, RAW_14, RAW, IPV4, IPV6 -> {
                return new byte[0];
            }
            case EN10MB -> {
                byte[] ethernet = SegmentBuilder.concat(ADDRESSES, type(version4, packetLength));
                return vxlan < 0 ? ethernet : SegmentBuilder.concat(around(ethernet.length + packetLength), ethernet);
            }
            case LINUX_SLL -> {
                return SegmentBuilder.concat(
                        new byte[] {0, 0, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0}, type(version4, packetLength));
            }
            case LINUX_SLL2 -> {
                return sll2(type(version4, packetLength));
            }
            default -> throw new IllegalArgumentException("no builder for link type " + linkType);
        }
    }

    /** Ethernet, IPv4, UDP with the checksum, and the header of VXLAN in front of a frame of that many octets. */
    private byte[] around(int frameLength) {
        ByteBuffer headers = ByteBuffer.allocate(14 + 20 + 8 + 8).put(ADDRESSES).putShort((short) 0x0800);
        headers.putShort((short) 0x4500)
                .putShort((short) (36 + frameLength))
                .putInt(0)
                .putInt(0x4011_0000);
        headers.putInt(0xc000_0201).putInt(0xc000_0202);
        headers.putShort((short) 50_000).putShort((short) 4789).putShort((short) (16 + frameLength));
        return headers.putShort((short) vxlan).putLong(0x0800_0000_0000_2a00L).array();
    }

    /** The type field with the tags before it. */
    private byte[] type(boolean version4, int packetLength) {
        short type = (short) (version4 ? 0x0800 : 0x86dd);
        ByteBuffer last = ByteBuffer.allocate(snap ? 10 : 2);
        if (snap) {
            last.putShort((short) (packetLength + 8)).putInt(0xaaaa_0300).putShort((short) 0);
        }
        return SegmentBuilder.concat(tags, last.putShort(type).array());
    }

    /** The type stands first, an address of the interface in between; what comes after the type is moved behind it. */
    private static byte[] sll2(byte[] type) {
        ByteBuffer header = ByteBuffer.allocate(20 + type.length - 2);
        header.put(type, 0, 2).putShort((short) 0).putInt(3).putShort((short) 1);
        header.put((byte) 0).put((byte) 6).put(new byte[] {2, 0, 0, 0, 0, 1, 0, 0});
        return header.put(type, 2, type.length - 2).array();
    }

    /** Numbers of four octets each. */
    static byte[] ints(long... values) {
        ByteBuffer octets = ByteBuffer.allocate(4 * values.length);
        for (long value : values) {
            octets.putInt((int) value);
        }
        return octets.array();
    }
}
