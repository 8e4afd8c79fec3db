package tcpflowcheck.flow;

import java.util.Arrays;

/**
 * The flows that are held, as records: found by their key, and listed by their stage, the longest silent first. Where
 * few are ever looked for, a segment leaves a flow in its place, and who looks for the longest silent puts behind what has been
 * touched since. One is at hand at a time, and its fields from {@link #OWNERS} on are a {@link HeldRecord}.
 */
final class HeldTable {
    static final int NONE = -1;

    /** The first of the longs of its {@link HeldRecord}. */
    static final int OWNERS = 7;

    private static final int OWNERS_FIELDS = HeldRecord.LONGS;

    private static final int ENTRY_BITS = 26;

    /** Below which numbers of records stay if there are no more than half as many. */
    private static final int MOST_NUMBERS = 1 << ENTRY_BITS;

    /** Records there can be. */
    static final int MOST = MOST_NUMBERS / 2;

    // One record in longs.
    /** In the list of its stage, 32 bits each way. */
    private static final int LINKS = 0;

    private static final int TOUCHED = 1;
    /** The clock of the capture when it came to its place in the list; it may have been touched since. */
    private static final int LISTED = 2;

    private static final int STREAM = 3;
    /** The stream of a record that is free. */
    private static final long FREE = -1;

    /** The hash, and the lower end's port and the higher end's, 16 bits each. */
    private static final int PORTS = 4;

    private static final int LOW_LOW = 5;
    private static final int HIGH_LOW = 6;
    private static final int IPV4_FIELDS = OWNERS + OWNERS_FIELDS;
    private static final int LOW_HIGH = IPV4_FIELDS;
    private static final int HIGH_HIGH = IPV4_FIELDS + 1;
    private static final int IPV6_FIELDS = IPV4_FIELDS + 2;

    private static final int HASH_SHIFT = 32;
    private static final int MOST_STEPS = 64;

    /** The lowest bit of a record's number tells which: IPv4 or IPv6. */
    private final LongRecords[] records = {new LongRecords(IPV4_FIELDS), new LongRecords(IPV6_FIELDS)};

    private final int[] oldest;
    private final int[] newest;
    /** The oldest of a stage of those that have not been silent for long. */
    private final int[] lively;

    private final int[] sizes;
    private final HashSlots slots = new HashSlots();
    private int size;

    // the one at hand
    private int record;
    private long[] page = {};
    private int at;

