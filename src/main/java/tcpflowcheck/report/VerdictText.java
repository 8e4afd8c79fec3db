package tcpflowcheck.report;

import tcpflowcheck.flow.Flow;
import tcpflowcheck.tcp.Closing;
import tcpflowcheck.tcp.Connection;
import tcpflowcheck.tcp.Endpoint;
import tcpflowcheck.tcp.Handshake;
import tcpflowcheck.tcp.Reset;
import tcpflowcheck.tcp.SentOptions;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TransitionLog;

/** Kept by one reporter: how a flow was opened and closed, and which way each end went, as lines. */
final class VerdictText {
    private static final int VERDICT_WIDTH = 41;
    private static final int LEAST_GAP = 3;

    /** Behind the kind. */
    static final String EVICTED = ", more flows were alive than --max-flows";

    private final Style style;
    private final OpenText openText = new OpenText();
    private final TextBuffer rest = new TextBuffer(256);

    VerdictText(Style style) {
        this.style = style;
    }

    /** How it was opened and closed. */
    void append(TextBuffer out, Flow flow) {
        Connection connection = flow.connection();
        open(out, flow);
        close(out, connection);
        Reset reset = connection.reset();
        if (reset != null && isApart(reset, connection.closing())) {
            reset(out, reset);
        }
    }

    private void open(TextBuffer out, Flow flow) {
        Handshake handshake = flow.connection().handshake();
        Handshake.Kind kind = handshake.kind();
        rest.clear();
        openText.append(rest, flow);
        FlowHeader.label(out, style, Style.Role.DIM, "open");
        style.mark(style.append(out, role(kind), kind.toString()), handshake.certain());
        rest.copyTo(out);
        int width = kind.toString().length() + (handshake.certain() ? 0 : 1) + rest.length();
        rest.clear();
        mss(rest, flow);
        if (rest.length() > 0) {
            out.repeat(' ', Math.max(VERDICT_WIDTH - width, LEAST_GAP));
            rest.copyTo(out);
        }
        out.append('\n');
    }

    static Style.Role role(Handshake.Kind kind) {
        return switch (kind) {
            case THREE_WAY, FAST_OPEN, SIMULTANEOUS -> Style.Role.GOOD;
            case SPLIT, REFUSED, UNREACHABLE, UNANSWERED, HALF_OPEN -> Style.Role.WARNING;
            case CUT, EVICTED, MIDSTREAM -> Style.Role.PLAIN_VERDICT;
        };
    }

    /** The client's, the server's, and if both are known what follows from them. */
    private static void mss(TextBuffer out, Flow flow) {
        SentOptions client = flow.connection().client().options();
        SentOptions server = flow.connection().server().options();
        boolean both = client.seen() && server.seen();
        if (!both && client.mss() < 0 && server.mss() < 0) {
            return;
        }
        mss(out.append("mss "), client);
        mss(out.append(" / "), server);
        int effective = flow.connection().effectiveMss(flow.ipVersion());
        if (both && effective >= 0) {
            out.append(", using ").decimal(effective);
        }
    }

    private static void mss(TextBuffer out, SentOptions options) {
        if (options.mss() < 0) {
            out.append(options.seen() && !options.whole() ? '?' : '-');
        } else {
            out.decimal(options.mss());
        }
    }

    private void close(TextBuffer out, Connection connection) {
        Closing closing = connection.closing();
        Closing.Kind kind = closing.kind();
        if (kind == Closing.Kind.NONE && !connection.onlyResets()) {
            return;
        }
        FlowHeader.label(out, style, Style.Role.DIM, "close");
        style.mark(style.append(out, role(kind), kind.toString()), closing.certain());
        switch (kind) {
            case THREE_SEGMENT, FOUR_SEGMENT, SIMULTANEOUS -> closed(out, closing);
            case HALF_CLOSED -> {
                Side by = closing.by();
                if (by != null) {
                    style.append(out.append(" by "), by);
                    style.append(out.append(", no FIN of the "), by.peer());
                }
            }
            case UNACKNOWLEDGED -> unacknowledged(out, connection);
            case RESET -> {
                Reset reset = connection.reset();
                if (reset != null) {
                    style.append(out.append(" by "), reset.by()).append(": ");
                    resetText(out, reset);
                }
            }
            case CUT -> cut(out, connection);
            case EVICTED -> out.append(EVICTED);
            case OPEN -> out.append(", no FIN or RST in the capture");
            case NONE -> out.append(", nothing but RSTs was captured");
        }
        out.append('\n');
    }

