package tcpflowcheck.flow;

import tcpflowcheck.flow.TakenFlows.Ends;
import tcpflowcheck.tcp.Closing;
import tcpflowcheck.tcp.OctetLog;
import tcpflowcheck.tcp.PlainRecord;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpState;
import tcpflowcheck.wire.TcpSegment;

/**
 * Flows whose segments are held, not looked at yet: those that so far went as connections mostly go, each segment
 * where the one before ended. A flow takes a fifth then of what it takes once it is looked at, and all its segments
 * together find it in the cache, where one by one they wait for memory. One is at hand at a time.
 */
final class HeldFlows {
    /** Where a flow stands, which says how long it is kept. */
    enum Stage {
        /** One segment, a SYN. */
        SYN,
        /** One segment, another. */
        OTHER,
        ANSWERED,
        OPEN,
        /** Both ends have sent a FIN, or one a RST. */
        CLOSING,
        /** It is looked at, and not known yet what came of it. */
        TAKEN
    }

    private static final Stage[] STAGES = Stage.values();

    /** Segments of a flow, at most: they take less than the flow does once they are looked at. */
    private static final int MOST_SEGMENTS = 24;

    // What a record has beside its key, in longs.
    /** The first and the last block of its segments. */
    private static final int SEGMENTS = 0;
    /** The sequence numbers that come next, from the lower end and from the higher. */
    private static final int NEXT = 1;
    /** VLAN tags below {@link #COUNT_SHIFT}, then the number of segments, the stage and the flags. */
    private static final int STATE = 2;
    /** Whether it goes by the book, and how far it has come. */
    private static final int PLAIN = 3;

    private static final int COUNT_SHIFT = 51;
    private static final int MOST_COUNT = 31;
    private static final int STAGE_SHIFT = 56;
    private static final int MOST_STAGES = 7;
    private static final long VLANS = (1L << COUNT_SHIFT) - 1;
    private static final long FIRST_FROM_LOW = 1L << 59;
    private static final long LOW_KNOWN = 1L << 60;
    private static final long HIGH_KNOWN = 1L << 61;
    private static final long LOW_FIN = 1L << 62;
    private static final long HIGH_FIN = 1L << 63;

    /** What a connection is opened and closed with. */
    private static final int CONTROL = TcpSegment.SYN | TcpSegment.FIN | TcpSegment.RST | TcpSegment.ACK;

    private static final int SYN_ACK = TcpSegment.SYN | TcpSegment.ACK;

    /** About what a flow's record takes with its place in the table, and one of its segments with its share of a block. */
    private static final int FLOW_OCTETS = 160;

    private static final int SEGMENT_OCTETS = 80;

    private final HeldTable table = new HeldTable(STAGES.length);
    private final HeldSegments segments;
    private final long[] lives;
    private final long shortestLife;

    private final FlowKey key = new FlowKey(0);

    /** Of flows that were not taken out. */
    private long octets;

    /** Before it no time is over. */
    private long nextExpiry = Long.MIN_VALUE;

    // the one at hand
    private long[] page;
    private int at;

    /** @param octets where the segments' text is kept */
    HeldFlows(FlowLimits limits, OctetLog octets) {
        segments = new HeldSegments(octets);
        long syn = limits.synTimeoutNanos();
        long idle = limits.idleTimeoutNanos();
        long closing = 2 * limits.mslNanos();
        lives = new long[] {syn, idle, syn, idle, closing, idle};
        shortestLife = Math.min(Math.min(syn, idle), closing);
    }

    int size() {
        return table.size();
    }

    int size(Stage stage) {
        return table.size(stage.ordinal());
    }

    /** Whether a flow that begins so can be held. */
    boolean canBegin(TcpSegment first) {
        return !first.isRst() && table.size() < HeldTable.MOST && segments.fits(first);
    }

    /**
     * Holds a flow.
     *
     * @param now the clock of the capture, nanoseconds since the epoch, which never goes back
     */
    void begin(FlowKey key, TcpSegment first, long stream, long now) {
        Stage stage = first.isSyn() ? Stage.SYN : Stage.OTHER;
        table.add(key, stream, stage.ordinal(), now);
        atHand();
        long block = segments.begin(first, key.fromLow);
        page[at + SEGMENTS] = block << 32 | block;
        page[at + NEXT] = 0;
        page[at + STATE] = first.encapsulation().vlans()
                | 1L << COUNT_SHIFT
                | (long) stage.ordinal() << STAGE_SHIFT
                | (key.fromLow ? FIRST_FROM_LOW : 0);
        if (mayGoOn(first)) {
            next(key.fromLow, first);
        }
        PlainRecord.begin(page, at + PLAIN, first);
        octets += FLOW_OCTETS + SEGMENT_OCTETS;
    }

