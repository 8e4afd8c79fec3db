package tcpflowcheck.tcp.evidence;

import java.util.Arrays;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpOptions;
import tcpflowcheck.wire.TcpSegment;

/**
 * Kept with a connection: the segments that its ends' states rest on, in the order of the capture. For an end, its own
 * are what it did, and the peer's are what may have arrived at any later time, or never. Packed, a few longs each.
 */
public final class Sightings {
    /** What answers a segment comes within a round trip and this time. */
    public static final long ANSWER_NANOS = 1_000_000_000L;

    /** More than so many are not kept: then nothing that follows is proven. */
    static final int MOST = 120;

    private static final int LONGS = 6;
    private static final int FIRST = 8;

    /** Where more were kept, they are not lent to connections that may not need them. */
    private static final int MOST_LENT = 32;

    // above the eight bits of the flags
    private static final int SERVER = 1 << 8;
    private static final int TIMESTAMPS = 1 << 9;
    private static final int SACK = 1 << 10;
    private static final int TEXT = 1 << 11;
    private static final int EXACT = 1 << 12;
    private static final int REPORTS_SYN_TWICE = 1 << 13;
    private static final int FREED_TEXT = 1 << 14;
    private static final int ACK_KNOWN = 1 << 15;
    private static final int MAY_ANSWER_TEXT = 1 << 16;
    private static final int ACKS_NOTHING = 1 << 17;
    private static final int ANSWERS_LAST = 1 << 18;
    private static final int BEHIND_HOLE = 1 << 19;
    private static final int NOT_TAKEN = 1 << 20;
    private static final int UNREACHABLE = 1 << 21;
    private static final int RESET_AGAIN = 1 << 22;
    private static final int HOLDS_FIN_BACK = 1 << 23;
    private static final int FRAME_SHIFT = 24;

    private static final long[] NONE = new long[0];

    private final SightingRoom room;
    private long[] longs = NONE;
    private int size;
    private int replaced;
    private boolean overflown;
    private boolean anyNotTaken;

    public Sightings(SightingRoom room) {
        this.room = room;
    }

    /** Notes a segment; what else is to be known of it is told of the last one. */
    public void add(Side side, TcpSegment segment, int before) {
        if (size == MOST) {
            overflown = true;
            return;
        }
        grow();
        set(size++, side, segment, before);
    }

    private void grow() {
        if (size * LONGS == longs.length) {
            longs = size == 0 ? room.lend(FIRST * LONGS) : Arrays.copyOf(longs, Math.min(2 * size, MOST) * LONGS);
        }
    }

    /**
     * Notes an ICMP error that quotes the SYN of an end.
     *
     * @param side the other end's, which it may have come from
     */
    public void addUnreachable(Side side, long frame, long time) {
        if (size == MOST) {
            overflown = true;
            return;
        }
        grow();
        int at = size++ * LONGS;
        Arrays.fill(longs, at, at + LONGS, 0);
        longs[at] = frame << FRAME_SHIFT | UNREACHABLE | (side == Side.SERVER ? SERVER : 0);
        longs[at + 1] = time;
    }

    /** Puts a segment in the place of the last one, which says less. */
    public void replaceLast(Side side, TcpSegment segment, int before) {
        set(size - 1, side, segment, before);
        replaced++;
    }

    /** Nobody asks any more: what they were kept in is another connection's. */
    public void forget() {
        room.takeBack(longs, MOST_LENT * LONGS);
        longs = NONE;
        size = 0;
    }

    /** Whether the peer of any has taken nothing that opens it. */
    boolean isAnyNotTaken() {
        return anyNotTaken;
    }

    /** How often a sighting was replaced. */
    int replaced() {
        return replaced;
    }

