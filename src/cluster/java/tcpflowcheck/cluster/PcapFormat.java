package tcpflowcheck.cluster;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import tcpflowcheck.cluster.Walked.Last;

/** Given: a pcap file. Its records are walked without looking into them. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PcapFormat(String path, long size, byte[] head, boolean bigEndian, int nanosPerUnit) implements RangeFormat {
    private static final long serialVersionUID = 1L;

    static final int FILE_HEADER = 24;
    private static final int RECORD_HEADER = 16;
    private static final int MOST_CAPTURED = 262_144;
    private static final int BUFFER = 1 << 20;

    /** Of the headers that most programs write; null of others. */
    static PcapFormat of(String path, long size, byte[] header) {
        ByteBuffer octets = ByteBuffer.wrap(header);
        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            int magic = octets.order(order).getInt(0);
            boolean usual = octets.getShort(4) == 2 && octets.getShort(6) == 4;
            if (usual && (magic == 0xa1b2c3d4 || magic == 0xa1b23c4d)) {
                int unit = magic == 0xa1b23c4d ? 1 : 1000;
                return new PcapFormat(path, size, header, order == ByteOrder.BIG_ENDIAN, unit);
            }
        }
        return null;
    }

    @Override
    public ByteOrder order() {
        return bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    @Override
    public long first() {
        return FILE_HEADER;
    }

    @Override
    public int alignment() {
        return 1;
    }

    @Override
    public int least() {
        return RECORD_HEADER;
    }

    @Override
    public int record(ByteBuffer octets, int at) {
        int captured = octets.getInt(at + 8);
        boolean plausible = captured > 0
                && captured <= MOST_CAPTURED
                && Integer.compareUnsigned(octets.getInt(at + 4), 1_000_000_000 / nanosPerUnit) < 0;
        return plausible ? RECORD_HEADER + captured : 0;
    }

    @Override
    public Walked walk(long start, long to, Configuration configuration) throws IOException {
        long at = start;
        long frames = 0;
        long clock = Long.MIN_VALUE;
        ByteBuffer header = ByteBuffer.allocate(RECORD_HEADER).order(order());
        try (FSDataInputStream file = Pieces.open(path, configuration)) {
            file.seek(start);
            InputStream in = new BufferedInputStream(file, BUFFER);
            while (at < to && at < size) {
                boolean whole = in.readNBytes(header.array(), 0, RECORD_HEADER) == RECORD_HEADER;
                int captured = whole ? header.getInt(8) : 0;
                boolean fits =
                        Integer.compareUnsigned(captured, MOST_CAPTURED) <= 0 && at + RECORD_HEADER + captured <= size;
                if (!whole || !fits) {
                    return new Walked(start, at, frames, clock, Last.BROKEN);
                }
                in.skipNBytes(captured);
                long time = (header.getInt(0) & 0xffff_ffffL) * 1_000_000_000
                        + (header.getInt(4) & 0xffff_ffffL) * nanosPerUnit;
                clock = Math.max(clock, time);
                at += RECORD_HEADER + captured;
                frames++;
            }
        }
        return new Walked(start, at, frames, clock, Last.BEHIND);
    }
}
