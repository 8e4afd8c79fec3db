package tcpflowcheck.report;

import java.util.Arrays;

/**
 * What Zeek's reassembler knows of one end's text, in numbers relative to its SYN: how far it goes without a hole, and
 * what lies beyond. A hole that is acknowledged is a gap.
 */
final class ZeekReassembly {
    /** {@code tcp_max_initial_window} and {@code tcp_max_above_hole_without_any_acks}, octets. */
    static final int MOST_UNACKNOWLEDGED = 16_384;

    /** {@code tcp_excessive_data_without_further_acks}, octets. */
    private static final long MOST_KEPT = 10 << 20;

    /** Pieces beyond holes; of more, the hole between the last two is forgotten. */
    private static final int MOST_PIECES = 64;

    private long next = 1;
    private long acknowledged = 1;
    private long[] begins = {};
    private long[] ends = {};
    private int pieces;
    private boolean skips;

    /**
     * Text leaves.
     *
     * @param unacknowledged whether none of the end's text was ever acknowledged
     * @param size octets that the end has sent
     */
    void sent(long from, int length, boolean unacknowledged, long size) {
        long end = from + length;
        if (skips || end <= acknowledged) {
            return;
        }
        if (end > next) {
            insert(Math.max(from, next), end);
            deliver();
            if (unacknowledged && size > MOST_UNACKNOWLEDGED) {
                acknowledged = Math.max(acknowledged, next);
            }
        }
        boolean farBeyond = unacknowledged && pieces > 0 && ends[pieces - 1] - next > MOST_UNACKNOWLEDGED;
        if (farBeyond || kept() > MOST_KEPT) {
            skips = true;
            pieces = 0;
        }
    }

    private long kept() {
        long kept = next - acknowledged;
        for (int i = 0; i < pieces; i++) {
            kept += ends[i] - begins[i];
        }
        return kept;
    }

    /**
     * The peer acknowledges all below {@code ack}.
     *
     * @param presumed whether the SYN was not seen, so that the first numbers are a guess
     * @return how many gaps that shows
     */
    int acknowledged(long ack, boolean presumed) {
        if (ack <= acknowledged) {
            return 0;
        }
        acknowledged = ack;
        if (ack <= next || (ack <= 2 && presumed)) {
            return 0;
        }
        int gaps = 0;
        while (!skips && pieces > 0 && begins[0] < ack) {
            gaps++;
            next = begins[0];
            deliver();
        }
        if (ack > next) {
            gaps += skips ? 0 : 1;
            next = ack;
        }
        deliver();
        return gaps;
    }

    /** Pieces without a hole in front of them are no pieces any more. */
    private void deliver() {
        int delivered = 0;
        while (delivered < pieces && begins[delivered] <= next) {
            next = Math.max(next, ends[delivered++]);
        }
        remove(0, delivered);
    }

    private void insert(long from, long to) {
        int first = 0;
        while (first < pieces && ends[first] < from) {
            first++;
        }
        int after = first;
        long begin = from;
        long end = to;
        for (; after < pieces && begins[after] <= to; after++) {
            begin = Math.min(begin, begins[after]);
            end = Math.max(end, ends[after]);
        }
        remove(first, after - first);
        if (pieces == begins.length) {
            begins = Arrays.copyOf(begins, Math.max(4, 2 * pieces));
            ends = Arrays.copyOf(ends, begins.length);
        }
        System.arraycopy(begins, first, begins, first + 1, pieces - first);
        System.arraycopy(ends, first, ends, first + 1, pieces - first);
        begins[first] = begin;
        ends[first] = end;
        if (++pieces > MOST_PIECES) {
            ends[pieces - 2] = ends[pieces - 1];
            pieces--;
        }
    }

    private void remove(int first, int count) {
        if (count > 0) {
            System.arraycopy(begins, first + count, begins, first, pieces - first - count);
            System.arraycopy(ends, first + count, ends, first, pieces - first - count);
            pieces -= count;
        }
    }
}
