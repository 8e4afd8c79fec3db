package tcpflowcheck.report;

import java.util.List;
import tcpflowcheck.report.header.HeaderField;
import tcpflowcheck.report.header.HeaderRows;

/** A header's rows as text, two characters a bit, as RFC 9293 draws them (Figure 1). */
final class HeaderFigure {
    private static final int BITS = HeaderRows.BITS;
    private static final String INDENT = "  ";

    private final TextBuffer out;

    HeaderFigure(TextBuffer out) {
        this.out = out;
    }

    /** Appends the figure. */
    void append(List<List<HeaderField>> rows) {
        scale();
        line();
        for (List<HeaderField> row : rows) {
            int lines = 1;
            for (HeaderField field : row) {
                lines = Math.max(lines, field.lines().size());
            }
            for (int i = 0; i < lines; i++) {
                out.append(INDENT).append('|');
                for (HeaderField field : row) {
                    String text = i < field.lines().size() ? field.lines().get(i) : "";
                    out.append(centred(text, 2 * field.bits() - 1)).append('|');
                }
                out.append('\n');
            }
            line();
        }
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

    private static String centred(String text, int width) {
        String shown = Shortened.to(width, text);
        int before = (width - shown.length()) / 2;
        return " ".repeat(before) + shown + " ".repeat(width - before - shown.length());
    }
}
