package tcpflowcheck.model;

import java.util.Arrays;
import java.util.StringJoiner;

/**
 * Lent: the pairs of both ends' paths that can have made a capture, each once, with the least cost of any history that
 * has it: losses, duplicates, swaps, spurious retransmissions and connections lost without a segment.
 */
final class TruePaths {
    private static final int FIRST_SLOTS = 32;

    private long[] first = new long[FIRST_SLOTS / 2];
    private long[] second = new long[FIRST_SLOTS / 2];
    private int[] costs = new int[FIRST_SLOTS / 2];
    private int[] slots = new int[FIRST_SLOTS];
    private int size;

    void clear() {
        size = 0;
        Arrays.fill(slots, 0);
    }

    void add(ModelState state) {
        add(state.ends[0].path, state.ends[1].path, state.faults + state.spurious + state.lost);
    }

    void add(long one, long two, int cost) {
        int slot = slotOf(one, two);
        if (slots[slot] != 0) {
            costs[slots[slot] - 1] = Math.min(costs[slots[slot] - 1], cost);
            return;
        }
        if (size == first.length) {
            grow();
            slot = slotOf(one, two);
        }
        first[size] = one;
        second[size] = two;
        costs[size] = cost;
        slots[slot] = ++size;
    }

    private int slotOf(long one, long two) {
        long hash = (one * 0x9e37_79b9_7f4a_7c15L ^ two) * 0xff51_afd7_ed55_8ccdL;
        int slot = (int) (hash >>> 40) & slots.length - 1;
        while (slots[slot] != 0 && (first[slots[slot] - 1] != one || second[slots[slot] - 1] != two)) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private void grow() {
        first = Arrays.copyOf(first, 2 * size);
        second = Arrays.copyOf(second, 2 * size);
        costs = Arrays.copyOf(costs, 2 * size);
        slots = new int[4 * size];
        for (int i = 0; i < size; i++) {
            slots[slotOf(first[i], second[i])] = i + 1;
        }
    }

    int size() {
        return size;
    }

    long path(int index, int end) {
        return end == 0 ? first[index] : second[index];
    }

    int cost(int index) {
        return costs[index];
    }

    int leastCost() {
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < size; i++) {
            least = Math.min(least, costs[i]);
        }
        return least;
    }

    /** The paths of one end, each with its least cost, as text: what costs more than the least is marked {@code +1}. */
    String text(int end) {
        int least = leastCost();
        StringJoiner text = new StringJoiner("; ");
        for (int i = 0; i < size; i++) {
            if (isFirstOf(i, end)) {
                int more = costOf(path(i, end), end) - least;
                text.add(Paths.text(path(i, end)) + (more > 0 ? " (+" + more + ")" : ""));
            }
        }
        return text.toString();
    }

    private boolean isFirstOf(int index, int end) {
        for (int i = 0; i < index; i++) {
            if (path(i, end) == path(index, end)) {
                return false;
            }
        }
        return true;
    }

    /** The least cost of a path of one end, -1 if it can't be. */
    int costOf(long path, int end) {
        int least = -1;
        for (int i = 0; i < size; i++) {
            if (path(i, end) == path && (least < 0 || costs[i] < least)) {
                least = costs[i];
            }
        }
        return least;
    }
}
