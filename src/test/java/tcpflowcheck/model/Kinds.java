package tcpflowcheck.model;

import static tcpflowcheck.tcp.TcpState.CLOSED;
import static tcpflowcheck.tcp.TcpState.ESTABLISHED;
import static tcpflowcheck.tcp.TcpState.FIN_WAIT_1;
import static tcpflowcheck.tcp.TcpState.FIN_WAIT_2;
import static tcpflowcheck.tcp.TcpState.LAST_ACK;
import static tcpflowcheck.tcp.TcpState.LISTEN;
import static tcpflowcheck.tcp.TcpState.SYN_RECEIVED;
import static tcpflowcheck.tcp.TcpState.SYN_SENT;
import static tcpflowcheck.tcp.TcpState.TIME_WAIT;

import java.util.EnumSet;
import java.util.Set;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.tcp.Closing;
import tcpflowcheck.tcp.Handshake;
import tcpflowcheck.tcp.Side;

/** Which kinds of opening and closing a pair of paths allows; a kind that is said for sure must be allowed by one pair. */
final class Kinds {
    private static final Set<Closing.Kind> BY_PATHS = EnumSet.of(Closing.Kind.THREE_SEGMENT, Closing.Kind.FOUR_SEGMENT);

    private Kinds() {}

    /** Whether a close is told for sure that no pair allows. */
    static boolean contradictsClose(Flow flow, TruePaths truth, boolean rstSeen) {
        Closing closing = flow.connection().closing();
        if (!closing.certain()) {
            return false;
        }
        Side by = closing.by();
        int closer = by == null ? -1 : ToolRun.end(flow, by);
        for (int i = 0; i < truth.size(); i++) {
            if (allows(closing.kind(), closer, truth.path(i, 0), truth.path(i, 1), rstSeen)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether a kind of close fits a pair of paths. What paths do not tell (three segments or four, whether a FIN that was
     * not acknowledged is late) is not judged; nor is an end whose connection went without an RST.
     */
    private static boolean allows(Closing.Kind kind, int closer, long first, long second, boolean rstSeen) {
        boolean reset = endsByReset(first) || endsByReset(second);
        if (reset && !rstSeen) {
            return true;
        }
        boolean open = Paths.contains(first, ESTABLISHED) || Paths.contains(second, ESTABLISHED);
        if (reset) {
            return kind == Closing.Kind.RESET || (!open && kind == Closing.Kind.NONE);
        }
        if (kind == Closing.Kind.RESET) {
            // In LAST-ACK the RST of the peer closes as well as its ACK does.
            return rstSeen && ((closer == 1 && closesAsLast(first)) || (closer == 0 && closesAsLast(second)));
        }
        int closed = (hasClosed(first) ? 1 : 0) + (hasClosed(second) ? 1 : 0);
        if (closed == 0) {
            return kind == Closing.Kind.OPEN || kind == Closing.Kind.NONE;
        }
        boolean complete = closed == 2 && finIsAcknowledged(first) && finIsAcknowledged(second);
        boolean partial = switch (kind) {
            case HALF_CLOSED, UNACKNOWLEDGED, CUT, EVICTED -> true;
            default -> false;
        };
        if (closed == 1 || (!complete && partial)) {
            return partial;
        }
        boolean both = Paths.contains(first, FIN_WAIT_1) && Paths.contains(second, FIN_WAIT_1);
        if (both) {
            return kind == Closing.Kind.SIMULTANEOUS;
        }
        return BY_PATHS.contains(kind) && closer == (Paths.contains(first, FIN_WAIT_1) ? 0 : 1);
    }

    /** Whether an opening is told for sure that no pair allows. */
    static boolean contradictsOpening(Flow flow, TruePaths truth) {
        Handshake handshake = flow.connection().handshake();
        if (!handshake.certain()) {
            return false;
        }
        for (int i = 0; i < truth.size(); i++) {
            if (allows(handshake.kind(), truth.path(i, 0), truth.path(i, 1))) {
                return false;
            }
        }
        return true;
    }

    private static boolean allows(Handshake.Kind kind, long first, long second) {
        if (Paths.contains(second, SYN_SENT)) {
            return kind != Handshake.Kind.THREE_WAY || !Paths.contains(second, SYN_RECEIVED);
        }
        if (Paths.at(second, 0) == Paths.code(CLOSED)) {
            boolean gone = Paths.last(first) == Paths.code(CLOSED);
            return kind == Handshake.Kind.REFUSED
                    || (kind == Handshake.Kind.UNANSWERED && !Paths.contains(first, ESTABLISHED))
                    || (kind == Handshake.Kind.CUT && !gone);
        }
        return switch (kind) {
            case THREE_WAY -> Paths.contains(first, ESTABLISHED);
            case UNANSWERED -> !Paths.contains(first, ESTABLISHED);
            case HALF_OPEN -> Paths.contains(second, SYN_RECEIVED);
            case CUT, EVICTED -> true;
            default -> false;
        };
    }

    private static boolean hasClosed(long path) {
        return Paths.contains(path, FIN_WAIT_1) || Paths.contains(path, LAST_ACK);
    }

    private static boolean finIsAcknowledged(long path) {
        return Paths.contains(path, FIN_WAIT_2) || Paths.contains(path, TIME_WAIT) || closesAsLast(path);
    }

    private static boolean closesAsLast(long path) {
        int length = Paths.length(path);
        return Paths.at(path, length - 1) == Paths.code(CLOSED) && Paths.at(path, length - 2) == Paths.code(LAST_ACK);
    }

    private static boolean endsByReset(long path) {
        int length = Paths.length(path);
        int last = Paths.at(path, length - 1);
        int before = Paths.at(path, length - 2);
        if (length < 2 || last != Paths.code(CLOSED)) {
            return length > 1 && last == Paths.code(LISTEN);
        }
        return before != Paths.code(LAST_ACK) && before != Paths.code(TIME_WAIT);
    }
}
