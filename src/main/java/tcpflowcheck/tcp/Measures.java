package tcpflowcheck.tcp;

import tcpflowcheck.wire.SeqNumber;

/** Numbers of one end: what it sent again, how long its segments took, how it was held up by its own window. */
public final class Measures {
    /** Of an end that sent nothing after its SYN. */
    static final Measures NONE = new Measures();

    private static final RoundTrips NO_ROUND_TRIPS = new RoundTrips();

    private final RoundTrips byAcks = new RoundTrips();
    /** Null until there is one. */
    private RoundTrips byTimestamps;

    private long uniqueOctets;
    private long retransmittedOctets;
    private int retransmissions;
    private int timeouts;
    private long longestTimeoutNanos;
    private long zeroWindowNanos;
    private long mostInFlight;
    private int burstBegin;
    private int burstEnd;
    private long longestBurst;

    void unique(int octets) {
        uniqueOctets += octets;
    }

    /** Octets left again that had been lost or late, from {@code begin} up to {@code end}. */
    void sentAgain(int begin, int end) {
        retransmissions++;
        retransmittedOctets += end - begin;
        boolean next = longestBurst > 0 && SeqNumber.ge(begin, burstBegin) && SeqNumber.le(begin, burstEnd);
        burstBegin = next ? burstBegin : begin;
        burstEnd = next ? SeqNumber.max(burstEnd, end) : end;
        longestBurst = Math.max(longestBurst, burstEnd - burstBegin);
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
    public RoundTrips byAcks() {
        return byAcks;
    }

    /** From a segment with text to the first that echoes its timestamp (RFC 7323, section 4). */
    public RoundTrips byTimestamps() {
        return byTimestamps == null ? NO_ROUND_TRIPS : byTimestamps;
    }

    void echoed(long nanos) {
        if (byTimestamps == null) {
            byTimestamps = new RoundTrips();
        }
        byTimestamps.add(nanos);
    }

    /** Octets of text, each counted once. */
    public long uniqueOctets() {
        return uniqueOctets;
    }

    /** Octets of text in segments that were sent again. */
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
