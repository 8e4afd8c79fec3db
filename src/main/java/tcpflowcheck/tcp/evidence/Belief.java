package tcpflowcheck.tcp.evidence;

import java.util.List;
import tcpflowcheck.tcp.TcpState;
import tcpflowcheck.tcp.evidence.Observer.Verdict;

/** What is believed of several histories: the likeliest, and what all of those agree on that take as few faults. */
final class Belief {
    /** So many guesses are no likelier than a fault. */
    static final int UNLIKELY = 4;

    private Belief() {}

    static Verdict verdict(List<History> likely, History believed) {
        return new Verdict(Step.printable(believed.path), certainSteps(likely, believed), believed.state);
    }

    /** Whether it would send again; a passive end in SYN-RECEIVED may wait in silence (accept queue full, deferred accept). */
    static boolean repairs(History end) {
        return end.isOutstanding() && !(end.state == TcpState.SYN_RECEIVED && !end.active);
    }

    /** Those that take the fewest faults; where all of those take what hardly any stack does, those with one more, too. */
    static List<History> fewest(List<History> from) {
        int least = Histories.least(from);
        List<History> fewest = Histories.upTo(from, least);
        for (History each : fewest) {
            if (each.guesses < UNLIKELY) {
                return fewest;
            }
        }
        return Histories.upTo(from, least + 1);
    }

    static History believed(List<History> from) {
        History best = from.get(0);
        for (History each : from) {
            if (each.isLikelierThan(best)) {
                best = each;
            }
        }
        return best;
    }

    static int certainSteps(List<History> likely, History believed) {
        Step path = Step.printable(believed.path);
        int certain = Step.count(path);
        for (History each : likely) {
            certain = Math.min(certain, Step.common(path, each.path));
        }
        return certain;
    }
}