    /** {@code cut by the end of the capture, 12.0 ms after its last segment} */
    static void cut(TextBuffer out, Connection connection) {
        out.append(" by the end of the capture, ");
        long silence = connection.timing().silenceAtEndNanos();
        (silence == 0 ? out.append("right") : Amount.duration(out, silence)).append(" after its last segment");
    }

    static Style.Role role(Closing.Kind kind) {
        return switch (kind) {
            case THREE_SEGMENT, FOUR_SEGMENT, SIMULTANEOUS -> Style.Role.GOOD;
            case UNACKNOWLEDGED, RESET -> Style.Role.WARNING;
            case CUT, EVICTED, HALF_CLOSED, OPEN, NONE -> Style.Role.PLAIN_VERDICT;
        };
    }

    private void closed(TextBuffer out, Closing closing) {
        if (closing.by() != null) {
            style.append(out.append(" by "), closing.by());
        }
        if (closing.nanos() >= 0) {
            Amount.duration(out.append(" in "), closing.nanos());
        }
        if (closing.halfClosedNanos() >= 0) {
            Amount.duration(out.append(", half-closed "), closing.halfClosedNanos());
        }
    }

    /** {@code unacknowledged FIN of the client}, or of both ends. */
    private void unacknowledged(TextBuffer out, Connection connection) {
        Closing closing = connection.closing();
        boolean client = closing.isUnacknowledged(Side.CLIENT);
        if (client && closing.isUnacknowledged(Side.SERVER)) {
            out.append(" FINs of both ends");
        } else {
            style.append(out.append(" FIN of the "), client ? Side.CLIENT : Side.SERVER);
        }
    }

    private void reset(TextBuffer out, Reset reset) {
        FlowHeader.label(out, style, Style.Role.DIM, "reset");
        style.append(out.append("by "), reset.by()).append(": ");
        resetText(out, reset);
        out.append('\n');
    }

    private void resetText(TextBuffer out, Reset reset) {
        style.append(out, Style.Role.WARNING, reset.kind().toString());
        style.mark(out, reset.certain()).append(" in ");
        style.append(out, Style.Role.STATE, reset.state().toString());
        out.append(", frame ").decimal(reset.frame());
    }

    // ---- in a word

    /** {@code three-way?} */
    static String opened(Connection connection) {
        Handshake handshake = connection.handshake();
        return handshake.kind() + (handshake.certain() ? "" : "?");
    }

    /** {@code reset by client: abort}; empty where nothing was closed. */
    static String closed(Connection connection) {
        Closing closing = connection.closing();
        if (closing.kind() == Closing.Kind.NONE) {
            return "";
        }
        Reset reset = closing.kind() == Closing.Kind.RESET ? connection.reset() : null;
        boolean certain = closing.certain() && (reset == null || reset.certain());
        return closing.kind()
                + (closing.by() == null ? "" : " by " + closing.by())
                + (reset == null ? "" : ": " + reset.kind())
                + (certain ? "" : "?");
    }

    /** {@code reset by client: abandoned-open?}; empty where there is none or how it was opened or closed names it. */
    static String resetApart(Connection connection) {
        Reset reset = connection.reset();
        if (reset == null || !isApart(reset, connection.closing())) {
            return "";
        }
        return "reset by " + reset.by() + ": " + reset.kind() + (reset.certain() ? "" : "?");
    }

    private static boolean isApart(Reset reset, Closing closing) {
        return closing.kind() != Closing.Kind.RESET && reset.kind() != Reset.Kind.REFUSED;
    }

    // ---- paths

    /** The client's path and the server's. */
    void paths(TextBuffer out, Connection connection) {
        if (connection.onlyResets()) {
            return; // of neither end a state is known
        }
        path(out, connection.client(), connection.log());
        path(out, connection.server(), connection.log());
    }

    /** The states as believed at the end: transitions that were taken back are left out. */
    private void path(TextBuffer out, Endpoint end, TransitionLog log) {
        FlowHeader.label(out, style, Style.of(end.side()), end.side().toString());
        out.append(end.isKnown() ? end.initial().toString() : "holds another connection");
        for (int i = 0; i < log.size(); i++) {
            if (log.side(i) == end.side() && !log.revised(i)) {
                out.append(' ').append(log.arrow(i).to().toString());
                style.mark(out, log.certain(i));
            }
        }
        out.append('\n');
    }
}
