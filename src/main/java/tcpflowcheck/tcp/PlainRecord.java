package tcpflowcheck.tcp;

import tcpflowcheck.wire.Checksum;
import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpOptions;
import tcpflowcheck.wire.TcpSegment;

/**
 * A connection that goes by the book, in {@value #LONGS} longs of an owner's record: opened by three segments, each segment
 * the next one, closed by three or four, and nothing in it that any {@link Rule} could find or that could be in doubt. Each
 * segment gets a mask of what is not plain about it; with none it walks {@link PlainTable}. Masks err on one side only: what
 * is plain here has that verdict by {@link Connection}, what is not may have it as well.
 */
public final class PlainRecord {
    public static final int LONGS = 7;

    // What is not plain about a segment.
    /** Flags, the urgent pointer, an ACK number without ACK. */
    public static final int FLAGS = 1;
    /** Not the next number of its end. */
    public static final int NOT_NEXT = 1 << 1;
    /** An ACK number below the last of its end, or beyond what its peer has sent. */
    public static final int ACK_OUTSIDE = 1 << 2;
    /** Nothing in it is new. */
    public static final int REPEATED = 1 << 3;
    /** Its window is closed or moves left, or its text fills the peer's. */
    public static final int WINDOW = 1 << 4;
    /** Timestamps go back, echo what was not sent, or are not as they were agreed on. */
    public static final int TIMESTAMPS = 1 << 5;
    /** Other options than a SYN, or any segment, mostly has. */
    public static final int OPTIONS = 1 << 6;
    /** More text than the peer's MSS, or text where there is to be none. */
    public static final int LENGTH = 1 << 7;

    public static final int CHECKSUM = 1 << 8;
    /** It is older than what passed before. */
    public static final int TIME = 1 << 9;
    /** The client closes after it has waited for an answer. */
    public static final int UNANSWERED = 1 << 10;
    /** It has no row in the table. */
    public static final int STATE = 1 << 11;

    // The record. Of two numbers of the ends the client's is the high half.
    private static final int NEXT = 0;
    private static final int ACKED = 1;
    private static final int STAMPS = 2;
    private static final int EDGES = 3;
    /** The MSS of the client and of the server, and their last windows as sent, 0 before the first; 16 bits each. */
    private static final int OFFERS = 4;
    /** The state, 8 bits, window shifts, 4 and 4, and flags. */
    private static final int STANDS = 5;
    /** When the client last sent text. */
    private static final int ASKED = 6;

    private static final int STATE_MASK = 0xff;
    private static final int SHIFTS = 8;
    private static final int SHIFT_MASK = 0xf;
    private static final long STAMPED = 1L << 16;
    private static final long SCALED = 1L << 17;
    /** The last text was the client's. */
    private static final long ASKS = 1L << 18;
    /** The second FIN was the first segment to cover the first one. */
    private static final long CLOSED_AT_ONCE = 1L << 19;

    private static final long LEFT = 1L << 63;

    /** Octets of a header without options. */
    private static final int LEAST_HEADER = 20;

    private static final int MOST_SHIFT = 14;
    private static final int MASK_16 = 0xffff;
    private static final int PLAIN_FLAGS =
            TcpSegment.FIN | TcpSegment.SYN | TcpSegment.ACK | TcpSegment.PSH | TcpSegment.ECE | TcpSegment.CWR;

    private PlainRecord() {}

    /** Begins with a connection's first segment, which leaves the road at once if it is not a plain SYN. */
    public static void begin(long[] page, int at, TcpSegment first) {
        page[at + STANDS] = PlainTable.START;
        page[at + OFFERS] = 0;
        page[at + ACKED] = 0;
        page[at + EDGES] = 0;
        page[at + ASKED] = 0;
        boolean plain = first.isSyn()
                && first.ack() == 0
                && first.sourcePort() != first.destinationPort()
                && (flags(first) | syn(first)) == 0;
        if (plain) {
            page[at + NEXT] = with(0, true, first.end());
            notesSyn(page, at, true, first);
            walk(page, at, PlainTable.SYN);
        } else {
            leave(page, at);
        }
    }

