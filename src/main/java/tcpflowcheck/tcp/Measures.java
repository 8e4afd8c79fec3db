package tcpflowcheck.tcp;

import org.jspecify.annotations.Nullable;
import tcpflowcheck.wire.SeqNumber;

/** Numbers of one end: what it sent again, how long its segments took, how it was held up by its own window. */
public final class Measures {
    /** Of an end that sent nothing after its SYN. */
    static final Measures NONE = new Measures();

    private static final Durations NONE_KNOWN = new Durations();

    private final Durations byAcks = new Durations();
    /** Null until there is one. */
    private @Nullable Durations byTimestamps;

    private long uniqueOctets;
    private long retransmittedOctets;
    private int retransmissions;
    private int timeouts;
    private long longestTimeoutNanos;
    private long zeroWindowNanos;
    private long mostInFlight;
    private int burstBegin;
    private int burstEnd;
    private long burst;
    private long longestBurst;

    /** The least time in which an end has answered what passed the tap: a SYN, a SYN,ACK, or text; 0 if it is not known. */
    static long leastTo(Connection connection, Side side) {
        Handshake handshake = connection.handshake();
        Measures asked = connection.measures(side.peer());
        long opening = side == Side.SERVER ? handshake.synAckNanos() : handshake.ackNanos();
        return least(opening, least(asked.byAcks().min(), asked.byTimestamps().min()));
    }

    private static long least(long one, long other) {
        return one <= 0 || (other > 0 && other < one) ? Math.max(other, 0) : one;
    }

    void unique(int octets) {
        uniqueOctets += octets;
    }

    /**
     * A segment left again, from {@code begin} up to {@code end}.
     *
     * @param unseen octets of it that had not been captured before: they count once
     */
    void sentAgain(int begin, int end, int unseen) {
        int again = end - begin - unseen;
        retransmissions++;
        retransmittedOctets += again;
        boolean next = burst > 0 && SeqNumber.between(burstBegin, begin, burstEnd);
        long more = Math.min(next ? Math.max(end - burstEnd, 0) : end - begin, again);
        burst = next ? burst + more : more;
        burstBegin = next ? burstBegin : begin;
        burstEnd = next ? SeqNumber.max(burstEnd, end) : end;
        longestBurst = Math.max(longestBurst, burst);
    }

    void timeout(long nanos) {
        timeouts++;
        longestTimeoutNanos = Math.max(longestTimeoutNanos, nanos);
    }

    void zeroWindow(long nanos) {
        zeroWindowNanos += nanos;
    }

    void inFlight(int octets) {
        mostInFlight = Math.max(mostInFlight, octets);
    }

    /** From a segment with text to the ACK that covers it, not if that text was sent twice (RFC 6298, section 3). */
    public Durations byAcks() {
        return byAcks;
    }

    /** From a segment with text to the first that echoes its timestamp (RFC 7323, section 4). */
    public Durations byTimestamps() {
        return byTimestamps == null ? NONE_KNOWN : byTimestamps;
    }

    void echoed(long nanos) {
        if (byTimestamps == null) {
            byTimestamps = new Durations();
        }
        byTimestamps.add(nanos);
    }

    /** Octets of text, each counted once. */
    public long uniqueOctets() {
        return uniqueOctets;
    }

    /** Octets of text that were sent again. */
    public long retransmittedOctets() {
        return retransmittedOctets;
    }

    /** Segments of text that were sent again. */
    public int retransmissions() {
        return retransmissions;
    }

    /** The longest run of octets, one after another in sequence, that was sent again. */
    public long longestBurst() {
        return longestBurst;
    }

    /** Times the oldest text in flight was sent again though nothing asked for it. */
    public int timeouts() {
        return timeouts;
    }

    /** From the last time that text had been sent, nanoseconds. */
    public long longestTimeoutNanos() {
        return longestTimeoutNanos;
    }

    /** Nanoseconds during which it offered no window. */
    public long zeroWindowNanos() {
        return zeroWindowNanos;
    }

    /** The most octets it had sent and the peer had not acknowledged. */
    public long mostInFlight() {
        return mostInFlight;
    }
}