    private void set(int index, Side side, TcpSegment segment, int before) {
        TcpOptions options = segment.options();
        int at = index * LONGS;
        long bits = (segment.flags() & 0xff)
                | (side == Side.SERVER ? SERVER : 0)
                | (options.timestamps() ? TIMESTAMPS : 0)
                | (segment.length() > 0 ? TEXT : 0);
        int sacked = 0;
        if (options.sackCount() > 0) {
            bits |= SACK;
            sacked = options.right(0);
            for (int i = 1; i < options.sackCount(); i++) {
                sacked = SeqNumber.max(sacked, options.right(i));
            }
        }
        longs[at] = segment.frame() << FRAME_SHIFT | bits;
        longs[at + 1] = segment.time();
        longs[at + 2] = pair(segment.seq(), segment.ack());
        longs[at + 3] = pair(segment.end(), before);
        longs[at + 4] = options.timestamps() ? pair(options.tsVal(), options.tsEcr()) : 0;
        longs[at + 5] = pair(sacked, 0);
    }

    private static long pair(int high, int low) {
        return (long) high << 32 | (low & 0xffff_ffffL);
    }

    /** What the peer of the last one's sender had acknowledged by then. */
    public void acknowledgedByPeer(int ack) {
        int at = (size - 1) * LONGS;
        longs[at] |= ACK_KNOWN;
        longs[at + 5] = longs[at + 5] >>> 32 << 32 | (ack & 0xffff_ffffL);
    }

    /** A copy of an RST passes, from this side: RSTs that answer the same ACK number are the same in all. */
    public void resetAgain(Side side, int seq) {
        for (int i = size - 1; i >= 0; i--) {
            if (side(i) == side && isRst(i) && seq(i) == seq) {
                longs[i * LONGS] |= RESET_AGAIN;
                return;
            }
        }
    }

    /** The last one is an RST whose number may be the one that its receiver expects. */
    public void mayBeExact() {
        longs[(size - 1) * LONGS] |= EXACT;
    }

    /** The last one says by D-SACK (RFC 2883) that the peer's SYN has come more than once. */
    public void reportsSynTwice() {
        longs[(size - 1) * LONGS] |= REPORTS_SYN_TWICE;
    }

    /** The last one is a bare RST, and octets of the peer are on their way. */
    public void mayAnswerText() {
        longs[(size - 1) * LONGS] |= MAY_ANSWER_TEXT;
    }

    /** The last one is a bare RST with the number that the peer acknowledged in its last segment, not long ago. */
    public void answersLast() {
        longs[(size - 1) * LONGS] |= ANSWERS_LAST;
    }

    /** The last one is an RST, and octets in front of its number, which its receiver has not acknowledged, were not captured. */
    public void behindHole() {
        longs[(size - 1) * LONGS] |= BEHIND_HOLE;
    }

    /** The last one acknowledges what was never sent. */
    public void acksNothing() {
        longs[(size - 1) * LONGS] |= ACKS_NOTHING;
    }

    /** If the last one is of this side: the peer has taken nothing that opens it, and this neither as far as is known. */
    public void notTaken(Side side) {
        if (size > 0 && side(size - 1) == side) {
            longs[(size - 1) * LONGS] |= NOT_TAKEN;
            replaced++;
            anyNotTaken = true;
        }
    }

    /** The last one is a FIN that leaves at once when the peer's FIN acknowledges the text before it. */
    public void freedText() {
        longs[(size - 1) * LONGS] |= FREED_TEXT;
    }

    /** The last one is an RST that comes to an end whose FIN may wait behind text that was lost. */
    public void mayFindFinWaiting() {
        longs[(size - 1) * LONGS] |= HOLDS_FIN_BACK;
    }

    /** Whether the last one is of this side, has this ACK, and neither opens, closes nor resets. */
    public boolean isPlainOf(Side side, int ack) {
        int last = size - 1;
        return size > 0
                && side(last) == side
                && !has(last, TcpSegment.SYN | TcpSegment.FIN | TcpSegment.RST | UNREACHABLE)
                && ack(last) == ack;
    }

    public int size() {
        return size;
    }

