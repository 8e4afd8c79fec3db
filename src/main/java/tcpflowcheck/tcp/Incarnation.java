package tcpflowcheck.tcp;

import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpSegment;

/** Whether a SYN on known addresses and ports belongs to the connection there or opens the next one. */
public enum Incarnation {
    /** It belongs to the connection. */
    SAME,
    /** It opens the next one. */
    NEXT,
    /** Only the peer's answer can tell: a SYN,ACK or an RST of it is of the next (RFC 9293, section 3.10.7.4). */
    DEPENDS;

    /** What is first captured behind a SYN lies in the first window (RFC 7323, section 2.2: it is not scaled). */
    private static final int MOST_BEHIND = 0xffff;

    private static final long AGAIN_NANOS = 900_000_000;

    /** Judges a segment with SYN and without RST. */
    public static Incarnation of(Connection connection, Side side, TcpSegment segment) {
        Endpoint sender = connection.endpoint(side);
        Endpoint receiver = connection.endpoint(side.peer());
        if (connection.onlyResets()) {
            return NEXT;
        }
        boolean sameIsn = sender.issKnown() && segment.seq() == sender.iss();
        if (segment.isAck()) {
            if (connection.ended()) {
                return sameIsn || receiver.hasSent(segment.ack()) ? SAME : NEXT;
            }
            return answersAnotherSyn(connection, sender, receiver, segment) ? DEPENDS : SAME;
        }
        if (segment.isFin() && connection.ended()) {
            return DEPENDS; // most stacks drop what both opens and closes
        }
        if (!connection.wasSynchronized()) {
            return beforeSynchronized(connection, sender, receiver, segment, sameIsn);
        }
        if (sameIsn) {
            return connection.ended() ? DEPENDS : SAME;
        }
        return switch (receiver.state()) {
            case CLOSED ->
                connection.mayBeInTimeWait(receiver) && !isBeyond(sender, receiver, segment) ? DEPENDS : NEXT;
            case TIME_WAIT -> isBeyond(sender, receiver, segment) ? NEXT : DEPENDS;
            default -> DEPENDS;
        };
    }

    private static Incarnation beforeSynchronized(
            Connection connection, Endpoint sender, Endpoint receiver, TcpSegment segment, boolean sameIsn) {
        if (connection.ended()) {
            return sameIsn || Reopening.goesOn(connection, sender, segment) ? SAME : NEXT;
        }
        if (sameIsn || sender.state() != TcpState.SYN_SENT) {
            return SAME;
        }
        if (receiver.state() == TcpState.SYN_RECEIVED) {
            return DEPENDS;
        }
        return receiver.state() == TcpState.LISTEN && Reopening.isNew(connection, sender, segment) ? NEXT : SAME;
    }

    /** A SYN,ACK of a SYN that was not captured, as where only this end's direction is in the capture. */
    private static boolean answersAnotherSyn(
            Connection connection, Endpoint sender, Endpoint receiver, TcpSegment segment) {
        return connection.wasSynchronized()
                && sender.issKnown()
                && segment.seq() != sender.iss()
                && receiver.sndNxtKnown()
                && !receiver.hasSent(segment.ack());
    }

    /**
     * The SYN is beyond what the end in TIME-WAIT has seen, by number or by timestamp (RFC 6191, section 2); an older
     * timestamp makes it drop the SYN (RFC 7323, section 5.3).
     */
    public static boolean isBeyond(Endpoint sender, Endpoint receiver, TcpSegment syn) {
        if (syn.options().timestamps() && sender.traffic().isNewer(syn.options().tsVal())) {
            return true;
        }
        if (sender.traffic().isOlder(syn) && receiver.options().timestamps()) {
            return false;
        }
        return !receiver.rcvNxtKnown() || SeqNumber.gt(syn.seq(), receiver.rcvNxt());
    }

    /**
     * Whether a segment of the same end goes on behind a segment with SYN that {@link #DEPENDS} on what follows: that was
     * accepted then, or given up by an RST, though the peer's answer is not in the capture.
     */
    public static boolean isContinued(Connection connection, Side side, TcpSegment first, TcpSegment next) {
        Endpoint sender = connection.endpoint(side);
        int behind = SeqNumber.distance(first.end(), next.seq());
        boolean old = sender.sndNxtKnown() && next.seq() == sender.sndNxt();
        return !next.isSyn() && (next.isAck() || next.isRst()) && behind >= 0 && behind <= MOST_BEHIND && !old;
    }

    /** Whether a segment of the peer is the third, or the first, of a handshake whose SYN,ACK {@link #DEPENDS} on it. */
    public static boolean confirms(TcpSegment synAck, TcpSegment next) {
        boolean third = next.isAck() && !next.isSyn() && !next.isRst() && next.ack() == synAck.end();
        boolean first = next.isSyn() && !next.isAck() && !next.isRst();
        return (third && next.seq() == synAck.ack()) || (first && next.seq() == synAck.ack() - 1);
    }

    /**
     * Whether a segment with SYN that {@link #DEPENDS} on an answer opens the next connection though none came: its end had
     * closed or its peer is not in the capture, or it was sent again, where an end that still had the connection would have
     * answered (RFC 5961, section 4).
     *
     * @param last when it was sent last, nanoseconds since the epoch
     */
    public static boolean opensUnanswered(Connection connection, Side side, TcpSegment first, long last) {
        Endpoint sender = connection.endpoint(side);
        boolean alone = sender.finSent()
                || sender.state() == TcpState.CLOSED
                || sender.peer().traffic().packets() == 0
                || last - first.time() >= AGAIN_NANOS;
        return alone && !first.isFin();
    }

    /** Whether a segment of the receiver accepts or refuses a SYN that {@link #DEPENDS} on it. */
    public static boolean answers(Connection connection, Side side, TcpSegment segment, int synSeq, int synEnd) {
        boolean acknowledges = SeqNumber.gt(segment.ack(), synSeq) && SeqNumber.le(segment.ack(), synEnd);
        Endpoint sender = connection.endpoint(side);
        Endpoint asked = sender.peer();
        boolean again = sender.issKnown() && segment.seq() == sender.iss();
        boolean copy = asked.issKnown() && synSeq == asked.iss(); // a late copy of the old SYN is refused, too
        return (segment.isRst() ? !copy : segment.isSyn() && !again) && segment.isAck() && acknowledges;
    }
}
