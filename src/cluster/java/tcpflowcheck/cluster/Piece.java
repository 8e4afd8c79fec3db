package tcpflowcheck.cluster;

import java.io.Serializable;

/**
 * Given: a file that a task reads, or a range of one that is a chain of records.
 *
 * @param file its number in the order of the command line
 * @param name as messages give it
 * @param head what a range is read behind; nothing if it begins with the file
 * @param from the octet of the range's first record; 0 if it begins with the file
 * @param to the octet after its last record, or {@link #TO_THE_END}
 * @param frames that come before it
 * @param clock the greatest time before it, {@link Long#MIN_VALUE} if it is the first
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Piece(int file, String name, String path, byte[] head, long from, long to, long frames, long clock)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    static final long TO_THE_END = Long.MAX_VALUE;

    static Piece whole(int file, String name, String path) {
        return new Piece(file, name, path, new byte[0], 0, TO_THE_END, 0, Long.MIN_VALUE);
    }

    /** Whether its octets and frames are numbered as those of the file. */
    boolean beginsTheFile() {
        return from == 0;
    }
}
