package tcpflowcheck.tcp;

import tcpflowcheck.wire.Checksum;
import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpSegment;

/**
 * The last segments of text of one end, in the order in which they were first sent: when each was sent, whether again,
 * and where its octets are kept. Of an end that has more in flight than {@value #MOST}, the oldest.
 */
final class SentText {
    private static final int MOST = 64;

    /** Kept after they were acknowledged, to know what comes again. */
    private static final int ACKED_KEPT = 8;

    private static final int SENT_AGAIN = 1;
    private static final int SPURIOUS = 2;

    // One entry in longs.
    /** The sequence number, and the octets of text, 32 bits each. */
    private static final int RANGE = 0;

    /** The text's sum and the octets kept, 17 and 9 bits; and two flags. */
    private static final int PRINT = 1;

    private static final int TIME = 2;
    private static final int FRAME = 3;
    private static final int POSITION = 4;

    /** What tells its copy from the same text sent again. */
    private static final int LIKENESS = 5;

    private static final int FIELDS = 6;
    private static final long[] NO_ROOM = {};

    private long[] ring = NO_ROOM;
    private int capacity;
    private int oldest;
    private int size;

    /** How many of the oldest have been acknowledged. */
    private int acked;

    private int largestAcked;

    /** Text that is new in sequence leaves. */
    void add(TcpSegment segment, OctetLog log) {
        if (size == capacity && !makeRoom()) {
            return;
        }
        int at = at(size++);
        long sum = Checksum.textSum(segment) + 1L;
        ring[at + RANGE] = (long) segment.seq() << 32 | segment.length();
        ring[at + PRINT] = sum << 11 | OctetLog.kept(segment) << 2;
        ring[at + TIME] = segment.time();
        ring[at + FRAME] = segment.frame();
        ring[at + POSITION] = log.add(segment);
        ring[at + LIKENESS] = Likeness.of(segment);
    }

    private boolean makeRoom() {
        if (acked > 0 && (size >= ACKED_KEPT || size == MOST)) {
            oldest = oldest + 1 & capacity - 1;
            size--;
            acked--;
            return true;
        }
        if (size == MOST) {
            return false;
        }
        if (capacity == 0) {
            ring = new long[FIELDS];
            capacity = 1;
            return true;
        }
        long[] larger = new long[2 * ring.length];
        int first = oldest * FIELDS;
        System.arraycopy(ring, first, larger, 0, ring.length - first);
        System.arraycopy(ring, 0, larger, ring.length - first, first);
        ring = larger;
        capacity *= 2;
        oldest = 0;
        return true;
    }

    private int at(int number) {
        return (oldest + number & capacity - 1) * FIELDS;
    }

    private int seq(int at) {
        return (int) (ring[at + RANGE] >>> 32);
    }

    private int length(int at) {
        return (int) ring[at + RANGE];
    }

    private int end(int at) {
        return seq(at) + length(at);
    }

    private boolean overlaps(int at, int seq, int end) {
        return SeqNumber.overlaps(seq(at), end(at), seq, end);
    }

    /** Whether this very segment was seen before, at most so long ago. */
    boolean isCopy(TcpSegment segment, long withinNanos) {
        long likeness = Likeness.of(segment);
        for (int i = size - 1; i >= 0; i--) {
            int at = at(i);
            boolean same = seq(at) == segment.seq() && Likeness.same(ring[at + LIKENESS], likeness);
            if (same && Math.abs(segment.time() - ring[at + TIME]) <= withinNanos) {
                return true;
            }
        }
        return false;
    }

    /** When the octet at {@code seq} was last sent, nanoseconds since the epoch, or -1. */
    long lastSent(int seq) {
        for (int i = size - 1; i >= 0; i--) {
            int at = at(i);
            if (overlaps(at, seq, seq + 1)) {
                return ring[at + TIME];
            }
        }
        return -1;
    }

