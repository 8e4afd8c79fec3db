package tcpflowcheck.tcp;

import static tcpflowcheck.tcp.TcpState.CLOSED;
import static tcpflowcheck.tcp.TcpState.CLOSE_WAIT;
import static tcpflowcheck.tcp.TcpState.ESTABLISHED;
import static tcpflowcheck.tcp.TcpState.FIN_WAIT_1;
import static tcpflowcheck.tcp.TcpState.LISTEN;
import static tcpflowcheck.tcp.TcpState.SYN_RECEIVED;
import static tcpflowcheck.tcp.TcpState.SYN_SENT;
import static tcpflowcheck.tcp.TcpState.TIME_WAIT;

import tcpflowcheck.tcp.StateDiagram.Event;
import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpSegment;

/**
 * One end of a connection, as RFC 9293, section 3.10.7 sees it, with that section's variables; two of them make a
 * connection.
 *
 * <p>The observer's rule. Figure 5 prints each arrow as event over action; a capture shows actions. An arrow with an
 * action fires when its action is seen (the ACK that covers the peer's SYN or FIN proves that it arrived). An arrow
 * whose action is "x" fires when the segment that is its event passes. A FIN that lies in sequence before an arriving
 * segment that acknowledges something new has arrived too.
 *
 * <p>So an "x" arrow is a prediction: the segment may yet be lost behind the tap. It stands until this end shows that
 * it did not arrive (its SYN,ACK or its FIN again, or a segment that a closed end does not send); then it is revised.
 */
public final class Endpoint extends StateWalk {
    /** One event's segments leave a host within this time. */
    private static final long AT_ONCE_NANOS = 1_000_000;

    /** What stacks in use delay an ACK at most; RFC 9293, section 3.8.6.3 allows 500 ms. */
    private static final long LONGEST_DELAYED_ACK_NANOS = 200_000_000;

    /** It is taken to have got the peer's FIN since that lies before a segment it must have got. */
    private boolean finImplied;

    /** The peer's FIN came while text of this end was not acknowledged. */
    private boolean finFreedText;

    Endpoint(Side side, Connection connection, TcpState assumed) {
        super(side, connection, assumed);
    }

    /** SND.NXT, or what is known of it. */
    public int sentUpTo() {
        return sndNxt;
    }

    // ---- a segment leaves this end: what must have arrived for it to be sent, then what it sends

    void sends(TcpSegment segment) {
        if (segment.isSyn()) {
            sendsSyn(segment);
        } else if (segment.isAck()) {
            if (isFinAgain(segment) && predictions > 0 && beforeReset == null) {
                revise(segment, "its FIN came again");
            }
            sendsAck(segment);
            sendsText(segment);
            if (segment.isFin()) {
                sendsFin(segment);
            }
        } else if (state == SYN_SENT) {
            sendsText(segment);
        }
        // Else section 3.10.7.4, fifth: if the ACK bit is off, drop the segment.
    }

    private void sendsSyn(TcpSegment segment) {
        boolean again = issKnown && segment.seq() == iss;
        if (isPastOpening()) {
            if (again && !options().seen()) {
                options().note(segment);
            } else if (again && segment.isAck() && state == ESTABLISHED && predictions > 0) {
                revise(segment, "its SYN,ACK came again");
            }
            return;
        }
        if (again && state == CLOSED && beforeReset != null) {
            takeBackReset(segment, "its SYN came again");
        }
        noteSyn(segment);
        if (segment.isAck()) {
            assume(LISTEN);
            fire(Event.RCV_SYN, segment, false);
        } else {
            assume(CLOSED);
            fire(state == LISTEN ? Event.SEND : Event.OPEN, segment, false);
        }
        settle(segment);
    }

    private void sendsAck(TcpSegment segment) {
        int ack = segment.ack();
        Endpoint peer = peer();
        if (state == SYN_SENT) {
            if (!peer.issKnown && segment.seq() == sndNxt) {
                peer.mustHaveSentSynAck(segment);
            }
            if (!peer.issKnown || SeqNumber.le(ack, peer.iss) || SeqNumber.gt(ack, peer.sndNxt)) {
                return;
            }
            irs = peer.iss;
            fire(Event.RCV_SYN_ACK, segment, false);
        } else if (state == ESTABLISHED) {
            predictions = 0;
        } else if (state == LISTEN && peer.issKnown && isPastOpen(segment)) {
            hasSentSynAck(segment);
        }
        noteAck(segment);
        settle(segment);
    }

    private void sendsText(TcpSegment segment) {
        noteText(segment);
        if (state == SYN_RECEIVED && !fastOpen && (segment.length() > 0 || rcvNxt != irs + 1)) {
            // Section 3.10.2 queues text in SYN-RECEIVED; only Fast Open sends it there. The ACK was not captured.
            imply(Event.RCV_ACK_OF_SYN, segment);
            peer().mustBeEstablished(segment);
        }
    }

