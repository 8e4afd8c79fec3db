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
        /** Both ends have sent a FIN, the last segment is one. */
        CLOSING,
        /** Something followed the FINs of both ends, or one has sent a RST: mostly the last, so segments are {@link ClosedSegments}. */
        CLOSED,
        /** It is looked at, and not known yet what came of it. */
        TAKEN
    }

    private static final Stage[] STAGES = Stage.values();

    /** About what a flow's record takes with its place in the table, and one of its segments with its share of a block. */
    private static final int FLOW_OCTETS = 160;

    private static final int SEGMENT_OCTETS = 80;

    private final HeldTable table = new HeldTable(STAGES.length);
    private final HeldSegments segments;
    private final ClosedSegments closed;
    private final long[] lives;
    private final long shortestLife;

    private final FlowKey key = new FlowKey(0);

    /** Of flows that were not taken out. */
    private long octets;

    /** Before it no time is over. */
    private long nextExpiry = Long.MIN_VALUE;

    // the one at hand
    private long[] page = {};
    private int at;

    /** @param octets where the segments' text is kept */
    HeldFlows(FlowLimits limits, OctetLog octets) {
        segments = new HeldSegments(octets);
        closed = new ClosedSegments(segments);
        long syn = limits.synTimeoutNanos();
        long idle = limits.idleTimeoutNanos();
        long closing = 2 * limits.mslNanos();
        lives = new long[] {syn, idle, syn, idle, closing, closing, idle};
        shortestLife = Math.min(Math.min(syn, idle), closing);
    }

    /** Segments of closed flows that went by the book are found by this from now on, and not kept. */
    void readAgainBy(SegmentLookup lookup) {
        closed.readAgainBy(lookup);
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
        HeldRecord.begin(page, at, stage, first, key.fromLow, segments.begin(first, key.fromLow));
        octets += FLOW_OCTETS + SEGMENT_OCTETS;
    }

    /** About how many octets of memory they take that were not taken out. */
    long octets() {
        return octets;
    }

    private long octetsAtHand() {
        int count = HeldRecord.count(page, at);
        return FLOW_OCTETS
                + (stage() == Stage.CLOSED
                        ? ClosedSegments.octets(HeldRecord.blocks(page, at), count)
                        : (long) SEGMENT_OCTETS * count);
    }

    /** The segments of the one at hand, which was closed, are held as they were; false if they can't be. */
    private boolean unfold() {
        table.key(key, HeldRecord.firstFromLow(page, at));
        long blocks = closed.unfold(HeldRecord.blocks(page, at), HeldRecord.count(page, at), key);
        if (blocks == ClosedSegments.GONE) {
            return false;
        }
        HeldRecord.blocks(page, at, blocks);
        return true;
    }

    private int firstBlock() {
        return HeldRecord.firstBlock(page, at);
    }

    /** Holds the next segment of the flow at hand; false if it has to be looked at. */
    boolean goOn(boolean fromLow, TcpSegment segment, long now) {
        Stage stage = HeldRecord.after(page, at, fromLow, segment);
        if (stage == null || !segments.fits(segment)) {
            return false;
        }
        Stage before = stage();
        long octetsBefore = octetsAtHand();
        if (before == Stage.CLOSED && !unfold()) {
            return false;
        }
        if (stage == Stage.OPEN && before == stage) {
            table.touch(now);
        } else {
            table.move(before.ordinal(), stage.ordinal(), now);
        }
        int block = segments.add(segment, fromLow, HeldRecord.lastBlock(page, at));
        HeldRecord.goOn(page, at, stage, fromLow, segment, block, now);
        if (stage == Stage.CLOSED) {
            HeldRecord.blocks(page, at, closed.fold(firstBlock(), hasClosed()));
        }
        octets += octetsAtHand() - octetsBefore;
        return true;
    }

    // ---- the one at hand

    private void atHand() {
        page = table.page();
        at = table.at() + HeldTable.OWNERS;
    }

    /** Whether this end of the one at hand has sent anything that counts. */
    boolean hasSent(boolean fromLow) {
        return HeldRecord.hasSent(page, at, fromLow);
    }

    /** The sequence number that comes next from this end, if it {@link #hasSent}. */
    int sentUpTo(boolean fromLow) {
        return HeldRecord.sentUpTo(page, at, fromLow);
    }

    private Stage stage() {
        return HeldRecord.stage(page, at);
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

    /** Goes to the one of those that were closed that has been silent longest; false if there is none. */
    boolean oldestClosed() {
        long since = oldest(Stage.CLOSED) ? touched() : Long.MAX_VALUE;
        return (oldest(Stage.CLOSING) && touched() < since) || oldest(Stage.CLOSED);
    }

    /** Goes to the one with one segment and the lowest stream; false if there is none below {@code stream}. */
    boolean single(long stream) {
        boolean syn = oldest(Stage.SYN) && stream() < stream;
        long lowest = syn ? stream() : stream;
        return (oldest(Stage.OTHER) && stream() < lowest) || (syn && oldest(Stage.SYN));
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
        return HeldRecord.isFromFirst(page, at, fromLow);
    }

    /** Whether its handshake was not seen to be complete. */
    boolean isOpening() {
        return stage() == Stage.SYN || stage() == Stage.ANSWERED;
    }

    /** The time of its first segment. */
    long start() {
        return stage() == Stage.CLOSED ? closed.time(HeldRecord.blocks(page, at)) : segments.time(firstBlock());
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
            if (ends == Ends.CLOSED || (ends == Ends.OVER && end > now)) {
                soonest = Math.min(soonest, end);
            }
        }
        return soonest;
    }

    /**
     * Takes the one at hand out.
     *
     * @param frame that shows the clock of the capture to stand at {@code now}
     * @return false if it can't be looked at any more: it {@link #hasClosed}, and its segments are gone
     */
    boolean takeInto(TakenFlows taken, Ends ends, long frame, long now) {
        long octetsBefore = octetsAtHand();
        if (stage() == Stage.CLOSED && !unfold()) {
            return false;
        }
        octets -= octetsBefore;
        table.key(key, HeldRecord.firstFromLow(page, at));
        int first = firstBlock();
        taken.add(table.record(), first, HeldRecord.count(page, at), key, HeldRecord.vlans(page, at), isOpening());
        taken.add(stream(), touched(), ends, frame, now);
        table.unlist(stage().ordinal());
        HeldRecord.stage(page, at, Stage.TAKEN);
        return true;
    }

    /** Whether the one at hand went by the book until both its ends had closed. */
    boolean hasClosed() {
        return PlainRecord.hasClosed(page, at + HeldRecord.PLAIN);
    }

    /** How the one at hand was closed, which {@link #hasClosed}. */
    Closing.Kind closing() {
        return PlainRecord.close(page, at + HeldRecord.PLAIN);
    }

    /** Fills in the measures of the one at hand, which {@link #hasClosed}. */
    void measure(PlainMeasures measures) {
        measures.begin();
        boolean clientIsLow = HeldRecord.firstFromLow(page, at);
        if (stage() == Stage.CLOSED) {
            closed.measure(HeldRecord.blocks(page, at), HeldRecord.count(page, at), clientIsLow, measures);
        } else {
            segments.measure(firstBlock(), clientIsLow, measures);
        }
    }

    /** Sets the key to that of the one at hand, as its first segment has it. */
    void key(FlowKey to) {
        table.key(to, HeldRecord.firstFromLow(page, at));
    }

    /** Adds what is kept of the one at hand, which {@link #hasClosed}. */
    void addTo(Remains remains, FlowKey key, long deadline) {
        Side low = HeldRecord.firstFromLow(page, at) ? Side.CLIENT : Side.SERVER;
        int plain = at + HeldRecord.PLAIN;
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
        if (stage() == Stage.CLOSED) {
            closed.free(HeldRecord.blocks(page, at));
        } else {
            segments.free(firstBlock());
        }
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
                segments.free(firstBlock());
                table.drop();
            }
        }
        taken.clear();
    }
}
