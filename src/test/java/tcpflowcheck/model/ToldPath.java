package tcpflowcheck.model;

import java.util.StringJoiner;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TransitionLog;

/**
 * Given: what the tool says of an end.
 *
 * @param path the states
 * @param sure bit i is set where the transition into the state at index i is said for sure
 */
record ToldPath(long path, int sure) {
    static ToldPath of(Flow flow, Side side) {
        TransitionLog log = flow.connection().log();
        long path = Paths.of(flow.connection().endpoint(side).initial());
        int sure = 0;
        for (int i = 0; i < log.size(); i++) {
            if (log.side(i) == side && !log.revised(i)) {
                sure |= log.certain(i) ? 1 << Paths.length(path) : 0;
                path = Paths.with(path, Paths.code(log.arrow(i).to()));
            }
        }
        return new ToldPath(path, sure);
    }

    int length() {
        return Paths.length(path);
    }

    boolean isSure(int index) {
        return (sure >> index & 1) != 0;
    }

    /** Whether a path has all transitions that are said for sure. */
    boolean allows(long truth) {
        for (int i = 1; i < length(); i++) {
            if (isSure(i) && !Paths.sameStep(path, truth, i)) {
                return false;
            }
        }
        return true;
    }

    /** The states, those in doubt with a question mark. */
    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(" ");
        for (int i = 0; i < length(); i++) {
            text.add(Paths.state(Paths.at(path, i)) + (i == 0 || isSure(i) ? "" : "?"));
        }
        return text.toString();
    }
}