    /** About how many octets of memory they take that were not taken out. */
    long octets() {
        return octets;
    }

    private long octetsAtHand() {
        return FLOW_OCTETS + SEGMENT_OCTETS * (page[at + STATE] >>> COUNT_SHIFT & MOST_COUNT);
    }

    /** Whether more may follow a first segment: a bare SYN, or one of a connection that was open before. */
    private static boolean mayGoOn(TcpSegment first) {
        int control = first.flags() & CONTROL;
        return control == TcpSegment.SYN && first.length() == 0 || control == TcpSegment.ACK;
    }

    /** Holds the next segment of the flow at hand; false if it has to be looked at. */
    boolean goOn(boolean fromLow, TcpSegment segment, long now) {
        Stage stage = after(fromLow, segment);
        long state = page[at + STATE];
        int count = (int) (state >>> COUNT_SHIFT) & MOST_COUNT;
        if (stage == null
                || count == MOST_SEGMENTS
                || segment.encapsulation().vlans() != (state & VLANS)
                || !segments.fits(segment)) {
            return false;
        }
        int before = (int) (state >>> STAGE_SHIFT) & MOST_STAGES;
        if (stage == Stage.OPEN && before == stage.ordinal()) {
            table.touch(now);
        } else {
            table.move(before, stage.ordinal(), now);
        }
        long ends = page[at + SEGMENTS];
        page[at + SEGMENTS] = ends >>> 32 << 32 | segments.add(segment, fromLow, (int) ends);
        long fin = segment.isRst() ? LOW_FIN | HIGH_FIN : segment.isFin() ? fin(fromLow) : 0;
        page[at + STATE] = (state & ~((long) MOST_STAGES << STAGE_SHIFT)) + (1L << COUNT_SHIFT)
                | (long) stage.ordinal() << STAGE_SHIFT
                | fin;
        octets += SEGMENT_OCTETS;
        next(fromLow, segment);
        if (PlainRecord.isPlain(page, at + PLAIN)) {
            PlainRecord.on(page, at + PLAIN, isFromFirst(fromLow), segment, now);
        }
        return true;
    }

    private void next(boolean fromLow, TcpSegment segment) {
        long end = segment.end() & 0xffff_ffffL;
        long next = page[at + NEXT];
        page[at + NEXT] = fromLow ? end << 32 | next & 0xffff_ffffL : next >>> 32 << 32 | end;
        page[at + STATE] |= known(fromLow);
    }

    /** The stage after a segment, or null if it is not what mostly comes. */
    private Stage after(boolean fromLow, TcpSegment segment) {
        int control = segment.flags() & CONTROL;
        if (control == SYN_ACK) {
            return answers(fromLow, segment) ? Stage.ANSWERED : null;
        }
        if (segment.isRst()) {
            return resets(fromLow, segment) ? Stage.CLOSING : null;
        }
        boolean known = has(known(fromLow));
        if ((control & ~TcpSegment.FIN) != TcpSegment.ACK || known && segment.seq() != next(fromLow)) {
            return null;
        }
        return switch (stage()) {
            case SYN, TAKEN -> null;
            case ANSWERED -> confirms(fromLow, segment) ? Stage.OPEN : null;
            case OTHER -> known || has(known(!fromLow)) ? Stage.OPEN : null;
            case OPEN, CLOSING -> {
                boolean closing = has(fin(!fromLow)) && (has(fin(fromLow)) || segment.isFin());
                yield closing ? Stage.CLOSING : Stage.OPEN;
            }
        };
    }

    private boolean answers(boolean fromLow, TcpSegment segment) {
        return stage() == Stage.SYN
                && has(known(!fromLow))
                && !has(known(fromLow))
                && segment.length() == 0
                && segment.ack() == next(!fromLow);
    }

