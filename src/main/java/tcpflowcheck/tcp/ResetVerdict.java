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
        return switch (receiver.state()) {
            case CLOSED, LISTEN -> IGNORED;
            case SYN_SENT -> inSynSent(receiver, rst);
            default -> inWindow(receiver, sender, rst);
        };
    }

    private static ResetVerdict inSynSent(Endpoint receiver, TcpSegment rst) {
        boolean acksSyn =
                rst.isAck() && SeqNumber.gt(rst.ack(), receiver.iss()) && SeqNumber.le(rst.ack(), receiver.sndNxt());
        return acksSyn ? ACCEPTABLE : UNACCEPTABLE;
    }

    /**
     * The receiver's RCV.NXT lies between what it has acknowledged and what was sent to it, so any number there may be
     * the exact one.
     */
    private static ResetVerdict inWindow(Endpoint receiver, Endpoint sender, TcpSegment rst) {
        if (!receiver.rcvNxtKnown()) {
            boolean next = !sender.sndNxtKnown() || rst.seq() == sender.sndNxt();
            return next ? ACCEPTABLE : UNACCEPTABLE;
        }
        int lowest = receiver.rcvNxt();
        int highest = sender.sndNxtKnown() ? SeqNumber.max(lowest, sender.sndNxt()) : receiver.rcvEdge;
        if (SeqNumber.between(lowest, rst.seq(), highest) || isNumberOfFin(receiver, sender, rst)) {
            return ACCEPTABLE;
        }
        boolean ahead = SeqNumber.gt(rst.seq(), highest) && SeqNumber.lt(rst.seq(), receiver.rcvEdge);
        return ahead ? CHALLENGED : UNACCEPTABLE;
    }

    /** Some stacks put the FIN's own number into the RST that follows it; Linux accepts that (tcp_reset_check). */
    private static boolean isNumberOfFin(Endpoint receiver, Endpoint sender, TcpSegment rst) {
        boolean hasFin = switch (receiver.state()) {
            case CLOSE_WAIT, CLOSING, LAST_ACK -> true;
            default -> false;
        };
        return hasFin && sender.finSent() && rst.seq() == sender.finSeq();
    }
}
