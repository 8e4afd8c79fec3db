package tcpflowcheck.tcp.evidence;

import java.util.ArrayList;
import java.util.List;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpState;
import tcpflowcheck.wire.SeqNumber;

/**
 * What a capture proves of one end. Figure 5 prints each arrow as event over action; a capture shows actions. What the
 * end sends is a fixed point, in the order of its own sends. Each segment of the peer that has passed the tap may
 * arrive at any later moment, or never. So RFC 9293's machine runs on the set of histories that are possible, and one
 * that would not have sent the next captured segment is dropped.
 *
 * <p>Of those that are left the ones that take the fewest faults of the network are believed; where they agree, the
 * path is certain. An arrow that sends something is placed by what it sends; an arrow without action lies where its
 * event lies. Silence proves an arrival where its loss would have been repaired, so never that of a third ACK.
 */
public final class Observer {
    /** Histories with so many faults more than the likeliest are kept, in case later segments rule that out. */
    private static final int MORE_FAULTS = 2;

    private static final int MOST_HISTORIES = 100;

    /** So much may be gone on from for one end; then only the likeliest history is followed, and nothing more is proven. */
    private static final int MOST_EFFORT = 6000;

    /** A bit each in {@link History#late}. */
    private static final int MOST_ARRIVALS = 62;

    /** What stacks in use delay an ACK at most; RFC 9293, section 3.8.6.3 allows 500 ms. */
    private static final long LONGEST_DELAYED_ACK_NANOS = 200_000_000L;

    private final Sightings log;
    private final Side side;
    private final TcpState initial;
    private final Numbers numbers;
    private final Standard standard;
    private final Sends sends;
    private final Signs signs;
    private final Way way = new Way();

    private final SendOrder order;
    private final List<Integer> arrivals = new ArrayList<>();
    private List<History> histories = new ArrayList<>();
    private int seen;
    private int replaced;
    private boolean knowsIgnored;
    private int walked;

    /** A segment that no history explains was left out: nothing behind it is proven. */
    private boolean lost;

    private int provenBeforeLoss;
    private int effort;
    private int moreFaults = MORE_FAULTS;

    public Observer(Sightings log, Side side, TcpState initial) {
        this.log = log;
        this.side = side;
        this.initial = initial;
        numbers = new Numbers(log, side);
        standard = new Standard(log, numbers);
        sends = new Sends(log, numbers, arrivals, way);
        signs = new Signs(log, side, numbers, arrivals, way);
        order = new SendOrder(log, side, numbers, way);
        begin();
    }

    /**
     * What is known of the way to this end and back.
     *
     * @param roundTripNanos of the whole connection, 0 if it is not known
     * @param answerNanos how soon this end has answered what passed the tap, at best; 0 if that is not known
     */
    public void way(long roundTripNanos, long answerNanos) {
        way.learn(roundTripNanos, answerNanos);
    }

    private void begin() {
        histories = new ArrayList<>();
        histories.add(new History(initial));
        if (initial == TcpState.CLOSED && side == Side.SERVER) {
            History listens = new History(TcpState.LISTEN); // it did not refuse, but give up
            listens.faults++;
            histories.add(listens);
        }
        arrivals.clear();
        walked = 0;
        lost = moreFaults == 0;
        provenBeforeLoss = 0;
    }

    /** Whether there is anything new to read, but for a sighting that says later what it had said before. */
    public boolean isBehind() {
        return seen < log.size() || knowsIgnored != log.isAnyNotTaken();
    }

    /** Reads what has been noted since. */
    public void read() {
        boolean again = numbers.read() || replaced != log.replaced();
        replaced = log.replaced();
        knowsIgnored = log.isAnyNotTaken();
        for (; seen < log.size(); seen++) {
            boolean ofNobody = log.isUnreachable(seen) && log.side(seen) == side;
            again |= !ofNobody && order.place(seen);
        }
        if (again) {
            begin();
        }
        for (; walked < order.size(); walked++) {
            int at = order.get(walked);
            if (log.side(at) != side) {
                passes(at);
            } else {
                sends(at);
            }
        }
        if (log.overflown()) {
            lose();
        }
    }

    // ---- a segment of the peer passes

    private void passes(int at) {
        if (arrivals.size() < MOST_ARRIVALS) {
            repairs(at);
            arrivals.add(at);
            if (log.isNotTaken(at)) {
                ignores();
            }
        } else {
            lose();
        }
    }

    /** The end goes on as if nothing that opens it had come: neither has this, or if it has, then this alone. */
    private void ignores() {
        Histories after = new Histories();
        for (History each : histories) {
            long opens = each.state == TcpState.SYN_RECEIVED && !each.active ? opens(each) : 0;
            if (opens != 0) {
                after.add(each.without(opens));
                History takes = each.without(opens & ~(1L << arrivals.size() - 1));
                takes.faults++;
                after.add(takes);
            }
            History keeps = each.copy();
            keeps.faults += opens == 0 ? 0 : 2;
            after.add(keeps);
        }
        histories = after.fewest(moreFaults, MOST_HISTORIES);
    }

    /** What may still arrive and acknowledges the SYN. */
    private long opens(History end) {
        long opens = 0;
        for (int i = 0; i < arrivals.size(); i++) {
            int at = arrivals.get(i);
            boolean open = i >= end.next || (end.late >>> i & 1) != 0;
            opens |= open && !log.isRst(at) && numbers.acksSyn(at) ? 1L << i : 0;
        }
        return opens;
    }

