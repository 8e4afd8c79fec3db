package tcpflowcheck.tcp.evidence;

import java.util.ArrayList;
import java.util.List;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.wire.SeqNumber;

/**
 * The sightings of one end in the order in which it sent its own: acknowledgment numbers and timestamps give that where the
 * network in front of the tap has changed it.
 */
final class SendOrder {
    private final Sightings log;
    private final Side side;
    private final Numbers numbers;
    private final Way way;
    private final List<Integer> order = new ArrayList<>();

    SendOrder(Sightings log, Side side, Numbers numbers, Way way) {
        this.log = log;
        this.side = side;
        this.numbers = numbers;
        this.way = way;
    }

    int size() {
        return order.size();
    }

    int get(int place) {
        return order.get(place);
    }

    /** Puts a sighting where it belongs; true if others that came before it were sent after it. */
    boolean place(int at) {
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
        if (log.isSyn(at) && log.isAck(at) && log.isAck(rst) && log.seq(rst) == log.end(at)) {
            return true; // a refusal does not know that number (section 3.10.7.1)
        }
        if (log.isSyn(at) || SeqNumber.gt(log.seq(rst), log.before(rst) + 1)) {
            return false; // its number is that of the segment which it rejects
        }
        if (acksTextBehind(at, rst)) {
            return false;
        }
        boolean covered = log.isAck(rst) && SeqNumber.ge(log.ack(rst), log.ack(at));
        if (covered || (!log.isAck(rst) && log.time(at) - log.time(rst) <= way.longestNanos())) {
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

    /** Whether {@code at} acknowledges octets of the peer that passed the tap only behind the RST. */
    private boolean acksTextBehind(int at, int rst) {
        for (int i = rst + 1; i < at; i++) {
            boolean isNew = log.side(i) != side && SeqNumber.gt(log.end(i), log.before(i));
            if (isNew && log.hasText(i) && log.isAck(at) && SeqNumber.ge(log.ack(at), log.end(i))) {
                return true;
            }
        }
        return false;
    }

    boolean isAnswered(int at) {
        for (int i = 0; i < order.size() && order.get(i) != at; i++) {
            int own = order.get(i);
            boolean acks = log.side(own) == side && log.isAck(own) && !log.isRst(own);
            if (acks && SeqNumber.ge(log.ack(own), log.end(at))) {
                return true;
            }
        }
        return false;
    }

    /** Whether something shows its FIN to have been sent before {@code at}, where it was not captured so far. */
    boolean isFinAhead(int at) {
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
}