    private void sendsFin(TcpSegment segment) {
        int seq = seqOfFin(segment);
        if (finSent) {
            if (isFinAgain(segment)) {
                peersFinMayBeLost(segment);
            }
            return;
        }
        boolean mayClose = state == SYN_RECEIVED || state == ESTABLISHED || state == CLOSE_WAIT;
        if (!mayClose || SeqNumber.lt(seq, sndUna) || SeqNumber.gt(seq, sndNxt)) {
            return;
        }
        finSent = true;
        finSeq = seq;
        if (state == CLOSE_WAIT && SeqNumber.gt(rcvNxtSentAt, seq)) {
            stepBack(ESTABLISHED, segment, "its FIN was sent before that");
        } else if (state == CLOSE_WAIT && finFreedText && segment.time() - movedAt < AT_ONCE_NANOS) {
            // A FIN that had to wait behind text leaves when the peer's FIN acknowledges that: CLOSE may be older.
            connection.log().doubt(side, 1);
        }
        fire(Event.CLOSE, segment, false);
        settle(segment);
    }

    private boolean isFinAgain(TcpSegment segment) {
        return segment.isFin() && finSent && seqOfFin(segment) == finSeq;
    }

    private void peersFinMayBeLost(TcpSegment segment) {
        Endpoint peer = peer();
        if (peer.finImplied && peer.predictions > 0 && SeqNumber.le(peer.rcvNxt, seqOfFin(segment))) {
            peer.finWasLost(segment);
        }
    }

    private static int seqOfFin(TcpSegment segment) {
        return segment.seq() + segment.length();
    }

    /** The peer's FIN came again and this end has not acknowledged it: it had only got the ACK behind it. */
    private void finWasLost(TcpSegment segment) {
        revise(segment, "the " + side.peer() + "'s FIN came again");
        sndUna = finSeq + 1;
        finImplied = false;
        fire(Event.RCV_ACK_OF_FIN, segment, true);
        connection.log().doubt(side, 1);
    }

    // ---- a segment passes on its way to this end: section 3.10.7.4, the arrows on which nothing is sent

    void arrives(TcpSegment segment) {
        // Linux, too, reads the ACK of a segment that ends exactly at RCV.NXT, which section 3.4 calls unacceptable.
        finFreedText |= segment.isFin() && sndNxtKnown && SeqNumber.lt(sndUna, sndNxt);
        if (segment.isAck() && (!rcvNxtKnown || SeqNumber.le(rcvNxt, segment.end()))) {
            acknowledged(segment.ack());
        }
        if (state == FIN_WAIT_1 && finAcked() && peer().finSent && SeqNumber.gt(segment.seq(), peer().finSeq)) {
            fire(Event.RCV_FIN, segment, true);
            finImplied = true;
        }
        if (state == TIME_WAIT && segment.isFin()) {
            movedAt = segment.time();
        }
        settle(segment);
    }

    /** "Our SYN is acknowledged", "our FIN is acknowledged" and "the peer's FIN is" are levels. */
    private void settle(TcpSegment segment) {
        if (state == SYN_RECEIVED && synAcked()) {
            fire(Event.RCV_ACK_OF_SYN, segment, true);
        }
        if (finAcked()) {
            fire(Event.RCV_ACK_OF_FIN, segment, true);
        }
        if (hasPeersFin()) {
            boolean mayHaveClosed = state == ESTABLISHED && mayHaveSentFinUnseen(segment);
            fire(Event.RCV_FIN, segment, false);
            if (mayHaveClosed) {
                connection.log().doubt(side, 1);
            }
        }
    }

    /**
     * Whether a FIN of its own may have been lost before the tap, so that it has been in FIN-WAIT-1 when it got the
     * peer's: octets in front of its ACK are missing, or that ACK comes later than any TCP delays one.
     */
    private boolean mayHaveSentFinUnseen(TcpSegment segment) {
        boolean late = peer().state == FIN_WAIT_1 && segment.time() - peer().movedAt > LONGEST_DELAYED_ACK_NANOS;
        return rcvNxtSentBehindHole || late;
    }

    // ---- resets

    /**
     * What had arrived when this end sent an RST: with ACK, the peer's SYN,ACK or FIN if that covers it; without, the
     * segment whose ACK is its number (section 3.5.3), which of segments in flight is older than the ACK of the FIN.
     */
    void showsInReset(TcpSegment rst) {
        Endpoint peer = peer();
        if (!rst.isAck()) {
            boolean older = finSent && rst.seq() == finSeq && SeqNumber.lt(rcvNxt, peer.sndNxt);
            if (older && ackOfFinIsPredicted()) {
                revise(rst, "its RST answers a segment from before the ACK of its FIN");
            }
        } else if (state == SYN_SENT && peer.issKnown && rst.ack() == peer.iss + 1 && rst.seq() == sndNxt) {
            irs = peer.iss;
            imply(Event.RCV_SYN_ACK, rst); // its ACK was not captured
        } else if (rcvNxtKnown && peer.finSent && rst.ack() == peer.finSeq + 1) {
            if (state == ESTABLISHED || state == FIN_WAIT_1) {
                fire(Event.RCV_FIN, rst, false);
            }
        } else {
            showsNoFin(rst, "its RST does not acknowledge the " + side.peer() + "'s FIN");
        }
    }

