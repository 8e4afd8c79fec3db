package tcpflowcheck.flow;

import java.util.Arrays;

/**
 * Entries of a few longs each, found by their hash. None is taken out before all are; to learn that there is none of a
 * hash mostly takes a look at one bit, so that it stays cheap when the entries themselves are not in the cache.
 */
final class RemainsTable {
    static final int NONE = -1;

    private static final int FIRST_CAPACITY = 1 << 8;

    /** Bits for each entry there is room for: of the hashes that are not there one in sixteen looks as if it were. */
    private static final int BITS = 16;

    private final int fields;
    private int capacity = FIRST_CAPACITY;
    private long[] entries;
    private int[] hashes;
    private int[] chain;
    private int[] heads;
    private long[] bits;
    private int size;

    /** @param fields longs of an entry */
    RemainsTable(int fields) {
        this.fields = fields;
        entries = new long[capacity * fields];
        hashes = new int[capacity];
        chain = new int[capacity];
        index();
    }

    private void index() {
        heads = new int[capacity];
        Arrays.fill(heads, NONE);
        bits = new long[capacity * BITS / Long.SIZE];
    }

    int size() {
        return size;
    }

    /** Where the fields of all entries are. */
    long[] entries() {
        return entries;
    }

    /** Adds an entry of whatever it held before; gives its number, from 0. */
    int add(int hash) {
        if (size == capacity) {
            grow();
        }
        hashes[size] = hash;
        link(size);
        return size++;
    }

    private void link(int entry) {
        int hash = hashes[entry];
        int head = hash & capacity - 1;
        chain[entry] = heads[head];
        heads[head] = entry;
        bits[word(hash)] |= 1L << hash;
    }

    /** The bit in it is of the lowest bits of the hash. */
    private int word(int hash) {
        return hash >>> 6 & bits.length - 1;
    }

    private void grow() {
        capacity *= 2;
        entries = Arrays.copyOf(entries, capacity * fields);
        hashes = Arrays.copyOf(hashes, capacity);
        chain = Arrays.copyOf(chain, capacity);
        index();
        for (int entry = 0; entry < size; entry++) {
            link(entry);
        }
    }

    /** The last entry added of those that may have this hash, or {@link #NONE}. */
    int last(int hash) {
        return (bits[word(hash)] & 1L << hash) == 0 ? NONE : heads[hash & capacity - 1];
    }

    /** The one added before, or {@link #NONE}. */
    int before(int entry) {
        return chain[entry];
    }

    /** Takes all out. */
    void clear() {
        size = 0;
        Arrays.fill(heads, NONE);
        Arrays.fill(bits, 0);
    }
}
