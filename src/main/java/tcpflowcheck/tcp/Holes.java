package tcpflowcheck.tcp;

import tcpflowcheck.wire.SeqNumber;

/** Ranges of sequence numbers that one end has sent and the capture does not hold; the oldest are only counted. */
final class Holes {
    private static final int MOST = 16;

    private final int[] begins = new int[MOST];
    private final int[] ends = new int[MOST];
    private int size;
    private long counted;

    /** Nothing from {@code begin} up to {@code end} was captured; what was known to lack of it is not counted twice. */
    void open(int begin, int end) {
        fill(begin, end);
        add(begin, end);
    }

    private void add(int begin, int end) {
        if (size == MOST) {
            counted += ends[0] - begins[0];
            remove(0);
        }
        begins[size] = begin;
        ends[size++] = end;
    }

    /** What lies from {@code begin} up to {@code end} is there after all. */
    void fill(int begin, int end) {
        for (int i = size - 1; i >= 0; i--) {
            if (!SeqNumber.overlaps(begin, end, begins[i], ends[i])) {
                continue;
            }
            int from = begins[i];
            int to = ends[i];
            remove(i);
            if (SeqNumber.lt(end, to)) {
                add(end, to);
            }
            if (SeqNumber.gt(begin, from)) {
                add(from, begin);
            }
        }
    }

    /** Octets of the holes that lie from {@code from} up to {@code to}. */
    int octets(int from, int to) {
        int octets = 0;
        for (int i = 0; i < size; i++) {
            int begin = SeqNumber.max(begins[i], from);
            int end = SeqNumber.min(ends[i], to);
            octets += Math.max(end - begin, 0);
        }
        return octets;
    }

    /** Whether one begins from {@code from} on and in front of {@code to}. */
    boolean begins(int from, int to) {
        for (int i = 0; i < size; i++) {
            if (SeqNumber.within(from, begins[i], to)) {
                return true;
            }
        }
        return false;
    }

    /** Octets in all holes. */
    long octets() {
        long octets = counted;
        for (int i = 0; i < size; i++) {
            octets += ends[i] - begins[i];
        }
        return octets;
    }

    private void remove(int index) {
        size--;
        System.arraycopy(begins, index + 1, begins, index, size - index);
        System.arraycopy(ends, index + 1, ends, index, size - index);
    }
}
