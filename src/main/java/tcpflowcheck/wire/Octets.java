package tcpflowcheck.wire;

/**
 * Numbers in network order (RFC 791, appendix B), at any alignment. Put together octet by octet: to set up a VarHandle
 * takes Java longer than most captures take.
 */
public final class Octets {
    private Octets() {}

    /** One octet, 0 to 255. */
    public static int u8(byte[] buffer, int at) {
        return buffer[at] & 0xff;
    }

    /** Two octets, 0 to 65535. */
    public static int u16(byte[] buffer, int at) {
        return (buffer[at] & 0xff) << 8 | (buffer[at + 1] & 0xff);
    }

    /** Four octets. */
    public static int i32(byte[] buffer, int at) {
        return u16(buffer, at) << 16 | u16(buffer, at + 2);
    }

    /** Eight octets. */
    public static long i64(byte[] buffer, int at) {
        return (long) i32(buffer, at) << 32 | SeqNumber.unsigned(i32(buffer, at + 4));
    }

    /** Two octets, the least significant first. */
    static int little16(byte[] buffer, int at) {
        return (buffer[at] & 0xff) | (buffer[at + 1] & 0xff) << 8;
    }

    /** Four octets, the least significant first. */
    static int little32(byte[] buffer, int at) {
        return Integer.reverseBytes(i32(buffer, at));
    }

    /** Writes two octets, the lower ones of {@code value}. */
    static void put16(byte[] buffer, int at, int value) {
        buffer[at] = (byte) (value >> 8);
        buffer[at + 1] = (byte) value;
    }
}
