package tcpflowcheck.flow;

import tcpflowcheck.wire.PackedSegment;
import tcpflowcheck.wire.TcpSegment;

/** Segments that {@link HeldSegments} holds, lent to who looks at them, maybe on another thread. */
final class LentSegments {
    private final PackedSegment packed = new PackedSegment();
    private final long[][][] pages = new long[HeldSegments.SIZES][][];
    /** Time of the newest of all that {@link #read} has read: kept, since what is not used is not read. */
    private long newest;

    /** All that are held now, as long as their numbers are not freed. */
    void lend(HeldSegments held) {
        for (int size = 0; size < pages.length; size++) {
            pages[size] = held.records(size).pages();
        }
        packed.interfaces(held.interfaces());
    }

    private long[] page(int number) {
        return pages[HeldSegments.size(number)][LongRecords.inPage(HeldSegments.record(number))];
    }

    private static int at(int number) {
        return LongRecords.at(HeldSegments.record(number), HeldSegments.longs(number));
    }

    /** The one before it in its chain, or {@link HeldSegments#NONE}. */
    int before(int number) {
        return (int) page(number)[at(number) + PackedSegment.OWNERS];
    }

    /**
     * Reads chains from their ends, a step of each at a time: memory is waited for once for all of them.
     *
     * @param chains the last of each; changed
     */
    void read(int[] chains, int count) {
        for (boolean more = true; more; ) {
            more = false;
            for (int i = 0; i < count; i++) {
                if (chains[i] != HeldSegments.NONE) {
                    // at the other end of a record
                    newest = Math.max(newest, PackedSegment.time(page(chains[i]), at(chains[i])));
                    chains[i] = before(chains[i]);
                    more = true;
                }
            }
        }
    }

    /**
     * The segment, lent until the next call.
     *
     * @param key of its flow; its direction becomes the segment's
     */
    TcpSegment segment(int number, FlowKey key, long vlans) {
        long[] page = page(number);
        int at = at(number);
        int version = (int) (key.ports >>> 32);
        int low = (int) (key.ports >>> 16) & 0xffff;
        int high = (int) key.ports & 0xffff;
        key.fromLow = PackedSegment.fromLow(page, at);
        if (key.fromLow) {
            packed.between(version, key.lowHigh, key.lowLow, low, key.highHigh, key.highLow, high);
        } else {
            packed.between(version, key.highHigh, key.highLow, high, key.lowHigh, key.lowLow, low);
        }
        return packed.unpack(page, at, HeldSegments.longs(number), vlans);
    }
}
