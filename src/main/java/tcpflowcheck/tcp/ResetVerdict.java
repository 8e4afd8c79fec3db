package tcpflowcheck.tcp;

import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpSegment;

/** What the receiver of an RST makes of it (RFC 9293, sections 3.5.3, 3.10.7.3 and 3.10.7.4; RFC 5961, section 3.2). */
enum ResetVerdict {
    /** It may be exactly next, or it acknowledges the SYN: the connection ends. */
    ACCEPTABLE,
    /** In the window and not exactly next: answered by a challenge ACK. */
    CHALLENGED,
    /** Outside the window, or in SYN-SENT without an ACK of the SYN: dropped. */
    UNACCEPTABLE,
    /** There is no connection any more, or none yet. */
    IGNORED;

    static ResetVerdict of(Endpoint receiver, Endpoint sender, TcpSegment rst) {
        return switch (receiver.connection.likeliest(receiver)) {
            case CLOSED, LISTEN -> IGNORED;
            case SYN_SENT -> inSynSent(receiver, rst);
            default -> inWindow(receiver, sender, rst);
        };
    }

    private static ResetVerdict inSynSent(Endpoint receiver, TcpSegment rst) {
        boolean acksSyn = rst.isAck() && SeqNumber.acceptable(receiver.iss(), rst.ack(), receiver.sndNxt());
        return acksSyn ? ACCEPTABLE : UNACCEPTABLE;
    }

    /**
     * The receiver's RCV.NXT lies between what it has acknowledged and what was sent to it, so any number there may be
     * the exact one.
     */
    private static ResetVerdict inWindow(Endpoint receiver, Endpoint sender, TcpSegment rst) {
        if (mayBeExact(receiver, sender, rst) || isNumberOfFin(receiver, sender, rst)) {
            return ACCEPTABLE;
        }
        if (!receiver.rcvNxtKnown()) {
            return UNACCEPTABLE;
        }
        boolean ahead = SeqNumber.gt(rst.seq(), highest(receiver, sender)) && SeqNumber.lt(rst.seq(), receiver.rcvEdge);
        return ahead ? CHALLENGED : UNACCEPTABLE;
    }

    /** Whether its number may be the receiver's RCV.NXT. */
    static boolean mayBeExact(Endpoint receiver, Endpoint sender, TcpSegment rst) {
        if (!receiver.rcvNxtKnown()) {
            return !sender.sndNxtKnown() || rst.seq() == sender.sndNxt();
        }
        return SeqNumber.between(receiver.rcvNxt(), rst.seq(), highest(receiver, sender));
    }

    private static int highest(Endpoint receiver, Endpoint sender) {
        return sender.sndNxtKnown() ? SeqNumber.max(receiver.rcvNxt(), sender.sndNxt()) : receiver.rcvEdge;
    }

    /** Some stacks put the FIN's own number into the RST that follows it; Linux accepts that (tcp_reset_check). */
    private static boolean isNumberOfFin(Endpoint receiver, Endpoint sender, TcpSegment rst) {
        boolean hasFin = switch (receiver.connection.likeliest(receiver)) {
            case CLOSE_WAIT, CLOSING, LAST_ACK -> true;
            default -> false;
        };
        return hasFin && sender.finSent() && rst.seq() == sender.finSeq();
    }
}
