package tcpflowcheck.flow;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.tcp.Closing;
import tcpflowcheck.wire.TcpSegment;

/**
 * Held flows that were taken out to be looked at, in the order in which they were. Lent, by turns and with the segments
 * of its flows, to who takes them out and to who looks at them and says what came of it. One is at hand at a time.
 */
final class TakenFlows {
    /** When a flow that has been looked at ends. */
    enum Ends {
        NOT_YET,
        /** If both its ends are closed. */
        CLOSED,
        /** If its time is over. */
        OVER,
        /** Now, since there are too many. */
        EVICTED,
        /** Now, as the capture does. */
        CAPTURE_ENDS
    }

    private static final Ends[] ENDS = Ends.values();
    private static final Closing.Kind[] CLOSINGS = Closing.Kind.values();

    /** Flows whose segments are read together. */
    private static final int TOGETHER = 8;

    // One flow in longs.
    /** The numbers of its record and of its first block of segments, 32 bits each. */
    private static final int NUMBERS = 0;

    private static final int STREAM = 1;
    private static final int TOUCHED = 2;
    private static final int FRAME = 3;
    private static final int NOW = 4;
    /** VLAN tags, 51 bits, the number of segments, 8, when it ends, 3, whether its handshake was not seen to be complete, 1. */
    private static final int STATE = 5;

    /** What came of it: how far its ends had sent. */
    private static final int NEXT = 6;

    private static final int KEY = 7;
    /** Of one that went by the book. */
    private static final int MEASURES = KEY + FlowKey.LONGS;

    private static final int FIELDS = MEASURES + PlainMeasures.LONGS;

    // The rest of what came of it, in place of what nobody needs any more.
    private static final int TIMESTAMPS = TOUCHED;
    private static final int DEADLINE = FRAME;
    private static final int FLAGS = NOW;

    private static final int COUNT_SHIFT = 51;
    private static final int COUNT = (1 << 8) - 1;
    private static final int ENDS_SHIFT = 59;
    private static final int MOST_ENDS = 7;
    private static final long OPENING = 1L << 62;
    private static final long CERTAIN = 1L << 32;
    private static final long VLANS = (1L << COUNT_SHIFT) - 1;

    private final long[] longs;
    /** The flows that go on, by their place; else null. */
    private final @Nullable Flow[] going;

    private final LentSegments segments = new LentSegments();
    private final int[] blocks = new int[TOGETHER];
    private int readTo;
    private int size;

    // the one at hand
    private int place;
    private int at;

    /** @param most flows */
    TakenFlows(int most) {
        longs = new long[most * FIELDS];
        going = new Flow[most];
    }

    int size() {
        return size;
    }

    /**
     * Adds a flow.
     *
     * @param record its number
     * @param first block of its segments
     * @param count of its segments
     * @param opening whether its handshake was not seen to be complete
     */
    void add(int record, int first, int count, FlowKey key, long vlans, boolean opening) {
        at = size++ * FIELDS;
        longs[at + NUMBERS] = (long) record << 32 | (first & 0xffff_ffffL);
        longs[at + STATE] = vlans | (long) count << COUNT_SHIFT | (opening ? OPENING : 0);
        key.write(longs, at + KEY);
    }

    /**
     * Adds what is to be known of the flow that was added last.
     *
     * @param touched the clock of the capture when its last segment passed
     * @param frame that shows the clock to stand at {@code now}
     */
    void add(long stream, long touched, Ends ends, long frame, long now) {
        longs[at + STREAM] = stream;
        longs[at + TOUCHED] = touched;
        longs[at + STATE] |= (long) ends.ordinal() << ENDS_SHIFT;
        longs[at + FRAME] = frame;
        longs[at + NOW] = now;
    }

    /**
     * Adds a flow that went by the book, of which there is nothing to look at.
     *
     * @param certain whether it was silent for so long that its last segment must have arrived
     * @param start of its first segment, and {@code end} of its last; nanoseconds since the epoch
     */
    void addPlain(FlowKey key, long stream, Closing.Kind closing, boolean certain, long start, long end) {
        add(0, HeldSegments.NONE, 0, key, 0, false);
        longs[at + STREAM] = stream;
        longs[at + NEXT] = closing.ordinal() | (certain ? CERTAIN : 0);
        PlainMeasures.lasted(longs, at + MEASURES, start, end);
    }

