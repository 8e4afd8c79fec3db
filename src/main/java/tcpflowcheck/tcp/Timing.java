package tcpflowcheck.tcp;

import tcpflowcheck.wire.TcpSegment;

/**
 * Where a connection's time went, as the tap saw it pass: its opening, the client's request, the wait for the first octet
 * of the answer, the transfer, the close, and the silences. Nanoseconds; what did not happen, or not in the capture, is -1.
 */
public final class Timing {
    private static final long NONE = Long.MIN_VALUE;

    private final Connection connection;
    private long openedAt = NONE;
    /** When new text of the client passed first, and last before text of the server. */
    private long askedAt = NONE;

    private long askedUntil = NONE;
    private long answeredAt = NONE;
    private long lastTextAt = NONE;
    private long latest = NONE;
    private long longestSilenceNanos;
    /** The frame that ended the longest silence, 0 if there was none. */
    private long silenceFrame;

    private long silenceAtEndNanos;

    Timing(Connection connection) {
        this.connection = connection;
    }

    /** A segment of the connection passes. */
    void passes(TcpSegment segment) {
        if (latest != NONE && segment.time() - latest > longestSilenceNanos) {
            longestSilenceNanos = segment.time() - latest;
            silenceFrame = segment.frame();
        }
        latest = Math.max(latest, segment.time());
    }

    /** A segment is taken, with text that was not captured before or without. */
    void taken(Side side, TcpSegment segment, boolean newText) {
        boolean third = side == Side.CLIENT && !segment.isSyn() && segment.isAck();
        if (openedAt == NONE && third && !connection.midstream()) {
            openedAt = segment.time();
        }
        if (!newText) {
            return;
        }
        lastTextAt = Math.max(lastTextAt, segment.time());
        if (side == Side.SERVER) {
            answeredAt = answeredAt == NONE ? segment.time() : answeredAt;
        } else {
            askedAt = askedAt == NONE ? segment.time() : askedAt;
            askedUntil = answeredAt == NONE ? segment.time() : askedUntil;
        }
    }

    void end(long silenceNanos) {
        silenceAtEndNanos = silenceNanos;
    }

    private static long between(long begin, long end) {
        return begin == NONE || end == NONE ? -1 : Math.max(end - begin, 0);
    }

    /** From the SYN that was answered to the segment that confirmed the answer. */
    public long connectNanos() {
        Handshake handshake = connection.handshake();
        boolean known = handshake.synAckNanos() >= 0 && handshake.ackNanos() >= 0;
        return known ? handshake.synAckNanos() + handshake.ackNanos() : -1;
    }

    /** From the end of the opening to the last segment of the client's text before the server's first. */
    public long requestNanos() {
        return answeredAt == NONE ? -1 : between(openedAt, askedUntil);
    }

    /** From the client's last text before the server's first to that; from the opening where the server speaks first. */
    public long firstOctetNanos() {
        return between(askedUntil == NONE ? openedAt : askedUntil, answeredAt);
    }

    /** From the server's first text to the last of either end; from the client's first where the server sends none. */
    public long transferNanos() {
        return between(answeredAt == NONE ? askedAt : answeredAt, lastTextAt);
    }

    /** From the first FIN to the segment that acknowledges the last. */
    public long closeNanos() {
        return connection.closing().nanos();
    }

    /** The longest time in which no segment passed, between the first and the last one. */
    public long longestSilenceNanos() {
        return longestSilenceNanos;
    }

    /** The frame that ended the longest silence, 0 if there is only one segment. */
    public long silenceFrame() {
        return silenceFrame;
    }

    /** From its last segment to where the clock of the capture stood when its time was over, or the capture. */
    public long silenceAtEndNanos() {
        return silenceAtEndNanos;
    }

    /** The longest silence; of a connection that did not end the one behind its last segment counts, too. */
    public long silenceNanos() {
        return connection.ended() ? longestSilenceNanos : Math.max(longestSilenceNanos, silenceAtEndNanos);
    }
}