    /** Whether it still goes by the book. */
    public static boolean isPlain(long[] page, int at) {
        return page[at + STANDS] >= 0;
    }

    /** It does so no longer. */
    public static void leave(long[] page, int at) {
        page[at + STANDS] |= LEFT;
    }

    /**
     * The next segment of a connection that {@link #isPlain}.
     *
     * @param now the clock of the capture, which never goes back; nanoseconds since the epoch
     * @return what is not plain about it: then it has left the road, else it stands behind the segment
     */
    public static int on(long[] page, int at, boolean fromClient, TcpSegment segment, long now) {
        int odd = flags(segment) | (segment.time() < now ? TIME : 0);
        odd |= segment.isSyn() ? synAck(page, at, fromClient, segment) : ack(page, at, fromClient, segment);
        int column = odd != 0 ? 0 : column(page, at, fromClient, segment);
        odd |= odd == 0 && PlainTable.next(state(page, at), column) == PlainTable.NONE ? STATE : 0;
        if (odd != 0) {
            leave(page, at);
            return odd;
        }
        if (segment.isSyn()) {
            page[at + NEXT] = with(page[at + NEXT], fromClient, segment.end());
            page[at + ACKED] = pair(segment.seq() + 1, segment.ack());
            page[at + EDGES] = with(page[at + EDGES], fromClient, segment.ack() + segment.window());
            notesSyn(page, at, fromClient, segment);
        } else {
            notes(page, at, fromClient, segment);
        }
        boolean atOnce = (column & (PlainTable.FIN | PlainTable.COVERS_FIN)) == (PlainTable.FIN | PlainTable.COVERS_FIN)
                && PlainTable.of(state(page, at), side(fromClient)) == TcpState.ESTABLISHED;
        page[at + STANDS] |= atOnce ? CLOSED_AT_ONCE : 0;
        walk(page, at, column);
        return 0;
    }

    private static void walk(long[] page, int at, int column) {
        page[at + STANDS] = (page[at + STANDS] & ~STATE_MASK) | PlainTable.next(state(page, at), column);
    }

    private static int column(long[] page, int at, boolean fromClient, TcpSegment segment) {
        boolean covers = hasSentFin(page, at, !fromClient) && segment.ack() == of(page[at + NEXT], !fromClient);
        return (fromClient ? 0 : PlainTable.FROM_SERVER)
                | (segment.isSyn() ? PlainTable.SYN : 0)
                | (segment.isAck() ? PlainTable.ACK : 0)
                | (segment.isFin() ? PlainTable.FIN : 0)
                | (covers ? PlainTable.COVERS_FIN : 0);
    }

    // ---- what is not plain about a segment

    private static int flags(TcpSegment segment) {
        boolean odd = (segment.flags() & ~PLAIN_FLAGS) != 0 || segment.urgentPointer() != 0;
        return (odd ? FLAGS : 0) | (Checksum.tcp(segment) == Checksum.Verdict.BAD ? CHECKSUM : 0);
    }

    private static int syn(TcpSegment syn) {
        TcpOptions options = syn.options();
        int least = syn.ipVersion() == 4 ? OptionRules.DEFAULT_MSS_IPV4 : OptionRules.DEFAULT_MSS_IPV6;
        boolean odd =
                options.cut() || options.malformed() || options.mss() < least || options.windowShift() > MOST_SHIFT;
        for (int i = 0; i < options.kindCount(); i++) {
            odd |= options.kind(i) > TcpOptions.SACK_PERMITTED && options.kind(i) != TcpOptions.TIMESTAMPS;
        }
        return (odd ? OPTIONS : 0) | (syn.length() > 0 || syn.isFin() ? LENGTH : 0);
    }

