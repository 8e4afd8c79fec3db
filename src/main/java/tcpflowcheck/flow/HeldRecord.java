package tcpflowcheck.flow;

import org.jspecify.annotations.Nullable;
import tcpflowcheck.flow.HeldFlows.Stage;
import tcpflowcheck.tcp.PlainRecord;
import tcpflowcheck.wire.TcpSegment;

/**
 * Longs of a flow whose segments are held: where they are, how far its ends have sent, and where it stands. It takes the
 * segments that mostly come, each where the one before ended.
 */
final class HeldRecord {
    static final int LONGS = 3 + PlainRecord.LONGS;

    /** The first and the last block of its segments, or once it is closed where {@link ClosedSegments} has them. */
    private static final int SEGMENTS = 0;
    /** The sequence numbers that come next, from the lower end and from the higher. */
    private static final int NEXT = 1;
    /** VLAN tags below {@link #COUNT_SHIFT}, then the number of segments, the stage and the flags. */
    private static final int STATE = 2;
    /** Whether it goes by the book, and how far it has come: a {@link PlainRecord}. */
    static final int PLAIN = 3;

    /** Segments of a flow, at most: they take less than the flow does once they are looked at. */
    static final int MOST_SEGMENTS = 24;

    private static final int COUNT_SHIFT = 51;
    private static final int COUNT = 31;
    private static final int STAGE_SHIFT = 56;
    private static final int STAGE = 7;
    private static final long VLANS = (1L << COUNT_SHIFT) - 1;
    private static final long FIRST_FROM_LOW = 1L << 59;
    private static final long LOW_KNOWN = 1L << 60;
    private static final long HIGH_KNOWN = 1L << 61;
    private static final long LOW_FIN = 1L << 62;
    private static final long HIGH_FIN = 1L << 63;

    /** What a connection is opened and closed with. */
    private static final int CONTROL = TcpSegment.SYN | TcpSegment.FIN | TcpSegment.RST | TcpSegment.ACK;

    private static final int SYN_ACK = TcpSegment.SYN | TcpSegment.ACK;
    private static final Stage[] STAGES = Stage.values();

    private HeldRecord() {}

    /** Begins with a flow's first segment, which is in this block. */
    static void begin(long[] page, int at, Stage stage, TcpSegment first, boolean fromLow, int block) {
        page[at + SEGMENTS] = ((long) block << 32) | block;
        page[at + NEXT] = 0;
        page[at + STATE] = first.encapsulation().vlans()
                | (1L << COUNT_SHIFT)
                | ((long) stage.ordinal() << STAGE_SHIFT)
                | (fromLow ? FIRST_FROM_LOW : 0);
        if (mayGoOn(first)) {
            sends(page, at, fromLow, first);
        }
        PlainRecord.begin(page, at + PLAIN, first);
    }

    /** Whether more may follow a first segment: a bare SYN, or one of a connection that was open before. */
    private static boolean mayGoOn(TcpSegment first) {
        int control = first.flags() & CONTROL;
        return (control == TcpSegment.SYN && first.length() == 0) || control == TcpSegment.ACK;
    }

    /** The stage after a segment, or null if it is not what mostly comes. */
    static @Nullable Stage after(long[] page, int at, boolean fromLow, TcpSegment segment) {
        if (count(page, at) == MOST_SEGMENTS || segment.encapsulation().vlans() != vlans(page, at)) {
            return null;
        }
        int control = segment.flags() & CONTROL;
        if (control == SYN_ACK) {
            return answers(page, at, fromLow, segment) ? Stage.ANSWERED : null;
        }
        if (segment.isRst()) {
            return resets(page, at, fromLow, segment) ? Stage.CLOSED : null;
        }
        boolean known = hasSent(page, at, fromLow);
        if ((control & ~TcpSegment.FIN) != TcpSegment.ACK || (known && segment.seq() != sentUpTo(page, at, fromLow))) {
            return null;
        }
        return switch (stage(page, at)) {
            case SYN, TAKEN -> null;
            case ANSWERED -> confirms(page, at, fromLow, segment) ? Stage.OPEN : null;
            case OTHER -> known || hasSent(page, at, !fromLow) ? Stage.OPEN : null;
            case OPEN, CLOSING, CLOSED -> {
                boolean closes = has(page, at, fin(fromLow)) || segment.isFin();
                if (!closes || !has(page, at, fin(!fromLow))) {
                    yield Stage.OPEN;
                }
                yield segment.isFin() ? Stage.CLOSING : Stage.CLOSED;
            }
        };
    }

    private static boolean answers(long[] page, int at, boolean fromLow, TcpSegment segment) {
        return stage(page, at) == Stage.SYN && isFirstAnswer(page, at, fromLow, segment) && segment.length() == 0;
    }

