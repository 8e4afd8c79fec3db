package tcpflowcheck.report;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.capture.SafeText;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.report.header.HeaderOctets;
import tcpflowcheck.report.ladder.Ladder;
import tcpflowcheck.report.ladder.Rung;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;

/**
 * A ladder as an SVG element: two life lines, slanting arrows, the states of both ends beside them. Time goes down, not to
 * scale; where nothing passed for long the life lines are dashed. Lengths are CSS pixels.
 */
final class LadderSvg {
    /** What the drawing looks like, light and dark; no rule reaches beyond its class. */
    static final String STYLE = """
            .ladder{font:13px system-ui,sans-serif;background:#fff;color:#1b1f24}
            .ladder text{fill:#1b1f24}
            .ladder .life{stroke:#57606a;stroke-width:1.5}
            .ladder .gap{stroke-dasharray:2 5}
            .ladder .arrow{stroke:#0550ae;stroke-width:1.6;fill:none}
            .ladder .server .arrow{stroke:#8250df}
            .ladder .head{fill:#0550ae}
            .ladder .server .head{fill:#8250df}
            .ladder .folded .arrow{stroke-dasharray:2 4;stroke:#57606a}
            .ladder .folded .head{fill:#57606a}
            .ladder .cross{stroke:#cf222e;stroke-width:2}
            .ladder .state{font-weight:600}
            .ladder .doubt{fill:#9a6700}
            .ladder .dim{fill:#57606a;font-size:11px}
            .ladder .error{fill:#cf222e}
            .ladder .warning{fill:#9a6700}
            .ladder .note{fill:#57606a}
            .ladder .asked{fill:#0550ae}
            .ladder .error,.ladder .warning,.ladder .note{font-size:11px}
            .ladder g.rung:focus,.ladder g.rung:hover{outline:none}
            .ladder g.rung:focus .arrow,.ladder g.rung:hover .arrow,.ladder a:focus .arrow{stroke-width:3}
            .ladder g[data-h]{cursor:pointer}
            @media (prefers-color-scheme:dark){
            .ladder{background:#0d1117;color:#e6edf3}
            .ladder text{fill:#e6edf3}
            .ladder .life{stroke:#8b949e}
            .ladder .arrow{stroke:#79c0ff}
            .ladder .server .arrow{stroke:#d2a8ff}
            .ladder .head{fill:#79c0ff}
            .ladder .server .head{fill:#d2a8ff}
            .ladder .folded .arrow{stroke:#8b949e}
            .ladder .folded .head{fill:#8b949e}
            .ladder .cross{stroke:#ff7b72}
            .ladder .doubt,.ladder .warning{fill:#e3b341}
            .ladder .dim,.ladder .note{fill:#8b949e}
            .ladder .error{fill:#ff7b72}
            .ladder .asked{fill:#79c0ff}
            }
            """;

    private static final int WIDTH = 860;
    private static final int LEFT = 250;
    private static final int RIGHT = 700;
    private static final int MIDDLE = (LEFT + RIGHT) / 2;
    private static final int TOP = 56;
    /** How far an arrow comes down on its way. */
    private static final int FALL = 18;

    /** Of an arrow, in degrees. */
    private static final String SLOPE = "2.3";

    private static final int STEP = 38;
    private static final int LINE = 18;
    private static final int GAP = 26;
    private static final long LEAST_GAP_NANOS = 1_000_000_000;

    /** Characters that fit between the life lines. */
    private static final int LABEL = 58;

    private static final int HALF_LABEL = 26;
    private static final int FOUND = 72;
    /** Characters of a line of answers, as long as the drawing is wide. */
    private static final int ANSWERS = 130;

    private final LadderLabel label;
    private final StringBuilder svg = new StringBuilder();
    private final SvgShapes shapes = new SvgShapes(svg);
    private final TextBuffer cell = new TextBuffer(64);
    private long start;
    private int y;
    /** Of the ladder at hand; null if nothing is asked. */
    private @Nullable Blanks blanks;
    /** Of the ladder at hand: what the names of its headers begin with; null if they have none. */
    private @Nullable String links;

    /** @param absolute sequence and acknowledgment numbers as on the wire */
    LadderSvg(boolean absolute) {
        label = new LadderLabel(absolute);
    }

    /** A document of its own; as a quiz with its answers upside down below. */
    String document(Ladder ladder, boolean quiz) {
        links = null;
        Blanks asked = quiz ? new Blanks() : null;
        draw(ladder, asked);
        if (asked != null) {
            answers(asked);
        }
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + wrapped(ladder, STYLE) + "\n";
    }

    /**
     * An element whose style stands elsewhere.
     *
     * @param asked takes the answers of a quiz; null if nothing is asked
     * @param anchors what the names of headers begin with, to which arrows lead; null if they have none
     */
    String element(Ladder ladder, @Nullable Blanks asked, @Nullable String anchors) {
        links = anchors;
        draw(ladder, asked);
        return wrapped(ladder, "");
    }

