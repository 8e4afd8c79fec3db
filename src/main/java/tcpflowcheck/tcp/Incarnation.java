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

    /** Judges a segment with SYN and without RST. */
    public static Incarnation of(Connection connection, Side side, TcpSegment segment) {
        Endpoint sender = connection.endpoint(side);
        Endpoint receiver = connection.endpoint(side.peer());
        if (connection.onlyResets()) {
            return NEXT;
        }
        boolean sameIsn = sender.issKnown() && segment.seq() == sender.iss();
        if (segment.isAck()) {
            boolean next = connection.ended() && !sameIsn && !receiver.hasSent(segment.ack());
            return next ? NEXT : SAME;
        }
        if (!connection.wasSynchronized()) {
            return beforeSynchronized(connection, sender, receiver, sameIsn);
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
            Connection connection, Endpoint sender, Endpoint receiver, boolean sameIsn) {
        if (connection.ended()) {
            return sameIsn ? SAME : NEXT;
        }
        boolean answered = sender.state() == TcpState.SYN_SENT && receiver.state() == TcpState.SYN_RECEIVED;
        return answered && !sameIsn ? DEPENDS : SAME;
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