    private static boolean isFirstAnswer(long[] page, int at, boolean fromLow, TcpSegment segment) {
        return hasSent(page, at, !fromLow)
                && !hasSent(page, at, fromLow)
                && segment.ack() == sentUpTo(page, at, !fromLow);
    }

    /** Its text would be told. */
    private static boolean resets(long[] page, int at, boolean fromLow, TcpSegment segment) {
        boolean bare = (segment.flags() & CONTROL & ~TcpSegment.ACK) == TcpSegment.RST && segment.length() == 0;
        return bare
                && switch (stage(page, at)) {
                    case SYN -> segment.isAck() && isFirstAnswer(page, at, fromLow, segment);
                    case OTHER, TAKEN -> false;
                    case ANSWERED, OPEN, CLOSING, CLOSED ->
                        hasSent(page, at, fromLow) && segment.seq() == sentUpTo(page, at, fromLow);
                };
    }

    private static boolean confirms(long[] page, int at, boolean fromLow, TcpSegment segment) {
        return isFromFirst(page, at, fromLow) && !segment.isFin() && segment.ack() == sentUpTo(page, at, !fromLow);
    }

    /**
     * The next segment, which leads to a stage that {@link #after} has given, is held in this block.
     *
     * @param now the clock of the capture, which never goes back; nanoseconds since the epoch
     */
    static void goOn(long[] page, int at, Stage stage, boolean fromLow, TcpSegment segment, int block, long now) {
        page[at + SEGMENTS] = (page[at + SEGMENTS] >>> 32 << 32) | block;
        long fin = segment.isRst() ? LOW_FIN | HIGH_FIN : segment.isFin() ? fin(fromLow) : 0;
        stage(page, at, stage);
        page[at + STATE] = (page[at + STATE] + (1L << COUNT_SHIFT)) | fin;
        sends(page, at, fromLow, segment);
        if (PlainRecord.isPlain(page, at + PLAIN)) {
            PlainRecord.on(page, at + PLAIN, isFromFirst(page, at, fromLow), segment, now);
        }
    }

    private static void sends(long[] page, int at, boolean fromLow, TcpSegment segment) {
        long end = segment.end() & 0xffff_ffffL;
        long next = page[at + NEXT];
        page[at + NEXT] = fromLow ? (end << 32) | (next & 0xffff_ffffL) : (next >>> 32 << 32) | end;
        page[at + STATE] |= known(fromLow);
    }

    private static long known(boolean fromLow) {
        return fromLow ? LOW_KNOWN : HIGH_KNOWN;
    }

    private static long fin(boolean fromLow) {
        return fromLow ? LOW_FIN : HIGH_FIN;
    }

    private static boolean has(long[] page, int at, long flag) {
        return (page[at + STATE] & flag) != 0;
    }

    // ---- what it says

    static int firstBlock(long[] page, int at) {
        return (int) (page[at + SEGMENTS] >>> 32);
    }

    static int lastBlock(long[] page, int at) {
        return (int) page[at + SEGMENTS];
    }

    /** Both blocks. */
    static long blocks(long[] page, int at) {
        return page[at + SEGMENTS];
    }

    /** Its segments are in other blocks, the first and the last in 32 bits each. */
    static void blocks(long[] page, int at, long blocks) {
        page[at + SEGMENTS] = blocks;
    }

    static Stage stage(long[] page, int at) {
        return STAGES[(int) (page[at + STATE] >>> STAGE_SHIFT) & STAGE];
    }

    static void stage(long[] page, int at, Stage stage) {
        page[at + STATE] =
                (page[at + STATE] & ~((long) STAGE << STAGE_SHIFT)) | ((long) stage.ordinal() << STAGE_SHIFT);
    }

    /** Segments that are held. */
    static int count(long[] page, int at) {
        return (int) (page[at + STATE] >>> COUNT_SHIFT) & COUNT;
    }

    static long vlans(long[] page, int at) {
        return page[at + STATE] & VLANS;
    }

    /** Whether an end has sent anything that counts. */
    static boolean hasSent(long[] page, int at, boolean low) {
        return has(page, at, known(low));
    }

    /** The sequence number that comes next from an end that {@link #hasSent}. */
    static int sentUpTo(long[] page, int at, boolean low) {
        return (int) (low ? page[at + NEXT] >>> 32 : page[at + NEXT]);
    }

    static boolean firstFromLow(long[] page, int at) {
        return has(page, at, FIRST_FROM_LOW);
    }

    /** Whether a segment of this direction is of the end that sent the first. */
    static boolean isFromFirst(long[] page, int at, boolean fromLow) {
        return fromLow == firstFromLow(page, at);
    }
}
