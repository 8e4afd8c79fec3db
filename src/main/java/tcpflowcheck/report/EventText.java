package tcpflowcheck.report;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.capture.SafeText;
import tcpflowcheck.tcp.Rule;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.tcp.TcpState;
import tcpflowcheck.tcp.TransitionLog;

/**
 * Kept by one reporter: what the events of a segment mean, as lines in two columns: which step of the open or close it
 * is, and which states it led to; then a line for each finding. How many steps there are, and which transitions stay in
 * doubt, is only known at the end, so {@link #append} leaves marks, which {@link #lay} replaces.
 */
final class EventText implements TcpEvent.Visitor<Void> {
    /**
     * What is known when lines are laid.
     *
     * @param open how many steps the open has, 0 where that is not known
     * @param close how many steps the close has
     * @param log lent: which transitions are certain; null where each was told as it was known at its moment
     */
    record Known(int open, int close, @Nullable TransitionLog log) {
        static final Known AT_THAT_MOMENT = new Known(0, 0, null);
    }

    private static final char SECOND_COLUMN = '\t';
    private static final char OPEN_TOTAL = 1;
    private static final char CLOSE_TOTAL = 2;
    /** Around the index of a transition, which may be in doubt. */
    private static final char TRANSITION = 3;

    private static final char ESCAPE = 0x1b;
    private static final int FIRST_COLUMN_WIDTH = 30;

    private final Style style;
    private final boolean atOnce;
    private final TextBuffer steps = new TextBuffer(64);
    private final TextBuffer states = new TextBuffer(256);
    private final TextBuffer findings = new TextBuffer(256);
    private @Nullable Side lastSide;
    private @Nullable TcpState lastState;
    private boolean afterRevision;
    private boolean withoutSegment;
    private long frame;

    /**
     * Starts with nothing told.
     *
     * @param atOnce whether a doubt is told as it was known at its moment, not as it is when the lines are laid
     */
    EventText(Style style, boolean atOnce) {
        this.style = style;
        this.atOnce = atOnce;
    }

    /** Appends the events of one segment, which is in {@code frame}, with marks. */
    void append(TextBuffer out, long frame, List<TcpEvent> events) {
        withoutSegment = false;
        this.frame = frame;
        for (int i = 0; i < events.size(); i++) {
            events.get(i).accept(this);
        }
        compose(out);
    }

    /** Appends one event that no segment caused, with marks. */
    void append(TextBuffer out, TcpEvent event) {
        withoutSegment = true;
        event.accept(this);
        compose(out);
    }

    private void compose(TextBuffer out) {
        if (steps.length() + states.length() > 0) {
            steps.copyTo(out);
            if (states.length() > 0) {
                states.copyTo(out.append(SECOND_COLUMN));
            }
            out.append('\n');
        }
        findings.copyTo(out);
        steps.clear();
        states.clear();
        findings.clear();
        lastSide = null;
        afterRevision = false;
    }

    /** On a line of its own: it may be long since its segment. */
    @Override
    public Void doubted(TcpEvent.Doubted event) {
        doubted(findings, event, style);
        findings.append('\n');
        return null;
    }

    /** {@code client FIN-WAIT-1 > FIN-WAIT-2?  not proven by the end} */
    static void doubted(TextBuffer out, TcpEvent.Doubted event, Style style) {
        style.append(out, event.side()).append(' ');
        style.append(out, Style.Role.STATE, event.arrow().from().toString());
        style.append(out.append(" > "), Style.Role.STATE, event.arrow().to().toString());
        style.mark(out, false).append("  not proven by the end");
    }

    @Override
    public Void openStep(TcpEvent.OpenStep event) {
        separate(steps).append("open ").decimal(event.step()).append(OPEN_TOTAL);
        if (event.acked() != 0) {
            acknowledges(steps.append(", "), event);
        }
        return null;
    }

    /** {@code ack = x+1}: x is the client's initial sequence number, y the server's. */
    static void acknowledges(TextBuffer out, TcpEvent.OpenStep event) {
        out.append("ack = ").append(event.side() == Side.SERVER ? 'x' : 'y');
        out.append(event.acked() < 0 ? "" : "+").decimal(event.acked());
    }

    @Override
    public Void closeStep(TcpEvent.CloseStep event) {
        separate(steps).append("close ").decimal(event.step()).append(CLOSE_TOTAL);
        return null;
    }

    @Override
    public Void rejection(TcpEvent.Rejection event) {
        rejected(separate(steps), event);
        return null;
    }

    /** {@code rejects frame 2 in SYN-SENT} */
    static void rejected(TextBuffer out, TcpEvent.Rejection event) {
        out.append("rejects frame ").decimal(event.answer()).append(" in SYN-SENT");
    }

