package tcpflowcheck.tcp.evidence;

import static tcpflowcheck.tcp.TcpState.CLOSED;
import static tcpflowcheck.tcp.TcpState.CLOSE_WAIT;
import static tcpflowcheck.tcp.TcpState.ESTABLISHED;
import static tcpflowcheck.tcp.TcpState.LISTEN;
import static tcpflowcheck.tcp.TcpState.SYN_RECEIVED;
import static tcpflowcheck.tcp.TcpState.SYN_SENT;
import static tcpflowcheck.tcp.TcpState.TIME_WAIT;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.tcp.StateDiagram.Event;
import tcpflowcheck.tcp.TcpState;
import tcpflowcheck.wire.SeqNumber;

/**
 * Whether an end that has come to where one history has it sends a segment that was captured, and where that takes it:
 * a history that would not have sent it is none.
 */
final class Sends {
    /** The faults that it takes to believe that an RST was sent by another than its end. */
    static final int FORGED = 2;

    private final Sightings log;
    private final Numbers numbers;
    private final List<Integer> arrivals;
    private final Replies replies;

    Sends(Sightings log, Numbers numbers, List<Integer> arrivals, Replies replies) {
        this.log = log;
        this.numbers = numbers;
        this.arrivals = arrivals;
        this.replies = replies;
    }

    boolean sends(History end, int at) {
        if (log.isRst(at)) {
            return reset(end, at);
        }
        if (log.isSyn(at)) {
            return log.isAck(at) ? synAck(end, at) : syn(end, at);
        }
        return !log.isAck(at) || log.doesAckNothing(at) || other(end, at);
    }

    private void show(History end, int at) {
        boolean skips = end.active && end.path != null && !end.path.isShown() && passedSynReceived(end.path);
        end.faults += skips && !(log.isSyn(at) && log.isAck(at)) ? 2 : 0; // no SYN,ACK of it was captured
        end.path = Step.shown(end.path, at);
    }

    private static boolean passedSynReceived(@Nullable Step path) {
        return path != null
                && !path.isShown()
                && (path.arrow().to() == SYN_RECEIVED || passedSynReceived(path.before()));
    }

    // ---- SYN

