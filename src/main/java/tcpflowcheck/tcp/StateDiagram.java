package tcpflowcheck.tcp;

import static tcpflowcheck.tcp.TcpState.CLOSED;
import static tcpflowcheck.tcp.TcpState.CLOSE_WAIT;
import static tcpflowcheck.tcp.TcpState.CLOSING;
import static tcpflowcheck.tcp.TcpState.ESTABLISHED;
import static tcpflowcheck.tcp.TcpState.FIN_WAIT_1;
import static tcpflowcheck.tcp.TcpState.FIN_WAIT_2;
import static tcpflowcheck.tcp.TcpState.LAST_ACK;
import static tcpflowcheck.tcp.TcpState.LISTEN;
import static tcpflowcheck.tcp.TcpState.SYN_RECEIVED;
import static tcpflowcheck.tcp.TcpState.SYN_SENT;
import static tcpflowcheck.tcp.TcpState.TIME_WAIT;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Figure 5 of RFC 9293 as rows, in the figure's order, each with the section that rules it.
 *
 * <p>The figure's passive OPEN is not here, since nothing of it can be seen: a server is taken to be in LISTEN when a
 * SYN comes. Its note 2 (FIN-WAIT-1 to TIME-WAIT on a FIN that also acknowledges ours) is walked as the two arrows that
 * section 3.10.7.4 describes, by way of FIN-WAIT-2. Resets, which the figure leaves out for legibility, are rows here.
 */
public final class StateDiagram {
    /** What drives an arrow. */
    public enum Event {
        OPEN("OPEN"),
        SEND("SEND"),
        CLOSE("CLOSE"),
        ABORT("ABORT"),
        RCV_SYN("rcv SYN"),
        RCV_SYN_ACK("rcv SYN,ACK"),
        RCV_ACK_OF_SYN("rcv ACK of SYN"),
        RCV_FIN("rcv FIN"),
        RCV_ACK_OF_FIN("rcv ACK of FIN"),
        RCV_RST("rcv RST"),
        RCV_ICMP("rcv ICMP error"),
        TIMEOUT_2MSL("Timeout=2MSL"),
        USER_TIMEOUT("USER TIMEOUT");

        private final String text;

