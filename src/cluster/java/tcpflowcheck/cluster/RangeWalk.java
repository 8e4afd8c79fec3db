package tcpflowcheck.cluster;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;

/** Finds records from the middle of a file on, and walks from one to the next. */
final class RangeWalk {
    /** Where a range's first record is looked for: one that is not begun there is longer than any. */
    private static final int WINDOW = 4 << 20;

    /** No record with a packet is longer by much. */
    private static final int MOST_SEARCHED = 262_144 + 16;

    private static final int CHAIN = 8;

    private final RangeFormat format;
    private final Configuration configuration;

    RangeWalk(RangeFormat format, Configuration configuration) {
        this.format = format;
        this.configuration = configuration;
    }

    /** Guesses where the first record of a range begins, and walks from there. */
    Walked guess(long from, long to) throws IOException {
        long start = from <= format.first() ? format.first() : start(from);
        return start < 0 ? Walked.NONE : walk(start, to);
    }

    private long start(long from) throws IOException {
        int alignment = format.alignment();
        long first = (from + alignment - 1) / alignment * alignment;
        byte[] window = new byte[(int) Math.min(WINDOW, Math.max(format.size() - first, 0))];
        try (FSDataInputStream in = Pieces.open(format.path(), configuration)) {
            in.readFully(first, window);
        }
        ByteBuffer octets = ByteBuffer.wrap(window).order(format.order());
        boolean toTheEnd = first + window.length == format.size();
        for (int at = 0; at + format.least() <= window.length && at <= MOST_SEARCHED; at += alignment) {
            if (isChain(octets, at, toTheEnd)) {
                return first + at;
            }
        }
        return -1;
    }

    private boolean isChain(ByteBuffer octets, int start, boolean toTheEnd) {
        int at = start;
        for (int i = 0; i < CHAIN; i++) {
            if (at == octets.limit()) {
                return toTheEnd;
            }
            if (at + format.least() > octets.limit()) {
                return !toTheEnd && i > 0;
            }
            int length = format.record(octets, at);
            if (length == 0) {
                return false;
            }
            at += length;
        }
        return true;
    }

    /** Walks from a record to the first that begins at or behind {@code to}. */
    Walked walk(long start, long to) throws IOException {
        return format.walk(start, to, configuration);
    }
}
