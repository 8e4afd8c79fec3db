package tcpflowcheck.tcp.evidence;

import java.util.List;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpState;
import tcpflowcheck.wire.SeqNumber;

/**
 * What can have happened to an end between two of its segments, with nothing to see: segments of the peer that have passed
 * arrive, in order, late or never, and it closes.
 */
final class Meanwhile {
    /** What stacks in use delay an ACK at most; RFC 9293, section 3.8.6.3 allows 500 ms. */
    private static final long LONGEST_DELAYED_ACK_NANOS = 200_000_000L;

    private final Sightings log;
    private final Side side;
    private final Numbers numbers;
    private final Sends sends;
    private final Signs signs;
    private final SendOrder order;
    private final List<Integer> arrivals;
    private final Standard standard;

    Meanwhile(
            Sightings log,
            Side side,
            Numbers numbers,
            Sends sends,
            Signs signs,
            SendOrder order,
            List<Integer> arrivals) {
        this.log = log;
        this.side = side;
        this.numbers = numbers;
        this.sends = sends;
        this.signs = signs;
        this.order = order;
        this.arrivals = arrivals;
        standard = new Standard(log, numbers);
    }

    /**
     * Adds what one history may become by the next that happens.
     *
     * @param limit of faults, beyond which none is added
     * @param at the sighting before which that happens
     */
    void goOn(History end, int limit, int at, Histories all) {
        if (end.next < arrivals.size() && (end.never >>> end.next & 1) != 0) {
            History passed = end.copy();
            passed.next++;
            all.add(passed);
        } else if (end.next < arrivals.size()) {
            History arrived = end.copy();
            arrived.next++;
            arrive(arrived, end.next, limit, at, all);
            if (end.faults < limit) {
                History skipped = end.copy();
                skipped.late |= 1L << end.next;
                skipped.next++;
                skipped.faults++;
                all.add(skipped);
            }
        }
        for (long late = end.late; late != 0; late &= late - 1) {
            int place = Long.numberOfTrailingZeros(late);
            History arrived = end.copy();
            arrived.late &= ~(1L << place);
            arrive(arrived, place, limit, at, all);
        }
        if (end.holdsFin) {
            History filled = end.copy();
            standard.finInSequence(filled);
            all.add(filled);
        }
        closes(end, limit, at, all);
        if (at < log.size() && log.isRst(at) && !log.isAck(at) && log.side(at) == side) {
            History gone = end.copy();
            if (sends.gives(gone, at)) {
                all.add(gone);
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // who walks has another path
    private void arrive(History end, int place, int limit, int at, Histories all) {
        int arrival = arrivals.get(place);
        if (end.state == TcpState.CLOSED && end.path == null && mayAnswerUnseenSyn(arrival)) {
            History without = end.copy(); // it has no such connection
            without.guesses++;
            standard.arrives(without, arrival, place, false);
            all.add(without);
            Sends.open(end, arrival); // its SYN was not captured (yet)
        }
        boolean behindHole = log.isFin(arrival) && SeqNumber.lt(log.before(arrival), log.seq(arrival));
        boolean mayBeBehind = log.isFin(arrival)
                && !behindHole
                && end.faults < limit
                && log.isPeersAckKnown(arrival)
                && SeqNumber.lt(log.peersAck(arrival), log.seq(arrival));
        if (mayBeBehind && !end.hasFin) {
            History held = end.copy();
            held.faults++;
            standard.arrives(held, arrival, place, true);
            all.add(held);
        }
        if (log.isRst(arrival) && end.state == TcpState.TIME_WAIT && !end.ignoresResets && end.faults < limit) {
            History ignores = end.copy();
            ignores.faults += Sends.FORGED;
            ignores.ignoresResets = true;
            all.add(ignores);
        }
        if (log.isUnreachable(arrival) && end.state == TcpState.SYN_SENT) {
            History goesOn = end.copy(); // it takes the error for a soft one
            goesOn.guesses++;
            all.add(goesOn);
        }
        Step before = end.path;
        standard.arrives(end, arrival, place, behindHole);
        Step path = end.path;
        boolean walks = path != before;
        boolean owes = walks && path != null && !path.isShown();
        if (owes && numbers.captured && signs.isOverdue(at, arrival)) {
            end.faults++; // what a SYN or FIN asks for leaves at once: it was lost
            end.unansweredAt = log.time(arrival);
        } else if (walks && log.isRst(arrival) && end.unansweredAt != 0) {
            end.faults -= log.time(arrival) - end.unansweredAt <= LONGEST_DELAYED_ACK_NANOS ? 1 : 0;
            end.unansweredAt = 0;
        }
        all.add(end);
    }

    /** Whether it is a SYN,ACK in front of which nothing of this end was captured. */
    private boolean mayAnswerUnseenSyn(int at) {
        for (int i = 0; i < at; i++) {
            if (log.side(i) == side) {
                return false;
            }
        }
        return log.isSyn(at) && log.isAck(at) && !log.isRst(at);
    }

    /** Its FIN may have been sent before it was captured: lost in front of the tap, or held back behind text. */
    private void closes(History end, int limit, int at, Histories all) {
        boolean unseen = end.faults < limit && numbers.finKnown() && order.isFinAhead(at);
        boolean queued = numbers.finQueued && at <= numbers.finAt;
        if (unseen || queued) {
            History closed = end.copy();
            if (Sends.closeUnseen(closed)) {
                closed.faults += unseen && !queued ? 1 : 0;
                closed.guesses += numbers.finGuessed ? 0 : 1;
                all.add(closed);
            }
        }
    }
}