    /** It sends what does not acknowledge the peer's FIN, which was predicted to have come. */
    void showsNoFin(TcpSegment segment, String reason) {
        boolean lower = peer().finSent
                && rcvNxtKnown
                && SeqNumber.ge(segment.ack(), rcvNxt)
                && SeqNumber.le(segment.ack(), peer().finSeq);
        if (!segment.isAck() || !lower || predictions == 0) {
            return;
        }
        if (state == CLOSE_WAIT) {
            stepBack(ESTABLISHED, segment, reason);
        } else if (finIsPredicted()) {
            revise(segment, reason);
        }
    }

    /** This end sends an RST that its peer must act on, or that finds its peer gone. */
    void sendsReset(TcpSegment rst) {
        boolean answersBadAck = (state == SYN_SENT || state == SYN_RECEIVED)
                && peer().rcvNxtKnown
                && rst.seq() == peer().rcvNxt
                && (SeqNumber.le(rst.seq(), iss) || SeqNumber.gt(rst.seq(), sndNxt));
        if (rst.isAck() && rcvNxtKnown && SeqNumber.gt(rst.ack(), rcvNxt) && rst.ack() - rcvNxt < MAX_WINDOW) {
            rcvNxt = rst.ack();
        }
        if (state == LISTEN) {
            assume(CLOSED);
        } else if (!answersBadAck && StateDiagram.arrow(state, Event.ABORT) != null) {
            TcpState before = state;
            fire(Event.ABORT, rst, false);
            beforeReset = before;
        }
    }

    /** An acceptable RST passes on its way to this end; an RST that comes right after the FIN shows that the FIN came. */
    void resetArrives(TcpSegment rst) {
        if (peer().finSent && rst.seq() == peer().finSeq + 1) {
            fire(Event.RCV_FIN, rst, true);
        }
        TcpState before = state;
        if (state == SYN_RECEIVED && initial == CLOSED) {
            move(StateDiagram.RESET_OF_ACTIVE_OPEN, rst.frame(), rst.time(), true);
        } else {
            fire(Event.RCV_RST, rst, true);
        }
        beforeReset = before;
    }

    /** The RST that was taken back arrives after all, behind {@code segment}. */
    void resetArrivesAfter(TcpSegment segment) {
        if (peer().finSent && finSent) {
            fire(Event.RCV_FIN, segment, true);
        }
        TcpState before = state;
        fire(Event.RCV_RST, segment, true);
        beforeReset = before;
    }

    /** Held closed by an RST on its way here, this end sends what it must have sent before that RST came. */
    boolean outruns(TcpSegment segment) {
        if (state != CLOSED || beforeReset == null || predictions == 0) {
            return false;
        }
        boolean closes = segment.isFin() && !finSent;
        boolean lacksFin = beforeReset.isSynchronized() && StateDiagram.arrow(beforeReset, Event.RCV_FIN) != null;
        boolean acksFin = peer().finSent && segment.isAck() && SeqNumber.gt(segment.ack(), peer().finSeq);
        return closes || lacksFin && acksFin;
    }

    // ---- what was not captured but must have happened, each marked as not certain

    /** Its SYN was not captured (yet), but the peer's SYN,ACK acknowledges it. */
    void mustHaveSentSyn(TcpSegment synAckOfPeer) {
        startsAt(synAckOfPeer.ack() - 1);
        imply(Event.OPEN, synAckOfPeer);
    }

    /** Its SYN,ACK was not captured, but the peer acknowledges it. */
    private void mustHaveSentSynAck(TcpSegment ackOfPeer) {
        startsAt(ackOfPeer.ack() - 1);
        irs = ackOfPeer.seq() - 1;
        rcvNxt = ackOfPeer.seq();
        rcvNxtKnown = true;
        rcvEdge = rcvNxt + MAX_WINDOW - 1;
        assume(LISTEN);
        imply(Event.RCV_SYN, ackOfPeer);
    }

    /** Its SYN,ACK was not captured, nor the ACK of that, but it is past both. */
    private void hasSentSynAck(TcpSegment segment) {
        startsAt(segment.seq() - 1);
        irs = peer().iss;
        imply(Event.RCV_SYN, segment);
        imply(Event.RCV_ACK_OF_SYN, segment);
    }

    /** The ACK of the peer's SYN,ACK was not captured, but it has arrived there. */
    private void mustBeEstablished(TcpSegment segmentOfPeer) {
        if (state == SYN_SENT && !peer().fastOpen) {
            irs = peer().iss;
            imply(Event.RCV_SYN_ACK, segmentOfPeer);
        }
    }

    private boolean isPastOpen(TcpSegment segment) {
        int ack = segment.ack();
        Endpoint peer = peer();
        boolean more = segment.length() > 0 || segment.isFin() || ack != peer.iss + 1;
        return more && SeqNumber.gt(ack, peer.iss) && SeqNumber.le(ack, peer.sndNxt);
    }
}
