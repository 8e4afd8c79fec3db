package tcpflowcheck.flow;

import tcpflowcheck.wire.PackedSegment;
import tcpflowcheck.wire.TcpSegment;

/** Segments that {@link HeldSegments} holds, lent to who looks at them, maybe on another thread. */
final class LentSegments {
    private final PackedSegment packed = new PackedSegment();
    private final long[][][] pages = new long[HeldSegments.SIZES][][];
    /** Longs of all that {@link #read} has read: kept, since what is not used is not read. */
    @SuppressWarnings("UnusedVariable")
    private long taken;

    // the next one of the flow at hand
    private long[] page = {};
    private int block;
    private int at;
    private int end;

    /** All that are held now, as long as they are not freed. */
    void lend(HeldSegments held) {
        for (int size = 0; size < pages.length; size++) {
            pages[size] = held.records(size).pages();
        }
        packed.interfaces(held.interfaces());
    }

    private long[] page(int block) {
        return pages[HeldSegments.size(block)][LongRecords.inPage(HeldSegments.record(block))];
    }

    private long head(int block) {
        return page(block)[HeldSegments.at(block) + HeldSegments.HEAD];
    }

    /**
     * Reads the blocks of flows from their first ones, a step of each flow at a time: memory is waited for once for all.
     *
     * @param blocks the first of each; changed
     */
    void read(int[] blocks, int count) {
        for (boolean more = true; more; ) {
            more = false;
            for (int i = 0; i < count; i++) {
                if (blocks[i] != HeldSegments.NONE) {
                    long head = head(blocks[i]);
                    taken += (int) head;
                    blocks[i] = (int) (head >>> 32);
                    more = true;
                }
            }
        }
    }

    /** Goes to before the first segment of a flow. */
    void go(int first) {
        block = first;
        open();
    }

    private void open() {
        page = page(block);
        at = HeldSegments.at(block);
        end = at + (int) page[at + HeldSegments.HEAD];
        at += HeldSegments.SEGMENTS;
    }

    /**
     * The next segment of the flow, of which there is one; lent until the next call.
     *
     * @param key of the flow; its direction becomes the segment's
     */
    TcpSegment next(FlowKey key, long vlans) {
        if (at == end) {
            block = (int) (head(block) >>> 32);
            open();
        }
        int version = (int) (key.ports >>> 32);
        int low = (int) (key.ports >>> 16) & 0xffff;
        int high = (int) key.ports & 0xffff;
        key.fromLow = PackedSegment.fromLow(page, at);
        if (key.fromLow) {
            packed.between(version, key.lowHigh, key.lowLow, low, key.highHigh, key.highLow, high);
        } else {
            packed.between(version, key.highHigh, key.highLow, high, key.lowHigh, key.lowLow, low);
        }
        int longs = (int) page[at + PackedSegment.OWNERS];
        int from = at;
        at += longs;
        return packed.unpack(page, from, longs, vlans);
    }
}