    /** Its text would be told. */
    private boolean resets(boolean fromLow, TcpSegment segment) {
        boolean bare = (segment.flags() & CONTROL & ~TcpSegment.ACK) == TcpSegment.RST && segment.length() == 0;
        return bare
                && switch (stage()) {
                    case SYN -> refuses(fromLow, segment);
                    case OTHER, TAKEN -> false;
                    case ANSWERED, OPEN, CLOSING -> has(known(fromLow)) && segment.seq() == next(fromLow);
                };
    }

    private boolean refuses(boolean fromLow, TcpSegment segment) {
        return segment.isAck() && has(known(!fromLow)) && !has(known(fromLow)) && segment.ack() == next(!fromLow);
    }

    private boolean confirms(boolean fromLow, TcpSegment segment) {
        return isFromFirst(fromLow) && !segment.isFin() && segment.ack() == next(!fromLow);
    }

    private static long known(boolean fromLow) {
        return fromLow ? LOW_KNOWN : HIGH_KNOWN;
    }

    private static long fin(boolean fromLow) {
        return fromLow ? LOW_FIN : HIGH_FIN;
    }

    // ---- the one at hand

    private void atHand() {
        page = table.page();
        at = table.at() + HeldTable.OWNERS;
    }

    private boolean has(long flag) {
        return (page[at + STATE] & flag) != 0;
    }

    private int next(boolean fromLow) {
        return (int) (fromLow ? page[at + NEXT] >>> 32 : page[at + NEXT]);
    }

    /** Whether this end of the one at hand has sent anything that counts. */
    boolean hasSent(boolean fromLow) {
        return has(known(fromLow));
    }

    /** The sequence number that comes next from this end, if it {@link #hasSent}. */
    int sentUpTo(boolean fromLow) {
        return next(fromLow);
    }

    private Stage stage() {
        return STAGES[(int) (page[at + STATE] >>> STAGE_SHIFT) & MOST_STAGES];
    }

    /** Goes to the one of this key; false if there is none. */
    boolean find(FlowKey key) {
        if (table.size() == 0 || !table.find(key)) {
            return false;
        }
        atHand();
        return true;
    }

    /** Goes to the one of a stage that has been silent longest; false if there is none. */
    boolean oldest(Stage stage) {
        if (!table.oldest(stage.ordinal())) {
            return false;
        }
        atHand();
        return true;
    }

    /** Goes to the one with one segment and the lowest stream; false if there is none below {@code stream}. */
    boolean single(long stream) {
        boolean syn = oldest(Stage.SYN) && stream() < stream;
        long lowest = syn ? stream() : stream;
        return oldest(Stage.OTHER) && stream() < lowest || syn && oldest(Stage.SYN);
    }

    /** Goes to one whose time is over; false if there is none. */
    boolean expired(long now) {
        if (now < nextExpiry) {
            return false;
        }
        long next = FlowLimits.deadline(now, shortestLife);
        for (Stage stage : STAGES) {
            if (oldest(stage) && deadline() <= now) {
                return true;
            }
            next = oldest(stage) ? Math.min(next, deadline()) : next;
        }
        nextExpiry = next;
        return false;
    }

    /** Of those with more than one segment goes to the one that has been silent longest; false if there is none. */
    boolean longestSilent() {
        Stage longest = null;
        long since = 0;
        for (Stage stage : STAGES) {
            boolean single = stage == Stage.SYN || stage == Stage.OTHER;
            if (!single && oldest(stage) && (longest == null || touched() < since)) {
                longest = stage;
                since = touched();
            }
        }
        return longest != null && oldest(longest);
    }

    /** Goes to one that has been silent since {@code time}, and was not passed since; false if there is none. */
    boolean silent(long time) {
        for (Stage stage : STAGES) {
            if (table.silent(stage.ordinal(), time)) {
                atHand();
                return true;
            }
        }
        return false;
    }

    /** The one at hand, which {@link #silent} has found, is passed. */
    void pass() {
        table.pass(stage().ordinal());
    }

    /** All, in the order of their streams, for {@link #goOrdered}. */
    long[] inOrder() {
        return table.inOrder();
    }

    void goOrdered(long ordered) {
        table.goOrdered(ordered);
        atHand();
    }

    long stream() {
        return table.stream();
    }

    /** The clock of the capture when its last segment passed. */
    long touched() {
        return table.touched();
    }

