package tcpflowcheck.flow;

import java.util.Arrays;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.wire.PackedSegment;

/**
 * Numbers of a connection that went by the book, from its segments, each of which is the next one: the same as {@link
 * tcpflowcheck.tcp.Timing} and {@link tcpflowcheck.tcp.Traffic} have of it. Kept by who tells of such flows.
 */
final class PlainMeasures {
    /** Longs of {@link #write}. */
    static final int LONGS = 9;

    private static final int START = 0;
    private static final int END = 1;
    private static final int FIRST_FRAME = 2;
    private static final int LAST_FRAME = 3;
    private static final int CONNECT = 4;
    private static final int FIRST_OCTET = 5;
    private static final int CLIENT_OCTETS = 6;
    private static final int SERVER_OCTETS = 7;
    private static final int SEGMENTS = 8;

    private static final int CONFIRMS = 2;
    private static final long NONE = Long.MIN_VALUE;

    private final long[] longs = new long[LONGS];
    private long openedAt;
    private long askedUntil;
    private long answeredAt;

    /** Starts a connection, none of whose segments has been {@linkplain #add added}. */
    void begin() {
        Arrays.fill(longs, 0);
        openedAt = NONE;
        askedUntil = NONE;
        answeredAt = NONE;
    }

    /** Its next segment, the first one the client's SYN. */
    void add(long[] packed, int at, boolean fromClient) {
        long time = PackedSegment.time(packed, at);
        long frame = PackedSegment.frame(packed, at);
        int length = PackedSegment.length(packed, at);
        if (longs[SEGMENTS] == 0) {
            longs[START] = time;
            longs[FIRST_FRAME] = frame;
        } else if (longs[SEGMENTS] == CONFIRMS) {
            openedAt = time;
        }
        if (length > 0 && fromClient) {
            askedUntil = answeredAt == NONE ? time : askedUntil;
        } else if (length > 0) {
            answeredAt = answeredAt == NONE ? time : answeredAt;
        }
        longs[fromClient ? CLIENT_OCTETS : SERVER_OCTETS] += length;
        longs[END] = time;
        longs[LAST_FRAME] = frame;
        longs[SEGMENTS]++;
    }

    /** Writes those of the connection of which all segments have been added. */
    void write(long[] to, int at) {
        long asked = askedUntil == NONE ? openedAt : askedUntil;
        longs[CONNECT] = openedAt - longs[START];
        longs[FIRST_OCTET] = answeredAt == NONE ? -1 : answeredAt - asked;
        System.arraycopy(longs, 0, to, at, LONGS);
    }

    /** Writes when a connection began and when its last segment passed, of which nothing else is measured. */
    static void lasted(long[] to, int at, long start, long end) {
        to[at + START] = start;
        to[at + END] = end;
    }

    void read(long[] from, int at) {
        System.arraycopy(from, at, longs, 0, LONGS);
    }

    long start() {
        return longs[START];
    }

    long end() {
        return longs[END];
    }

    long firstFrame() {
        return longs[FIRST_FRAME];
    }

    long lastFrame() {
        return longs[LAST_FRAME];
    }

    long connectNanos() {
        return longs[CONNECT];
    }

    long firstOctetNanos() {
        return longs[FIRST_OCTET];
    }

    long octets(Side side) {
        return longs[side == Side.CLIENT ? CLIENT_OCTETS : SERVER_OCTETS];
    }

    long segments() {
        return longs[SEGMENTS];
    }
}
