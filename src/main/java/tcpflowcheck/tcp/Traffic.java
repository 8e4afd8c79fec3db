package tcpflowcheck.tcp;

import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpOptions;
import tcpflowcheck.wire.TcpSegment;

/** What one end sent, counted, and what is needed to know a segment that was captured twice. */
public final class Traffic {
    /** With an IP ID or a timestamp of its own a later copy is still the same segment: sent again it has a new one. */
    static final long MARKED_COPY_NANOS = 1_000_000_000L;

    /** Without either, only a copy that comes at once; a tail loss probe comes after 2 ms at the earliest (RFC 8985, 7.2). */
    private static final long PLAIN_COPY_NANOS = 2_000_000L;

    /** Duplicate ACKs without any option may come in bursts. */
    private static final long PLAIN_ACK_COPY_NANOS = 50_000;

    private static final int RIGHT_SUM = 1 << 30;
    private static final int UNFINISHED_SUM = 1 << 29;

    /** A mirror of both directions of a port gives copies a few segments late. */
    private static final int REMEMBERED = 4;

    private long packets;
    private long octets;
    private int largestSegment;
    private int tsVal;
    private int tsEcr;
    private long stampedAt;

    /** {@link #RIGHT_SUM}, {@link #UNFINISHED_SUM}, and a bit for each {@link Acceptance} that was disproved. */
    private int marks;

    private boolean tsValKnown;
    private short lowestTimeToLive = Short.MAX_VALUE;
    private short highestTimeToLive = -1;
    private long firstPrint;
    private long firstTime;
    private long lastControlPrint;
    private long lastControlTime;
    private int lastIdentification = -1;
    private boolean countsIdentifications;
    private boolean mirrored;

    /** Prints and times of the last segments, by turns; null until there is a second. */
    private long[] last;

    private int turn;

    void count(TcpSegment segment) {
        packets++;
        octets += segment.length();
        largestSegment = Math.max(largestSegment, segment.length());
    }

    /** Notes the segment, and says whether it is one of the last, or the last SYN, FIN or RST, captured once more. */
    boolean isCopy(TcpSegment segment) {
        boolean control = segment.has(TcpSegment.SYN | TcpSegment.FIN | TcpSegment.RST);
        long within = copyWithin(segment, control);
        long print = print(segment);
        if (isRemembered(print, segment.time(), within)
                || control && print == lastControlPrint && segment.time() - lastControlTime <= within) {
            mirrored = true;
            return true;
        }
        if (control) {
            lastControlPrint = print;
            lastControlTime = segment.time();
        }
        remember(print, segment.time());
        countsIdentifications |= lastIdentification >= 0 && lastIdentification != segment.identification();
        lastIdentification = segment.identification();
        return false;
    }

    private long copyWithin(TcpSegment segment, boolean control) {
        if (isMarked(segment)) {
            return MARKED_COPY_NANOS;
        }
        boolean mayBeRepeated = segment.length() == 0 && !control && !mirrored;
        return mayBeRepeated ? PLAIN_ACK_COPY_NANOS : PLAIN_COPY_NANOS;
    }

    /** Whether the same octets sent again would look different: by a timestamp or an IP ID that changes. */
    boolean isMarked(TcpSegment segment) {
        return segment.options().timestamps() || segment.identification() > 0 && countsIdentifications;
    }

    private boolean isRemembered(long print, long time, long within) {
        if (last == null) {
            return print == firstPrint && time - firstTime <= within;
        }
        for (int i = 0; i < 2 * REMEMBERED; i += 2) {
            if (last[i] == print && time - last[i + 1] <= within) {
                return true;
            }
        }
        return false;
    }

    private void remember(long print, long time) {
        if (packets <= 1) {
            firstPrint = print;
            firstTime = time;
            return;
        }
        if (last == null) {
            last = new long[2 * REMEMBERED];
            last[2 * REMEMBERED - 2] = firstPrint;
            last[2 * REMEMBERED - 1] = firstTime;
        }
        last[turn] = print;
        last[turn + 1] = time;
        turn = (turn + 2) % (2 * REMEMBERED);
    }