    private static int synAck(long[] page, int at, boolean fromClient, TcpSegment segment) {
        boolean answers = segment.isAck() && segment.ack() == of(page[at + NEXT], !fromClient);
        return syn(segment) | (answers ? 0 : ACK_OUTSIDE) | (segment.window() == 0 ? WINDOW : 0);
    }

    private static int ack(long[] page, int at, boolean fromClient, TcpSegment segment) {
        if (!segment.isAck()) {
            return FLAGS;
        }
        int odd = segment.seq() != of(page[at + NEXT], fromClient) ? NOT_NEXT : 0;
        int last = of(page[at + ACKED], fromClient);
        odd |= SeqNumber.between(last, segment.ack(), of(page[at + NEXT], !fromClient)) ? 0 : ACK_OUTSIDE;
        boolean bare = segment.length() == 0 && !segment.isFin();
        int window = window(page, at, fromClient);
        boolean first = window == 0 && fromClient; // the third segment
        odd |= bare && !first && segment.ack() == last && (window == 0 || segment.window() == window) ? REPEATED : 0;
        return odd
                | timestamps(page, at, fromClient, segment)
                | windows(page, at, fromClient, segment)
                | (bare ? 0 : text(page, at, fromClient, segment));
    }

    private static int text(long[] page, int at, boolean fromClient, TcpSegment segment) {
        int odd = segment.length() > mss(page, at, !fromClient) ? LENGTH : 0;
        if (segment.length() > 0 && (hasSentFin(page, at, true) || hasSentFin(page, at, false))) {
            odd |= LENGTH;
        }
        boolean waited =
                (page[at + STANDS] & ASKS) != 0 && segment.time() - page[at + ASKED] >= Connection.FIRST_TIMEOUT_NANOS;
        return odd | (fromClient && segment.isFin() && waited ? UNANSWERED : 0);
    }

    private static int timestamps(long[] page, int at, boolean fromClient, TcpSegment segment) {
        TcpOptions options = segment.options();
        boolean stamped = (page[at + STANDS] & STAMPED) != 0;
        if (!stamped) {
            return segment.headerLength() == LEAST_HEADER ? 0 : OPTIONS;
        }
        if (!options.isTimestampsAlone()) {
            return options.timestamps() ? OPTIONS : TIMESTAMPS;
        }
        long stamps = page[at + STAMPS];
        boolean back = options.tsVal() - of(stamps, fromClient) < 0;
        boolean ahead = options.tsEcr() - of(stamps, !fromClient) > 0;
        return back || ahead ? TIMESTAMPS : 0;
    }

    private static int windows(long[] page, int at, boolean fromClient, TcpSegment segment) {
        int left = of(page[at + EDGES], fromClient) - edge(page, at, fromClient, segment);
        boolean known = window(page, at, fromClient) != 0;
        boolean shrinks = known && left >= (segment.isFin() ? 1 : 1 << shift(page, at, fromClient));
        boolean takesRoom = segment.length() > 0 || segment.isFin();
        boolean fills = takesRoom && of(page[at + EDGES], !fromClient) - segment.end() <= 0;
        return segment.window() == 0 || shrinks || fills ? WINDOW : 0;
    }

    private static int edge(long[] page, int at, boolean ofClient, TcpSegment segment) {
        return segment.ack() + (segment.window() << shift(page, at, ofClient));
    }

    // ---- what is noted of a segment

    private static void notesSyn(long[] page, int at, boolean fromClient, TcpSegment syn) {
        TcpOptions options = syn.options();
        long stands = page[at + STANDS];
        boolean stamped = options.timestamps() && (fromClient || (stands & STAMPED) != 0);
        boolean scaled = options.windowShift() >= 0 && (fromClient || (stands & SCALED) != 0);
        stands &= ~(STAMPED | SCALED);
        stands |= (stamped ? STAMPED : 0) | (scaled ? SCALED : 0);
        long shift = Math.max(options.windowShift(), 0);
        stands |= shift << (SHIFTS + (fromClient ? 4 : 0));
        page[at + STANDS] = stands;
        page[at + STAMPS] = with(page[at + STAMPS], fromClient, options.tsVal());
        page[at + OFFERS] |= (long) options.mss() << (fromClient ? 48 : 32);
    }

