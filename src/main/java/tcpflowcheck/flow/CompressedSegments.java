package tcpflowcheck.flow;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import tcpflowcheck.wire.PackedSegment;

/**
 * Segments of flows of which nothing more is expected, in a third of the room: of each long of a {@link PackedSegment} that
 * which differs from the one before it of the same end, as an octet that says which octets those are, and the octets. A flow's
 * segments come and go as a whole.
 */
final class CompressedSegments {
    /** Longs of a block. */
    private static final int BLOCK = 16;

    /** The longs that go on from whatever segment was before, the time and the frame; the others from one of the same end. */
    private static final int COMMON = 2;

    private final OctetBlocks blocks = new OctetBlocks(BLOCK);
    private final ByteBuffer octets;
    private final long[][] before = new long[2][PackedSegment.MOST];
    private int at;

    /** @param mostLongs of a flow's segments together */
    CompressedSegments(int mostLongs) {
        octets = ByteBuffer.allocate(mostLongs * (Long.BYTES + 1) + BLOCK * Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    // ---- putting in

    /**
     * Adds a flow's segments.
     *
     * @param packed one behind the other, the longs of each in its {@link PackedSegment#OWNERS}
     * @param longs of all
     * @return the number of the first block
     */
    int add(long[] packed, int longs) {
        begin();
        for (int segment = 0; segment < longs; ) {
            int end = segment + (int) packed[segment + PackedSegment.OWNERS];
            int own = PackedSegment.fromLow(packed, segment) ? 0 : 1;
            for (int i = 0; segment + i < end; i++) {
                long value = packed[segment + i];
                write(value ^ before[own][i]);
                goesOn(own, i, value);
            }
            segment = end;
        }
        return blocks.store(octets, at);
    }

    private void begin() {
        at = 0;
        Arrays.fill(before[0], 0);
        Arrays.fill(before[1], 0);
    }

    private void goesOn(int own, int i, long value) {
        before[own][i] = value;
        if (i < COMMON) {
            before[1 - own][i] = value;
        }
    }

    /** Zero octets below and above are left out: how many are below, and how many octets are between, 4 bits each. */
    private void write(long difference) {
        int below = difference == 0 ? 0 : Long.numberOfTrailingZeros(difference) >>> 3;
        int count = Long.BYTES - below - (Long.numberOfLeadingZeros(difference) >>> 3);
        octets.put(at, (byte) (below << 4 | count));
        octets.putLong(at + 1, difference >>> (8 * below));
        at += 1 + count;
    }

    // ---- taking out

    /**
     * Reads a flow's segments, which stay until {@link #free}.
     *
     * @param first block
     * @param count of the segments
     * @return the longs of all
     */
    int read(int first, int count, long[] packed) {
        blocks.load(first, octets);
        begin();
        int to = 0;
        for (int left = count; left > 0; left--) {
            int own = 0;
            int longs = PackedSegment.LEAST;
            for (int i = 0; i < longs; i++) {
                long value = next() ^ before[own][i];
                packed[to + i] = value;
                own = i == COMMON - 1 && !PackedSegment.fromLow(packed, to) ? 1 : own;
                longs = i == PackedSegment.OWNERS ? (int) value : longs;
                goesOn(own, i, value);
            }
            to += longs;
        }
        return to;
    }

    private long next() {
        int shape = octets.get(at++);
        int count = shape & 0xf;
        long some = octets.getLong(at);
        at += count;
        return count == 0 ? 0 : (some & (-1L >>> (8 * (Long.BYTES - count)))) << (8 * (shape >>> 4));
    }

    /** The time of the first segment of a flow, nanoseconds since the epoch. */
    long time(int first) {
        octets.putLong(0, blocks.octets(first, 0));
        octets.putLong(Long.BYTES, blocks.octets(first, 1));
        at = 0;
        return next();
    }

    /** Frees a flow's blocks from its first on. */
    void free(int first) {
        blocks.free(first);
    }
}
