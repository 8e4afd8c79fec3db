package tcpflowcheck.tcp;

import static tcpflowcheck.tcp.TcpState.CLOSED;
import static tcpflowcheck.tcp.TcpState.CLOSE_WAIT;
import static tcpflowcheck.tcp.TcpState.ESTABLISHED;
import static tcpflowcheck.tcp.TcpState.FIN_WAIT_1;
import static tcpflowcheck.tcp.TcpState.LISTEN;
import static tcpflowcheck.tcp.TcpState.SYN_RECEIVED;
import static tcpflowcheck.tcp.TcpState.SYN_SENT;

import tcpflowcheck.tcp.StateDiagram.Event;
import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpSegment;

/**
 * One end of a connection that goes as most do: each segment is the next one, nothing that opens, closes or resets comes
 * twice or crosses another. There the capture leaves one history only, but for a segment that is on its way, and section
 * 3.10.7 of RFC 9293 is walked as segments pass. Where anything else comes, {@link #isPlain} is false, and the
 * {@link tcpflowcheck.tcp.evidence.Observer} takes over; both come to the same where this one goes on.
 */
public final class Endpoint extends StateWalk {
    private static final int CONTROL = TcpSegment.SYN | TcpSegment.FIN | TcpSegment.RST | TcpSegment.ACK;

    /** One event's segments leave a host within this time. */
    private static final long AT_ONCE_NANOS = 1_000_000;

    /** Octets that leave before any is acknowledged (RFC 5681, section 3.1): less hardly ever waits for congestion. */
    private static final int INITIAL_WINDOW = 4380;

    private final Endpoint peer;

    /**
     * A client, whose {@link #peer} is the server.
     *
     * @param client the state that it is taken to be in, and {@code server} that of its peer
     */
    Endpoint(Connection connection, TcpState client, TcpState server) {
        super(Side.CLIENT, connection, client);
        peer = new Endpoint(connection, server, this);
    }

    private Endpoint(Connection connection, TcpState assumed, Endpoint client) {
        super(Side.SERVER, connection, assumed);
        peer = client;
    }

    @Override
    Endpoint peer() {
        return peer;
    }

    /** SND.NXT, or what is known of it. */
    public int sentUpTo() {
        return sndNxt;
    }

    // ---- whether it is what comes next

    /** Whether a segment of this end leaves one history only. Nothing of it has been noted yet. */
    boolean isPlain(TcpSegment segment) {
        return switch (segment.flags() & CONTROL) {
            case TcpSegment.SYN -> isPlainSyn(segment);
            case TcpSegment.SYN | TcpSegment.ACK -> isPlainSynAck(segment);
            case TcpSegment.RST | TcpSegment.ACK -> isPlainReset(segment);
            case TcpSegment.ACK -> isPlainAck(segment);
            case TcpSegment.FIN | TcpSegment.ACK -> isPlainAck(segment) && isPlainFin(segment);
            default -> false;
        };
    }

    private boolean isPlainSyn(TcpSegment segment) {
        boolean first = state == CLOSED && !hasMoved();
        boolean again = state == SYN_SENT && issKnown && segment.seq() == iss;
        return (first || again) && segment.length() == 0 && !peer().hasMoved() && peer().state == LISTEN;
    }

    private boolean isPlainSynAck(TcpSegment segment) {
        return state == LISTEN
                && !hasMoved()
                && segment.length() == 0
                && peer().state == SYN_SENT
                && !peer().synAgain
                && segment.ack() == peer().iss + 1
                && peer().sndNxt == peer().iss + 1;
    }

    /** A refusal, or an abort behind which nothing is open. */
    private boolean isPlainReset(TcpSegment segment) {
        Endpoint peer = peer();
        if (peer.state == SYN_SENT) {
            return state == LISTEN && !hasMoved() && segment.ack() == peer.iss + 1 && peer.sndNxt == peer.iss + 1;
        }
        return state == ESTABLISHED
                && predictions == 0
                && peer.state == ESTABLISHED
                && peer.predictions == 0
                && !connection.midstream()
                && sndNxtKnown
                && segment.seq() == sndNxt
                && rcvNxtKnown
                && SeqNumber.between(rcvNxt, segment.ack(), peer.sndNxt);
    }

    private boolean isPlainAck(TcpSegment segment) {
        Endpoint peer = peer();
        boolean next = sndNxtKnown && segment.seq() == sndNxt;
        if (state == SYN_SENT) {
            return next && peer.state == SYN_RECEIVED && segment.ack() == peer.iss + 1;
        }
        if (state == SYN_RECEIVED || !state.isSynchronized() || peer.state == SYN_SENT) {
            return false;
        }
        boolean acksFin = peer.finSent && SeqNumber.gt(segment.ack(), peer.finSeq);
        if (finSent) {
            return next && segment.length() == 0 && (!acksFin || state != FIN_WAIT_1);
        }
        return !isBehindOneNumber(segment) && (next || !acksFin || hasPeersFin());
    }

