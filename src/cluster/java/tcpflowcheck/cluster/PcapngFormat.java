package tcpflowcheck.cluster;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import tcpflowcheck.capture.CaptureException;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.capture.PcapngWalk;
import tcpflowcheck.capture.PcapngWalk.Block;
import tcpflowcheck.cluster.Walked.Last;

/**
 * Given: a pcapng file whose first packet stands behind the description of an interface. As long as no other section begins
 * and no other interface is described, that is all that its packets are read by.
 *
 * @param head the section header block and the interface description blocks
 * @param first the octet of the first packet's block
 * @param interfaces that are described
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PcapngFormat(String path, long size, byte[] head, long first, int interfaces, boolean bigEndian)
        implements RangeFormat {
    private static final long serialVersionUID = 1L;

    /** The same in both byte orders. */
    static final int SECTION_HEADER = 0x0a0d0d0a;

    private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
    /** Octets of the head, which goes with each range. */
    private static final int MOST_HEAD = 64 << 10;
    /** Octets before the first packet, which the driver reads. */
    private static final int MOST_BEFORE = 16 << 20;

    /** Octets of a block without a body, of a simple packet block without a packet, and of others with one. */
    private static final int LEAST = 12;

    private static final int LEAST_SIMPLE = 16;
    private static final int LEAST_PACKET = 32;
    /** Of a packet block in front of the packet. */
    private static final int PACKET_HEADER = 28;

    private static final int MOST_CAPTURED = 262_144;
    /** A packet and its options. */
    private static final int MOST = MOST_CAPTURED + (64 << 10);

    /** Null if packets begin too far behind, or what is before them can't be read. */
    static PcapngFormat of(String path, long size, FSDataInputStream in) throws IOException {
        ReadErrors reading = new ReadErrors(in);
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        Frame frame = new Frame();
        try {
            PcapngWalk walk = new PcapngWalk(path, reading);
            long at = 0;
            Block block = Block.SECTION_HEADER;
            while (block != Block.PACKET) {
                boolean another = block == Block.SECTION_HEADER && at > 0;
                boolean far = walk.octet() > MOST_BEFORE || head.size() > MOST_HEAD;
                if (block == Block.END || another || far) {
                    return null;
                }
                if (block != Block.OTHER) {
                    byte[] octets = new byte[(int) (walk.octet() - at)];
                    in.readFully(at, octets);
                    head.write(octets);
                }
                at = walk.octet();
                block = walk.next(frame);
            }
            byte[] octets = head.toByteArray();
            boolean bigEndian = ByteBuffer.wrap(octets).getInt(8) == BYTE_ORDER_MAGIC;
            return new PcapngFormat(path, size, octets, at, walk.interfaces(), bigEndian);
        } catch (CaptureException wrong) {
            reading.rethrow();
            return null;
        }
    }

    @Override
    public ByteOrder order() {
        return bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    @Override
    public int alignment() {
        return 4;
    }

    @Override
    public int least() {
        return LEAST;
    }

    @Override
    public int record(ByteBuffer octets, int at) {
        int claimed = octets.getInt(at + 4);
        if (claimed < LEAST || claimed > MOST) {
            return 0;
        }
        int length = claimed + 3 & ~3; // as it is read: some writers don't round up
        int trailer = at + length - 4;
        boolean again = trailer + 4 > octets.limit() || octets.getInt(trailer) == claimed;
        return again && isKnown(octets, at, length) ? length : 0;
    }

    private boolean isKnown(ByteBuffer octets, int at, int length) {
        return switch (octets.getInt(at)) {
            case 6 -> isPacket(octets, at, length, octets.getInt(at + 8));
            case 2 -> isPacket(octets, at, length, octets.getShort(at + 8) & 0xffff);
            case 3 -> length >= LEAST_SIMPLE;
            // Names, statistics, a journal's entry, secrets, and what others have made for themselves.
            case 4, 5, 9, 10, 0xbad, 0x40000bad -> true;
            default -> false;
        };
    }

    private boolean isPacket(ByteBuffer octets, int at, int length, int id) {
        if (length < LEAST_PACKET || Integer.compareUnsigned(id, interfaces) >= 0) {
            return false;
        }
        int most = Math.min(length - LEAST_PACKET, MOST_CAPTURED);
        return at + PACKET_HEADER > octets.limit() || Integer.compareUnsigned(octets.getInt(at + 20), most) <= 0;
    }

    @Override
    public Walked walk(long start, long to, Configuration configuration) throws IOException {
        long at = start;
        long frames = 0;
        long clock = Long.MIN_VALUE;
        Frame frame = new Frame();
        try (InputStream in = Pieces.open(path, head, start, size, configuration);
                ReadErrors reading = new ReadErrors(in)) {
            try (PcapngWalk walk = new PcapngWalk(path, reading)) {
                while (walk.octet() < head.length) {
                    walk.next(frame);
                }
                while (at < to && at < size) {
                    Block block = walk.next(frame);
                    if (block == Block.SECTION_HEADER || block == Block.INTERFACE) {
                        return new Walked(start, at, frames, clock, Last.DESCRIPTION);
                    }
                    if (block == Block.END) { // the file is shorter than it was
                        return new Walked(start, at, frames, clock, Last.BROKEN);
                    }
                    if (block == Block.PACKET) {
                        frames++;
                        clock = Math.max(clock, frame.time());
                    }
                    at = start - head.length + walk.octet();
                }
            } catch (CaptureException wrong) {
                reading.rethrow();
                return new Walked(start, at, frames, clock, Last.BROKEN);
            }
        }
        return new Walked(start, at, frames, clock, Last.BEHIND);
    }
}
