package tcpflowcheck.wire;

/** Arithmetic on sequence numbers modulo 2^32 (RFC 9293, section 3.4). */
public final class SeqNumber {
    private SeqNumber() {}

    /** {@code a < b}. */
    public static boolean lt(int a, int b) {
        return a - b < 0;
    }

    /** {@code a =< b}. */
    public static boolean le(int a, int b) {
        return a - b <= 0;
    }

    /** {@code a > b}. */
    public static boolean gt(int a, int b) {
        return a - b > 0;
    }

    /** {@code a >= b}. */
    public static boolean ge(int a, int b) {
        return a - b >= 0;
    }

    /** {@code low =< seq =< high}. */
    public static boolean between(int low, int seq, int high) {
        return le(low, seq) && le(seq, high);
    }

    /** Whether two are at most {@code distance} apart. */
    public static boolean near(int a, int b, int distance) {
        return a - b >= -distance && a - b <= distance;
    }

    /** The later of the two. */
    public static int max(int a, int b) {
        return ge(a, b) ? a : b;
    }

    /** The number as the unsigned value that is printed. */
    public static long unsigned(int seq) {
        return seq & 0xffff_ffffL;
    }
}
