package tcpflowcheck.wire;

import java.nio.ByteBuffer;

/** The IP part of a {@link SegmentBuilder}. */
final class IpHeader {
    static final int TCP = 6;
    static final int HOP_BY_HOP = 0;
    static final int ROUTING = 43;
    static final int FRAGMENT = 44;
    static final int AUTHENTICATION = 51;
    static final int DESTINATION = 60;
    static final int MOBILITY = 135;

    int identification = 1;
    int timeToLive = 64;
    int protocol = TCP;
    byte[] options = {};
    int headerWords = -1;
    int lengthField = -1;
    private int fragmentField;
    private boolean fragment;
    private int firstExtension = -1;
    private byte[] extensions = {};
    private int lastNextHeader = -1;

    IpHeader copy() {
        IpHeader copy = new IpHeader();
        copy.identification = identification;
        copy.timeToLive = timeToLive;
        copy.protocol = protocol;
        copy.options = options;
        copy.headerWords = headerWords;
        copy.lengthField = lengthField;
        copy.fragmentField = fragmentField;
        copy.fragment = fragment;
        copy.firstExtension = firstExtension;
        copy.extensions = extensions.clone();
        copy.lastNextHeader = lastNextHeader;
        return copy;
    }

    void fragment(int offset, boolean more) {
        fragment = true;
        fragmentField = offset;
        if (more) {
            fragmentField |= 1;
        }
    }

    /** Appends a header; its own next-header octet is set when the next one comes, or in {@link #build}. */
    void extension(int kind, byte... body) {
        int unit = kind == AUTHENTICATION ? 4 : 8;
        int length = (body.length + 2 + unit - 1) / unit * unit;
        length = kind == AUTHENTICATION ? Math.max(length, 12) : length;
        byte[] header = new byte[length];
        header[1] = (byte) (kind == AUTHENTICATION ? length / 4 - 2 : length / 8 - 1);
        System.arraycopy(body, 0, header, 2, body.length);
        link(kind, header);
    }

    private void link(int kind, byte[] header) {
        if (firstExtension < 0) {
            firstExtension = kind;
        } else {
            extensions[lastNextHeader] = (byte) kind;
        }
        lastNextHeader = extensions.length;
        extensions = SegmentBuilder.concat(extensions, header);
    }

    /** The headers in front of a payload of that many octets. */
    byte[] build(byte[] source, byte[] destination, int payloadLength) {
        return source.length == 4
                ? version4(source, destination, payloadLength)
                : copy().version6(source, destination, payloadLength);
    }

    private byte[] version4(byte[] source, byte[] destination, int payloadLength) {
        int words = headerWords >= 0 ? headerWords : 5 + options.length / 4;
        int total = lengthField >= 0 ? lengthField : 20 + options.length + payloadLength;
        int fragmentBits = fragment ? fragmentField >> 3 | (fragmentField & 1) << 13 : 0x4000;
        ByteBuffer header = ByteBuffer.allocate(20 + options.length);
        header.put((byte) (0x40 | words)).put((byte) 0).putShort((short) total);
        header.putShort((short) identification).putShort((short) fragmentBits);
        header.put((byte) timeToLive).put((byte) protocol).putShort((short) 0);
        header.put(source).put(destination).put(options);
        return header.putShort(10, (short) SegmentBuilder.checksum(header.array(), 0))
                .array();
    }

    private byte[] version6(byte[] source, byte[] destination, int payloadLength) {
        if (fragment) {
            link(
                    FRAGMENT,
                    ByteBuffer.allocate(8)
                            .putShort(2, (short) fragmentField)
                            .putInt(4, identification)
                            .array());
        }
        int next = firstExtension < 0 ? protocol : firstExtension;
        if (lastNextHeader >= 0) {
            extensions[lastNextHeader] = (byte) protocol;
        }
        int length = lengthField >= 0 ? lengthField : extensions.length + payloadLength;
        ByteBuffer header = ByteBuffer.allocate(40 + extensions.length);
        header.putInt(0x6000_0000).putShort((short) length);
        header.put((byte) next).put((byte) timeToLive);
        return header.put(source).put(destination).put(extensions).array();
    }
}
