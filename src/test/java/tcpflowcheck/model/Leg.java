package tcpflowcheck.model;

/** One leg of a channel, from an end to the tap or from the tap to an end: up to five segments in order, in one long. */
final class Leg {
    static final int LIMIT = 5;
    private static final int BITS = 12;
    private static final long SLOT = (1 << BITS) - 1;

    private Leg() {}

    static int size(long leg) {
        return (Long.SIZE - Long.numberOfLeadingZeros(leg) + BITS - 1) / BITS;
    }

    static int head(long leg) {
        return (int) (leg & SLOT);
    }

    static long rest(long leg) {
        return leg >>> BITS;
    }

    static long with(long leg, int segment) {
        return leg | (long) segment << (BITS * size(leg));
    }

    /** The network made a second copy of what is next. */
    static long duplicated(long leg) {
        return leg << BITS | head(leg);
    }

    /** What is next overtakes its predecessor; the same leg where that makes no difference. */
    static long swapped(long leg) {
        long first = leg & SLOT;
        long second = leg >>> BITS & SLOT;
        return second == 0 ? leg : (leg & -1L << (2 * BITS)) | first << BITS | second;
    }
}