    private void draw(Ladder ladder, @Nullable Blanks asked) {
        svg.setLength(0);
        blanks = asked;
        Flow flow = ladder.flow();
        start = flow.start();
        y = TOP;
        end(flow, Side.CLIENT, LEFT);
        end(flow, Side.SERVER, RIGHT);
        if (blanks != null) {
            shapes.text(MIDDLE, 18, "middle", "asked", "open " + blanks.opened(flow.connection()));
            shapes.text(MIDDLE, 36, "middle", "asked", "close " + blanks.closed(flow.connection()));
        }
        state(Side.CLIENT, ladder.first(Side.CLIENT), true, y);
        state(Side.SERVER, ladder.first(Side.SERVER), true, y);
        int from = y - 12;
        y += LINE;
        long before = start;
        List<Rung> rungs = ladder.rungs();
        for (int i = 0; i < rungs.size(); i++) {
            Rung rung = rungs.get(i);
            from = gap(rung.time() - before, from);
            before = rung.time();
            if (rung.crosses()) {
                int both = y;
                rung(ladder, rung, HALF_LABEL, 0.25, 0);
                int under = y;
                y = both;
                rung(ladder, rungs.get(++i), HALF_LABEL, 0.25, 14);
                y = Math.max(y, under);
            } else {
                rung(ladder, rung, LABEL, 0.5, 0);
            }
        }
        life(from, y, false);
    }

    /** Below, as books print them: who would read them turns the page round. */
    private void answers(Blanks asked) {
        List<String> lines = WrappedText.lines(String.join("   ", asked.answers()), ANSWERS);
        int top = y + STEP;
        int bottom = top + lines.size() * LINE;
        svg.append("<g class=\"answers\" transform=\"rotate(180 ")
                .append(WIDTH / 2)
                .append(' ')
                .append((top + bottom) / 2)
                .append(")\">");
        for (int i = 0; i < lines.size(); i++) {
            shapes.text(20, top + (i + 1) * LINE - 4, "start", "dim", lines.get(i));
        }
        svg.append("</g>");
        y = bottom;
    }

    private String wrapped(Ladder ladder, String style) {
        String title = "TCP connection " + FlowName.of(ladder.flow());
        String role = style.isEmpty() ? "group" : "img"; // on a page its arrows can be clicked
        return "<svg class=\"ladder\" xmlns=\"http://www.w3.org/2000/svg\" role=\"" + role + "\" viewBox=\"0 0 " + WIDTH
                + " "
                + (y + 16)
                + "\" width=\"" + WIDTH + "\" aria-label=\"" + Markup.of(title) + "\"><title>" + Markup.of(title)
                + "</title>"
                + (style.isEmpty() ? "" : "<style>" + style + "</style>") + svg + "</svg>";
    }

    private void end(Flow flow, Side side, int x) {
        cell.clear();
        String address = FlowHeader.address(cell, flow, side).toString();
        shapes.text(x, 18, "middle", "state", side.toString());
        shapes.text(x, 36, "middle", "dim", address);
    }

    private void state(Side side, String name, boolean certain, int at) {
        if (!name.isEmpty()) {
            boolean left = side == Side.CLIENT;
            shapes.text(
                    left ? LEFT - 10 : RIGHT + 10,
                    at,
                    left ? "end" : "start",
                    blanks != null ? "state asked" : certain ? "state" : "state doubt",
                    shown(name + (certain ? "" : "?")));
        }
    }

    /** An answer, or the blank in its place. */
    private String shown(String answer) {
        return blanks == null ? answer : blanks.of(answer);
    }

    private void life(int from, int to, boolean gap) {
        for (int x : new int[] {LEFT, RIGHT}) {
            svg.append("<line class=\"life")
                    .append(gap ? " gap" : "")
                    .append("\" x1=\"")
                    .append(x)
                    .append("\" x2=\"")
                    .append(x);
            svg.append("\" y1=\"").append(from).append("\" y2=\"").append(to).append("\"/>");
        }
    }

    /** Dashes the life lines where nothing passed for long; gives from where they are still to be drawn. */
    private int gap(long nanos, int from) {
        if (nanos < LEAST_GAP_NANOS) {
            return from;
        }
        life(from, y - 6, false);
        life(y - 6, y + GAP - 6, true);
        cell.clear();
        shapes.text(
                MIDDLE, y + 10, "middle", "dim", Amount.duration(cell, nanos).toString());
        y += GAP;
        return y - 6;
    }