    /** @param stages how many there are */
    HeldTable(int stages) {
        oldest = new int[stages];
        newest = new int[stages];
        lively = new int[stages];
        sizes = new int[stages];
        Arrays.fill(oldest, NONE);
        Arrays.fill(newest, NONE);
        Arrays.fill(lively, NONE);
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
        int six = isIpv6(key) ? 1 : 0;
        go(records[six].take() << 1 | six);
        size++;
        slots.add(key.hash, record);
        page[at + STREAM] = stream;
        page[at + PORTS] = ports(key);
        page[at + LOW_LOW] = key.lowLow;
        page[at + HIGH_LOW] = key.highLow;
        if (six == 1) {
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

    /** The one at hand has been silent until now, and stays where it is listed. */
    void touch(long now) {
        page[at + TOUCHED] = now;
    }

    /** The one at hand goes, which was taken out of its list. */
    void drop() {
        slots.remove(hash(), record);
        page[at + STREAM] = FREE;
        records[record & 1].free(record >>> 1);
        size--;
    }

    // ---- the one at hand

    /** Goes to the one of this number. */
    void go(int record) {
        this.record = record;
        page = page(record);
        at = at(record);
    }

    /** Goes to the one of this key; false if there is none. */
    boolean find(FlowKey key) {
        for (int slot = slots.first(key.hash); slot != HashSlots.NONE; slot = slots.next(slot, key.hash)) {
            go(slots.number(slot));
            if (matches(key)) {
                return true;
            }
        }
        return false;
    }

    private boolean matches(FlowKey key) {
        return page[at + LOW_LOW] == key.lowLow
                && page[at + HIGH_LOW] == key.highLow
                && page[at + PORTS] == ports(key)
                && isIpv6() == isIpv6(key)
                && addressHigh(LOW_HIGH) == key.lowHigh
                && addressHigh(HIGH_HIGH) == key.highHigh;
    }

    private static long ports(FlowKey key) {
        return (long) key.hash << HASH_SHIFT | unsigned((int) key.ports);
    }

    private static boolean isIpv6(FlowKey key) {
        return key.ports >>> 32 == 6;
    }

    private boolean isIpv6() {
        return (record & 1) != 0;
    }

    private long addressHigh(int field) {
        return isIpv6() ? page[at + field] : 0;
    }

    private int hash() {
        return (int) (page[at + PORTS] >>> HASH_SHIFT);
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
        while (page[at + LISTED] < touched()) {
            relist(stage);
            go(oldest[stage]);
        }
        return true;
    }

    /** Goes to one of a stage that has been silent since {@code time}, and was not passed since; false if there is none. */
    boolean silent(int stage, long time) {
        while (lively[stage] != NONE) {
            go(lively[stage]);
            if (page[at + LISTED] > time) {
                return false;
            }
            if (touched() <= time) {
                return true;
            }
            relist(stage);
        }
        return false;
    }

    /**
     * The one at hand goes to where it belongs since it was touched last, or where that is far from the newest, no further
     * than {@link #MOST_STEPS}: as much too late as it is silent longer than those.
     */
    private void relist(int stage) {
        long touched = touched();
        unlist(stage);
        int before = newest[stage];
        for (int steps = 0; steps < MOST_STEPS && before != NONE && listed(before) > touched; steps++) {
            before = before(before);
        }
        insert(stage, before, before == NONE ? touched : Math.max(touched, listed(before)));
    }

    /** The one at hand, which {@link #silent} has found, is passed. */
    void pass(int stage) {
        lively[stage] = (int) page[at + LINKS];
    }

    /** Goes to one that {@link #inOrder} gave. */
    void goOrdered(long ordered) {
        go((int) (ordered & MOST_NUMBERS - 1));
    }

    /** The number of the one at hand. */
    int record() {
        return record;
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
        key.restore(
                addressHigh(LOW_HIGH),
                page[at + LOW_LOW],
                addressHigh(HIGH_HIGH),
                page[at + HIGH_LOW],
                (isIpv6() ? 6L : 4L) << 32 | unsigned((int) page[at + PORTS]),
                fromLow,
                hash());
    }

    /** All, in the order of their streams, for {@link #goOrdered}. They are read as they lie in memory, mostly in that order. */
    long[] inOrder() {
        long lowest = Long.MAX_VALUE;
        for (int each = 0; each < end(); each++) {
            lowest = isThere(each) ? Math.min(lowest, streamOf(each)) : lowest;
        }
        long[] all = new long[size];
        int count = 0;
        for (int each = 0; each < end(); each++) {
            if (isThere(each)) {
                all[count++] = (streamOf(each) - lowest) << ENTRY_BITS | each;
            }
        }
        Arrays.sort(all);
        return all;
    }

    /** Above all numbers of records. */
    private int end() {
        return 2 * Math.max(records[0].taken(), records[1].taken());
    }

    private boolean isThere(int record) {
        return record >>> 1 < records[record & 1].taken() && streamOf(record) != FREE;
    }

    // ---- lists and chains

    private void list(int list, long now) {
        page[at + TOUCHED] = now;
        insert(list, newest[list], now);
    }

    /** Puts the one at hand behind another, or first. */
    private void insert(int list, int before, long listed) {
        int after = before == NONE ? oldest[list] : after(before);
        page[at + LISTED] = listed;
        page[at + LINKS] = (long) before << 32 | unsigned(after);
        if (before == NONE) {
            oldest[list] = record;
        } else {
            link(before, LINKS, record);
        }
        if (after == NONE) {
            newest[list] = record;
        } else {
            linkBack(after, record);
        }
        lively[list] = lively[list] == NONE || lively[list] == after ? record : lively[list];
        sizes[list]++;
    }

    /** Takes the one at hand out of the list of its stage. */
    void unlist(int list) {
        int before = (int) (page[at + LINKS] >>> 32);
        int after = (int) page[at + LINKS];
        lively[list] = lively[list] == record ? after : lively[list];
        if (before == NONE) {
            oldest[list] = after;
        } else {
            link(before, LINKS, after);
        }
        if (after == NONE) {
            newest[list] = before;
        } else {
            linkBack(after, before);
        }
        sizes[list]--;
    }

    /** Sets the high half of a record's links. */
    private void linkBack(int record, int to) {
        long[] there = page(record);
        int links = at(record) + LINKS;
        there[links] = (long) to << 32 | unsigned((int) there[links]);
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

    private int before(int record) {
        return (int) (page(record)[at(record) + LINKS] >>> 32);
    }

    private long listed(int record) {
        return page(record)[at(record) + LISTED];
    }

    private long streamOf(int record) {
        return page(record)[at(record) + STREAM];
    }

    private static long unsigned(int number) {
        return number & 0xffff_ffffL;
    }
}
