package tcpflowcheck.flow;

import java.util.Arrays;
import tcpflowcheck.wire.TcpSegment;

/**
 * The flows that began last, to be found by what two flows of one connection have in common where a NAT stands between
 * them: an end of one address and port. A flow is entered by its client's likely end (the higher port) alone, and by the
 * other end together with the client's port. Not more than {@value #MOST} flows are known, and of those with one end in
 * common the last {@value #DEPTH} are looked at. Nothing depends on how entries are mixed but what is forgotten.
 */
final class RecentEnds {
    private static final int MOST = 1 << 15;
    private static final int DEPTH = 4;
    private static final int FEWEST = 1 << 6;
    private static final int NONE = -1;

    /** Then all are forgotten, so that numbers are enough. */
    private static final int MOST_COUNTED = 1 << 29;

    // An entry in longs.
    private static final int TIME = FlowKey.LONGS;
    /** The first segment's sequence number, and what tells its copy from another: IP ID, or a part of its timestamp. */
    private static final int PRINT = TIME + 1;

    private static final int FIELDS = PRINT + 1;

    private long[] entries = new long[FEWEST * FIELDS];
    /** By the number of an entry, twice each: the one before with the same mix of its end. */
    private int[] before = new int[2 * FEWEST];

    private int[] last = new int[4 * FEWEST];
    private int count;

    // the search at hand
    private int at;
    private int steps;
    private int found;

    RecentEnds() {
        Arrays.fill(last, NONE);
    }

    /** A flow begins. */
    void add(FlowKey key, TcpSegment first) {
        int capacity = entries.length / FIELDS;
        if (count == MOST_COUNTED) {
            count = 0;
            Arrays.fill(last, NONE);
        }
        if (count == capacity && capacity < MOST) {
            grow();
        }
        int number = count++;
        int entry = place(number) * FIELDS;
        key.write(entries, entry);
        entries[entry + TIME] = first.time();
        entries[entry + PRINT] = print(first);
        enter(number);
    }

    /** Nothing of it is in the checksums, which a NAT changes. */
    private static long print(TcpSegment first) {
        int mark = first.options().timestamps() ? first.options().tsVal() : first.identification();
        return (long) first.seq() << 32 | (mark & 0xffff_ffffL);
    }

    private void grow() {
        int capacity = entries.length / FIELDS;
        entries = Arrays.copyOf(entries, 2 * entries.length);
        before = new int[4 * capacity];
        last = new int[8 * capacity];
        Arrays.fill(last, NONE);
        for (int number = 0; number < count; number++) {
            enter(number);
        }
    }

    private int place(int number) {
        return number & entries.length / FIELDS - 1;
    }

    private void enter(int number) {
        int entry = place(number) * FIELDS;
        int lowPort = (int) (entries[entry + 4] >>> 16) & 0xffff;
        int highPort = (int) entries[entry + 4] & 0xffff;
        boolean clientIsLow = lowPort >= highPort;
        link(number, 0, mix(entry, clientIsLow, clientIsLow ? lowPort : highPort, 0));
        link(number, 1, mix(entry, !clientIsLow, clientIsLow ? highPort : lowPort, clientIsLow ? lowPort : highPort));
    }

    private void link(int number, int which, int mixed) {
        before[2 * place(number) + which] = last[mixed];
        last[mixed] = 2 * number + which;
    }

    private int mix(int entry, boolean low, int port, int otherPort) {
        return mix(entries[entry + (low ? 0 : 2)], entries[entry + (low ? 1 : 3)], port, otherPort);
    }

    private int mix(long high, long low, int port, int otherPort) {
        long mixed = (low ^ high * 0x94D0_49BB_1331_11EBL ^ (long) port << 48 ^ (long) otherPort << 32)
                * 0x9E37_79B9_7F4A_7C15L;
        mixed ^= mixed >>> 29;
        mixed *= 0xBF58_476D_1CE4_E5B9L;
        return (int) (mixed >>> 32) & last.length - 1;
    }

    /** Begins a search for flows with an end in common with that of the key, by itself or with the other's port. */
    void search(FlowKey key, boolean low, boolean withOtherPort) {
        int lowPort = (int) (key.ports >>> 16) & 0xffff;
        int highPort = (int) key.ports & 0xffff;
        int other = withOtherPort ? low ? highPort : lowPort : 0;
        at = last[
                mix(low ? key.lowHigh : key.highHigh, low ? key.lowLow : key.highLow, low ? lowPort : highPort, other)];
        steps = DEPTH;
    }

    /** Sets {@code found} to the next flow, the youngest first; false if there is none. */
    boolean next(FlowKey found) {
        int number = at >>> 1;
        if (at == NONE || steps-- == 0 || count - number > entries.length / FIELDS) {
            return false;
        }
        int place = place(number);
        found.read(entries, place * FIELDS);
        this.found = place * FIELDS;
        at = before[2 * place + (at & 1)];
        return true;
    }

    /** Whether the flow that was found began with the same segment, but for its addresses, so short a time ago. */
    boolean beganWith(TcpSegment segment, long withinNanos) {
        long ago = segment.time() - entries[found + TIME];
        return entries[found + PRINT] == print(segment) && ago >= 0 && ago <= withinNanos;
    }
}
