package tcpflowcheck.report;

/** Elements that a ladder is drawn of, at the end of an SVG text; lengths are CSS pixels. */
final class SvgShapes {
    private final StringBuilder svg;

    SvgShapes(StringBuilder svg) {
        this.svg = svg;
    }

    /** A line of text, at its start, middle or end. */
    void text(int x, int at, String anchor, String style, String text) {
        svg.append("<text x=\"")
                .append(x)
                .append("\" y=\"")
                .append(at)
                .append("\" text-anchor=\"")
                .append(anchor);
        svg.append("\" class=\"")
                .append(style)
                .append("\">")
                .append(Markup.of(text))
                .append("</text>");
    }

    /** A line of text around its middle, along an arrow of so many degrees. */
    void slanting(int x, int at, String degrees, String text) {
        svg.append("<text x=\"")
                .append(x)
                .append("\" y=\"")
                .append(at)
                .append("\" text-anchor=\"middle\" transform=\"rotate(");
        svg.append(degrees)
                .append(' ')
                .append(x)
                .append(' ')
                .append(at)
                .append(")\">")
                .append(Markup.of(text))
                .append("</text>");
    }

    /** The shaft of an arrow. */
    void line(double x1, double y1, double x2, double y2) {
        svg.append("<line class=\"arrow\" x1=\"")
                .append((int) x1)
                .append("\" y1=\"")
                .append((int) y1);
        svg.append("\" x2=\"")
                .append((int) x2)
                .append("\" y2=\"")
                .append((int) y2)
                .append("\"/>");
    }

    /** An arrow's head, whose tip is here. */
    void head(int x, int at, boolean right) {
        int back = right ? x - 10 : x + 10;
        svg.append("<path class=\"head\" d=\"M")
                .append(x)
                .append(' ')
                .append(at)
                .append('L')
                .append(back)
                .append(' ');
        svg.append(at - 5).append('L').append(back).append(' ').append(at + 4).append("Z\"/>");
    }

    /** Where an arrow ends that does not arrive. */
    void cross(double x, double at) {
        int left = (int) x - 5;
        int top = (int) at - 5;
        svg.append("<path class=\"cross\" d=\"M")
                .append(left)
                .append(' ')
                .append(top)
                .append("l10 10m0 -10l-10 10\"/>");
    }
}