    /**
     * The peer's FIN or SYN comes again, and nothing of this end has acknowledged it: the copy before it was lost, or what
     * answers it was, or it need not have been sent.
     */
    private void repairs(int at) {
        int before = signs.copyBefore(at);
        if (before < 0 || order.isAnswered(at)) {
            return;
        }
        Histories after = new Histories();
        for (History each : histories) {
            boolean missing = ((each.late | each.never) >>> before & 1) != 0;
            if (!missing && before >= each.next) {
                History loses = each.copy();
                loses.never |= 1L << before;
                loses.faults++;
                after.add(loses);
            }
            History keeps = each.copy();
            keeps.faults += missing ? 0 : 1;
            after.add(keeps);
        }
        histories = after.fewest(moreFaults, MOST_HISTORIES);
    }

    // ---- a segment leaves this end

    private void sends(int at) {
        List<History> reachable = reachable(histories, at);
        Histories left = new Histories();
        for (History each : reachable) {
            if (signs.fits(each, at)) {
                sends(each, at, left);
            }
        }
        if (left.isEmpty()) { // more is amiss than times and timestamps allow
            for (History each : reachable) {
                each.faults += 2;
                sends(each, at, left);
            }
        }
        if (left.isEmpty()) {
            lose();
        } else {
            histories = left.fewest(moreFaults, MOST_HISTORIES);
        }
    }

    /** Adds what one history becomes by a segment of this end, if it sends that. */
    private void sends(History end, int at, Histories left) {
        History after = end.copy();
        signs.forget(after, at);
        after.faults += signs.isTooSoon(end, at) ? 1 : 0;
        boolean needless = signs.isNeedless(end, at);
        after.faults += needless ? 1 : 0;
        after.guesses += needless ? 1 : 0;
        if (sends.sends(after, at)) {
            left.add(after);
        }
        if (signs.isAgain(at)) {
            History doubled = end.copy();
            doubled.faults++;
            left.add(doubled);
        }
        if (log.isRst(at) && after.state != end.state) {
            History forged = end.copy();
            forged.faults += sends.isBehindHole(at) ? 1 : Sends.FORGED;
            left.add(forged);
        }
    }

    private void lose() {
        if (!lost) {
            lost = true;
            provenBeforeLoss = Belief.certainSteps(histories, Belief.believed(histories));
        }
    }

    // ---- what can have happened meanwhile

    /**
     * All histories that some arrivals lead to.
     *
     * @param at the sighting before which that happens
     */
    private List<History> reachable(List<History> from, int at) {
        Histories all = new Histories();
        for (History each : from) {
            all.add(each.copy());
        }
        int limit = all.least() + moreFaults;
        for (History each = all.poll(); each != null && all.size() < 8 * MOST_HISTORIES; each = all.poll()) {
            goOn(each, limit, at, all);
            effort++;
        }
        if (effort > MOST_EFFORT && moreFaults > 0) {
            lose();
            moreFaults = 0;
            histories = new ArrayList<>(List.of(Belief.believed(histories)));
        }
        return all.list();
    }

    private void goOn(History end, int limit, int at, Histories all) {
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
        boolean owes = end.path != before && !end.path.isShown();
        if (owes && numbers.captured && signs.isOverdue(at, arrival)) {
            end.faults++; // what a SYN or FIN asks for leaves at once: it was lost
            end.unansweredAt = log.time(arrival);
        } else if (end.path != before && log.isRst(arrival) && end.unansweredAt != 0) {
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

    // ---- what is believed

    /** The likeliest up to now, where all that passed has arrived; certain is what that leaves no choice of. */
    public Verdict now() {
        List<History> prompt = prompt();
        return Belief.verdict(prompt, Belief.believed(prompt));
    }

    private List<History> prompt() {
        List<History> prompt = new ArrayList<>();
        for (History each : reachable(histories, log.size())) {
            if (each.next == arrivals.size()) {
                prompt.add(each);
            }
        }
        return Belief.fewest(prompt.isEmpty() ? histories : prompt);
    }

    /**
     * Nothing more is to come.
     *
     * @param silent whether the silence that follows is long enough for each loss to have been repaired
     */
    public Verdict settle(boolean silent) {
        signs.endsInSilence(silent);
        List<History> all = new ArrayList<>();
        boolean anyRests = false;
        for (History each : reachable(histories, log.size())) {
            boolean arrived = each.next == arrivals.size() && !each.holdsFin;
            if (!silent || arrived) {
                each.faults += silent ? Long.bitCount(each.owedResets) + (each.owesAck ? 1 : 0) : 0;
                all.add(each);
                anyRests |= arrived && !Belief.repairs(each);
            }
        }
        if (silent && anyRests) {
            all.removeIf(Belief::repairs);
        }
        List<History> likely = Belief.fewest(all.isEmpty() ? histories : all);
        History believed = Belief.believed(likely);
        Verdict verdict = Belief.verdict(likely, believed);
        int certain = lost ? Math.min(verdict.certain(), provenBeforeLoss) : verdict.certain();
        certain =
                numbers.finQueued ? Math.min(certain, Step.lengthUpTo(verdict.path(), TcpState.ESTABLISHED)) : certain;
        return new Verdict(verdict.path(), certain, verdict.state());
    }

    /**
     * Given: what is told of an end.
     *
     * @param path the likeliest, null if it did nothing
     * @param certain how many of its steps are proven
     * @param state where that leads, with steps that it has not shown yet
     */
    public record Verdict(Step path, int certain, TcpState state) {}
}
