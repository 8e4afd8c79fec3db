package tcpflowcheck.tcp.evidence;

import org.jspecify.annotations.Nullable;
import tcpflowcheck.tcp.StateDiagram;
import tcpflowcheck.tcp.StateDiagram.Arrow;
import tcpflowcheck.tcp.StateDiagram.Event;
import tcpflowcheck.tcp.TcpState;

/**
 * One way in which an end can have come to send what it sent: its state, what of the peer has arrived, and how many
 * faults of the network that takes.
 */
final class History {
    TcpState state;

    /** It sent the first SYN itself. */
    boolean active;

    boolean hasSyn;

    /** RCV.NXT is beyond the peer's FIN. */
    boolean hasFin;

    /** The peer's FIN came and waits for octets in front of it. */
    boolean holdsFin;

    /** It got what it must drop and answer by an ACK at once. */
    boolean owesAck;

    /** An RST that came in TIME-WAIT did not end it (RFC 1337, section 4). */
    boolean ignoresResets;

    /** A number that it sent was not captured. */
    boolean misses;

    /** Arrivals that are answered by an RST which was not captured yet. */
    long owedResets;

    /** Arrivals from here on are on their way. */
    int next;

    /** Earlier ones that have not arrived: lost, or later than those behind them. */
    long late;

    /** Earlier ones that are lost. */
    long never;

    int faults;

    /** When that arrived whose answer counts as lost, unless an RST came before it had to leave; 0 if there is none. */
    long unansweredAt;

    /** Steps that nothing suggests, though they take no fault. */
    int guesses;

    @Nullable
    Step path;

    History(TcpState initial) {
        state = initial;
        active = initial == TcpState.CLOSED;
        hasSyn = initial.isSynchronized();
    }

    History copy() {
        History copy = new History(state);
        copy.active = active;
        copy.hasSyn = hasSyn;
        copy.hasFin = hasFin;
        copy.holdsFin = holdsFin;
        copy.owesAck = owesAck;
        copy.ignoresResets = ignoresResets;
        copy.misses = misses;
        copy.owedResets = owedResets;
        copy.next = next;
        copy.late = late;
        copy.never = never;
        copy.faults = faults;
        copy.unansweredAt = unansweredAt;
        copy.guesses = guesses;
        copy.path = path;
        return copy;
    }

    /** The same, and these never arrive. */
    History without(long arrivals) {
        History without = copy();
        without.late &= ~arrivals;
        without.never |= arrivals;
        return without;
    }

    /** Walks the arrow that leaves its state on an event, if there is one. */
    boolean fire(Event event, int sighting) {
        Arrow arrow = StateDiagram.arrow(state, event);
        return arrow != null && walk(arrow, sighting);
    }

    boolean walk(Arrow arrow, int sighting) {
        // What an event shows to have happened before it is told with it.
        boolean answered = state == TcpState.SYN_RECEIVED && (active || arrow.event() == Event.RCV_RST);
        boolean waits = answered && path != null && !path.isShown(); // its SYN,ACK has to be seen
        Step before = sighting == Step.UNSHOWN || waits ? path : Step.shown(path, sighting);
        path = Step.after(before, arrow, waits ? Step.UNSHOWN : sighting);
        state = arrow.to();
        return true;
    }

    /** Whether it has sent a FIN that takes a number. */
    boolean hasSentFin() {
        return state.hasSentFin();
    }

    /** Whether its FIN or SYN waits for an ACK. */
    boolean isOutstanding() {
        return switch (state) {
            case SYN_SENT, SYN_RECEIVED, FIN_WAIT_1, CLOSING, LAST_ACK -> true;
            default -> false;
        };
    }

    /** Whether it can't be told from another but by its faults. */
    boolean isLike(History other) {
        return state == other.state
                && next == other.next
                && late == other.late
                && never == other.never
                && active == other.active
                && hasSyn == other.hasSyn
                && hasFin == other.hasFin
                && holdsFin == other.holdsFin
                && owesAck == other.owesAck
                && ignoresResets == other.ignoresResets
                && misses == other.misses
                && owedResets == other.owedResets
                && fingerprint() == other.fingerprint();
    }

    /** Fewer faults, fewer guesses, and nothing that passed is later than it must be. */
    boolean isLikelierThan(History other) {
        if (faults != other.faults) {
            return faults < other.faults;
        }
        if (guesses != other.guesses) {
            return guesses < other.guesses;
        }
        if (next != other.next) {
            return next > other.next;
        }
        int missing = Long.bitCount(late | never);
        int others = Long.bitCount(other.late | other.never);
        return missing != others ? missing < others : Step.count(path) > Step.count(other.path);
    }

    long fingerprint() {
        return path == null ? 0 : path.fingerprint();
    }

    int hash() {
        long hash = fingerprint() * 31 + state.ordinal();
        hash = hash * 31 + next;
        hash = hash * 31 + late * 31 + never;
        hash = hash * 31 + owedResets + (misses ? 16 : 0) + (ignoresResets ? 32 : 0);
        hash = hash * 31 + (hasFin ? 1 : 0) + (holdsFin ? 2 : 0) + (hasSyn ? 4 : 0) + (owesAck ? 8 : 0);
        return (int) (hash ^ hash >>> 32);
    }
}