    /**
     * Draws one.
     *
     * @param most characters of its label
     * @param place of the label on its way, 0 to 1
     * @param lower how much lower its time stands
     */
    private void rung(Ladder ladder, Rung rung, int most, double place, int lower) {
        HeaderOctets header = rung.header();
        boolean linked = links != null && header != null;
        if (linked) {
            svg.append("<a href=\"#").append(links).append(rung.frame()).append("\">");
        }
        svg.append("<g class=\"rung ").append(style(rung)).append(linked ? "\"" : "\" tabindex=\"0\"");
        if (header != null) {
            svg.append(" data-h=\"")
                    .append(RungHeader.packed(ladder, rung, header))
                    .append('"');
        }
        svg.append('>');
        svg.append("<title>").append(Markup.of(told(ladder, rung))).append("</title>");
        if (rung.kind() != Rung.Kind.TIME) {
            times(rung, y + 4 + lower);
        }
        int arrived = y;
        switch (rung.kind()) {
            case SEGMENT -> {
                arrow(rung, label.of(ladder, rung, most), place);
                arrived = y + FALL;
            }
            case FOLDED -> folded(rung);
            case ICMP -> shapes.text(MIDDLE, y + 4, "middle", "dim", Shortened.to(LABEL, LadderLabel.icmp(rung)));
            case TIME ->
                shapes.text(MIDDLE, y + 4, "middle", "dim", rung.text().isEmpty() ? "" : "(" + rung.text() + ")");
        }
        int more = 0;
        for (Side side : Side.values()) {
            boolean sender = rung.kind() == Rung.Kind.SEGMENT && side == rung.side();
            int at = (sender ? y : arrived) + 4;
            for (Rung.State each : rung.states(side)) {
                state(side, each.name(), each.certain(), at);
                at += LINE;
            }
            more = Math.max(more, rung.states(side).size() - 1);
        }
        svg.append(linked ? "</g></a>" : "</g>");
        y += (rung.kind() == Rung.Kind.SEGMENT ? STEP : STEP - 10) + more * LINE;
        for (TcpEvent.Found found : rung.findings()) {
            String all = shown(found.rule().slug() + ": " + SafeText.of(found.message()));
            for (String line : WrappedText.lines(all, FOUND)) {
                shapes.text(
                        MIDDLE,
                        y - 2,
                        "middle",
                        blanks == null ? found.severity().toString() : "asked",
                        line);
                y += LINE - 3;
            }
            y += 8;
        }
    }

    private static String style(Rung rung) {
        return switch (rung.kind()) {
            case SEGMENT -> rung.side().toString();
            case FOLDED -> "folded";
            case ICMP -> "icmp";
            case TIME -> "time";
        };
    }

    /** What a rung says when it is pointed at. */
    String told(Ladder ladder, Rung rung) {
        cell.clear();
        if (rung.frame() > 0) {
            cell.append("frame ").decimal(rung.frame()).append(", ");
        }
        Amount.duration(cell, Math.max(rung.time() - start, 0));
        String at = cell.toString();
        cell.clear();
        String what = switch (rung.kind()) {
            case SEGMENT ->
                label.of(ladder, rung, Integer.MAX_VALUE) + " win "
                        + rung.numbers().window();
            case FOLDED -> FoldedText.append(cell, rung.folded()).toString();
            case ICMP, TIME -> rung.text();
        };
        return at + ": " + what;
    }

    private void times(Rung rung, int at) {
        cell.clear();
        Amount.duration(cell, Math.max(rung.time() - start, 0));
        shapes.text(92, at, "end", "dim", cell.toString());
        if (rung.frame() > 0) {
            shapes.text(30, at, "end", "dim", Long.toString(rung.frame()));
        }
    }

    private void arrow(Rung rung, String text, double place) {
        boolean right = rung.side() == Side.CLIENT;
        int from = right ? LEFT : RIGHT;
        int to = right ? RIGHT : LEFT;
        double part = rung.lost() ? 0.62 : 1;
        double x = from + (to - from) * part;
        double end = y + FALL * part;
        shapes.line(from, y, x - (right ? 6 : -6) * part, end);
        if (rung.lost()) {
            shapes.cross(x, end);
        } else {
            shapes.head((int) x, (int) end, right);
        }
        double middle = rung.lost() ? 0.31 : place;
        int at = (int) (from + (to - from) * middle);
        shapes.slanting(at, (int) (y + FALL * middle) - 5, right ? SLOPE : "-" + SLOPE, text);
    }

    private void folded(Rung rung) {
        long in = rung.folded().octets(Side.SERVER);
        long sent = rung.folded().octets(Side.CLIENT);
        shapes.line(LEFT + 4, y, RIGHT - 4, y);
        if (sent > 0 || in == 0) {
            shapes.head(RIGHT, y, true);
        }
        if (in > 0 || sent == 0) {
            shapes.head(LEFT, y, false);
        }
        cell.clear();
        shapes.text(
                MIDDLE,
                y - 5,
                "middle",
                "dim",
                FoldedText.append(cell, rung.folded()).toString());
    }
}
