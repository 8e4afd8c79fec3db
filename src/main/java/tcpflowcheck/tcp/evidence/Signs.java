package tcpflowcheck.tcp.evidence;

import java.util.List;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.wire.SeqNumber;

/** What a segment that an end sends shows of the peer's segments: which must have arrived there by then, and which not. */
final class Signs {
    private final Sightings log;
    private final Side side;
    private final Numbers numbers;
    private final List<Integer> arrivals;
    private final Way way;
    private boolean silent;

    Signs(Sightings log, Side side, Numbers numbers, List<Integer> arrivals, Way way) {
        this.log = log;
        this.side = side;
        this.numbers = numbers;
        this.arrivals = arrivals;
        this.way = way;
    }

    /** Whether a long silence follows the last sighting. */
    void endsInSilence(boolean silence) {
        silent = silence;
    }

    /** Whether it sends again what is acknowledged by something that is still on its way. */
    boolean isNeedless(History end, int at) {
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
    boolean isAgain(int at) {
        for (int i = 0; i < at; i++) {
            boolean same = log.side(i) == side
                    && log.flags(i) == log.flags(at)
                    && log.seq(i) == log.seq(at)
                    && log.end(i) == log.end(at)
                    && log.ack(i) == log.ack(at)
                    && log.tsVal(i) == log.tsVal(at);
            if (same && log.time(at) - log.time(i) <= way.longestNanos()) {
                return true;
            }
        }
        return false;
    }

    /** Whether what has arrived in a history is what a segment of this end shows to have arrived. */
    boolean fits(History end, int at) {
        for (int i = 0; i < arrivals.size(); i++) {
            int arrival = arrivals.get(i);
            boolean arrived = i < end.next && ((end.late | end.never) >>> i & 1) == 0;
            if (i >= end.next && (end.never >>> i & 1) == 0 && isOverdue(at, arrival)) {
                return false;
            }
            if ((!arrived && i >= end.next && showsLater(at, arrival)) || (arrived && showsNot(at, arrival))) {
                return false;
            }
        }
        return true;
    }

    /** Whether something has arrived that has hardly had the time to come there, and what shows it, to come back. */
    boolean isTooSoon(History end, int at) {
        for (int i = arrivals.size() - 1; i >= 0 && !log.isRst(at); i--) {
            if (log.time(at) - log.time(arrivals.get(i)) >= way.shortestNanos()) {
                return false;
            }
            if (i < end.next && ((end.late | end.never) >>> i & 1) == 0) {
                return true;
            }
        }
        return false;
    }

    /** What has not come until now is lost, not late. */
    void forget(History end, int at) {
        for (long late = end.late; late != 0; late &= late - 1) {
            int place = Long.numberOfTrailingZeros(late);
            if (isOverdue(at, arrivals.get(place))) {
                end.late &= ~(1L << place);
                end.never |= 1L << place;
            }
        }
    }

    /** Whether {@code arrival} passed so long before {@code at} that it can't have crossed it. */
    boolean isOverdue(int at, int arrival) {
        if (at == log.size() && silent) {
            return true;
        }
        long until = log.time(Math.min(at, log.size() - 1));
        return until - log.time(arrival) > way.longestNanos();
    }

    /** It shows that something behind {@code arrival} has arrived. */
    private boolean showsLater(int at, int arrival) {
        if (log.isUnreachable(arrival)) {
            return false; // it came another way
        }
        if (log.hasTimestamps(at) && log.hasTimestamps(arrival) && log.tsEcr(at) - log.tsVal(arrival) > 0) {
            return !log.isRst(at) && log.isAck(at);
        }
        int behind = SeqNumber.max(log.end(arrival), log.before(arrival));
        boolean acks = log.isAck(at) && !log.isRst(at) && SeqNumber.gt(log.ack(at), behind);
        return acks || (log.hasSack(at) && SeqNumber.gt(log.sacked(at), behind));
    }

    /** It echoes an older timestamp than it would once {@code arrival} had come (RFC 7323, section 4.3). */
    private boolean showsNot(int at, int arrival) {
        return log.hasTimestamps(at)
                && log.hasTimestamps(arrival)
                && log.isAck(at)
                && log.tsEcr(at) - log.tsVal(arrival) < 0
                && log.isPeersAckKnown(arrival)
                && SeqNumber.le(log.seq(arrival), log.peersAck(arrival));
    }

    int copyBefore(int at) {
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
}