        Event(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** The figure's action of an arrow on which nothing is sent. */
    public static final String X = "x";

    /**
     * Given: one row.
     *
     * @param action what is sent, or {@link #X}
     * @param section of RFC 9293
     */
    public record Arrow(int row, TcpState from, Event event, String action, TcpState to, String section) {
        /** What an observer saw of it: the action, or the event where there is none. */
        public String by() {
            return action.equals(X) ? event.text : action;
        }

        /** As the figure prints it: event over action. */
        public String label() {
            return event.text + " / " + action;
        }
    }

    private static final int EVENTS = Event.values().length;
    private static final @Nullable Arrow[] BY_STATE_AND_EVENT = new Arrow[TcpState.values().length * EVENTS];
    private static final List<Arrow> ROWS = new ArrayList<>();

    // spotless:off
    static {
        //    from          event                   action          to             RFC 9293
        arrow(CLOSED,       Event.OPEN,             "snd SYN",      SYN_SENT,      "3.10.1");
        arrow(LISTEN,       Event.RCV_SYN,          "snd SYN,ACK",  SYN_RECEIVED,  "3.10.7.2");
        arrow(LISTEN,       Event.SEND,             "snd SYN",      SYN_SENT,      "3.10.2");
        arrow(SYN_SENT,     Event.RCV_SYN,          "snd SYN,ACK",  SYN_RECEIVED,  "3.10.7.3");
        arrow(SYN_SENT,     Event.RCV_SYN_ACK,      "snd ACK",      ESTABLISHED,   "3.10.7.3");
        arrow(SYN_RECEIVED, Event.RCV_ACK_OF_SYN,   X,              ESTABLISHED,   "3.10.7.4");
        arrow(SYN_RECEIVED, Event.CLOSE,            "snd FIN",      FIN_WAIT_1,    "3.10.4");
        arrow(ESTABLISHED,  Event.CLOSE,            "snd FIN",      FIN_WAIT_1,    "3.10.4");
        arrow(ESTABLISHED,  Event.RCV_FIN,          "snd ACK",      CLOSE_WAIT,    "3.10.7.4");
        arrow(FIN_WAIT_1,   Event.RCV_ACK_OF_FIN,   X,              FIN_WAIT_2,    "3.10.7.4");
        arrow(FIN_WAIT_1,   Event.RCV_FIN,          "snd ACK",      CLOSING,       "3.10.7.4");
        arrow(FIN_WAIT_2,   Event.RCV_FIN,          "snd ACK",      TIME_WAIT,     "3.10.7.4");
        arrow(CLOSING,      Event.RCV_ACK_OF_FIN,   X,              TIME_WAIT,     "3.10.7.4");
        arrow(CLOSE_WAIT,   Event.CLOSE,            "snd FIN",      LAST_ACK,      "3.10.4");
        arrow(LAST_ACK,     Event.RCV_ACK_OF_FIN,   X,              CLOSED,        "3.10.7.4");
        arrow(TIME_WAIT,    Event.TIMEOUT_2MSL,     X,              CLOSED,        "3.10.8");

        // Note 1: back to LISTEN after a passive OPEN; an end that sent the first SYN itself goes to CLOSED.
        arrow(SYN_RECEIVED, Event.RCV_RST,          X,              LISTEN,        "3.10.7.4");
        arrow(SYN_SENT,     Event.RCV_RST,          X,              CLOSED,        "3.10.7.3");
        arrow(ESTABLISHED,  Event.RCV_RST,          X,              CLOSED,        "3.10.7.4");
        arrow(FIN_WAIT_1,   Event.RCV_RST,          X,              CLOSED,        "3.10.7.4");
        arrow(FIN_WAIT_2,   Event.RCV_RST,          X,              CLOSED,        "3.10.7.4");
        arrow(CLOSE_WAIT,   Event.RCV_RST,          X,              CLOSED,        "3.10.7.4");
        arrow(CLOSING,      Event.RCV_RST,          X,              CLOSED,        "3.10.7.4");
        arrow(LAST_ACK,     Event.RCV_RST,          X,              CLOSED,        "3.10.7.4");
        arrow(TIME_WAIT,    Event.RCV_RST,          X,              CLOSED,        "3.10.7.4");

        arrow(SYN_SENT,     Event.ABORT,            "snd RST",      CLOSED,        "3.10.5");
        arrow(SYN_RECEIVED, Event.ABORT,            "snd RST",      CLOSED,        "3.10.5");
        arrow(ESTABLISHED,  Event.ABORT,            "snd RST",      CLOSED,        "3.10.5");
        arrow(FIN_WAIT_1,   Event.ABORT,            "snd RST",      CLOSED,        "3.10.5");
        arrow(FIN_WAIT_2,   Event.ABORT,            "snd RST",      CLOSED,        "3.10.5");
        arrow(CLOSE_WAIT,   Event.ABORT,            "snd RST",      CLOSED,        "3.10.5");
        arrow(CLOSING,      Event.ABORT,            "snd RST",      CLOSED,        "3.10.5");
        arrow(LAST_ACK,     Event.ABORT,            "snd RST",      CLOSED,        "3.10.5");

        // An end that gives up, was restarted or forgot: nothing is sent, and only its answers show it later.
        arrow(SYN_SENT,     Event.USER_TIMEOUT,     X,              CLOSED,        "3.10.8");
        arrow(ESTABLISHED,  Event.USER_TIMEOUT,     X,              CLOSED,        "3.10.8");
        arrow(FIN_WAIT_1,   Event.USER_TIMEOUT,     X,              CLOSED,        "3.10.8");
        arrow(FIN_WAIT_2,   Event.USER_TIMEOUT,     X,              CLOSED,        "3.10.8");
        arrow(CLOSE_WAIT,   Event.USER_TIMEOUT,     X,              CLOSED,        "3.10.8");
        arrow(CLOSING,      Event.USER_TIMEOUT,     X,              CLOSED,        "3.10.8");
        arrow(LAST_ACK,     Event.USER_TIMEOUT,     X,              CLOSED,        "3.10.8");

        // An ICMP error that quotes its SYN: in SYN-SENT stacks in use take any for a hard one (RFC 5461, section 4.1).
        arrow(SYN_SENT,     Event.RCV_ICMP,         X,              CLOSED,        "3.9.2.2");
    }
    // spotless:on

    /** SYN-RECEIVED after an active OPEN (a simultaneous open): a reset leads to CLOSED (section 3.10.7.4). */
    public static final Arrow RESET_OF_ACTIVE_OPEN =
            add(new Arrow(ROWS.size(), SYN_RECEIVED, Event.RCV_RST, X, CLOSED, "3.10.7.4"));

    private StateDiagram() {}

    /** The arrow that leaves {@code from} on {@code event}, or null if the figure has none. */
    public static @Nullable Arrow arrow(TcpState from, Event event) {
        return BY_STATE_AND_EVENT[from.ordinal() * EVENTS + event.ordinal()];
    }

    /** All rows, in the figure's order. */
    public static List<Arrow> rows() {
        return List.copyOf(ROWS);
    }

    /** The row with this number. */
    static Arrow row(int number) {
        return ROWS.get(number);
    }

    private static void arrow(TcpState from, Event event, String action, TcpState to, String section) {
        int index = from.ordinal() * EVENTS + event.ordinal();
        if (BY_STATE_AND_EVENT[index] != null) {
            throw new IllegalStateException("a second arrow leaves " + from + " on " + event);
        }
        BY_STATE_AND_EVENT[index] = add(new Arrow(ROWS.size(), from, event, action, to, section));
    }

    private static Arrow add(Arrow arrow) {
        ROWS.add(arrow);
        return arrow;
    }
}
