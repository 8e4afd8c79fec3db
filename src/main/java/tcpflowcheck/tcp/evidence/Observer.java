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

    /** A segment that passed the tap may be on its way for two round trips, and for this time. */
    private static final long SHORTEST_WAY_NANOS = 100_000_000L;

    /** What stacks in use delay an ACK at most; RFC 9293, section 3.8.6.3 allows 500 ms. */
    private static final long LONGEST_DELAYED_ACK_NANOS = 200_000_000L;

    private final Sightings log;
    private final Side side;
    private final TcpState initial;
    private final Numbers numbers;
    private final Standard standard;
    private final Sends sends;
    private long longestWayNanos = SHORTEST_WAY_NANOS;
    private long shortestWayNanos;

    /** The sightings in the order of this end's own sends. */
    private final List<Integer> order = new ArrayList<>();

    private final List<Integer> arrivals = new ArrayList<>();
    private List<History> histories = new ArrayList<>();
    private int seen;
    private int replaced;
    private int walked;

    /** A segment that no history explains was left out: nothing behind it is proven. */
    private boolean lost;

    private int provenBeforeLoss;
    private boolean silent;
    private int effort;
    private int moreFaults = MORE_FAULTS;

    public Observer(Sightings log, Side side, TcpState initial) {
        this.log = log;
        this.side = side;
        this.initial = initial;
        numbers = new Numbers(log, side);
        standard = new Standard(log, numbers);
        sends = new Sends(log, numbers, arrivals);
        begin();
    }

    /**
     * What is known of the way to this end and back.
     *
     * @param roundTripNanos of the whole connection, 0 if it is not known
     * @param answerNanos how soon this end has answered what passed the tap, at best; 0 if that is not known
     */
    public void way(long roundTripNanos, long answerNanos) {
        longestWayNanos = Math.max(2 * roundTripNanos, SHORTEST_WAY_NANOS);
        shortestWayNanos = answerNanos / 2;
        sends.answersWithin(roundTripNanos);
    }

    private void begin() {
        histories = new ArrayList<>();
        histories.add(new History(initial));
        arrivals.clear();
        walked = 0;
        lost = false;
    }

    /** Whether there is anything new to read, but for a sighting that says later what it had said before. */
    public boolean isBehind() {
        return seen < log.size();
    }

    /** Reads what has been noted since. */
    public void read() {
        boolean again = numbers.read() || replaced != log.replaced();
        replaced = log.replaced();
        for (; seen < log.size(); seen++) {
            again |= place(seen);
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
    }

    // ---- the order of its own sends

    /** Puts a sighting where it belongs; true if others that came before it were sent after it. */
    private boolean place(int at) {
        int place = order.size();
        if (log.side(at) == side && !log.isRst(at)) {
            for (int i = order.size() - 1; i >= 0; i--) {
                int other = order.get(i);
                if (log.side(other) == side && (log.isRst(other) ? isOlderThanReset(at, i) : isOlder(at, other))) {
                    place = i;
                }
            }
        }
        order.add(place, at);
        return place < order.size() - 1;
    }

    /** Whether {@code at} was sent before {@code other}, which was captured first. */
    private boolean isOlder(int at, int other) {
        if (log.hasTimestamps(at) && log.hasTimestamps(other)) {
            return log.tsVal(at) - log.tsVal(other) < 0;
        }
        if (log.isSyn(at)) {
            return !log.isSyn(other) && (log.isAck(at) || numbers.synAt < at);
        }
        return log.isAck(at) && log.isAck(other) && !log.isSyn(other) && SeqNumber.lt(log.ack(at), log.ack(other));
    }

    /** Whether nothing of {@code at} is beyond what was sent before the RST at {@code place}. */
    private boolean isOlderThanReset(int at, int place) {
        int rst = order.get(place);
        if (log.hasText(at) || log.isFin(at)) {
            return SeqNumber.le(log.end(at), log.seq(rst));
        }
        if (log.isSyn(at) || SeqNumber.gt(log.seq(rst), log.before(rst) + 1)) {
            return false; // its number is that of the segment which it rejects
        }
        boolean covered = log.isAck(rst) && SeqNumber.ge(log.ack(rst), log.ack(at));
        if (covered || !log.isAck(rst) && log.time(at) - log.time(rst) <= longestWayNanos) {
            return SeqNumber.le(log.seq(at), log.seq(rst));
        }
        for (int i = 0; i < place; i++) {
            int other = order.get(i);
            if (log.side(other) == side && log.isAck(other) && SeqNumber.ge(log.ack(other), log.ack(at))) {
                return true;
            }
        }
        return SeqNumber.lt(log.seq(at), log.seq(rst));
    }

    // ---- a segment of the peer passes

    private void passes(int at) {
        if (arrivals.size() < MOST_ARRIVALS) {
            repairs(at);
            arrivals.add(at);
        } else {
            lose();
        }
    }

    /**
     * The peer's FIN or SYN comes again, and nothing of this end has acknowledged it: the copy before it was lost, or what
     * answers it was, or it need not have been sent.
     */
    private void repairs(int at) {
        int before = copyBefore(at);
        if (before < 0 || isAnswered(at)) {
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

    private int copyBefore(int at) {
        boolean control = !log.isRst(at) && (log.isSyn(at) || log.isFin(at));
        for (int i = arrivals.size() - 1; i >= 0 && control; i--) {
            int other = arrivals.get(i);
            if (!log.isRst(other)
                    && log.isSyn(other) == log.isSyn(at)
                    && log.isFin(other) == log.isFin(at)
                    && log.end(other) == log.end(at)) {
                return i;
            }
        }
        return -1;
    }

    private boolean isAnswered(int at) {
        for (int i = 0; i < order.size() && order.get(i) != at; i++) {
            int own = order.get(i);
            boolean acks = log.side(own) == side && log.isAck(own) && !log.isRst(own);
            if (acks && SeqNumber.ge(log.ack(own), log.end(at))) {
                return true;
            }
        }
        return false;
    }

    // ---- a segment leaves this end

    private void sends(int at) {
        List<History> reachable = reachable(histories, at);
        Histories left = new Histories();
        for (History each : reachable) {
            if (fits(each, at)) {
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
        forget(after, at);
        after.faults += isTooSoon(end, at) ? 1 : 0;
        boolean needless = isNeedless(end, at);
        after.faults += needless ? 1 : 0;
        after.guesses += needless ? 1 : 0;
        if (sends.sends(after, at)) {
            left.add(after);
        }
        if (isAgain(at)) {
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

    /** Whether it sends again what is acknowledged by something that is still on its way. */
    private boolean isNeedless(History end, int at) {
        boolean fin = log.isFin(at) && end.hasSentFin();
        boolean syn = log.isSyn(at) && end.isOutstanding() && isSynAgain(at);
        for (int i = end.next; i < arrivals.size() && (fin || syn); i++) {
            int arrival = arrivals.get(i);
            boolean lost = (end.never >>> i & 1) != 0;
            if (!lost && !log.isRst(arrival) && (fin ? numbers.acksFin(arrival) : numbers.acksSyn(arrival))) {
                return true;
            }
        }
        return false;
    }

    private boolean isSynAgain(int at) {
        for (int i = numbers.synAt; i < at; i++) {
            if (log.side(i) == side && log.flags(i) == log.flags(at)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it may be a copy that the network made: the same in all, and soon. */
    private boolean isAgain(int at) {
        for (int i = 0; i < at; i++) {
            boolean same = log.side(i) == side
                    && log.flags(i) == log.flags(at)
                    && log.seq(i) == log.seq(at)
                    && log.end(i) == log.end(at)
                    && log.ack(i) == log.ack(at)
                    && log.tsVal(i) == log.tsVal(at);
            if (same && log.time(at) - log.time(i) <= longestWayNanos) {
                return true;
            }
        }
        return false;
    }

    private void lose() {
        if (!lost) {
            lost = true;
            provenBeforeLoss = certainSteps(histories, believed(histories));
        }
    }

    /** Whether what has arrived in a history is what a segment of this end shows to have arrived. */
    private boolean fits(History end, int at) {
        for (int i = 0; i < arrivals.size(); i++) {
            int arrival = arrivals.get(i);
            boolean arrived = i < end.next && ((end.late | end.never) >>> i & 1) == 0;
            if (i >= end.next && (end.never >>> i & 1) == 0 && isOverdue(at, arrival)) {
                return false;
            }
            if (!arrived && i >= end.next && showsLater(at, arrival) || arrived && showsNot(at, arrival)) {
                return false;
            }
        }
        return true;
    }

    /** Whether something has arrived that has hardly had the time to come there, and what shows it, to come back. */
    private boolean isTooSoon(History end, int at) {
        for (int i = arrivals.size() - 1; i >= 0 && !log.isRst(at); i--) {
            if (log.time(at) - log.time(arrivals.get(i)) >= shortestWayNanos) {
                return false;
            }
            if (i < end.next && ((end.late | end.never) >>> i & 1) == 0) {
                return true;
            }
        }
        return false;
    }

    /** What has not come until now is lost, not late. */
    private void forget(History end, int at) {
        for (long late = end.late; late != 0; late &= late - 1) {
            int place = Long.numberOfTrailingZeros(late);
            if (isOverdue(at, arrivals.get(place))) {
                end.late &= ~(1L << place);
                end.never |= 1L << place;
            }
        }
    }

    /** Whether {@code arrival} passed so long before {@code at} that it can't have crossed it. */
    private boolean isOverdue(int at, int arrival) {
        if (at == log.size() && silent) {
            return true;
        }
        long until = log.time(Math.min(at, log.size() - 1));
        return until - log.time(arrival) > longestWayNanos;
    }

    /** It shows that something behind {@code arrival} has arrived. */
    private boolean showsLater(int at, int arrival) {
        if (log.hasTimestamps(at) && log.hasTimestamps(arrival) && log.tsEcr(at) - log.tsVal(arrival) > 0) {
            return !log.isRst(at) && log.isAck(at);
        }
        int behind = SeqNumber.max(log.end(arrival), log.before(arrival));
        boolean acks = log.isAck(at) && !log.isRst(at) && SeqNumber.gt(log.ack(at), behind);
        return acks || log.hasSack(at) && SeqNumber.gt(log.sacked(at), behind);
    }

    /** It echoes an older timestamp than it would once {@code arrival} had come (RFC 7323, section 4.3). */
    private boolean showsNot(int at, int arrival) {
        return log.hasTimestamps(at)
                && log.hasTimestamps(arrival)
                && log.isAck(at)
                && !log.isRst(at)
                && log.tsEcr(at) - log.tsVal(arrival) < 0
                && log.isPeersAckKnown(arrival)
                && SeqNumber.le(log.seq(arrival), log.peersAck(arrival));
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
            histories = new ArrayList<>(List.of(believed(histories)));
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
        if (end.state == TcpState.CLOSED && end.path == null && isSynAck(arrival) && numbers.synAt > arrival) {
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
        Step before = end.path;
        standard.arrives(end, arrival, place, behindHole);
        boolean owes = end.path != before && !end.path.isShown();
        if (owes && isOverdue(at, arrival)) {
            end.faults++; // what a SYN or FIN asks for leaves at once: it was lost
            end.unansweredAt = log.time(arrival);
        } else if (end.path != before && log.isRst(arrival) && end.unansweredAt != 0) {
            end.faults -= log.time(arrival) - end.unansweredAt <= LONGEST_DELAYED_ACK_NANOS ? 1 : 0;
            end.unansweredAt = 0;
        }
        all.add(end);
    }

    private boolean isSynAck(int at) {
        return log.isSyn(at) && log.isAck(at) && !log.isRst(at);
    }

    /** Its FIN may have been sent before it was captured: lost in front of the tap, or held back behind text. */
    private void closes(History end, int limit, int at, Histories all) {
        boolean unseen = end.faults < limit && numbers.finKnown() && isFinAhead(at);
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

    /** Whether something shows its FIN to have been sent before {@code at}, where it was not captured so far. */
    private boolean isFinAhead(int at) {
        int own = numbers.finGuessed ? order.size() : order.indexOf(numbers.finAt);
        int here = at < log.size() ? order.indexOf(at) : order.size();
        for (int i = 0; i < own; i++) {
            int each = order.get(i);
            boolean shows = log.side(each) == side
                    ? !log.isSyn(each)
                            && (log.isRst(each)
                                    ? log.seq(each) == numbers.fin + 1
                                    : SeqNumber.gt(log.seq(each), numbers.fin))
                    : numbers.acksFin(each);
            if (shows) {
                return here <= own;
            }
        }
        return false;
    }

    // ---- what is believed

    /** The likeliest up to now, where all that passed has arrived; certain is what that leaves no choice of. */
    public Verdict now() {
        List<History> prompt = prompt();
        return verdict(prompt, believed(prompt));
    }

    private static Verdict verdict(List<History> likely, History believed) {
        return new Verdict(Step.printable(believed.path), certainSteps(likely, believed), believed.state);
    }

    private List<History> prompt() {
        List<History> prompt = new ArrayList<>();
        for (History each : reachable(histories, log.size())) {
            if (each.next == arrivals.size()) {
                prompt.add(each);
            }
        }
        return fewest(prompt.isEmpty() ? histories : prompt, 0);
    }

    /**
     * Nothing more is to come.
     *
     * @param silent whether the silence that follows is long enough for each loss to have been repaired
     */
    public Verdict settle(boolean silent) {
        this.silent = silent;
        List<History> all = new ArrayList<>();
        boolean anyRests = false;
        for (History each : reachable(histories, log.size())) {
            boolean arrived = each.next == arrivals.size() && !each.holdsFin;
            if (!silent || arrived) {
                each.faults += silent ? Long.bitCount(each.owedResets) + (each.owesAck ? 1 : 0) : 0;
                all.add(each);
                anyRests |= arrived && !repairs(each);
            }
        }
        if (silent && anyRests) {
            all.removeIf(Observer::repairs);
        }
        List<History> likely = fewest(all.isEmpty() ? histories : all, 0);
        History believed = believed(likely);
        Verdict verdict = verdict(likely, believed);
        int certain = lost ? Math.min(verdict.certain(), provenBeforeLoss) : verdict.certain();
        certain =
                numbers.finQueued ? Math.min(certain, Step.lengthUpTo(verdict.path(), TcpState.ESTABLISHED)) : certain;
        return new Verdict(verdict.path(), certain, verdict.state());
    }

    /** Whether it would send again; a passive end in SYN-RECEIVED may wait in silence (accept queue full, deferred accept). */
    private static boolean repairs(History end) {
        return end.isOutstanding() && !(end.state == TcpState.SYN_RECEIVED && !end.active);
    }

    private static List<History> fewest(List<History> from, int more) {
        int least = Integer.MAX_VALUE;
        for (History each : from) {
            least = Math.min(least, each.faults);
        }
        List<History> fewest = new ArrayList<>();
        for (History each : from) {
            if (each.faults <= least + more) {
                fewest.add(each);
            }
        }
        return fewest;
    }

    private static History believed(List<History> from) {
        History best = from.get(0);
        for (History each : from) {
            if (each.isLikelierThan(best)) {
                best = each;
            }
        }
        return best;
    }

    private static int certainSteps(List<History> likely, History believed) {
        Step path = Step.printable(believed.path);
        int certain = Step.length(path);
        for (History each : likely) {
            certain = Math.min(certain, Step.common(path, each.path));
        }
        return certain;
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
