package tcpflowcheck.flow;

import tcpflowcheck.tcp.OctetLog;
import tcpflowcheck.wire.PackedSegment;
import tcpflowcheck.wire.TcpSegment;

/** Segments that are looked at later, in chains: by number, of which the two lowest bits tell the size of the record. */
final class HeldSegments {
    static final int NONE = -1;

    private static final int SIZE_BITS = 2;

    private static final long OWNERS = (1L << PackedSegment.OWNERS_BITS) - 1;

    private final PackedSegment packed = new PackedSegment();
    private final LongRecords[] sizes = {
        new LongRecords(PackedSegment.BARE), new LongRecords(PackedSegment.SMALL), new LongRecords(PackedSegment.LARGE)
    };
    private final OctetLog octets;
    /** Time of the newest of all that {@link #read} has read: kept, since what is not used is not read. */
    private long newest;

    /** @param octets where their text is kept */
    HeldSegments(OctetLog octets) {
        this.octets = octets;
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
        int size = longs == PackedSegment.BARE ? 0 : longs == PackedSegment.SMALL ? 1 : 2;
        LongRecords records = sizes[size];
        int record = records.take();
        long text = segment.capturedLength() == 0 ? 0 : octets.add(segment);
        long[] page = records.page(record);
        int at = records.at(record);
        packed.pack(segment, fromLow, text, page, at, longs);
        page[at + PackedSegment.OWNERS] |= OWNERS & before;
        return record << SIZE_BITS | size;
    }

    private LongRecords of(int number) {
        return sizes[number & (1 << SIZE_BITS) - 1];
    }

    /** The one before it in its chain, or {@link #NONE}. */
    int before(int number) {
        return (int) of(number).page(number >>> SIZE_BITS)[of(number).at(number >>> SIZE_BITS) + PackedSegment.OWNERS];
    }

    /** Whether it came from the lower end. */
    boolean fromLow(int number) {
        return PackedSegment.fromLow(
                of(number).page(number >>> SIZE_BITS), of(number).at(number >>> SIZE_BITS));
    }

    /** Nanoseconds since the epoch. */
    long time(int number) {
        return PackedSegment.time(
                of(number).page(number >>> SIZE_BITS), of(number).at(number >>> SIZE_BITS));
    }

    /**
     * The segment, lent until the next call.
     *
     * @param key of its flow
     */
    TcpSegment segment(int number, FlowKey key, long vlans) {
        int version = (int) (key.ports >>> 32);
        int low = (int) (key.ports >>> 16) & 0xffff;
        int high = (int) key.ports & 0xffff;
        if (fromLow(number)) {
            packed.between(version, key.lowHigh, key.lowLow, low, key.highHigh, key.highLow, high);
        } else {
            packed.between(version, key.highHigh, key.highLow, high, key.lowHigh, key.lowLow, low);
        }
        return packed.unpack(
                of(number).page(number >>> SIZE_BITS),
                of(number).at(number >>> SIZE_BITS),
                of(number).longs(),
                vlans);
    }

    /**
     * Reads chains from their ends, a step of each at a time: memory is waited for once for all of them.
     *
     * @param chains the last of each; changed
     */
    void read(int[] chains, int count) {
        for (boolean more = true; more; ) {
            more = false;
            for (int i = 0; i < count; i++) {
                if (chains[i] != NONE) {
                    newest = Math.max(newest, time(chains[i])); // at the other end of a record
                    chains[i] = before(chains[i]);
                    more = true;
                }
            }
        }
    }

    void free(int number) {
        of(number).free(number >>> SIZE_BITS);
    }
}
