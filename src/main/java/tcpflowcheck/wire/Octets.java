package tcpflowcheck.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in network order (RFC 791, appendix B), at any alignment. */
public final class Octets {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Octets() {}

    /** One octet, 0 to 255. */
    public static int u8(byte[] buffer, int at) {
        return buffer[at] & 0xff;
    }

    /** Two octets, 0 to 65535. */
    public static int u16(byte[] buffer, int at) {
        return (buffer[at] & 0xff) << 8 | buffer[at + 1] & 0xff;
    }

    /** Four octets. */
    public static int i32(byte[] buffer, int at) {
        return (int) INT.get(buffer, at);
    }

    /** Eight octets. */
    public static long i64(byte[] buffer, int at) {
        return (long) LONG.get(buffer, at);
    }

    /** Writes two octets, the lower ones of {@code value}. */
    static void put16(byte[] buffer, int at, int value) {
        buffer[at] = (byte) (value >> 8);
        buffer[at + 1] = (byte) value;
    }

    /** Writes four octets. */
    static void put32(byte[] buffer, int at, int value) {
        INT.set(buffer, at, value);
    }

    /** Writes eight octets. */
    static void put64(byte[] buffer, int at, long value) {
        LONG.set(buffer, at, value);
    }
}
