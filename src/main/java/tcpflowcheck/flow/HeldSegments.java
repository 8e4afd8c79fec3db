package tcpflowcheck.flow;

import tcpflowcheck.tcp.OctetLog;
import tcpflowcheck.wire.PackedSegment;
import tcpflowcheck.wire.TcpSegment;

/**
 * Segments that are looked at later, in chains: by number, of which the three lowest bits tell the size of the record. They
 * are seen through {@link LentSegments}.
 */
final class HeldSegments {
    static final int NONE = -1;

    /** How many sizes there are. */
    static final int SIZES = PackedSegment.MOST - PackedSegment.LEAST + 1;

    private static final int SIZE_BITS = 3;
    private static final long OWNERS = (1L << PackedSegment.OWNERS_BITS) - 1;

    private final PackedSegment packed = new PackedSegment();
    private final LongRecords[] sizes = new LongRecords[SIZES];
    private final OctetLog octets;

    /** @param octets where their text is kept */
    HeldSegments(OctetLog octets) {
        this.octets = octets;
        for (int size = 0; size < SIZES; size++) {
            sizes[size] = new LongRecords(PackedSegment.LEAST + size);
        }
    }

    static int size(int number) {
        return number & (1 << SIZE_BITS) - 1;
    }

    static int record(int number) {
        return number >>> SIZE_BITS;
    }

    /** Of its record. */
    static int longs(int number) {
        return PackedSegment.LEAST + size(number);
    }

    LongRecords records(int size) {
        return sizes[size];
    }

    /** Names of interfaces, as the segments have numbered them. */
    String[] interfaces() {
        return packed.interfaces();
    }

    boolean fits(TcpSegment segment) {
        return packed.fits(segment);
    }

    /**
     * Holds a segment at the end of a chain.
     *
     * @param before it, or {@link #NONE}
     */
    int add(TcpSegment segment, boolean fromLow, int before) {
        int longs = PackedSegment.longs(segment);
        int size = longs - PackedSegment.LEAST;
        LongRecords records = sizes[size];
        int record = records.take();
        long text = segment.capturedLength() == 0 ? 0 : octets.add(segment);
        long[] page = records.page(record);
        int at = records.at(record);
        packed.pack(segment, fromLow, text, page, at, longs);
        page[at + PackedSegment.OWNERS] |= OWNERS & before;
        return record << SIZE_BITS | size;
    }

    /** Nanoseconds since the epoch. */
    long time(int number) {
        LongRecords records = sizes[size(number)];
        return PackedSegment.time(records.page(record(number)), records.at(record(number)));
    }

    void free(int number) {
        sizes[size(number)].free(record(number));
    }
}