    /** Adds the measures of the flow that was added last, which went by the book. */
    void addMeasures(PlainMeasures measures) {
        measures.write(longs, at + MEASURES);
    }

    /** Reads what {@link #addMeasures} has added of the one at hand. */
    void measures(PlainMeasures measures) {
        measures.read(longs, at + MEASURES);
    }

    /** All that were added are lent with their segments, until {@link #clear}. */
    void lend(HeldSegments held) {
        segments.lend(held);
        rewind();
    }

    void clear() {
        Arrays.fill(going, 0, size, null);
        size = 0;
    }

    /** Goes to before the first. */
    void rewind() {
        readTo = 0;
        place = -1;
        at = -FIELDS;
    }

    /** Goes to the next; false if there is none. */
    boolean next() {
        place++;
        at += FIELDS;
        return place < size;
    }

    int record() {
        return (int) (longs[at + NUMBERS] >>> 32);
    }

    /** Sets the key to its, as its first segment has it. */
    void key(FlowKey key) {
        key.read(longs, at + KEY);
    }

    Ends ends() {
        return ENDS[(int) (longs[at + STATE] >>> ENDS_SHIFT) & MOST_ENDS];
    }

    /** Whether it went by the book. */
    boolean isPlain() {
        return (longs[at + STATE] >>> COUNT_SHIFT & COUNT) == 0;
    }

    /** How one that {@link #isPlain} was closed. */
    Closing.Kind closing() {
        return CLOSINGS[(int) (longs[at + NEXT] & ~CERTAIN)];
    }

    /** Whether the last segment of one that {@link #isPlain} must have arrived. */
    boolean isCertain() {
        return (longs[at + NEXT] & CERTAIN) != 0;
    }

    // ---- looking at them

    long stream() {
        return longs[at + STREAM];
    }

    long touched() {
        return longs[at + TOUCHED];
    }

    long frame() {
        return longs[at + FRAME];
    }

    long now() {
        return longs[at + NOW];
    }

    boolean isOpening() {
        return (longs[at + STATE] & OPENING) != 0;
    }

    /** Goes to before its first segment; gives how many there are. */
    int segments() {
        if (place >= readTo) {
            read();
        }
        segments.go((int) longs[at + NUMBERS]);
        return (int) (longs[at + STATE] >>> COUNT_SHIFT) & COUNT;
    }

    /** Reads the segments of those whose turn comes next into the cache: taken one by one, each would wait for memory. */
    private void read() {
        int count = Math.min(size - place, TOGETHER);
        for (int i = 0; i < count; i++) {
            blocks[i] = (int) longs[at + i * FIELDS + NUMBERS];
        }
        segments.read(blocks, count);
        readTo = place + count;
    }

    /**
     * The next segment, lent until the next call.
     *
     * @param key of the flow; its direction becomes the segment's
     */
    TcpSegment segment(FlowKey key) {
        return segments.next(key, longs[at + STATE] & VLANS);
    }

    // ---- what came of it

    /** It has ended; until {@code deadline} more of it may come. */
    void ended(Flow flow, long deadline) {
        longs[at + NEXT] = Remains.next(flow);
        longs[at + TIMESTAMPS] = Remains.timestamps(flow);
        longs[at + FLAGS] = Remains.flags(flow);
        longs[at + DEADLINE] = deadline;
    }

    void goesOn(Flow flow) {
        going[place] = flow;
    }

    /** The flow if it goes on, else null. */
    @Nullable
    Flow going() {
        return going[place];
    }

    /** Adds what is kept of one that has ended. */
    void addTo(Remains remains, FlowKey key) {
        remains.add(
                key,
                longs[at + STREAM],
                longs[at + NEXT],
                longs[at + TIMESTAMPS],
                longs[at + FLAGS],
                longs[at + DEADLINE]);
    }
}
