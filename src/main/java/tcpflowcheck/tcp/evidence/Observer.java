package tcpflowcheck.tcp.evidence;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpState;

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

    private final Sightings log;
    private final Side side;
    private final TcpState initial;
    private final Numbers numbers;
    private final Replies replies;
    private final Sends sends;
    private final Signs signs;
    private final Way way = new Way();

    private final SendOrder order;
    private final Meanwhile meanwhile;
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
        replies = new Replies(log, arrivals, way);
        sends = new Sends(log, numbers, arrivals, replies);
        signs = new Signs(log, side, numbers, arrivals, way);
        order = new SendOrder(log, side, numbers, way);
        meanwhile = new Meanwhile(log, side, numbers, sends, signs, order, arrivals);
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

    /** How many are possible. */
    public int histories() {
        return histories.size();
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
                History takes = each.without(opens & ~(1L << (arrivals.size() - 1)));
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
            if (log.hasTimestamps(at)) {
                lose(); // a host in TIME-WAIT or FIN-WAIT-2 may echo what it had kept: which came first is open
            }
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
            forged.faults += sends.isBehindHole(at) && !log.isAck(at) ? 1 : Sends.FORGED;
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
            meanwhile.goOn(each, limit, at, all);
            effort++;
        }
        if (effort > MOST_EFFORT && moreFaults > 0) {
            lose();
            moreFaults = 0;
            histories = new ArrayList<>(List.of(Belief.believed(histories)));
        }
        return all.list();
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
                each.faults += silent ? replies.missing(each) + (each.owesAck ? 1 : 0) : 0;
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
        certain = numbers.finQueued ? Math.min(certain, Step.countUpTo(verdict.path(), TcpState.ESTABLISHED)) : certain;
        return new Verdict(
                verdict.path(),
                closedBefore(verdict.path()) ? Math.min(certain, Step.count(verdict.path()) - 1) : certain,
                verdict.state());
    }

    /** Whether it may have called CLOSE in CLOSE-WAIT before the RST came that ends it: its FIN would have waited. */
    private boolean closedBefore(@Nullable Step path) {
        return path != null
                && path.isShown()
                && path.arrow().from() == TcpState.CLOSE_WAIT
                && log.isRst(path.sighting())
                && log.mayFindFinWaiting(path.sighting());
    }

    /**
     * Given: what is told of an end.
     *
     * @param path the likeliest, null if it did nothing
     * @param certain how many of its steps are proven
     * @param state where that leads, with steps that it has not shown yet
     */
    public record Verdict(@Nullable Step path, int certain, TcpState state) {}
}