    /** The last time between two copies of a SYN or FIN of this side; 0 if there was one of each. */
    public long repairNanos(Side side) {
        long interval = 0;
        int before = -1;
        for (int i = 0; i < size; i++) {
            if (side(i) == side && !isRst(i) && (isSyn(i) || isFin(i))) {
                boolean again = before >= 0 && end(before) == end(i) && isFin(before) == isFin(i);
                interval = again ? time(i) - time(before) : interval;
                before = i;
            }
        }
        return interval;
    }

    /** Whether some are missing at the end. */
    boolean overflown() {
        return overflown;
    }

    private boolean has(int index, int bit) {
        return (longs[index * LONGS] & bit) != 0;
    }

    Side side(int index) {
        return has(index, SERVER) ? Side.SERVER : Side.CLIENT;
    }

    int flags(int index) {
        return (int) longs[index * LONGS] & 0xff;
    }

    boolean isSyn(int index) {
        return has(index, TcpSegment.SYN);
    }

    boolean isAck(int index) {
        return has(index, TcpSegment.ACK);
    }

    boolean isFin(int index) {
        return has(index, TcpSegment.FIN);
    }

    boolean isRst(int index) {
        return has(index, TcpSegment.RST);
    }

    boolean hasText(int index) {
        return has(index, TEXT);
    }

    boolean hasTimestamps(int index) {
        return has(index, TIMESTAMPS);
    }

    boolean hasSack(int index) {
        return has(index, SACK);
    }

    /** Whether it is no segment of its side, but an ICMP error that quotes the SYN of the other. */
    boolean isUnreachable(int index) {
        return has(index, UNREACHABLE);
    }

    boolean isMaybeExact(int index) {
        return has(index, EXACT);
    }

    boolean reportsSynTwice(int index) {
        return has(index, REPORTS_SYN_TWICE);
    }

    boolean mayAnswerText(int index) {
        return has(index, MAY_ANSWER_TEXT);
    }

    boolean isBehindHole(int index) {
        return has(index, BEHIND_HOLE);
    }

    boolean doesAnswerLast(int index) {
        return has(index, ANSWERS_LAST);
    }

    boolean doesAckNothing(int index) {
        return has(index, ACKS_NOTHING);
    }

    boolean isNotTaken(int index) {
        return has(index, NOT_TAKEN);
    }

    boolean cameAgain(int index) {
        return has(index, RESET_AGAIN);
    }

    boolean freesText(int index) {
        return has(index, FREED_TEXT);
    }

    boolean mayFindFinWaiting(int index) {
        return has(index, HOLDS_FIN_BACK);
    }

    public long frame(int index) {
        return longs[index * LONGS] >>> FRAME_SHIFT;
    }

    /** Nanoseconds since the epoch. */
    public long time(int index) {
        return longs[index * LONGS + 1];
    }

    int seq(int index) {
        return (int) (longs[index * LONGS + 2] >>> 32);
    }

    int ack(int index) {
        return (int) longs[index * LONGS + 2];
    }

    /** The number behind its last octet; SYN and FIN count. */
    int end(int index) {
        return (int) (longs[index * LONGS + 3] >>> 32);
    }

    /** The number behind all that its sender had sent before. */
    int before(int index) {
        return (int) longs[index * LONGS + 3];
    }

    /** Where its FIN is, behind its text. */
    int seqOfFin(int index) {
        return end(index) - 1;
    }

    int tsVal(int index) {
        return (int) (longs[index * LONGS + 4] >>> 32);
    }

    int tsEcr(int index) {
        return (int) longs[index * LONGS + 4];
    }

    /** The highest number that its SACK option has. */
    int sacked(int index) {
        return (int) (longs[index * LONGS + 5] >>> 32);
    }

    /** Whether the peer had acknowledged anything by then. */
    boolean isPeersAckKnown(int index) {
        return has(index, ACK_KNOWN);
    }

    int peersAck(int index) {
        return (int) longs[index * LONGS + 5];
    }
}
