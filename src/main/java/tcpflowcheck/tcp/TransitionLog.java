package tcpflowcheck.tcp;

import java.util.Arrays;
import tcpflowcheck.tcp.StateDiagram.Arrow;
import tcpflowcheck.tcp.StateDiagram.Event;

/**
 * Both ends' transitions in the order in which they were believed. Packed, two longs each, since one is kept for every
 * connection alive: first the frame, above eight bits of row, side and two marks; then the time.
 */
public final class TransitionLog {
    private static final int ROW_BITS = 6;
    private static final int SERVER = 1 << ROW_BITS;
    private static final int UNCERTAIN = SERVER << 1;
    private static final int REVISED = UNCERTAIN << 1;
    private static final int FRAME_SHIFT = ROW_BITS + 3;

    /** From two, which an attempt takes, to the ten that a whole connection takes. */
    private static final int GROWTH = 16;

    private long[] packed = new long[4];
    private int size;
    private int changes;

    /** A bit for each side and state that a transition has led to, believed still or not: most searches end here. */
    private int reached;

    void add(Side side, Arrow arrow, long frame, long time) {
        if (2 * size == packed.length) {
            packed = Arrays.copyOf(packed, packed.length + GROWTH);
        }
        packed[2 * size] = frame << FRAME_SHIFT | (side == Side.SERVER ? SERVER : 0) | arrow.row();
        packed[2 * size + 1] = time;
        size++;
        changes++;
        reached |= bit(side, arrow.to());
    }

    /** How often transitions were added or revised: who has looked at all of them knows whether to look again. */
    int changes() {
        return changes;
    }

    private static int bit(Side side, TcpState state) {
        return 1 << (state.ordinal() + (side == Side.SERVER ? Short.SIZE : 0));
    }

    public int size() {
        return size;
    }

    public Arrow arrow(int index) {
        return StateDiagram.row((int) packed[2 * index] & SERVER - 1);
    }

    public Side side(int index) {
        return (packed[2 * index] & SERVER) != 0 ? Side.SERVER : Side.CLIENT;
    }

    public long frame(int index) {
        return packed[2 * index] >>> FRAME_SHIFT;
    }

    /** Nanoseconds since the epoch. */
    public long time(int index) {
        return packed[2 * index + 1];
    }

    /** False where the capture can't prove it. */
    public boolean certain(int index) {
        return (packed[2 * index] & UNCERTAIN) == 0;
    }

    /** True where later evidence took it back. */
    public boolean revised(int index) {
        return (packed[2 * index] & REVISED) != 0;
    }

    /** The transition of {@code side} in {@code frame} that stands and is driven by one of two events; -1 if there is none. */
    int standing(Side side, long frame, Event event, Event other) {
        for (int i = 0; i < size; i++) {
            if (frame(i) == frame && side(i) == side && !revised(i)) {
                Event driver = arrow(i).event();
                if (driver == event || driver == other) {
                    return i;
                }
            }
        }
        return -1;
    }

    /** The first transition of {@code side} to {@code state} that stands; -1 if there is none. */
    int standing(Side side, TcpState state) {
        if ((reached & bit(side, state)) == 0) {
            return -1;
        }
        for (int i = 0; i < size; i++) {
            if (side(i) == side && !revised(i) && arrow(i).to() == state) {
                return i;
            }
        }
        return -1;
    }

    /** Whether {@code side} makes another transition that stands, behind this one. */
    boolean goesOn(Side side, int index) {
        for (int i = index + 1; i < size; i++) {
            if (side(i) == side && !revised(i)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the last transition of {@code side} that stands leaves {@code from} by {@code event}. */
    boolean endsIn(Side side, TcpState from, Event event) {
        int last = last(side);
        return last >= 0 && arrow(last).from() == from && arrow(last).event() == event;
    }

    /** Whether the last transition of {@code side} that stands is driven by this event. */
    public boolean endsBy(Side side, Event event) {
        int last = last(side);
        return last >= 0 && arrow(last).event() == event;
    }

    private int last(Side side) {
        int last = -1;
        for (int i = 0; i < size; i++) {
            last = side(i) == side && !revised(i) ? i : last;
        }
        return last;
    }

    /** The last {@code count} transitions of {@code side} that stand are no longer believed. */
    void revise(Side side, int count) {
        changes++;
        mark(side, count, REVISED);
    }

    /** The capture can't prove the last {@code count} transitions of {@code side} that stand. */
    void doubt(Side side, int count) {
        mark(side, count, UNCERTAIN);
    }

    /** The capture can't prove that an RST came, nor what that showed, if it is what ended the path of {@code side}. */
    void doubtReset(Side side) {
        int last = last(side);
        if (last < 0 || arrow(last).event() != Event.RCV_RST) {
            return;
        }
        for (int i = 0; i < size; i++) {
            if (side(i) == side && !revised(i) && frame(i) == frame(last)) {
                packed[2 * i] |= UNCERTAIN;
            }
        }
    }

    /** The capture can't prove what {@code side} did once it was in {@code state}, if it came there or began there. */
    void doubtBehind(Side side, TcpState state) {
        boolean behind = false;
        for (int i = 0; i < size; i++) {
            if (side(i) == side && !revised(i)) {
                behind |= arrow(i).from() == state;
                packed[2 * i] |= behind ? UNCERTAIN : 0;
            }
        }
    }

    /** The capture can't prove the transitions of {@code side} that stand, but for the first {@code certain} of them. */
    void doubtFrom(Side side, int certain) {
        int standing = 0;
        for (int i = 0; i < size; i++) {
            if (side(i) == side && !revised(i) && standing++ >= certain) {
                packed[2 * i] |= UNCERTAIN;
            }
        }
    }

    private void mark(Side side, int count, int mark) {
        int left = count;
        for (int i = size - 1; i >= 0 && left > 0; i--) {
            if (side(i) == side && !revised(i)) {
                packed[2 * i] |= mark;
                left--;
            }
        }
    }
}
