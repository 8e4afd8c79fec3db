package tcpflowcheck.flow;

/**
 * Numbers of records by the hash of their keys: open addressing, at most half full. The hash stands beside the number, so
 * that to find that there is none, or which slot a number has, no record is fetched from memory.
 */
final class HashSlots {
    static final int NONE = -1;

    private static final int FIRST_CAPACITY = 1 << 8;
    private static final int HASH_SHIFT = 32;

    /** The hash above the number plus one; 0 where there is none. */
    private long[] slots = new long[FIRST_CAPACITY];

    private int size;

    /** @param number from 0 */
    void add(int hash, int number) {
        if (2 * ++size > slots.length) {
            grow();
        }
        put((long) hash << HASH_SHIFT | number + 1);
    }

    private void put(long slot) {
        int at = home(slot);
        while (slots[at] != 0) {
            at = after(at);
        }
        slots[at] = slot;
    }

    private void grow() {
        long[] before = slots;
        slots = new long[2 * before.length];
        for (long slot : before) {
            if (slot != 0) {
                put(slot);
            }
        }
    }

    private int home(long slot) {
        return (int) (slot >>> HASH_SHIFT) & slots.length - 1;
    }

    private int after(int at) {
        return at + 1 & slots.length - 1;
    }

    /** The first slot of a hash, or {@link #NONE}. */
    int first(int hash) {
        return from(hash & slots.length - 1, hash);
    }

    /** The next slot of the same hash, or {@link #NONE}. */
    int next(int slot, int hash) {
        return from(after(slot), hash);
    }

    private int from(int slot, int hash) {
        int at = slot;
        while (slots[at] != 0) {
            if ((int) (slots[at] >>> HASH_SHIFT) == hash) {
                return at;
            }
            at = after(at);
        }
        return NONE;
    }

    int number(int slot) {
        return (int) slots[slot] - 1;
    }

    /** Removes a number that is there; slots are good no longer. */
    void remove(int hash, int number) {
        int empty = first(hash);
        while (number(empty) != number) {
            empty = next(empty, hash);
        }
        // What lies behind moves up, unless that would be before its home.
        for (int at = after(empty); slots[at] != 0; at = after(at)) {
            int fromHome = at - home(slots[at]) & slots.length - 1;
            int fromEmpty = at - empty & slots.length - 1;
            if (fromHome >= fromEmpty) {
                slots[empty] = slots[at];
                empty = at;
            }
        }
        slots[empty] = 0;
        size--;
    }
}