    /** When its time is over, nanoseconds since the epoch. */
    long deadline() {
        return FlowLimits.deadline(touched(), lives[stage().ordinal()]);
    }

    /** Whether a segment of this direction is of the end that sent the first. */
    boolean isFromFirst(boolean fromLow) {
        return fromLow == has(FIRST_FROM_LOW);
    }

    /** Whether its handshake was not seen to be complete. */
    boolean isOpening() {
        return stage() == Stage.SYN || stage() == Stage.ANSWERED;
    }

    /** The time of its first segment. */
    long start() {
        return segments.time((int) (page[at + SEGMENTS] >>> 32));
    }

    /** Whether the one at hand was taken out; that it is there is known until {@link #drop}. */
    boolean isTaken() {
        return stage() == Stage.TAKEN;
    }

    /** When the one at hand may have to end, at the earliest, if it is taken out and goes on. */
    long soonestEnd(Ends ends, long now) {
        long soonest = Long.MAX_VALUE;
        for (long life : lives) {
            long end = FlowLimits.deadline(touched(), life);
            if (ends == Ends.CLOSED || ends == Ends.OVER && end > now) {
                soonest = Math.min(soonest, end);
            }
        }
        return soonest;
    }

    /**
     * Takes the one at hand out.
     *
     * @param frame that shows the clock of the capture to stand at {@code now}
     */
    void takeInto(TakenFlows taken, Ends ends, long frame, long now) {
        long state = page[at + STATE];
        int count = (int) (state >>> COUNT_SHIFT) & MOST_COUNT;
        octets -= octetsAtHand();
        table.key(key, has(FIRST_FROM_LOW));
        taken.add(table.record(), (int) (page[at + SEGMENTS] >>> 32), count, key, state & VLANS, isOpening());
        taken.add(stream(), touched(), ends, frame, now);
        table.unlist(stage().ordinal());
        page[at + STATE] = state & ~((long) MOST_STAGES << STAGE_SHIFT) | (long) Stage.TAKEN.ordinal() << STAGE_SHIFT;
    }

    /** Whether the one at hand went by the book until both its ends had closed. */
    boolean hasClosed() {
        return PlainRecord.hasClosed(page, at + PLAIN);
    }

    /** How the one at hand was closed, which {@link #hasClosed}. */
    Closing.Kind closing() {
        return PlainRecord.close(page, at + PLAIN);
    }

    /** Fills in the measures of the one at hand, which {@link #hasClosed}. */
    void measure(PlainMeasures measures) {
        measures.begin();
        segments.measure((int) (page[at + SEGMENTS] >>> 32), has(FIRST_FROM_LOW), measures);
    }

    /** Sets the key to that of the one at hand, as its first segment has it. */
    void key(FlowKey to) {
        table.key(to, has(FIRST_FROM_LOW));
    }

    /** Adds what is kept of the one at hand, which {@link #hasClosed}. */
    void addTo(Remains remains, FlowKey key, long deadline) {
        Side low = has(FIRST_FROM_LOW) ? Side.CLIENT : Side.SERVER;
        int plain = at + PLAIN;
        remains.add(
                key,
                stream(),
                Remains.pair(PlainRecord.sentUpTo(page, plain, low), PlainRecord.sentUpTo(page, plain, low.peer())),
                Remains.pair(PlainRecord.tsVal(page, plain, low), PlainRecord.tsVal(page, plain, low.peer())),
                Remains.flags(
                        PlainRecord.isStamped(page, plain),
                        PlainRecord.state(page, plain, low) == TcpState.TIME_WAIT,
                        PlainRecord.state(page, plain, low.peer()) == TcpState.TIME_WAIT),
                deadline);
    }

    /** The one at hand goes, and nothing of it is looked at. */
    void drop() {
        octets -= octetsAtHand();
        segments.free((int) (page[at + SEGMENTS] >>> 32));
        table.unlist(stage().ordinal());
        table.drop();
    }

    void lend(TakenFlows taken) {
        taken.lend(segments);
    }

    /** What was taken out has ended or is alive elsewhere. */
    void drop(TakenFlows taken) {
        taken.rewind();
        while (taken.next()) {
            if (!taken.isPlain()) {
                table.go(taken.record());
                atHand();
                segments.free((int) (page[at + SEGMENTS] >>> 32));
                table.drop();
            }
        }
        taken.clear();
    }
}