    /** A bare ACK in front of which one number was not captured, which may have been this end's FIN. */
    boolean isBehindOneNumber(TcpSegment segment) {
        return segment.seq() == sndNxt + 1 && segment.length() == 0 && sndNxtKnown && !finSent && issKnown;
    }

    private boolean isPlainFin(TcpSegment segment) {
        Endpoint peer = peer();
        boolean closes = state == CLOSE_WAIT || state == ESTABLISHED || state == SYN_SENT;
        boolean crosses = peer.finSent && SeqNumber.le(segment.ack(), peer.finSeq);
        return closes && !finSent && segment.seq() == sndNxt && !crosses && !mayHaveWaited(segment);
    }

    /**
     * A FIN waits behind text that the peer's window or congestion holds back, so CLOSE may be older than the peer's FIN
     * where text was on its way then, and more has followed without a pause.
     */
    boolean mayHaveWaited(TcpSegment segment) {
        boolean slow = openedSlowly();
        boolean text = textSincePeersFin || segment.length() > 0 || (slow && busySincePeersFin && textAt != 0);
        boolean loses = connection.measures(side).retransmissions() > 0;
        boolean paused = (!busySincePeersFin && !crossesPeersFin) || hasIdled(segment);
        boolean again = loses && segment.time() - textAt >= Settlement.SHORTEST_TIMEOUT_NANOS; // the first was lost
        if (!peer().finSent || finSent || !text || (paused && !again)) {
            return false;
        }
        boolean much = segment.seq() + segment.length() - sndUnaAtPeersFin > INITIAL_WINDOW;
        boolean freed =
                (slow || synAgain) && sndUna != sndUnaAtPeersFin; // where a SYN was lost, one segment leaves first
        return much || freed || loses; // else no congestion window holds it back
    }

    /**
     * Whether its congestion window began with one segment, since its SYN or SYN,ACK was lost (RFC 5681, section 3.1). Linux
     * goes by the second retransmission: the first SYN,ACK may answer a SYN that came again.
     */
    private boolean openedSlowly() {
        Handshake handshake = connection.handshake();
        return (side == Side.CLIENT ? handshake.synRetransmissions() : handshake.synAckRetransmissions()) > 1;
    }

    /** Whether its FIN, if it closes once the peer's has come, waits behind text that was lost and is being sent again. */
    boolean mayHoldFinBack() {
        boolean repairs = connection.measures(side).retransmissions() > retransmissionsAtPeersFin;
        return peer().finSent && !finSent && repairs && sndNxtKnown && SeqNumber.lt(sndUna, sndNxt);
    }

    /** Whether text of it is on its way, or may be in front of the tap. */
    private boolean isSendingText(long time) {
        boolean recent = textAt != 0 && time - textAt <= reactionNanos();
        return (sndNxtKnown && SeqNumber.lt(sndUna, sndNxt)) || recent;
    }

    private long reactionNanos() {
        return 2 * connection.roundTripNanos() + AT_ONCE_NANOS;
    }

    /** Whether all of its text was acknowledged for so long that nothing can have waited. */
    private boolean hasIdled(TcpSegment segment) {
        return drainedAt != 0 && segment.time() - drainedAt > reactionNanos();
    }

    // ---- what it sends

    /** The peer's SYN,ACK was not captured, but this end acknowledges it. */
    void impliesPeersSyn(TcpSegment segment) {
        boolean acks = segment.isAck() && !segment.has(TcpSegment.SYN | TcpSegment.RST);
        boolean answers = segment.isSyn() && segment.isAck();
        if (!peer().issKnown && (answers || (acks && state == SYN_SENT && segment.seq() == sndNxt))) {
            peer().startsAt(segment.ack() - 1);
        }
    }

    /** Notes the numbers of a segment that leaves this end. */
    void notes(TcpSegment segment) {
        if (segment.isRst()) {
            if (segment.isAck()
                    && rcvNxtKnown
                    && SeqNumber.gt(segment.ack(), rcvNxt)
                    && segment.ack() - rcvNxt < MAX_WINDOW) {
                rcvNxt = segment.ack();
            }
            return;
        }
        asks(segment.time());
        if (segment.isSyn()) {
            if (!isPastOpening()) {
                noteSyn(segment);
            } else if (issKnown && segment.seq() == iss && !options().seen()) {
                options().note(segment, false);
            }
            notesFin(segment);
            return;
        }
        if (!segment.isAck() || acksNothingOfPeer(segment)) {
            return; // section 3.10.7.4, fifth: it is dropped
        }
        noteSilence(segment.time());
        lastSentTime = segment.time();
        if (segment.length() > 0) {
            boolean crosses = textAt < peersFinAt && segment.time() - peersFinAt <= reactionNanos();
            crossesPeersFin |= crosses && peer().finSent;
            busySincePeersFin &= !hasIdled(segment);
            textSincePeersFin = peer().finSent;
            textAt = segment.time();
            drainedAt = 0;
        }
        noteAck(segment);
        noteText(segment);
        notesFin(segment);
    }

