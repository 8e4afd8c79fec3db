package tcpflowcheck.flow;

import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.tcp.OctetLog;
import tcpflowcheck.wire.PackedSegment;
import tcpflowcheck.wire.TcpSegment;

/**
 * Segments that are looked at later, those of a flow one behind the other in blocks: a small one for its first, which
 * is all that a half-open connection has, and larger ones that are filled in turn. So what a flow holds is written, read
 * and freed by a few cache lines in a row. They are seen through {@link LentSegments}.
 */
final class HeldSegments {
    static final int NONE = -1;

    /** How many sizes of blocks there are; the lowest bit of a block's number tells which. */
    static final int SIZES = 2;

    /** Of a first block in longs: its head, and one segment of any size. */
    private static final int FIRST = 16;

    private static final int OTHER = 64;

    /** A block's first long: the number of the next one, and its longs that are taken, 32 bits each. */
    static final int HEAD = 0;

    /** Where the first segment of a block is. */
    static final int SEGMENTS = 1;

    private final PackedSegment packed = new PackedSegment();
    private final LongRecords[] sizes = {new LongRecords(FIRST), new LongRecords(OTHER)};
    private final OctetLog octets;

    /** @param octets where their text is kept */
    HeldSegments(OctetLog octets) {
        this.octets = octets;
    }

    LongRecords records(int size) {
        return sizes[size];
    }

    static int size(int block) {
        return block & SIZES - 1;
    }

    static int record(int block) {
        return block >>> 1;
    }

    /** Where a block begins in its page. */
    static int at(int block) {
        return LongRecords.at(record(block), size(block) == 0 ? FIRST : OTHER);
    }

    private long[] page(int block) {
        return sizes[size(block)].page(record(block));
    }

    /** Names of interfaces, as the segments have numbered them. */
    ForeignText[] interfaces() {
        return packed.interfaces();
    }

    boolean fits(TcpSegment segment) {
        return packed.fits(segment);
    }

    /** Holds the first segment of a flow; gives its block. */
    int begin(TcpSegment segment, boolean fromLow) {
        int block = take(0);
        pack(block, segment, fromLow);
        return block;
    }

    /** Holds a segment behind those of a flow's last block; gives the block that it is in. */
    int add(TcpSegment segment, boolean fromLow, int last) {
        int block = withRoom(PackedSegment.longs(segment), last);
        pack(block, segment, fromLow);
        return block;
    }

    /** The last block of a flow, or where that has no room for so many longs a new one behind it. */
    private int withRoom(int longs, int last) {
        long[] page = page(last);
        int head = at(last) + HEAD;
        int taken = (int) page[head];
        int room = (size(last) == 0 ? FIRST : OTHER) - taken;
        if (longs <= room) {
            return last;
        }
        int block = take(1);
        page[head] = (long) block << 32 | taken;
        return block;
    }

    private int take(int size) {
        int block = sizes[size].take() << 1 | size;
        page(block)[at(block) + HEAD] = (long) NONE << 32 | SEGMENTS;
        return block;
    }

    private void pack(int block, TcpSegment segment, boolean fromLow) {
        long text = segment.capturedLength() == 0 ? 0 : octets.add(segment);
        int longs = PackedSegment.longs(segment);
        long[] page = page(block);
        int at = at(block);
        int to = at + (int) page[at + HEAD];
        packed.pack(segment, fromLow, text, page, to, longs);
        page[to + PackedSegment.OWNERS] |= longs;
        page[at + HEAD] += longs;
    }

    /** Copies all segments of a flow, from its first block on; gives the longs of all. */
    int copy(int first, long[] to) {
        int longs = 0;
        for (int block = first; block != NONE; ) {
            long[] page = page(block);
            int at = at(block);
            int count = (int) page[at + HEAD] - SEGMENTS;
            System.arraycopy(page, at + SEGMENTS, to, longs, count);
            longs += count;
            block = (int) (page[at + HEAD] >>> 32);
        }
        return longs;
    }

    /** The numbers of the frames of a flow, from its first block on; gives how many there are. */
    int frames(int first, long[] to) {
        int count = 0;
        for (int block = first; block != NONE; ) {
            long[] page = page(block);
            int at = at(block);
            int end = at + (int) page[at + HEAD];
            for (int next = at + SEGMENTS; next < end; next += (int) page[next + PackedSegment.OWNERS]) {
                to[count++] = PackedSegment.frame(page, next);
            }
            block = (int) (page[at + HEAD] >>> 32);
        }
        return count;
    }

    /**
     * Holds segments that were {@linkplain #copy copied} and freed.
     *
     * @param longs of all
     * @return the numbers of the first block and the last, 32 bits each
     */
    long restore(long[] from, int longs) {
        int first = take(0);
        int last = first;
        for (int segment = 0; segment < longs; ) {
            int count = (int) from[segment + PackedSegment.OWNERS];
            last = withRoom(count, last);
            long[] page = page(last);
            int at = at(last);
            System.arraycopy(from, segment, page, at + (int) page[at + HEAD], count);
            page[at + HEAD] += count;
            segment += count;
        }
        return (long) first << 32 | last;
    }

    /** The time of the first segment of a block, nanoseconds since the epoch. */
    long time(int block) {
        return PackedSegment.time(page(block), at(block) + SEGMENTS);
    }

    /** Adds a flow's segments, from its first block on, to its measures. */
    void measure(int first, boolean clientIsLow, PlainMeasures measures) {
        for (int block = first; block != NONE; ) {
            long[] page = page(block);
            int at = at(block);
            long head = page[at + HEAD];
            measure(page, at + SEGMENTS, at + (int) head, clientIsLow, measures);
            block = (int) (head >>> 32);
        }
    }

    /** Adds segments, one behind the other, to the measures of their flow. */
    static void measure(long[] packed, int from, int to, boolean clientIsLow, PlainMeasures measures) {
        for (int next = from; next < to; next += (int) packed[next + PackedSegment.OWNERS]) {
            measures.add(packed, next, PackedSegment.fromLow(packed, next) == clientIsLow);
        }
    }

    /** Frees a flow's blocks from its first on. */
    void free(int first) {
        for (int block = first; block != NONE; ) {
            int next = (int) (page(block)[at(block) + HEAD] >>> 32);
            sizes[size(block)].free(record(block));
            block = next;
        }
    }
}
