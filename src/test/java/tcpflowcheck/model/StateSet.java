package tcpflowcheck.model;

import java.util.Arrays;

/** A growing set of states at rest, in the order in which they were added. */
final class StateSet {
    private static final int FIRST_SLOTS = 64;

    /** Larger tables are given up rather than cleared. */
    private static final int SLOTS_KEPT = 1 << 15;

    private long[] states = new long[FIRST_SLOTS / 2 * ModelState.LONGS];
    private int[] slots = new int[FIRST_SLOTS];
    private int size;

    int size() {
        return size;
    }

    void clear() {
        if (slots.length > SLOTS_KEPT) {
            slots = new int[FIRST_SLOTS];
            states = new long[FIRST_SLOTS / 2 * ModelState.LONGS];
        } else {
            Arrays.fill(slots, 0);
        }
        size = 0;
    }

    void load(int index, ModelState into) {
        into.load(states, index * ModelState.LONGS);
    }

    /** The path of an end in the state at an index. */
    long path(int index, int end) {
        return states[index * ModelState.LONGS + end];
    }

    /** Adds it unless it is there. */
    void add(ModelState state) {
        int at = size * ModelState.LONGS;
        if (at == states.length) {
            states = Arrays.copyOf(states, 2 * states.length);
        }
        state.store(states, at);
        int slot = slotOf(at);
        if (slots[slot] != 0) {
            return;
        }
        slots[slot] = ++size;
        if (2 * size > slots.length) {
            grow();
        }
    }

    private int slotOf(int at) {
        int slot = hash(at) & slots.length - 1;
        while (slots[slot] != 0 && !same(at, (slots[slot] - 1) * ModelState.LONGS)) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private boolean same(int one, int other) {
        return Arrays.equals(states, one, one + ModelState.LONGS, states, other, other + ModelState.LONGS);
    }

    private int hash(int at) {
        long hash = 0x9e37_79b9_7f4a_7c15L;
        for (int i = 0; i < ModelState.LONGS; i++) {
            hash = (hash ^ states[at + i]) * 0xff51_afd7_ed55_8ccdL;
            hash ^= hash >>> 32;
        }
        return (int) hash;
    }

    private void grow() {
        slots = new int[2 * slots.length];
        for (int i = 0; i < size; i++) {
            slots[slotOf(i * ModelState.LONGS)] = i + 1;
        }
    }
}
