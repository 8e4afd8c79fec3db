package tcpflowcheck.flow;

import tcpflowcheck.wire.TcpSegment;

/**
 * Flows of which one segment has passed, as that segment's packet: floods and scans are made of them, and a flow takes ten
 * times as much. SYNs wait for less long than others, and packets are of two sizes: four rings, each in the order of time.
 */
final class FirstSegments {
    /** Octets of an IPv4 packet with the options of today's hosts. */
    private static final int SMALL = 64;

    /** The largest IPv6 packet without text. */
    private static final int LARGE = 104;

    private final HeldSegments[] rings = {
        new HeldSegments(SMALL), new HeldSegments(LARGE), new HeldSegments(SMALL), new HeldSegments(LARGE)
    };
    private final long[] timeouts;
    private int size;

    // the one at hand
    private HeldSegments ring;
    private int entry;

    FirstSegments(FlowLimits limits) {
        long syn = limits.synTimeoutNanos();
        long other = limits.idleTimeoutNanos();
        timeouts = new long[] {syn, syn, other, other};
    }

    /** Whether a segment can be held: its packet is all that is known of it, is short, and ends nothing. */
    static boolean canHold(TcpSegment segment) {
        return segment.ipLength() <= LARGE && !segment.isRst() && segment.isPlain();
    }

    /**
     * Holds a segment.
     *
     * @param born the clock of the capture, in nanoseconds since the epoch, not before that of the one before
     */
    void add(FlowKey key, TcpSegment segment, long stream, long born) {
        int timeout = segment.isSyn() ? 0 : 2;
        rings[timeout + (segment.ipLength() <= SMALL ? 0 : 1)].add(key, segment, stream, born);
        size++;
    }

    int size() {
        return size;
    }

    /** Goes to the one of this key; false if there is none. */
    boolean find(FlowKey key) {
        for (int i = 0; i < rings.length && size > 0; i++) {
            int found = rings[i].size() == 0 ? -1 : rings[i].find(key);
            if (found >= 0) {
                ring = rings[i];
                entry = found;
                return true;
            }
        }
        return false;
    }

    /** Goes to the one with the lowest stream; false if there is none below {@code stream}. */
    boolean first(long stream) {
        ring = null;
        long lowest = stream;
        for (int i = 0; i < rings.length && size > 0; i++) {
            if (rings[i].size() > 0 && rings[i].stream(rings[i].oldest()) < lowest) {
                ring = rings[i];
                entry = ring.oldest();
                lowest = ring.stream(entry);
            }
        }
        return ring != null;
    }

    /** Goes to one whose time is over; false if there is none. */
    boolean expired(long now) {
        for (int i = 0; i < rings.length && size > 0; i++) {
            if (rings[i].size() > 0 && now - rings[i].born(rings[i].oldest()) >= timeouts[i]) {
                ring = rings[i];
                entry = ring.oldest();
                return true;
            }
        }
        return false;
    }

    /** The segment of the one at hand, lent until the next call. */
    TcpSegment segment() {
        return ring.segment(entry);
    }

    long stream() {
        return ring.stream(entry);
    }

    /** The clock of the capture when it passed. */
    long born() {
        return ring.born(entry);
    }

    /** The one at hand is held no longer. */
    void remove() {
        ring.remove(entry);
        size--;
    }
}