    private static void notes(long[] page, int at, boolean fromClient, TcpSegment segment) {
        page[at + NEXT] = with(page[at + NEXT], fromClient, segment.end());
        page[at + ACKED] = with(page[at + ACKED], fromClient, segment.ack());
        if ((page[at + STANDS] & STAMPED) != 0) {
            page[at + STAMPS] =
                    with(page[at + STAMPS], fromClient, segment.options().tsVal());
        }
        if (!segment.isFin() || window(page, at, fromClient) == 0) {
            page[at + EDGES] = with(page[at + EDGES], fromClient, edge(page, at, fromClient, segment));
        }
        int low = fromClient ? 16 : 0;
        page[at + OFFERS] = (page[at + OFFERS] & ~((long) MASK_16 << low)) | (long) segment.window() << low;
        if (segment.length() > 0) {
            page[at + STANDS] = fromClient ? page[at + STANDS] | ASKS : page[at + STANDS] & ~ASKS;
            page[at + ASKED] = fromClient ? segment.time() : page[at + ASKED];
        }
    }

    // ---- the record

    private static Side side(boolean client) {
        return client ? Side.CLIENT : Side.SERVER;
    }

    private static int of(long pair, boolean client) {
        return (int) (client ? pair >>> 32 : pair);
    }

    private static long with(long pair, boolean client, int number) {
        return client
                ? SeqNumber.unsigned(number) << 32 | SeqNumber.unsigned((int) pair)
                : pair >>> 32 << 32 | SeqNumber.unsigned(number);
    }

    private static long pair(int client, int server) {
        return (long) client << 32 | SeqNumber.unsigned(server);
    }

    private static int state(long[] page, int at) {
        return (int) page[at + STANDS] & STATE_MASK;
    }

    private static int shift(long[] page, int at, boolean client) {
        boolean scaled = (page[at + STANDS] & SCALED) != 0;
        return scaled ? (int) (page[at + STANDS] >>> (SHIFTS + (client ? 4 : 0))) & SHIFT_MASK : 0;
    }

    private static int mss(long[] page, int at, boolean ofClient) {
        return (int) (page[at + OFFERS] >>> (ofClient ? 48 : 32)) & MASK_16;
    }

    private static int window(long[] page, int at, boolean ofClient) {
        return (int) (page[at + OFFERS] >>> (ofClient ? 16 : 0)) & MASK_16;
    }

    private static boolean hasSentFin(long[] page, int at, boolean client) {
        return PlainTable.hasSentFin(state(page, at), side(client));
    }

    // ---- the verdict

    /** The state of an end after the last segment. */
    public static TcpState state(long[] page, int at, Side side) {
        return PlainTable.of(state(page, at), side);
    }

    /** Whether both ends have closed, by the book. */
    public static boolean hasClosed(long[] page, int at) {
        return isPlain(page, at)
                && state(page, at) != PlainTable.START
                && state(page, at, Side.CLIENT).ended()
                && state(page, at, Side.SERVER).ended();
    }

    /** How a connection was closed that {@link #hasClosed}. */
    public static Closing.Kind close(long[] page, int at) {
        boolean atOnce = (page[at + STANDS] & CLOSED_AT_ONCE) != 0;
        return atOnce ? Closing.Kind.THREE_SEGMENT : Closing.Kind.FOUR_SEGMENT;
    }

    /** How far an end has sent. */
    public static int sentUpTo(long[] page, int at, Side side) {
        return of(page[at + NEXT], side == Side.CLIENT);
    }

    /** Whether the ends have sent timestamps. */
    public static boolean isStamped(long[] page, int at) {
        return (page[at + STANDS] & STAMPED) != 0;
    }

    /** The last timestamp of an end, if there are any. */
    public static int tsVal(long[] page, int at, Side side) {
        return of(page[at + STAMPS], side == Side.CLIENT);
    }
}