    private void notesFin(TcpSegment segment) {
        int seq = segment.end() - 1;
        if (segment.isFin() && !finSent && !SeqNumber.lt(seq, sndUna) && !SeqNumber.gt(seq, sndNxt)) {
            finSent = true;
            finSeq = seq;
            rcvNxtAtFin = rcvNxt;
            peer().busySincePeersFin = peer().isSendingText(segment.time());
            peer().peersFinAt = segment.time();
            peer().sndUnaAtPeersFin = peer().sndUna;
            peer().retransmissionsAtPeersFin = connection.measures(side.peer()).retransmissions();
        }
    }

    private void noteSilence(long time) {
        long last = Math.max(lastSentTime, peer().lastSentTime);
        boolean goesOn = lastSentTime > peer().lastSentTime && time - last < Connection.FIRST_TIMEOUT_NANOS;
        if (!goesOn) {
            silenceNanos = last == 0 ? 0 : Math.max(time - last, 0);
        }
    }

    /** Before it is open, an ACK of what the peer has not sent: it is of another connection. */
    boolean acksNothingOfPeer(TcpSegment segment) {
        Endpoint peer = peer();
        return (state == SYN_SENT || state == LISTEN)
                && !segment.has(TcpSegment.SYN | TcpSegment.RST)
                && peer.issKnown
                && (SeqNumber.le(segment.ack(), peer.iss) || SeqNumber.gt(segment.ack(), peer.sndNxt));
    }

    /** Whether a number is that of its SYN, which nothing has answered yet. */
    boolean isOpeningBy(int seq) {
        return issKnown && seq == iss && !synAcked() && (state == SYN_RECEIVED || !connection.wasSynchronized());
    }

    /** Walks the arrows that a plain segment of this end shows. */
    void sends(TcpSegment segment) {
        if (segment.isRst()) {
            assume(CLOSED);
            fire(Event.ABORT, segment, false);
        } else if (segment.isSyn()) {
            boolean again = state == SYN_SENT;
            synAgain |= again && !segment.isAck();
            if (segment.isAck()) {
                fire(Event.RCV_SYN, segment, false);
            } else if (!again) {
                fire(Event.OPEN, segment, false);
            }
        } else {
            if (predictions > 0 && (state == ESTABLISHED || SeqNumber.gt(segment.ack(), predictedBehind))) {
                predictions = 0; // it has got what came behind
            }
            if (state == SYN_SENT) {
                irs = peer().iss;
                fire(Event.RCV_SYN_ACK, segment, false);
            }
            if (hasPeersFin()) {
                fire(Event.RCV_FIN, segment, false);
            }
            if (segment.isFin()) {
                fire(Event.CLOSE, segment, false);
            }
        }
    }

    // ---- what passes on its way to this end: the arrows on which nothing is sent

    /** Notes what a segment of the peer acknowledges. */
    void isAcknowledged(TcpSegment segment) {
        // Linux, too, reads the ACK of a segment that ends exactly at RCV.NXT, which section 3.4 calls unacceptable.
        if (segment.isAck() && !segment.isRst() && (!rcvNxtKnown || SeqNumber.le(rcvNxt, segment.end()))) {
            acknowledged(segment.ack());
        }
        if (drainedAt == 0 && sndUna == sndNxt) {
            drainedAt = segment.time();
        }
    }

    /** A plain segment of the peer passes. */
    void arrives(TcpSegment segment) {
        if (segment.isRst()) {
            fire(Event.RCV_RST, segment, true);
        } else if (state == SYN_RECEIVED && synAcked() && !segment.isSyn()) {
            fire(Event.RCV_ACK_OF_SYN, segment, true);
        } else if (finAcked() && isWaitingForAckOfFin()) {
            predictedBehind = peer().sndNxt;
            fire(Event.RCV_ACK_OF_FIN, segment, true);
        }
    }

    private boolean isWaitingForAckOfFin() {
        return StateDiagram.arrow(state, Event.RCV_ACK_OF_FIN) != null;
    }

    /** Whether the last step is one that the peer would not repair, and that silence does not prove. */
    boolean isOpenBySilence() {
        return predictions > 0 && state == ESTABLISHED && initial == LISTEN;
    }
}
