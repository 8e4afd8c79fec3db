package tcpflowcheck.cluster;

import java.io.Serializable;

/**
 * Given: where a frame stands in the order of all captures merged by time.
 *
 * @param clock the greatest time of the file so far, nanoseconds since the epoch: by that files are merged
 * @param at the file, and the frame's number in it
 */
record Place(long clock, long at) implements Serializable, Comparable<Place> {
    private static final long serialVersionUID = 1L;

    /** A file's frames are numbered in so many bits. */
    private static final int NUMBER_BITS = 40;

    static final int MOST_FILES = 1 << 23;

    static final Place FIRST = new Place(Long.MIN_VALUE, 0);
    static final Place LAST = new Place(Long.MAX_VALUE, Long.MAX_VALUE);

    static long at(int file, long number) {
        return ((long) file << NUMBER_BITS) | number;
    }

    static int file(long at) {
        return (int) (at >>> NUMBER_BITS);
    }

    static long number(long at) {
        return at & ((1L << NUMBER_BITS) - 1);
    }

    @Override
    public int compareTo(Place other) {
        return compare(clock, at, other.clock, other.at);
    }

    static int compare(long clock, long at, long otherClock, long otherAt) {
        int byClock = Long.compare(clock, otherClock);
        return byClock != 0 ? byClock : Long.compare(at, otherAt);
    }
}