    /** The place of the segment that the octet at {@code seq} was first sent in, or -1. */
    int find(int seq) {
        for (int i = 0; i < size; i++) {
            if (overlaps(at(i), seq, seq + 1)) {
                return at(i);
            }
        }
        return -1;
    }

    /** The frame that a segment was first sent in. */
    long frame(int place) {
        return ring[place + FRAME];
    }

    /** When it was last sent, nanoseconds since the epoch. */
    long time(int place) {
        return ring[place + TIME];
    }

    /** Octets of the largest segment that lies in a range, 0 if there is none. */
    int largestIn(int left, int right) {
        int largest = 0;
        for (int i = 0; i < size; i++) {
            int at = at(i);
            boolean in = SeqNumber.covers(left, right, seq(at), end(at));
            largest = in ? Math.max(largest, length(at)) : largest;
        }
        return largest;
    }

    /** Octets of the largest segment that was acknowledged and not sent again, 0 if there is none. */
    int largestAcked() {
        return largestAcked;
    }

    /** Text leaves again: no round-trip time can be told from it (RFC 6298, section 3). */
    void sentAgain(TcpSegment segment, boolean spurious) {
        int end = segment.seq() + segment.length();
        long likeness = Likeness.of(segment);
        for (int i = 0; i < size; i++) {
            int at = at(i);
            if (overlaps(at, segment.seq(), end)) {
                ring[at + PRINT] |= SENT_AGAIN | (spurious ? SPURIOUS : 0);
                ring[at + TIME] = segment.time();
                ring[at + LIKENESS] = likeness;
            }
        }
    }

    /**
     * The peer acknowledges up to {@code ack}.
     *
     * @return when the last segment that is now acknowledged was sent, -1 if none is or if it was sent more than once
     */
    long acknowledged(int ack) {
        long sent = -1;
        while (acked < size) {
            int at = at(acked);
            if (SeqNumber.gt(end(at), ack)) {
                break;
            }
            boolean once = (ring[at + PRINT] & SENT_AGAIN) == 0;
            sent = once ? ring[at + TIME] : -1;
            largestAcked = once ? Math.max(largestAcked, length(at)) : largestAcked;
            acked++;
        }
        return sent;
    }

    /** The peer had these octets before they were sent again; false if they were not, or if it was said before. */
    boolean wasSpurious(int left, int right) {
        boolean news = false;
        for (int i = 0; i < size; i++) {
            int at = at(i);
            boolean again = (ring[at + PRINT] & (SENT_AGAIN | SPURIOUS)) == SENT_AGAIN;
            if (again && overlaps(at, left, right)) {
                ring[at + PRINT] |= SPURIOUS;
                news = true;
            }
        }
        return news;
    }

    /** The frame whose octets a segment contradicts, 0 if there is none: where they overlap, as far as that is kept. */
    long contradicted(TcpSegment segment, OctetLog log) {
        int end = segment.seq() + segment.length();
        for (int i = 0; i < size; i++) {
            int at = at(i);
            if (overlaps(at, segment.seq(), end) && (sumsDiffer(at, segment) || octetsDiffer(at, segment, log))) {
                return ring[at + FRAME];
            }
        }
        return 0;
    }

    private boolean sumsDiffer(int at, TcpSegment segment) {
        if (seq(at) != segment.seq() || length(at) != segment.length()) {
            return false;
        }
        int then = (int) (ring[at + PRINT] >>> 11 & 0x1_ffff) - 1;
        int now = Checksum.textSum(segment);
        return then >= 0 && now >= 0 && then != now;
    }

    private boolean octetsDiffer(int at, TcpSegment segment, OctetLog log) {
        int keptEnd = seq(at) + (int) (ring[at + PRINT] >>> 2 & 0x1ff);
        int capturedEnd = segment.seq() + segment.capturedLength();
        int from = SeqNumber.max(seq(at), segment.seq());
        int length = SeqNumber.min(keptEnd, capturedEnd) - from;
        return length > 0 && log.differs(ring[at + POSITION] + (from - seq(at)), segment, from - segment.seq(), length);
    }
}