    private static long print(TcpSegment segment) {
        long hash = SeqNumber.unsigned(segment.seq()) << 32 | SeqNumber.unsigned(segment.ack());
        hash = hash * 0x9E37_79B9_7F4A_7C15L + (segment.flags() << 16 | segment.window());
        hash = hash * 0x9E37_79B9_7F4A_7C15L + ((long) segment.length() << 16 | segment.checksum());
        hash = hash * 0x9E37_79B9_7F4A_7C15L + segment.identification();
        return hash * 0x9E37_79B9_7F4A_7C15L
                + (segment.options().timestamps() ? segment.options().tsVal() : 0);
    }

    /** Notes the timestamps of a segment that its receiver takes. */
    void noteTimestamps(TcpSegment segment, boolean inSequence) {
        TcpOptions options = segment.options();
        if (!options.timestamps()) {
            return;
        }
        stampedAt = segment.time();
        if (inSequence) {
            tsVal = options.tsVal();
            tsValKnown = true;
        }
        if (segment.isAck()) {
            tsEcr = options.tsEcr();
        }
    }

    /** The timestamp that this end has echoed last, its TS.Recent; that of {@code next} if that says nothing. */
    int echoedTsVal(TcpSegment next) {
        return tsEcr == 0 ? next.options().tsVal() : tsEcr;
    }

    /** When it last sent a timestamp, nanoseconds since the epoch. */
    long stampedAt() {
        return stampedAt;
    }

    /** Whether a segment's timestamp is older than the last in sequence. */
    boolean isOlder(TcpSegment segment) {
        return tsValKnown
                && segment.options().timestamps()
                && tsVal - segment.options().tsVal() > 0;
    }

    /** One of its checksums is right. */
    void noteRightSum() {
        marks |= RIGHT_SUM;
    }

    /** One of its checksums is that of the pseudo-header alone. */
    void noteUnfinishedSum() {
        marks |= UNFINISHED_SUM;
    }

    boolean sumIsRight() {
        return (marks & RIGHT_SUM) != 0;
    }

    /** Whether one of its checksums fits the addresses. */
    boolean sumFits() {
        return (marks & (RIGHT_SUM | UNFINISHED_SUM)) != 0;
    }

    /** A segment of this end was taken though its receiver should have dropped it. */
    void disproves(Acceptance why) {
        marks |= 1 << why.ordinal();
    }

    boolean isDisproved(Acceptance why) {
        return (marks >>> why.ordinal() & 1) != 0;
    }

    /** Whether a timestamp is newer than the last that came with new octets. */
    boolean isNewer(int next) {
        return tsValKnown && next - tsVal > 0;
    }

    public boolean lastTsValKnown() {
        return tsValKnown;
    }

    /** The timestamp of the last segment with new octets. */
    public int lastTsVal() {
        return tsVal;
    }

    void noteTimeToLive(int timeToLive) {
        lowestTimeToLive = (short) Math.min(lowestTimeToLive, timeToLive);
        highestTimeToLive = (short) Math.max(highestTimeToLive, timeToLive);
    }

    /** How far a time to live lies outside what this end's segments have had so far; 0 if none had been seen. */
    int timeToLiveOutlier(int timeToLive) {
        if (highestTimeToLive < 0) {
            return 0;
        }
        return Math.max(Math.max(lowestTimeToLive - timeToLive, timeToLive - highestTimeToLive), 0);
    }

    /** Segments, copies of the capture among them. */
    public long packets() {
        return packets;
    }

    /** Payload octets of all segments, as the IP headers promise them. */
    public long octets() {
        return octets;
    }

    /** Payload octets of the longest segment. */
    public int largestSegment() {
        return largestSegment;
    }
}
