package tcpflowcheck.report;

import java.util.List;
import tcpflowcheck.report.header.HeaderField;
import tcpflowcheck.report.header.HeaderRows;

/** A header's rows as an SVG document. Lengths are CSS pixels. */
final class HeaderSvg {
    private static final String STYLE = """
            .header{font:13px system-ui,sans-serif;background:#fff}
            .header rect{fill:#fff;stroke:#57606a}
            .header text{fill:#1b1f24;text-anchor:middle}
            .header .bit{font-size:10px;fill:#57606a}
            .header .narrow{font-size:11px}
            .header .stands rect{fill:#0550ae}
            .header .stands text{fill:#fff;font-weight:700}
            @media (prefers-color-scheme:dark){
            .header,.header rect{background:#0d1117;fill:#0d1117}
            .header rect{stroke:#8b949e}
            .header text{fill:#e6edf3}
            .header .bit{fill:#8b949e}
            .header .stands rect{fill:#79c0ff}
            .header .stands text{fill:#0d1117}
            }
            """;

    private static final int BIT = 24;
    private static final int LEFT = 20;
    private static final int TOP = 52;
    private static final int LINE = 16;
    private static final int PADDING = 14;
    private static final int WIDTH = 2 * LEFT + HeaderRows.BITS * BIT;
    /** Fields up to so many bits have small letters. */
    private static final int NARROW = 8;

    private final StringBuilder svg = new StringBuilder();

    /** @param title what it is a header of */
    String document(String title, List<List<HeaderField>> rows) {
        svg.setLength(0);
        String safe = Markup.of(title);
        text(WIDTH / 2, 18, "", title);
        for (int bit = 0; bit < HeaderRows.BITS; bit++) {
            text(LEFT + bit * BIT + BIT / 2, TOP - 6, "bit", Integer.toString(bit));
        }
        int y = TOP;
        for (List<HeaderField> row : rows) {
            y += row(row, y);
        }
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + "<svg class=\"header\" xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 " + WIDTH + " "
                + (y + LEFT) + "\" width=\"" + WIDTH + "\" aria-label=\"" + safe + "\"><title>" + safe
                + "</title><style>"
                + STYLE + "</style>" + svg + "</svg>\n";
    }

    /** Gives its height. */
    private int row(List<HeaderField> row, int y) {
        int lines = 1;
        for (HeaderField field : row) {
            lines = Math.max(lines, field.lines().size());
        }
        int height = lines * LINE + PADDING;
        int x = LEFT;
        for (HeaderField field : row) {
            int width = field.bits() * BIT;
            svg.append(field.stands() ? "<g class=\"stands\">" : "<g>")
                    .append("<rect x=\"")
                    .append(x);
            svg.append("\" y=\"").append(y).append("\" width=\"").append(width);
            svg.append("\" height=\"").append(height).append("\"/>");
            int at = y + (height - field.lines().size() * LINE) / 2 + LINE - 4;
            for (String line : field.lines()) {
                text(x + width / 2, at, field.bits() <= NARROW ? "narrow" : "", line);
                at += LINE;
            }
            svg.append("</g>");
            x += width;
        }
        return height;
    }

    private void text(int x, int y, String style, String text) {
        if (text.isEmpty()) {
            return;
        }
        svg.append("<text x=\"").append(x).append("\" y=\"").append(y).append('"');
        if (!style.isEmpty()) {
            svg.append(" class=\"").append(style).append('"');
        }
        svg.append('>').append(Markup.of(text)).append("</text>");
    }
}
