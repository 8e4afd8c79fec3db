package tcpflowcheck.report;

import tcpflowcheck.tcp.Side;
import tcpflowcheck.wire.Checksum;
import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpOptions;
import tcpflowcheck.wire.TcpSegment;

/**
 * A segment's header as RFC 9293 draws it (Figure 1): rows of 32 bits, two characters each, with its values. Flags that are
 * set stand in capitals, the others in small letters.
 */
final class HeaderFigure {
    private static final int BITS = 32;
    private static final int WIDTH = 2 * BITS - 1;
    private static final String INDENT = "  ";

    /** In the header's order. */
    private static final String[] FLAGS = {"AE", "CWR", "ECE", "URG", "ACK", "PSH", "RST", "SYN", "FIN"};

    private static final int[] BITS_OF = {
        TcpSegment.AE,
        TcpSegment.CWR,
        TcpSegment.ECE,
        TcpSegment.URG,
        TcpSegment.ACK,
        TcpSegment.PSH,
        TcpSegment.RST,
        TcpSegment.SYN,
        TcpSegment.FIN
    };

    private final TextBuffer out;

    HeaderFigure(TextBuffer out) {
        this.out = out;
    }

    /**
     * Appends the figure.
     *
     * @param segment lent
     * @param side who sent it
     * @param seq its number relative to the sender's initial one, -1 if that is not known
     * @param ack its acknowledgment number relative to the receiver's initial one, -1 if that is not known
     * @param shift how far its window is to be shifted (RFC 7323, section 2), -1 if that is not known
     */
    void append(TcpSegment segment, Side side, long seq, long ack, int shift) {
        scale();
        line();
        halves(
                "Source Port " + segment.sourcePort() + " (" + side + ")",
                "Destination Port " + segment.destinationPort());
        line();
        row("Sequence Number " + SeqNumber.unsigned(segment.seq()) + relative(seq));
        line();
        row("Acknowledgment Number " + SeqNumber.unsigned(segment.ack())
                + (segment.isAck() ? relative(ack) : " (no ACK: not valid)"));
        line();
        flags(segment, shift);
        line();
        halves(
                "Checksum 0x" + hex(segment.checksum()) + " (" + sum(segment) + ")",
                "Urgent Pointer " + segment.urgentPointer());
        line();
        options(segment);
        row(segment.length() + (segment.length() == 1 ? " octet" : " octets") + " of data");
        line();
    }

    private static String relative(long number) {
        return number < 0 ? "" : " (relative " + number + ")";
    }

    private void scale() {
        out.append(INDENT).append(' ');
        for (int bit = 0; bit < BITS - 1; bit++) {
            out.append(bit % 10 == 0 ? (char) ('0' + bit / 10) : ' ').append(bit == BITS - 2 ? '\n' : ' ');
        }
        out.append(INDENT).append(' ');
        for (int bit = 0; bit < BITS; bit++) {
            out.append((char) ('0' + bit % 10)).append(bit == BITS - 1 ? '\n' : ' ');
        }
    }

    private void line() {
        out.append(INDENT).append('+');
        for (int bit = 0; bit < BITS; bit++) {
            out.append("-+");
        }
        out.append('\n');
    }

    private void row(String text) {
        out.append(INDENT).append('|').append(centred(text, WIDTH)).append("|\n");
    }

    private void halves(String left, String right) {
        out.append(INDENT).append('|').append(centred(left, BITS - 1)).append('|');
        out.append(centred(right, BITS - 1)).append("|\n");
    }

    private static String centred(String text, int width) {
        String shown = Shortened.to(width, text);
        int before = (width - shown.length()) / 2;
        return " ".repeat(before) + shown + " ".repeat(width - before - shown.length());
    }

    /** The data offset in four bits, three reserved, nine flags, the window. */
    private void flags(TcpSegment segment, int shift) {
        StringBuilder[] lines = {new StringBuilder(), new StringBuilder(), new StringBuilder()};
        String[] offset = {" Data  ", "Offset ", centred(Integer.toString(segment.headerLength() / 4), 7)};
        String[] reserved = {"Rsr- ", "vd.  ", "     "};
        for (int i = 0; i < lines.length; i++) {
            lines[i].append(offset[i]).append('|').append(reserved[i]).append('|');
            for (int flag = 0; flag < FLAGS.length; flag++) {
                boolean set = segment.has(BITS_OF[flag]);
                String name = FLAGS[flag].length() < 3 ? FLAGS[flag] + " " : FLAGS[flag];
                lines[i].append(set ? name.charAt(i) : Character.toLowerCase(name.charAt(i)))
                        .append('|');
            }
        }
        String window = "Window " + segment.window();
        String octets = shift > 0 ? "(" + ((long) segment.window() << shift) + " octets)" : "";
        String[] right = {"", window, octets};
        for (int i = 0; i < lines.length; i++) {
            out.append(INDENT).append('|').append(lines[i].toString());
            out.append(centred(right[i], WIDTH - lines[i].length())).append("|\n");
        }
    }

    private static String hex(int value) {
        return String.format("%04x", value);
    }

    private static String sum(TcpSegment segment) {
        return switch (Checksum.tcp(segment)) {
            case GOOD -> "right";
            case BAD -> Checksum.pseudoHeaderOnly(segment) ? "left to the card" : "wrong";
            case UNKNOWN -> "can't be checked";
        };
    }

    private void options(TcpSegment segment) {
        TcpOptions options = segment.options();
        for (int i = 0; i < options.kindCount(); i++) {
            row("Option " + option(segment, options, i));
            line();
        }
        if (options.malformed()) {
            row("Options are malformed from here on");
            line();
        }
    }

    private static String option(TcpSegment segment, TcpOptions options, int index) {
        int kind = options.kind(index);
        String length =
                kind == TcpOptions.NOP || kind == TcpOptions.EOL ? "" : ", length " + options.optionLength(index);
        return kind + length + ": " + meaning(segment, options, kind);
    }

    private static String meaning(TcpSegment segment, TcpOptions options, int kind) {
        return switch (kind) {
            case TcpOptions.EOL -> "end of the list";
            case TcpOptions.NOP -> "no operation";
            case TcpOptions.MSS -> "maximum segment size " + options.mss();
            case TcpOptions.WINDOW_SCALE ->
                "window scale, shift by " + options.windowShift() + " (times "
                        + (1L << Math.max(options.windowShift(), 0)) + ")";
            case TcpOptions.SACK_PERMITTED -> "SACK permitted";
            case TcpOptions.SACK -> "SACK" + blocks(options);
            case TcpOptions.TIMESTAMPS ->
                "timestamp " + Integer.toUnsignedString(options.tsVal()) + ", echo "
                        + Integer.toUnsignedString(options.tsEcr());
            case TcpOptions.FAST_OPEN -> "Fast Open, cookie of " + Math.max(options.fastOpenLength(), 0) + " octets";
            default -> "kind " + kind;
        };
    }

    private static String blocks(TcpOptions options) {
        StringBuilder blocks = new StringBuilder();
        for (int i = 0; i < options.sackCount(); i++) {
            blocks.append(i == 0 ? " " : ", ").append(SeqNumber.unsigned(options.left(i)));
            blocks.append(" to ").append(SeqNumber.unsigned(options.right(i)));
        }
        return blocks.toString();
    }
}
