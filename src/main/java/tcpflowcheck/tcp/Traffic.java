package tcpflowcheck.tcp;

import org.jspecify.annotations.Nullable;
import tcpflowcheck.wire.TcpOptions;
import tcpflowcheck.wire.TcpSegment;

/** What one end sent, counted, and what is needed to know a segment that was captured twice. */
public final class Traffic {
    /** With an IP ID or a timestamp of its own a later copy is still the same segment: sent again it has a new one. */
    static final long MARKED_COPY_NANOS = 200_000_000L;

    /** Without either, only a copy that comes at once. */
    static final long PLAIN_COPY_NANOS = 5_000_000L;

    /** What an end may well send twice in a row is a copy only behind a mirror, which comes at once. */
    private static final long MIRRORED_COPY_NANOS = 50_000;

    /** A mirror doubles nearly all; where one segment in so many is a copy, others are, too. */
    private static final int MIRRORED_SHARE = 4;

    private static final int IDENTIFICATIONS_NEAR = 16;

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
    private int lastWindow = -1;

    /** Its IP ID stays the same, so that it says nothing. */
    private boolean repeatsIdentification;

    private int copies;

    /** How late the copies come of which there is no doubt. */
    private long longestCopyNanos;

    /** Likenesses and times of the last segments, by turns; null until there is a second. */
    private long @Nullable [] last;

    private int turn;

    void count(TcpSegment segment) {
        packets++;
        octets += segment.length();
        largestSegment = Math.max(largestSegment, segment.length());
    }

    /**
     * Notes the segment, and says whether it is one of the last, or the last SYN, FIN or RST, captured once more.
     *
     * @param mayRepeat whether the end may have sent the like so soon itself
     * @param peer of the end: a mirror doubles both
     */
    boolean isCopy(TcpSegment segment, boolean mayRepeat, Traffic peer) {
        boolean control = segment.has(TcpSegment.SYN | TcpSegment.FIN | TcpSegment.RST);
        long within = copyWithin(segment, mayRepeat, peer);
        long print = Likeness.of(segment);
        long since = sinceSame(print, segment.time());
        if (since > within && control && Likeness.same(print, lastControlPrint)) {
            since = Math.abs(segment.time() - lastControlTime);
        }
        if (since <= within) {
            longestCopyNanos = mayRepeat ? longestCopyNanos : Math.max(longestCopyNanos, since);
            return true;
        }
        if (control) {
            lastControlPrint = print;
            lastControlTime = segment.time();
        }
        if (!segment.isRst()) {
            boolean same = lastIdentification > 0 && lastIdentification == segment.identification();
            repeatsIdentification |= same && !Likeness.same(print, latest());
            lastIdentification = segment.identification();
            lastWindow = segment.window();
        }
        remember(print, segment.time());
        return false;
    }

    /** The IP ID of its last segment that was no RST; -1 for IPv6, or if there is none. */
    int lastIdentification() {
        return lastIdentification;
    }

    /** The window field of its last segment that was no RST, -1 if there is none. */
    int lastWindow() {
        return lastWindow;
    }

    /** Whether all its segments have one IP ID. */
    boolean repeatsIdentification() {
        return repeatsIdentification;
    }

    /** Whether an IP ID is one that this end may have counted up to since its last segment. */
    boolean mayComeNext(int identification) {
        int step = (short) (identification - lastIdentification);
        return lastIdentification > 0 && step > 0 && step <= IDENTIFICATIONS_NEAR;
    }

    /** One of its segments was captured once more. */
    void countCopy() {
        copies++;
    }

    private long copyWithin(TcpSegment segment, boolean mayRepeat, Traffic peer) {
        if (mayRepeat && !hasOwnIdentification(segment)) {
            return isMirrored() || peer.isMirrored() ? Math.max(2 * longestCopyNanos, MIRRORED_COPY_NANOS) : -1;
        }
        return isMarked(segment) ? MARKED_COPY_NANOS : PLAIN_COPY_NANOS;
    }

    private boolean isMirrored() {
        return copies > 0 && (long) copies * MIRRORED_SHARE >= packets;
    }

    private boolean hasOwnIdentification(TcpSegment segment) {
        return segment.identification() > 0 && !repeatsIdentification;
    }

    /** Whether the same octets sent again would look different: by a timestamp or an IP ID that changes. */
    private boolean isMarked(TcpSegment segment) {
        return segment.options().timestamps() || hasOwnIdentification(segment);
    }

    /** Whether a segment that is not one of the last may be a copy that comes late. */
    boolean mayBeLateCopy(TcpSegment segment, boolean mayRepeat) {
        return mayRepeat ? hasOwnIdentification(segment) : isMarked(segment);
    }

    /** Nanoseconds to the last of those remembered that is the same; the most there can be if none is. */
    private long sinceSame(long print, long time) {
        if (last == null) {
            return packets > 1 && Likeness.same(print, firstPrint) ? Math.abs(time - firstTime) : Long.MAX_VALUE;
        }
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 2 * REMEMBERED; i += 2) {
            if (Likeness.same(print, last[i])) {
                least = Math.min(least, Math.abs(time - last[i + 1]));
            }
        }
        return least;
    }

    private long latest() {
        return last == null ? firstPrint : last[(turn + 2 * REMEMBERED - 2) % (2 * REMEMBERED)];
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

    /** Whether it echoes a timestamp that the peer has not sent yet. */
    boolean echoesBeyond(Traffic peers) {
        return peers.tsValKnown && tsEcr != 0 && tsEcr - peers.tsVal > 0;
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

    /** The times to live of its segments: one, or the lowest and the highest. */
    String timesToLive() {
        String lowest = Integer.toString(lowestTimeToLive);
        return lowestTimeToLive == highestTimeToLive ? lowest : lowest + " to " + highestTimeToLive;
    }

    /** Segments, copies of the capture among them. */
    public long packets() {
        return packets;
    }

    /** Segments without copies of the capture. */
    long sent() {
        return packets - copies;
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
