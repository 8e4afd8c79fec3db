package tcpflowcheck.cluster;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;

/** Walks from record to record of a pcap file without looking into them. */
final class RangeWalk {
    private static final int RECORD_HEADER = 16;
    private static final int MOST_CAPTURED = 262_144;
    private static final int BUFFER = 1 << 20;
    /** Where a range's first record is looked for: one that is not begun there is longer than any. */
    private static final int WINDOW = 4 << 20;

    private static final int CHAIN = 8;

    /**
     * Given: how records are written in a file.
     *
     * @param size octets of the file
     */
    record Format(String path, long size, boolean bigEndian, int nanosPerUnit) implements Serializable {
        private static final long serialVersionUID = 1L;

        /** Of the headers of pcap files that most programs write; null of others, which are read as a whole. */
        static Format of(String path, long size, byte[] header) {
            ByteBuffer octets = ByteBuffer.wrap(header);
            for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
                int magic = octets.order(order).getInt(0);
                boolean usual = octets.getShort(4) == 2 && octets.getShort(6) == 4;
                if (usual && (magic == 0xa1b2c3d4 || magic == 0xa1b23c4d)) {
                    int unit = magic == 0xa1b23c4d ? 1 : 1000;
                    return new Format(path, size, order == ByteOrder.BIG_ENDIAN, unit);
                }
            }
            return null;
        }

        private ByteOrder order() {
            return bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        }
    }

    /**
     * Given: the records that begin in a range, if the first begins at {@code start}.
     *
     * @param start -1 if none was found
     * @param end where the first one behind the range begins
     * @param clock the greatest of their times, nanoseconds since the epoch
     * @param lastTime of the last one
     * @param breaks whether what stands at {@code end} is no whole record
     */
    record Walked(long start, long end, long frames, long clock, long lastTime, boolean breaks)
            implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    private final Format format;
    private final Configuration configuration;

    RangeWalk(Format format, Configuration configuration) {
        this.format = format;
        this.configuration = configuration;
    }

    /** Guesses where the first record of a range begins, and walks from there. */
    Walked guess(long from, long to) throws IOException {
        long start = from == Pieces.FILE_HEADER ? from : start(from);
        return start < 0 ? new Walked(-1, -1, 0, Long.MIN_VALUE, 0, false) : walk(start, to);
    }

    private long start(long from) throws IOException {
        byte[] window = new byte[(int) Math.min(WINDOW, format.size() - from)];
        try (FSDataInputStream in = Pieces.open(format.path(), configuration)) {
            in.readFully(from, window);
        }
        ByteBuffer octets = ByteBuffer.wrap(window).order(format.order());
        boolean toTheEnd = from + window.length == format.size();
        for (int at = 0; at + RECORD_HEADER <= window.length && at <= MOST_CAPTURED + RECORD_HEADER; at++) {
            if (isChain(octets, at, toTheEnd)) {
                return from + at;
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
            if (at + RECORD_HEADER > octets.limit()) {
                return !toTheEnd && i > 0;
            }
            int captured = octets.getInt(at + 8);
            boolean plausible = captured > 0
                    && captured <= MOST_CAPTURED
                    && Integer.compareUnsigned(octets.getInt(at + 4), 1_000_000_000 / format.nanosPerUnit()) < 0;
            if (!plausible) {
                return false;
            }
            at += RECORD_HEADER + captured;
        }
        return true;
    }

    /** Walks from a record to the first that begins at or behind {@code to}. */
    Walked walk(long start, long to) throws IOException {
        long at = start;
        long frames = 0;
        long clock = Long.MIN_VALUE;
        long last = Long.MIN_VALUE;
        ByteBuffer header = ByteBuffer.allocate(RECORD_HEADER).order(format.order());
        try (FSDataInputStream file = Pieces.open(format.path(), configuration)) {
            file.seek(start);
            InputStream in = new BufferedInputStream(file, BUFFER);
            while (at < to && at < format.size()) {
                boolean whole = in.readNBytes(header.array(), 0, RECORD_HEADER) == RECORD_HEADER;
                int captured = whole ? header.getInt(8) : 0;
                boolean fits = Integer.compareUnsigned(captured, MOST_CAPTURED) <= 0
                        && at + RECORD_HEADER + captured <= format.size();
                if (!whole || !fits) {
                    return new Walked(start, at, frames, clock, last, true);
                }
                in.skipNBytes(captured);
                last = (header.getInt(0) & 0xffff_ffffL) * 1_000_000_000
                        + (header.getInt(4) & 0xffff_ffffL) * format.nanosPerUnit();
                clock = Math.max(clock, last);
                at += RECORD_HEADER + captured;
                frames++;
            }
        }
        return new Walked(start, at, frames, clock, last, false);
    }
}
