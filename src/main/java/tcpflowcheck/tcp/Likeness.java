package tcpflowcheck.tcp;

import tcpflowcheck.wire.Checksum;
import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpSegment;

/**
 * All that an end writes into a segment, in one long, by which a copy of it is known: IP ID, numbers, flags, window,
 * options, and the text by the checksum. What routers change, TTL and tags, does not count, nor does a checksum that
 * offload left unfinished.
 */
final class Likeness {
    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;
    private static final int CHECKSUM = 0xffff;
    private static final int UNFINISHED = 1 << 16;
    private static final int HASH_SHIFT = 17;

    private Likeness() {}

    static long of(TcpSegment segment) {
        long hash = SeqNumber.unsigned(segment.seq()) << 32 | SeqNumber.unsigned(segment.ack());
        hash = hash * MIX + ((long) segment.length() << 32 | segment.flags() << 16 | segment.window());
        hash = hash * MIX + ((long) segment.identification() << 16 | segment.urgentPointer());
        hash = (hash * MIX + segment.options().hash()) * MIX;
        boolean unfinished = Checksum.tcp(segment) != Checksum.Verdict.GOOD && Checksum.pseudoHeaderOnly(segment);
        return hash << HASH_SHIFT | (unfinished ? UNFINISHED : segment.checksum() & CHECKSUM);
    }

    /** Whether two segments are alike, as far as their headers and checksums tell. */
    static boolean same(long one, long other) {
        long differs = one ^ other;
        boolean unfinished = ((one | other) & UNFINISHED) != 0;
        return differs == 0 || (unfinished && differs >>> HASH_SHIFT == 0);
    }
}