    @Override
    public Void transition(TcpEvent.Transition event) {
        TcpState from = event.arrow().from();
        if (withoutSegment) {
            separate(steps).append(event.arrow().by());
        }
        if (event.side() != lastSide || from != lastState) {
            separateStates();
            style.append(states, event.side()).append(' ');
            style.append(states, Style.Role.STATE, from.toString());
        }
        style.append(states.append(" > "), Style.Role.STATE, event.arrow().to().toString());
        if (atOnce) {
            style.mark(states, event.certain());
        } else {
            states.append(TRANSITION).decimal(event.index()).append(TRANSITION);
        }
        lastSide = event.side();
        lastState = event.arrow().to();
        return null;
    }

    /** On a line of its own, since a reason follows. */
    @Override
    public Void revision(TcpEvent.Revision event) {
        afterRevision = states.length() > 0;
        separateStates();
        revised(states, event, style);
        afterRevision = true;
        lastSide = null;
        return null;
    }

    /** {@code client CLOSED revised to LAST-ACK: its FIN came again} */
    static void revised(TextBuffer out, TcpEvent.Revision event, Style style) {
        style.append(out, event.side()).append(' ');
        style.append(out, Style.Role.STATE, event.from().toString());
        style.append(out.append(" revised to "), Style.Role.STATE, event.to().toString());
        out.append(": ").append(SafeText.of(event.reason()));
    }

    @Override
    public Void found(TcpEvent.Found event) {
        String word = event.rule() == Rule.RESET
                ? "reset"
                : event.rule() == Rule.HANDSHAKE_REFUSED
                        ? "refused"
                        : event.rule() == Rule.HANDSHAKE_UNREACHABLE ? "unreachable" : null;
        if (word != null) {
            style.append(separate(steps), Style.Role.WARNING, word);
        }
        if (!withoutSegment && event.frame() != frame) {
            findings.append("frame ").decimal(event.frame()).append(": ");
        }
        found(findings, event, style, withoutSegment);
        findings.append('\n');
        return null;
    }

    /** {@code warning reset: abort by server in ESTABLISHED} */
    static void found(TextBuffer out, TcpEvent.Found event, Style style, boolean nameSide) {
        style.append(out, Style.of(event.severity()), event.severity().toString());
        out.append(' ').append(event.rule().slug());
        if (nameSide) {
            style.append(out.append(" ("), event.side()).append(')');
        }
        out.append(": ").append(SafeText.of(event.message()));
    }

    @Override
    public Void withdrawn(TcpEvent.Withdrawn event) {
        if (withoutSegment) {
            style.append(findings, event.side()).append(' ');
        }
        withdrawn(findings, event);
        findings.append('\n');
        return null;
    }

    /** {@code no reset in frame 3 after all} */
    static void withdrawn(TextBuffer out, TcpEvent.Withdrawn event) {
        out.append("no ")
                .append(event.rule().slug())
                .append(" in frame ")
                .decimal(event.foundIn())
                .append(" after all");
    }

    private static TextBuffer separate(TextBuffer text) {
        return text.length() == 0 ? text : text.append(", ");
    }

    private void separateStates() {
        if (afterRevision) {
            states.append('\n').append(SECOND_COLUMN);
            afterRevision = false;
        } else {
            separate(states);
        }
    }

    /** Writes lines that {@link #append} has composed: {@code from} to before {@code to} of {@code marked}. */
    void lay(TextBuffer out, TextBuffer marked, int from, int to, int indent, Known known) {
        boolean lineStart = true;
        int width = 0;
        for (int i = from; i < to; i++) {
            char c = (char) (marked.octetAt(i) & 0xff);
            if (lineStart) {
                out.repeat(' ', indent);
                lineStart = false;
                width = 0;
            }
            switch (c) {
                case '\n' -> {
                    out.append(c);
                    lineStart = true;
                }
                case SECOND_COLUMN -> out.repeat(' ', Math.max(FIRST_COLUMN_WIDTH - width, 2));
                case OPEN_TOTAL -> width += total(out, known.open());
                case CLOSE_TOTAL -> width += total(out, known.close());
                case TRANSITION -> {
                    int end = next(marked, i + 1, TRANSITION);
                    width += doubt(out, known.log(), number(marked, i + 1, end));
                    i = end;
                }
                case ESCAPE -> {
                    int end = next(marked, i, 'm');
                    marked.copyTo(out, i, end + 1);
                    i = end;
                }
                default -> {
                    out.append(c);
                    width++;
                }
            }
        }
    }

    /** Marks a transition that is believed and not proven; gives the columns that takes. */
    private int doubt(TextBuffer out, @Nullable TransitionLog log, int index) {
        boolean doubt = log != null && Doubt.isIn(log, index);
        style.mark(out, !doubt);
        return doubt ? 1 : 0;
    }

    private static int next(TextBuffer text, int from, char sought) {
        int at = from;
        while (text.octetAt(at) != sought) {
            at++;
        }
        return at;
    }

    private static int number(TextBuffer text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = 10 * number + text.octetAt(i) - '0';
        }
        return number;
    }

    private static int total(TextBuffer out, int total) {
        if (total == 0) {
            return 0;
        }
        int before = out.length();
        return out.append('/').decimal(total).length() - before;
    }
}
