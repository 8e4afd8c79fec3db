package tcpflowcheck.report;

import java.nio.charset.StandardCharsets;
import org.fusesource.jansi.Ansi;
import tcpflowcheck.tcp.Severity;
import tcpflowcheck.tcp.Side;

/** Given: how the parts of a text report look on a terminal, or that they look alike. */
public final class Style {
    /** What a piece of text is. */
    enum Role {
        /** The first line of a flow. */
        TITLE,
        /** A verdict as one wishes it. */
        GOOD,
        /** A verdict that says neither. */
        PLAIN_VERDICT,
        CLIENT,
        SERVER,
        STATE,
        ERROR,
        WARNING,
        NOTE,
        /** The mark of what the capture can't prove. */
        DOUBT,
        /** Times, frame numbers and what is folded. */
        DIM
    }

    private static final byte[][] NO_CODES = new byte[Role.values().length][0];

    private final byte[][] begin;
    private final byte[] end;

    private Style(byte[][] begin, byte[] end) {
        this.begin = begin;
        this.end = end;
    }

    /** No colours: for files, pipes and whoever asked for none. */
    public static Style plain() {
        return new Style(NO_CODES, new byte[0]);
    }

    /** Colours and weights, as escape sequences of ECMA-48. */
    public static Style coloured() {
        byte[][] begin = new byte[Role.values().length][];
        for (Role role : Role.values()) {
            begin[role.ordinal()] = octets(code(role));
        }
        return new Style(begin, octets(new Ansi().reset()));
    }

    private static Ansi code(Role role) {
        return switch (role) {
            case TITLE, PLAIN_VERDICT, STATE -> new Ansi().bold();
            case GOOD -> new Ansi().fgGreen();
            case CLIENT -> new Ansi().fgCyan();
            case SERVER -> new Ansi().fgMagenta();
            case ERROR -> new Ansi().bold().fgRed();
            case WARNING -> new Ansi().fgYellow();
            case DOUBT -> new Ansi().bold().fgYellow();
            case NOTE -> new Ansi().fgBright(Ansi.Color.BLUE); // the dark one can't be read on black
            case DIM -> new Ansi().a(Ansi.Attribute.INTENSITY_FAINT);
        };
    }

    private static byte[] octets(Ansi code) {
        return code.toString().getBytes(StandardCharsets.US_ASCII);
    }

    static Role of(Side side) {
        return side == Side.CLIENT ? Role.CLIENT : Role.SERVER;
    }

    static Role of(Severity severity) {
        return switch (severity) {
            case ERROR -> Role.ERROR;
            case WARNING -> Role.WARNING;
            case NOTE -> Role.NOTE;
        };
    }

    TextBuffer begin(TextBuffer out, Role role) {
        return out.append(begin[role.ordinal()]);
    }

    TextBuffer end(TextBuffer out) {
        return out.append(end);
    }

    TextBuffer append(TextBuffer out, Role role, String text) {
        return end(begin(out, role).append(text));
    }

    /** Appends {@code ?} to what the capture can't prove, and nothing to what is certain. */
    TextBuffer mark(TextBuffer out, boolean certain) {
        return certain ? out : append(out, Role.DOUBT, "?");
    }

    TextBuffer append(TextBuffer out, Side side) {
        return append(out, of(side), side.toString());
    }
}
