package tcpflowcheck.cluster;

import java.io.Serializable;

/**
 * Given: the records that begin in a range, if the first begins at {@code start}.
 *
 * @param start -1 if none was found
 * @param end where the first one behind the range begins
 * @param clock the greatest time of the frames, nanoseconds since the epoch
 * @param last what stands at {@code end}
 */
record Walked(long start, long end, long frames, long clock, Last last) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** What ended a walk. */
    enum Last {
        /** The record behind the range, or the end of the file. */
        BEHIND,
        /** What is no whole record: nothing is read behind that. */
        BROKEN,
        /** A record that says how those behind it are read. */
        DESCRIPTION
    }

    static final Walked NONE = new Walked(-1, -1, 0, Long.MIN_VALUE, Last.BEHIND);

    boolean breaks() {
        return last == Last.BROKEN;
    }

    boolean describes() {
        return last == Last.DESCRIPTION;
    }
}
