package tcpflowcheck.report;

import java.util.BitSet;

/** Numbers of streams in a range that moves on: a bit for each. */
final class StreamSet {
    private static final int MOST_BEHIND = 1 << 16;

    private BitSet bits = new BitSet();
    /** The stream of the first bit. */
    private long first;

    /** Adds one that is not below what {@link #nextAbsent} was asked for last. */
    void add(long stream) {
        bits.set((int) (stream - first));
    }

    /** The lowest from {@code stream} on that is not in it; those below are forgotten. */
    long nextAbsent(long stream) {
        int absent = bits.nextClearBit((int) (stream - first));
        long next = first + absent;
        if (absent > MOST_BEHIND) {
            bits = bits.get(absent, Math.max(absent, bits.length()));
            first = next;
        }
        return next;
    }
}
