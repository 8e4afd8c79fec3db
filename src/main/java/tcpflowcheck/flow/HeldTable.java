package tcpflowcheck.flow;

import java.util.Arrays;

/**
 * The flows that are held, as records: found by their key, and listed by their stage, the longest silent first. One is at
 * hand at a time, and its fields from {@link #OWNERS} on are the owner's.
 */
final class HeldTable {
    static final int NONE = -1;

    /** The first of the owner's {@value #OWNERS_FIELDS} longs. */
    static final int OWNERS = 7;

    private static final int OWNERS_FIELDS = 3;

    private static final int ENTRY_BITS = 26;

    /** Below which numbers of records stay if there are no more than half as many. */
    private static final int MOST_NUMBERS = 1 << ENTRY_BITS;

    /** Records there can be. */
    static final int MOST = MOST_NUMBERS / 2;

    private static final int FIRST_HEADS = 1 << 8;

    // One record in longs.
    /** In the list of its stage, 32 bits each way. */
    private static final int LINKS = 0;
    /** The hash, and the next record of the same head. */
    private static final int CHAIN = 1;

    private static final int TOUCHED = 2;
    private static final int STREAM = 3;
    private static final int PORTS = 4;
    private static final int LOW_LOW = 5;
    private static final int HIGH_LOW = 6;
    private static final int IPV4_FIELDS = OWNERS + OWNERS_FIELDS;
    private static final int LOW_HIGH = IPV4_FIELDS;
    private static final int HIGH_HIGH = IPV4_FIELDS + 1;
    private static final int IPV6_FIELDS = IPV4_FIELDS + 2;

    /** The lowest bit of a record's number tells which. */
    private final LongRecords[] records = {new LongRecords(IPV4_FIELDS), new LongRecords(IPV6_FIELDS)};

    private final int[] oldest;
    private final int[] newest;
    private final int[] sizes;
    private int[] heads = new int[FIRST_HEADS];
    private int size;

    // the one at hand
    private int record;
    private long[] page;
    private int at;

    /** @param stages how many there are */
    HeldTable(int stages) {
        oldest = new int[stages];
        newest = new int[stages];
        sizes = new int[stages];
        Arrays.fill(heads, NONE);
        Arrays.fill(oldest, NONE);
        Arrays.fill(newest, NONE);
    }

    int size() {
        return size;
    }

    int size(int stage) {
        return sizes[stage];
    }

    /**
     * Adds one, and goes to it.
     *
     * @param now the clock of the capture, nanoseconds since the epoch, which never goes back
     */
    void add(FlowKey key, long stream, int stage, long now) {
        if (size == heads.length) {
            grow();
        }
        int version = isIpv6(key.ports) ? 1 : 0;
        go(records[version].take() << 1 | version);
        size++;
        int head = key.hash & heads.length - 1;
        page[at + CHAIN] = (long) key.hash << 32 | unsigned(heads[head]);
        heads[head] = record;
        page[at + STREAM] = stream;
        page[at + PORTS] = key.ports;
        page[at + LOW_LOW] = key.lowLow;
        page[at + HIGH_LOW] = key.highLow;
        if (version == 1) {
            page[at + LOW_HIGH] = key.lowHigh;
            page[at + HIGH_HIGH] = key.highHigh;
        }
        list(stage, now);
    }

    /** The one at hand has been silent until now, and is in this stage. */
    void move(int from, int to, long now) {
        unlist(from);
        list(to, now);
    }

    /** The one at hand goes. */
    void remove(int stage) {
        unlist(stage);
        unchain();
        records[record & 1].free(record >>> 1);
        size--;
    }

    // ---- the one at hand

    private void go(int record) {
        this.record = record;
        page = page(record);
        at = at(record);
    }

    /** Goes to the one of this key; false if there is none. */
    boolean find(FlowKey key) {
        for (int i = heads[key.hash & heads.length - 1]; i != NONE; i = (int) page[at + CHAIN]) {
            go(i);
            boolean matches = page[at + LOW_LOW] == key.lowLow
                    && page[at + HIGH_LOW] == key.highLow
                    && page[at + PORTS] == key.ports;
            if (matches && addressHigh(LOW_HIGH) == key.lowHigh && addressHigh(HIGH_HIGH) == key.highHigh) {
                return true;
            }
        }
        return false;
    }

