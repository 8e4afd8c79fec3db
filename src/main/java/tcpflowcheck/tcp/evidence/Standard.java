package tcpflowcheck.tcp.evidence;

import tcpflowcheck.tcp.StateDiagram;
import tcpflowcheck.tcp.StateDiagram.Event;
import tcpflowcheck.tcp.TcpState;
import tcpflowcheck.wire.SeqNumber;

/**
 * RFC 9293, section 3.10.7, on one history: what an arriving segment does to the end, with that section's ordinals as
 * labels. Data are not followed: what is in front of a FIN has arrived, unless the end's ACKs say otherwise.
 */
final class Standard {
    private final Sightings log;
    private final Numbers numbers;

    /** The bit of the segment that arrives. */
    private long arrival;

    Standard(Sightings log, Numbers numbers) {
        this.log = log;
        this.numbers = numbers;
    }

    /**
     * A segment of the peer arrives.
     *
     * @param place its place among the peer's
     * @param hole whether octets in front of its text have not arrived yet
     */
    void arrives(History end, int at, int place, boolean hole) {
        arrival = 1L << place;
        if (log.isUnreachable(at)) {
            end.fire(Event.RCV_ICMP, at); // section 3.9.2.2
            return;
        }
        switch (end.state) {
            case CLOSED -> closed(end, at);
            case LISTEN -> listen(end, at);
            case SYN_SENT -> synSent(end, at, hole);
            default -> otherStates(end, at, hole);
        }
    }

    // ---- 3.10.7.1

    private void closed(History end, int at) {
        if (!log.isRst(at)) {
            end.owedResets |= arrival;
        }
    }

    // ---- 3.10.7.2

    private void listen(History end, int at) {
        if (log.isRst(at)) {
            return;
        }
        if (log.isAck(at)) {
            end.owedResets |= arrival;
        } else if (log.isSyn(at)) {
            end.hasSyn = true;
            end.fire(Event.RCV_SYN, Step.UNSHOWN);
        }
    }

    // ---- 3.10.7.3

    private void synSent(History end, int at, boolean hole) {
        // first: ACK
        if (log.isAck(at) && !numbers.acksSynOnly(at)) {
            if (!log.isRst(at)) {
                end.owedResets |= arrival;
            }
            return;
        }
        // second: RST
        if (log.isRst(at)) {
            if (log.isAck(at)) {
                end.fire(Event.RCV_RST, at);
            }
            return;
        }
        // fourth: SYN
        if (log.isSyn(at)) {
            end.hasSyn = true;
            end.fire(log.isAck(at) ? Event.RCV_SYN_ACK : Event.RCV_SYN, Step.UNSHOWN);
            if (log.isAck(at)) {
                fin(end, at, hole);
            }
        }
    }

    // ---- 3.10.7.4

    private void otherStates(History end, int at, boolean hole) {
        // first: sequence number; an ACK that ends exactly at RCV.NXT is read by stacks in use
        if (end.hasFin && SeqNumber.lt(log.end(at), numbers.peersFin + 1) && !log.isRst(at)) {
            end.owesAck = true;
            return;
        }
        // second: RST
        if (log.isRst(at)) {
            if (end.state == TcpState.TIME_WAIT && end.ignoresResets) {
                return;
            }
            if (isNext(end, at)) {
                end.faults += log.isBehindHole(at) ? 1 : 0; // only if what was not captured has come there
                reset(end, at);
            } else {
                end.owesAck |= end.state == TcpState.SYN_RECEIVED; // RFC 5961, section 3.2
            }
            return;
        }
        // fourth: SYN
        if (log.isSyn(at) && !(end.state == TcpState.SYN_RECEIVED && log.isAck(at))) {
            end.owesAck = true;
            return;
        }
        // fifth: ACK
        if (!log.isAck(at)) {
            return;
        }
        if (end.state == TcpState.SYN_RECEIVED) {
            if (!numbers.acksSyn(at)) {
                end.owedResets |= arrival;
                return;
            }
            end.fire(Event.RCV_ACK_OF_SYN, at);
        }
        if (end.state == TcpState.ESTABLISHED
                && end.active
                && !numbers.textAcked
                && (log.hasText(at) || log.isFin(at))) {
            end.path = Step.shown(end.path, at); // who sends that has got the ACK of its SYN,ACK
        }
        if (end.isOutstanding() && numbers.acksFin(at)) {
            end.fire(Event.RCV_ACK_OF_FIN, at);
        }
        // eighth: FIN
        if (!log.isSyn(at)) {
            fin(end, at, hole);
        }
    }

    private void fin(History end, int at, boolean hole) {
        boolean peers = log.isFin(at) && numbers.peersFinKnown() && log.seqOfFin(at) == numbers.peersFin;
        end.owesAck |= peers && end.hasFin;
        if (!peers || end.hasFin || StateDiagram.arrow(end.state, Event.RCV_FIN) == null) {
            return;
        }
        if (hole) {
            end.holdsFin = true;
        } else {
            finInSequence(end);
        }
    }

    /** What was in front of the peer's FIN has arrived, too. */
    void finInSequence(History end) {
        end.holdsFin = false;
        end.hasFin = true;
        end.fire(Event.RCV_FIN, Step.UNSHOWN);
    }

    /** RFC 5961, section 3.2: only an RST that is exactly next is acted on; Linux also takes the number of the FIN before it. */
    private boolean isNext(History end, int at) {
        int seq = log.seq(at);
        boolean synLater = at < numbers.peersSynAt && numbers.peersSynAt < log.size();
        if (synLater && SeqNumber.le(seq, log.seq(numbers.peersSynAt))) {
            return false; // the connection begins above it
        }
        boolean behindFin = numbers.peersFinAt < at && SeqNumber.gt(seq, numbers.peersFin);
        if (!end.hasFin) {
            return !behindFin && log.isMaybeExact(at);
        }
        boolean linux = switch (end.state) {
            case CLOSE_WAIT, CLOSING, LAST_ACK -> seq == numbers.peersFin;
            default -> false;
        };
        return linux || seq == numbers.peersFin + 1;
    }

    private static void reset(History end, int at) {
        if (end.state == TcpState.SYN_RECEIVED && end.active) {
            end.walk(StateDiagram.RESET_OF_ACTIVE_OPEN, at);
        } else {
            end.fire(Event.RCV_RST, at);
            end.hasSyn &= end.state != TcpState.LISTEN;
        }
        end.owedResets = 0;
    }
}