    private boolean syn(History end, int at) {
        switch (end.state) {
            case CLOSED -> {
                if (end.path != null) {
                    return false;
                }
                open(end, at);
            }
            case LISTEN -> {
                if (end.path == null) {
                    open(end, at);
                } else {
                    end.active = true;
                    end.fire(Event.SEND, at);
                }
            }
            case SYN_SENT -> {}
            case SYN_RECEIVED -> {
                return end.active;
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    static void open(History end, int at) {
        end.state = CLOSED;
        end.active = true;
        end.fire(Event.OPEN, at);
    }

    private boolean synAck(History end, int at) {
        boolean assumed = end.path == null && end.state == CLOSED;
        if (assumed) {
            end.state = LISTEN; // it answers a SYN: what was assumed of it was wrong, and an RST before was not its own
            end.active = false;
        }
        if (end.state == LISTEN && (assumed || numbers.peersSynAt > at)) {
            end.hasSyn = true;
            end.fire(Event.RCV_SYN, at);
            return !log.isFin(at) || end.fire(Event.CLOSE, at);
        }
        end.owesAck = false;
        show(end, at);
        if (log.isFin(at) && end.hasSentFin()) {
            return end.isOutstanding(); // again
        }
        return end.state == SYN_RECEIVED && (!log.isFin(at) || end.fire(Event.CLOSE, at));
    }

    // ---- RST

    private boolean reset(History end, int at) {
        boolean answers = replies.pay(end, at) || log.doesAnswerLast(at);
        if (log.isAck(at) && numbers.peersFinAt < at && (end.state.isSynchronized() || end.state == SYN_RECEIVED)) {
            if (numbers.acksPeersFin(at) != end.hasFin) {
                return false;
            }
        }
        if (end.hasSentFin()
                && log.mayAnswerText(at)
                && SeqNumber.le(log.seq(at), numbers.fin)
                && !end.isOutstanding()) {
            return false; // it answers text that left before the FIN was acknowledged
        }
        switch (end.state) {
            case CLOSED, LISTEN, TIME_WAIT -> {
                if (end.path == null) {
                    end.state = CLOSED;
                }
                show(end, at);
                boolean again = end.state == CLOSED && replies.hasReset(at);
                end.faults += again || (answers && end.state != TIME_WAIT) ? 0 : 2;
                return true;
            }
            case SYN_SENT, SYN_RECEIVED -> {
                boolean acksText = log.isAck(at)
                        && numbers.peersSynAt < at
                        && SeqNumber.gt(log.ack(at), log.end(numbers.peersSynAt));
                if (end.state == SYN_RECEIVED && acksText) {
                    return false; // who has got text has got the ACK of its SYN
                }
                if (end.state == SYN_SENT && log.isAck(at) && hasPeersSynAck(at)) {
                    return !SeqNumber.gt(log.ack(at), log.seq(numbers.peersSynAt)) && abort(end, at);
                }
                if (answers && !log.isAck(at)) {
                    return true;
                }
            }
            default -> {}
        }
        return abort(end, at);
    }

    /** Whether numbers in front of an RST were not captured, so that it is likely not this end's. */
    boolean isBehindHole(int at) {
        return SeqNumber.gt(log.seq(at), log.before(at))
                && !(numbers.finKnown() && !numbers.finGuessed && log.seq(at) == numbers.fin + 1);
    }

    private boolean abort(History end, int at) {
        boolean closed = end.hasSentFin() && numbers.finKnown() && log.seq(at) == numbers.fin + 1;
        if (isBehindHole(at) && !closed) {
            end.faults += end.misses ? 0 : 1;
            end.guesses += log.isAck(at) ? 0 : 1; // a blind forger knows no ACK number
        }
        end.faults += end.owesAck ? 1 : 0; // which was not captured
        end.owesAck = false;
        boolean told = end.state == TcpState.CLOSING || end.state == TcpState.LAST_ACK;
        end.faults += told && !log.mayAnswerText(at) ? 1 : 0; // section 3.10.5: there an ABORT sends nothing
        end.guesses += !log.isAck(at) && end.path != null && !end.path.isShown() ? 1 : 0; // it proves no arrival
        show(end, at);
        if (!isOrphan(end, at) && !log.isAck(at) && replies.answersAny(at)) {
            end.guesses += hasTimestamps(at) ? Belief.UNLIKELY : 2; // stacks in use abort with RST,ACK
        }
        end.fire(Event.ABORT, at);
        end.owedResets = 0;
        return true;
    }

    /** Whether it has sent timestamps, which stacks in use send in an RST of their own, too (RFC 7323, section 3.2). */
    private boolean hasTimestamps(int at) {
        for (int i = 0; i < at; i++) {
            if (log.side(i) == log.side(at) && log.hasTimestamps(i)) {
                return true;
            }
        }
        return false;
    }

    /** Whether its application may be gone, so that text brings about an RST (Linux in FIN-WAIT-1 and FIN-WAIT-2). */
    private boolean isOrphan(History end, int at) {
        return end.hasSentFin() && log.mayAnswerText(at);
    }

    /** It has lost the connection without a segment (section 3.10.8), or an ABORT in SYN-SENT sent none (3.10.5). */
    boolean gives(History end, int at) {
        boolean abandons = end.state == SYN_SENT && !isAskedAgain(at);
        end.guesses++;
        boolean may = (end.state.isSynchronized() && end.state != TIME_WAIT) || end.state == SYN_SENT;
        return may
                && replies.answersAny(at)
                && end.fire(isOrphan(end, at) || abandons ? Event.ABORT : Event.USER_TIMEOUT, Step.UNSHOWN);
    }

    /** Whether the peer's SYN,ACK came more than once: the first got no RST. */
    private boolean isAskedAgain(int at) {
        int copies = 0;
        for (int i = 0; i < at; i++) {
            copies += log.side(i) != log.side(at) && log.isSyn(i) && log.isAck(i) ? 1 : 0;
        }
        return copies > 1;
    }

    // ---- ACK, text, FIN

    private boolean other(History end, int at) {
        if (numbers.peersFinAt < at && numbers.acksPeersFin(at) != end.hasFin) {
            return false;
        }
        boolean sacksFin = numbers.peersFinAt < at && log.hasSack(at) && SeqNumber.gt(log.sacked(at), numbers.peersFin);
        if (sacksFin && !end.hasFin && !end.holdsFin) {
            return false;
        }
        if (end.state == SYN_SENT && !end.hasSyn && !hasPeersSynAck(at)) {
            end.faults++; // what it answers was not captured (yet)
            end.hasSyn = true;
            return end.fire(Event.RCV_SYN_ACK, at);
        }
        if (end.state == SYN_RECEIVED && !end.active && numbers.synAt > at) {
            return beforeSynAck(end, at);
        }
        if (end.state == CLOSED || end.state == LISTEN || end.state == SYN_SENT) {
            end.faults += 2;
            return end.state == LISTEN && end.path == null && numbers.synAt > at;
        }
        if (end.state == SYN_RECEIVED && !mayBeInSynReceived(end, at)) {
            return false;
        }
        end.owesAck = false;
        if (log.reportsSynTwice(at) && lacksOneOfTwoSyns(end, at)) {
            return false;
        }
        if (log.isFin(at)) {
            return fin(end, at);
        }
        show(end, at);
        if (numbers.finKnown() && SeqNumber.gt(log.seq(at), numbers.fin)) {
            if (!end.hasSentFin() && numbers.finGuessed) {
                end.faults += end.misses ? 0 : 1; // an octet of it was not captured
                end.guesses += end.misses ? 0 : 1; // a FIN is likelier
                end.misses = true;
                return true;
            }
            return end.hasSentFin() && !log.hasText(at);
        }
        if (end.hasSentFin()) {
            if (log.hasText(at)) {
                return end.isOutstanding(); // again, since it is not acknowledged
            }
            boolean waits = numbers.finQueued && at < numbers.finAt;
            end.faults += waits ? 0 : 1; // a probe, or older than its number says
        }
        return true;
    }

    /** Of a passive end no SYN was captured: a bare ACK is of another connection, or half of an answer that is split. */
    private boolean beforeSynAck(History end, int at) {
        boolean past = log.hasText(at) || log.isFin(at);
        if (!past) {
            if (log.ack(at) == log.end(numbers.peersSynAt)) {
                end.faults++; // its SYN,ACK was not captured
                show(end, at);
            }
            return true;
        }
        end.faults += 2;
        show(end, at);
        return end.fire(Event.RCV_ACK_OF_SYN, at) && (!log.isFin(at) || fin(end, at));
    }

    private boolean hasPeersSynAck(int at) {
        return numbers.peersSynAt < at;
    }

    /** Whether the peer's SYN and its SYN,ACK, one of each, did not both come. */
    private boolean lacksOneOfTwoSyns(History end, int at) {
        int syns = 0;
        int synAcks = 0;
        for (int i = 0; i < arrivals.size() && arrivals.get(i) < at; i++) {
            int arrival = arrivals.get(i);
            syns += log.isSyn(arrival) && !log.isAck(arrival) ? 1 : 0;
            synAcks += log.isSyn(arrival) && log.isAck(arrival) ? 1 : 0;
        }
        return syns == 1 && synAcks == 1 && end.active && Step.countTo(end.path, SYN_RECEIVED) < 0;
    }

    /** Only Fast Open sends there, or who must answer; else the ACK of the SYN has come, captured or not. */
    private boolean mayBeInSynReceived(History end, int at) {
        boolean bare = !log.hasText(at) && !log.isFin(at);
        if (numbers.fastOpen) {
            return true;
        }
        if (bare && end.owesAck) {
            end.owesAck = false;
            return true;
        }
        for (int i = 0; i < at; i++) {
            if (log.side(i) != log.side(at) && numbers.acksSyn(i) && !log.isRst(i)) {
                return false;
            }
        }
        show(end, at);
        end.faults++;
        boolean asksNothing = bare && numbers.synAt < at && log.ack(at) == log.ack(numbers.synAt);
        return asksNothing || end.fire(Event.RCV_ACK_OF_SYN, at); // it may answer a SYN that was not captured
    }

    private boolean fin(History end, int at) {
        if (!numbers.finKnown() || log.seqOfFin(at) != numbers.fin) {
            show(end, at);
            return true; // another number than its FIN's: no end sends that
        }
        show(end, at);
        if (end.hasSentFin()) {
            return end.isOutstanding();
        }
        return (end.state == ESTABLISHED || end.state == CLOSE_WAIT || end.state == SYN_RECEIVED)
                && end.fire(Event.CLOSE, at);
    }

    /** CLOSE was called, and its FIN has not been captured yet. */
    static boolean closeUnseen(History end) {
        return (end.state == ESTABLISHED || end.state == CLOSE_WAIT) && end.fire(Event.CLOSE, Step.UNSHOWN);
    }
}
