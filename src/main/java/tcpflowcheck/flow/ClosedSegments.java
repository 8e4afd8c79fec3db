package tcpflowcheck.flow;

import org.jspecify.annotations.Nullable;
import tcpflowcheck.wire.PackedSegment;
import tcpflowcheck.wire.TcpSegment;

/**
 * The segments of flows of which nothing more is expected. Of a flow that went by the book, in a capture that can be read
 * again, the numbers of its frames are all that is kept: hardly one is ever looked at. The others are compressed.
 */
final class ClosedSegments {
    /** It can't be read again. */
    static final long GONE = -1;

    /** Which of the two the low half says, the high half being the number of a block. */
    private static final int COMPRESSED = 0;

    private static final int NUMBERED = 1;

    /** About what each takes of a flow's segment. */
    private static final int COMPRESSED_OCTETS = 32;

    private static final int NUMBERED_OCTETS = 5;

    /** Of so many that are numbered one may be read again, and at first so many: where more are, reading takes too long. */
    private static final int SELDOM = 16;

    private static final int READ_AT_FIRST = 1 << 10;

    private final HeldSegments segments;
    /** Null if nothing can be read again. */
    private @Nullable SegmentLookup lookup;

    private final CompressedSegments compressed = new CompressedSegments(HeldRecord.MOST_SEGMENTS * PackedSegment.MOST);
    private final FrameNumbers numbers = new FrameNumbers(HeldRecord.MOST_SEGMENTS);
    private final long[] packed = new long[HeldRecord.MOST_SEGMENTS * PackedSegment.MOST];
    private final FlowKey key = new FlowKey(0);
    private long numbered;
    private long readAgain;

    /** @param segments where they are held before, and again */
    ClosedSegments(HeldSegments segments) {
        this.segments = segments;
    }

    /** From now on the segments of flows that went by the book are read again. */
    void readAgainBy(SegmentLookup lookup) {
        this.lookup = lookup;
    }

    /**
     * Takes a flow's segments, which are held no more.
     *
     * @param first block of them
     * @param plain whether the flow went by the book
     * @return where they are now
     */
    long fold(int first, boolean plain) {
        long folded = plain && lookup != null && readAgain <= READ_AT_FIRST + numbered / SELDOM
                ? number(first, lookup)
                : compress(first);
        segments.free(first);
        return folded;
    }

    private long compress(int first) {
        return (long) compressed.add(packed, segments.copy(first, packed)) << 32 | COMPRESSED;
    }

    private long number(int first, SegmentLookup lookup) {
        int count = segments.frames(first, packed);
        if (!lookup.has(packed[count - 1])) {
            return compress(first);
        }
        numbered++;
        return (long) numbers.add(segments.time(first), packed, count) << 32 | NUMBERED;
    }

    /**
     * A flow's segments are held again.
     *
     * @param count of them
     * @param of the flow
     * @return the numbers of the first block and the last, 32 bits each; {@link #GONE} if they can't be
     */
    long unfold(long folded, int count, FlowKey of) {
        if (isNumbered(folded)) {
            return lookup == null ? GONE : read(folded, count, of, lookup);
        }
        int longs = compressed.read(block(folded), count, packed);
        compressed.free(block(folded));
        return segments.restore(packed, longs);
    }

    private long read(long folded, int count, FlowKey of, SegmentLookup lookup) {
        readAgain++;
        numbers.read(block(folded), count, packed);
        int first = HeldSegments.NONE;
        int last = HeldSegments.NONE;
        for (int i = 0; i < count; i++) {
            TcpSegment segment = lookup.find(packed[i]);
            if (segment != null) {
                key.wrap(segment);
            }
            if (segment == null || !key.isBetween(of) || (i == 0 && segment.time() != time(folded))) {
                if (first != HeldSegments.NONE) {
                    segments.free(first);
                }
                return GONE;
            }
            last = i == 0 ? segments.begin(segment, key.fromLow) : segments.add(segment, key.fromLow, last);
            first = i == 0 ? last : first;
        }
        numbers.free(block(folded));
        return (long) first << 32 | last;
    }

    private static int block(long folded) {
        return (int) (folded >>> 32);
    }

    private static boolean isNumbered(long folded) {
        return (int) folded == NUMBERED;
    }

    /** About how many octets of memory a flow's segments take. */
    static long octets(long folded, int count) {
        return (long) count * (isNumbered(folded) ? NUMBERED_OCTETS : COMPRESSED_OCTETS);
    }

    /** The time of a flow's first segment, nanoseconds since the epoch. */
    long time(long folded) {
        return isNumbered(folded) ? numbers.time(block(folded)) : compressed.time(block(folded));
    }

    /** Adds a flow's segments, which were not numbered, to its measures. */
    void measure(long folded, int count, boolean clientIsLow, PlainMeasures measures) {
        int longs = compressed.read(block(folded), count, packed);
        HeldSegments.measure(packed, 0, longs, clientIsLow, measures);
    }

    void free(long folded) {
        if (isNumbered(folded)) {
            numbers.free(block(folded));
        } else {
            compressed.free(block(folded));
        }
    }
}
