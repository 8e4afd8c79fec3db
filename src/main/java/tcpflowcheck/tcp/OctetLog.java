package tcpflowcheck.tcp;

import java.util.Arrays;
import tcpflowcheck.wire.TcpSegment;

/**
 * The first octets of each segment's text, of all connections one after another in a ring, so that the same sequence
 * numbers with other octets are noticed in bounded memory whatever the number of connections.
 */
public final class OctetLog {
    /** Octets kept of a segment. */
    static final int MOST_OF_A_SEGMENT = 256;

    /** Octets in all: the last 32,768 segments at least. */
    private static final int CAPACITY = 1 << 23;

    private static final int FIRST_CAPACITY = 1 << 14;

    private byte[] ring = new byte[FIRST_CAPACITY];
    private long end;

    /** Keeps the first octets of a segment's text, as far as they were captured, unless it has; gives their position. */
    public long add(TcpSegment segment) {
        if (segment.textPosition() >= 0) {
            return segment.textPosition();
        }
        int length = kept(segment);
        while (ring.length < CAPACITY && end + length > ring.length) {
            ring = Arrays.copyOf(ring, 2 * ring.length);
        }
        int at = (int) (end & ring.length - 1);
        if (at + length > ring.length) {
            // An entry never wraps.
            end += ring.length - at;
            at = 0;
        }
        System.arraycopy(segment.buffer(), segment.payloadOffset(), ring, at, length);
        long position = end;
        end += length;
        return position;
    }

    /** How many octets {@link #add} keeps of a segment. */
    static int kept(TcpSegment segment) {
        return Math.min(segment.capturedLength(), MOST_OF_A_SEGMENT);
    }

    /** Whether {@code length} octets of a segment's text, from {@code offset} in it, differ from those kept there. */
    boolean differs(long position, TcpSegment segment, int offset, int length) {
        if (end - position > ring.length) {
            return false; // overwritten since
        }
        int at = (int) (position & ring.length - 1);
        int from = segment.payloadOffset() + offset;
        return !Arrays.equals(segment.buffer(), from, from + length, ring, at, at + length);
    }
}
