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

    /** {@code low =< seq < end}: whether it is one of the numbers of what begins with {@code low} and ends before {@code end}. */
    public static boolean within(int low, int seq, int end) {
        return le(low, seq) && lt(seq, end);
    }

    /** {@code SND.UNA < SEG.ACK =< SND.NXT}: an acceptable ACK. */
    public static boolean acceptable(int una, int ack, int nxt) {
        return gt(ack, una) && le(ack, nxt);
    }

    /** Whether two ranges, each without its end, have a number in common; neither is empty. */
    public static boolean overlaps(int begin, int end, int otherBegin, int otherEnd) {
        return lt(begin, otherEnd) && gt(end, otherBegin);
    }

    /** Whether a range has all of another. */
    public static boolean covers(int begin, int end, int innerBegin, int innerEnd) {
        return le(begin, innerBegin) && ge(end, innerEnd);
    }

    /** How far it is from one to the other, negative if that is back. */
    public static int distance(int from, int to) {
        return to - from;
    }

    /** Whether two are at most {@code distance} apart. */
    public static boolean near(int a, int b, int distance) {
        return a - b >= -distance && a - b <= distance;
    }

    /** The later of the two. */
    public static int max(int a, int b) {
        return ge(a, b) ? a : b;
    }

    /** The earlier of the two. */
    public static int min(int a, int b) {
        return le(a, b) ? a : b;
    }

    /** The number as the unsigned value that is printed. */
    public static long unsigned(int seq) {
        return seq & 0xffff_ffffL;
    }
}
