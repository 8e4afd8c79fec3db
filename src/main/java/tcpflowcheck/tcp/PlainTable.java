package tcpflowcheck.tcp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.tcp.StateDiagram.Arrow;
import tcpflowcheck.tcp.StateDiagram.Event;

/**
 * Both ends of a connection that goes by the book, as one number: a table made from {@link StateDiagram} by walking, from
 * CLOSED and LISTEN on, every segment that can come next, as {@link Endpoint} walks it. All that a segment says arrives.
 */
final class PlainTable {
    /** A segment that does not go by the book in this state. */
    static final int NONE = -1;

    /** The client CLOSED, the server in LISTEN. */
    static final int START = 0;

    // What a segment says; together its column, with FROM_SERVER.
    static final int SYN = 1;
    static final int ACK = 1 << 1;
    static final int FIN = 1 << 2;
    /** Its ACK covers the peer's FIN. */
    static final int COVERS_FIN = 1 << 3;

    static final int FROM_SERVER = 1 << 4;
    static final int COLUMNS = 1 << 5;

    private static final List<TcpState[]> PAIRS = new ArrayList<>();
    private static final byte[] NEXT = walk();
    private static final TcpState[][] STATES = PAIRS.toArray(new TcpState[0][]);
    /** By state and side. */
    private static final boolean[] FIN_SENT = finSent();

    private PlainTable() {}

    private static TcpState[] pair(TcpState client, TcpState server) {
        return new TcpState[] {client, server};
    }

    private static byte[] walk() {
        PAIRS.add(pair(TcpState.CLOSED, TcpState.LISTEN));
        byte[] rows = new byte[0];
        for (int state = 0; state < PAIRS.size(); state++) {
            rows = Arrays.copyOf(rows, rows.length + COLUMNS);
            for (int column = 0; column < COLUMNS; column++) {
                rows[state * COLUMNS + column] = (byte) number(after(PAIRS.get(state), column));
            }
        }
        return rows;
    }

    /** Of a pair, which is added if it is new; {@link #NONE} of null. */
    private static int number(TcpState @Nullable [] pair) {
        if (pair == null) {
            return NONE;
        }
        for (int i = 0; i < PAIRS.size(); i++) {
            if (Arrays.equals(PAIRS.get(i), pair)) {
                return i;
            }
        }
        PAIRS.add(pair);
        return PAIRS.size() - 1;
    }

    private static TcpState @Nullable [] after(TcpState[] pair, int column) {
        boolean fromServer = (column & FROM_SERVER) != 0;
        TcpState sender = pair[fromServer ? 1 : 0];
        TcpState receiver = pair[fromServer ? 0 : 1];
        int says = column & FROM_SERVER - 1;
        TcpState sent = switch (says) {
            case SYN -> receiver == TcpState.LISTEN ? arrow(sender, Event.OPEN) : null;
            case SYN | ACK ->
                receiver == TcpState.SYN_SENT && sender == TcpState.LISTEN ? arrow(sender, Event.RCV_SYN) : null;
            case ACK, ACK | COVERS_FIN, ACK | FIN, ACK | FIN | COVERS_FIN -> sends(sender, receiver, says);
            default -> null;
        };
        if (sent == null) {
            return null;
        }
        TcpState arrived = (says & SYN) != 0 ? receiver : arrives(receiver, says);
        return fromServer ? pair(arrived, sent) : pair(sent, arrived);
    }

    /** An end sends an ACK, maybe with FIN: once both have closed nothing is plain any more. */
    private static @Nullable TcpState sends(TcpState sender, TcpState receiver, int says) {
        boolean covers = (says & COVERS_FIN) != 0;
        boolean owes = receiver == TcpState.FIN_WAIT_1 || receiver == TcpState.LAST_ACK;
        if ((covers && !receiver.hasSentFin()) || ((says & FIN) != 0 && owes && !covers)) {
            return null; // nothing to cover, or the FINs cross
        }
        TcpState state = sender;
        if (state == TcpState.SYN_SENT) {
            state = receiver == TcpState.SYN_RECEIVED ? arrow(state, Event.RCV_SYN_ACK) : null;
        }
        if (state == null || !mayGoOn(state) || receiver == TcpState.SYN_SENT) {
            return null;
        }
        if (covers && state == TcpState.FIN_WAIT_1) {
            return null; // they have crossed
        }
        TcpState got = covers ? arrow(state, Event.RCV_FIN) : null;
        TcpState from = got == null ? state : got;
        return (says & FIN) == 0 ? from : arrow(from, Event.CLOSE);
    }

    private static boolean[] finSent() {
        boolean[] sent = new boolean[2 * STATES.length];
        for (int i = 0; i < sent.length; i++) {
            TcpState state = STATES[i / 2][i % 2];
            sent[i] = i / 2 != START && (state.hasSentFin() || state == TcpState.CLOSED);
        }
        return sent;
    }

    private static boolean mayGoOn(TcpState state) {
        return switch (state) {
            case ESTABLISHED, CLOSE_WAIT, FIN_WAIT_1, FIN_WAIT_2 -> true;
            default -> false;
        };
    }

    private static TcpState arrives(TcpState receiver, int says) {
        Event event = receiver == TcpState.SYN_RECEIVED
                ? Event.RCV_ACK_OF_SYN
                : (says & COVERS_FIN) != 0 ? Event.RCV_ACK_OF_FIN : null;
        Arrow arrow = event == null ? null : StateDiagram.arrow(receiver, event);
        return arrow == null ? receiver : arrow.to();
    }

    private static @Nullable TcpState arrow(TcpState from, Event event) {
        Arrow arrow = StateDiagram.arrow(from, event);
        return arrow == null ? null : arrow.to();
    }

    /** How many states there are, from {@link #START}. */
    static int size() {
        return STATES.length;
    }

    /** The state after a segment, or {@link #NONE}. */
    static int next(int state, int column) {
        return NEXT[state * COLUMNS + column];
    }

    /** Where a side is. */
    static TcpState of(int state, Side side) {
        return STATES[state][side.ordinal()];
    }

    /** Whether a side has sent its FIN. */
    static boolean hasSentFin(int state, Side side) {
        return FIN_SENT[2 * state + side.ordinal()];
    }
}
