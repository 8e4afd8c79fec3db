package tcpflowcheck.tcp.evidence;

import java.util.List;

/** Which RSTs answer which segments: those that come where there is no connection, or not that one (section 3.10.7.1). */
final class Replies {
    private final Sightings log;
    private final List<Integer> arrivals;
    private final Way way;

    Replies(Sightings log, List<Integer> arrivals, Way way) {
        this.log = log;
        this.arrivals = arrivals;
        this.way = way;
    }

    /** Whether the same RST was sent before: what it answers came twice. */
    boolean hasReset(int at) {
        for (int i = 0; i < at; i++) {
            boolean same = log.flags(i) == log.flags(at) && log.seq(i) == log.seq(at);
            if (log.side(i) == log.side(at) && same) {
                return true;
            }
        }
        return false;
    }

    /** Whether an RST is owed to what it answers; then no more. */
    boolean pay(History end, int at) {
        for (long owed = end.owedResets; owed != 0; owed &= owed - 1) {
            int place = Long.numberOfTrailingZeros(owed);
            if (isAnswer(arrivals.get(place), at)) {
                end.owedResets &= ~(1L << place);
                return true;
            }
        }
        return false;
    }

    /** How many RSTs are owed that were not captured; one that came more than once may have answered more than one. */
    int missing(History end) {
        int missing = 0;
        for (long owed = end.owedResets; owed != 0; owed &= owed - 1) {
            missing += isAnsweredAgain(arrivals.get(Long.numberOfTrailingZeros(owed))) ? 0 : 1;
        }
        return missing;
    }

    private boolean isAnsweredAgain(int arrival) {
        for (int i = arrival + 1; i < log.size(); i++) {
            if (log.isRst(i) && log.cameAgain(i) && log.side(i) != log.side(arrival) && isAnswer(arrival, i)) {
                return true;
            }
        }
        return false;
    }

    /** Section 3.10.7.1: an RST answers with the number of the segment's ACK, or without it, an ACK of the segment. */
    private boolean isAnswer(int arrival, int at) {
        if (log.isUnreachable(arrival)) {
            return false;
        }
        return log.isAck(arrival)
                ? !log.isAck(at) && log.seq(at) == log.ack(arrival)
                : log.isAck(at) && log.ack(at) == log.end(arrival);
    }

    boolean answersAny(int at) {
        if (log.doesAnswerLast(at)) {
            return true;
        }
        for (int i = at - 1; i >= 0; i--) {
            boolean soon = log.time(at) - log.time(i) <= way.answeredNanos();
            if (log.side(i) != log.side(at) && !log.isRst(i) && soon && isAnswer(i, at)) {
                return true;
            }
        }
        return false;
    }
}