    private long addressHigh(int field) {
        return isIpv6(page[at + PORTS]) ? page[at + field] : 0;
    }

    private static boolean isIpv6(long ports) {
        return ports >>> 32 == 6;
    }

    private long[] page(int record) {
        return records[record & 1].page(record >>> 1);
    }

    private int at(int record) {
        return records[record & 1].at(record >>> 1);
    }

    /** Goes to the one of a stage that has been silent longest; false if there is none. */
    boolean oldest(int stage) {
        if (oldest[stage] == NONE) {
            return false;
        }
        go(oldest[stage]);
        return true;
    }

    /** Goes to the one that has been silent next longest in the stage of the one at hand; false if there is none. */
    boolean following() {
        int next = after(record);
        if (next == NONE) {
            return false;
        }
        go(next);
        return true;
    }

    /** Goes to one that {@link #inOrder} gave. */
    void goOrdered(long ordered) {
        go((int) (ordered & MOST_NUMBERS - 1));
    }

    /** Where its fields are. */
    long[] page() {
        return page;
    }

    /** The first of its fields there. */
    int at() {
        return at;
    }

    long stream() {
        return page[at + STREAM];
    }

    /** The clock of the capture when it was added or last moved. */
    long touched() {
        return page[at + TOUCHED];
    }

    /** Sets the key to its. */
    void key(FlowKey key, boolean fromLow) {
        int hash = (int) (page[at + CHAIN] >>> 32);
        key.restore(
                addressHigh(LOW_HIGH),
                page[at + LOW_LOW],
                addressHigh(HIGH_HIGH),
                page[at + HIGH_LOW],
                page[at + PORTS],
                fromLow,
                hash);
    }

    /** All, in the order of their streams, for {@link #goOrdered}. */
    long[] inOrder() {
        long lowest = Long.MAX_VALUE;
        for (int list : oldest) {
            for (int each = list; each != NONE; each = after(each)) {
                lowest = Math.min(lowest, streamOf(each));
            }
        }
        long[] all = new long[size];
        int count = 0;
        for (int list : oldest) {
            for (int each = list; each != NONE; each = after(each)) {
                all[count++] = streamOf(each) - lowest << ENTRY_BITS | each;
            }
        }
        Arrays.sort(all);
        return all;
    }

    // ---- lists and chains

    private void list(int list, long now) {
        page[at + TOUCHED] = now;
        page[at + LINKS] = (long) newest[list] << 32 | unsigned(NONE);
        if (newest[list] == NONE) {
            oldest[list] = record;
        } else {
            link(newest[list], LINKS, record);
        }
        newest[list] = record;
        sizes[list]++;
    }

    private void unlist(int list) {
        int before = (int) (page[at + LINKS] >>> 32);
        int after = (int) page[at + LINKS];
        if (before == NONE) {
            oldest[list] = after;
        } else {
            link(before, LINKS, after);
        }
        if (after == NONE) {
            newest[list] = before;
        } else {
            long[] there = page(after);
            int links = at(after) + LINKS;
            there[links] = (long) before << 32 | unsigned((int) there[links]);
        }
        sizes[list]--;
    }

    private void unchain() {
        int head = (int) (page[at + CHAIN] >>> 32) & heads.length - 1;
        int next = (int) page[at + CHAIN];
        if (heads[head] == record) {
            heads[head] = next;
            return;
        }
        int before = heads[head];
        while ((int) page(before)[at(before) + CHAIN] != record) {
            before = (int) page(before)[at(before) + CHAIN];
        }
        link(before, CHAIN, next);
    }

    private void grow() {
        heads = new int[2 * heads.length];
        Arrays.fill(heads, NONE);
        for (int list : oldest) {
            for (int each = list; each != NONE; each = after(each)) {
                int head = (int) (page(each)[at(each) + CHAIN] >>> 32) & heads.length - 1;
                link(each, CHAIN, heads[head]);
                heads[head] = each;
            }
        }
    }

    /** Sets the low half of a field. */
    private void link(int record, int field, int to) {
        long[] there = page(record);
        int link = at(record) + field;
        there[link] = there[link] >>> 32 << 32 | unsigned(to);
    }

    private int after(int record) {
        return (int) page(record)[at(record) + LINKS];
    }

    private long streamOf(int record) {
        return page(record)[at(record) + STREAM];
    }

    private static long unsigned(int number) {
        return number & 0xffff_ffffL;
    }
}
