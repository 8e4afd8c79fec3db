package tcpflowcheck.report;

import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.report.choice.SortKey;
import tcpflowcheck.report.group.GroupKey;
import tcpflowcheck.report.header.HeaderOctets;
import tcpflowcheck.report.ladder.Ladder;
import tcpflowcheck.report.ladder.Rung;
import tcpflowcheck.tcp.Closing;
import tcpflowcheck.tcp.Connection;
import tcpflowcheck.tcp.Finding;
import tcpflowcheck.tcp.Reset;
import tcpflowcheck.tcp.Severity;
import tcpflowcheck.tcp.Side;

/** Given: a connection on the page: its row of the table, and what is drawn and written of it. */
final class PageFlow {
    private static final int ERROR = 1000;
    private static final int WARNING = 100;
    private static final int FAILED = 50;
    private static final int DOUBT = 5;

    private final Flow flow;
    private final String id;
    private final @Nullable ForeignText file;
    private final Ladder ladder;
    private final String text;

    /**
     * Of a flow that has ended.
     *
     * @param id of its part of the page
     * @param file whose it is; null if there is only one
     * @param text as {@code --view flows} has it
     */
    PageFlow(Flow flow, String id, @Nullable ForeignText file, Ladder ladder, String text) {
        this.flow = flow;
        this.id = id;
        this.file = file;
        this.ladder = ladder;
        this.text = text;
    }

    /** How telling a flow is: what was found in it, whether it failed, what is in doubt. */
    static long telling(Flow flow) {
        Connection connection = flow.connection();
        long telling = 0;
        for (Finding finding : connection.findings().list()) {
            Severity severity = finding.severity();
            telling += severity == Severity.ERROR ? ERROR : severity == Severity.WARNING ? WARNING : 1;
        }
        boolean failed = VerdictText.role(connection.handshake().kind()) == Style.Role.WARNING
                || connection.closing().kind() == Closing.Kind.RESET;
        return telling + (failed ? FAILED : 0) + (Doubt.isIn(connection) ? DOUBT : 0);
    }

    /** A row of the table. */
    void row(StringBuilder html, boolean drawn) {
        Connection connection = flow.connection();
        html.append("<tr");
        data(html, connection);
        html.append("><td class=\"n\" data-n=\"").append(flow.stream()).append("\">");
        if (drawn) {
            html.append("<a href=\"#")
                    .append(id)
                    .append("\">")
                    .append(flow.stream())
                    .append("</a>");
        } else {
            html.append(flow.stream());
        }
        html.append("</td>");
        if (file != null) {
            html.append("<td>").append(Markup.of(file)).append("</td>");
        }
        cell(html, "", FlowName.of(flow));
        cell(
                html,
                VerdictText.role(connection.handshake().kind()) == Style.Role.WARNING ? "warning" : "",
                VerdictText.opened(connection));
        time(html, SortKey.CONNECT);
        cell(
                html,
                VerdictText.role(connection.closing().kind()) == Style.Role.WARNING ? "warning" : "",
                VerdictText.closed(connection));
        time(html, SortKey.FIRST_OCTET);
        time(html, SortKey.DURATION);
        octets(html, SortKey.OUT);
        octets(html, SortKey.IN);
        html.append("<td class=\"found\">");
        found(html, connection.findings().list());
        html.append("</td></tr>\n");
    }

    private void data(StringBuilder html, Connection connection) {
        Reset reset = connection.reset();
        Side by = reset != null ? reset.by() : connection.closing().by();
        attribute(html, "open", connection.handshake().kind().toString());
        attribute(html, "close", connection.closing().kind().toString());
        attribute(html, "reset", reset == null ? "" : reset.kind().toString());
        attribute(html, "by", by == null ? "" : by.toString());
        for (Side side : Side.values()) {
            attribute(html, side.toString(), GroupKey.address(flow, side));
            attribute(html, side + "-port", Integer.toString(flow.port(side)));
        }
        attribute(html, "doubt", Doubt.isIn(connection) ? "yes" : "no");
        TreeSet<String> groups = new TreeSet<>();
        StringBuilder rules = new StringBuilder();
        for (Finding finding : connection.findings().list()) {
            rules.append(rules.length() == 0 ? "" : " ").append(finding.rule().slug());
            groups.add(finding.rule().group());
            groups.add(finding.severity().toString());
        }
        attribute(html, "rules", rules.toString());
        attribute(html, "groups", String.join(" ", groups));
        attribute(html, "stream", Long.toString(flow.stream()));
        for (SortKey key : SortKey.values()) {
            if (key != SortKey.START && key.rank(flow) >= 0) {
                attribute(html, key.toString(), Long.toString(key.rank(flow)));
            }
        }
    }

    private static void attribute(StringBuilder html, String name, String value) {
        html.append(" data-")
                .append(name)
                .append("=\"")
                .append(Markup.of(value))
                .append('"');
    }

    private static void cell(StringBuilder html, String style, String text) {
        html.append(style.isEmpty() ? "<td>" : "<td class=\"" + style + "\">");
        html.append(Markup.of(text)).append("</td>");
    }

    private void time(StringBuilder html, SortKey key) {
        long nanos = key.rank(flow);
        number(
                html,
                nanos,
                nanos < 0 ? "" : Amount.duration(new TextBuffer(16), nanos).toString());
    }

    private void octets(StringBuilder html, SortKey key) {
        long octets = key.rank(flow);
        number(html, octets, Amount.octets(new TextBuffer(16), octets).toString());
    }

    private static void number(StringBuilder html, long number, String text) {
        html.append("<td class=\"n\" data-n=\"")
                .append(number)
                .append("\">")
                .append(text)
                .append("</td>");
    }

    private static void found(StringBuilder html, List<Finding> findings) {
        boolean first = true;
        for (Finding finding : FoundText.worstFirst(findings)) {
            String slug = finding.rule().slug();
            html.append(first ? "" : ", ")
                    .append("<a class=\"")
                    .append(finding.severity())
                    .append("\" href=\"#rule-");
            html.append(slug).append("\">").append(slug).append("</a>");
            first = false;
        }
    }

    /** The ladder and the text, to be opened; as a quiz with the answers and the text behind one more click. */
    String details(LadderSvg svg, StoryText story, Catalogue words, boolean open, boolean quiz) {
        String anchors = open ? id + "-frame-" : null;
        if (quiz) {
            Blanks blanks = new Blanks();
            StringBuilder html = new StringBuilder(begin(open, ""));
            html.append(svg.element(ladder, blanks, anchors)).append(headers(svg, anchors, words));
            html.append("<details class=\"answers\"><summary>")
                    .append(Markup.of(words.word("page.answer")))
                    .append("</summary><ul>");
            for (String answer : blanks.answers()) {
                html.append("<li>").append(Markup.of(answer)).append("</li>");
            }
            return html.append("</ul>")
                    .append(story(story, words))
                    .append(text(words))
                    .append("</details></div></details>\n")
                    .toString();
        }
        String close = VerdictText.closed(flow.connection());
        String verdict = VerdictText.opened(flow.connection()) + (close.isEmpty() ? "" : ", " + close);
        return begin(open, " <span class=\"dim\">" + Markup.of(verdict) + "</span>")
                + svg.element(ladder, null, anchors)
                + headers(svg, anchors, words)
                + story(story, words)
                + text(words)
                + "</div></details>\n";
    }

    private String begin(boolean open, String verdict) {
        return "<details class=\"flow\" id=\"" + id + "\"" + (open ? " open" : "") + "><summary>"
                + (file == null ? "" : Markup.of(file) + ", ") + "stream " + flow.stream() + ": "
                + Markup.of(FlowName.of(flow)) + verdict + "</summary><div>";
    }

    /** Without scripts: each header behind a click of its own, to which its arrow leads. */
    private String headers(LadderSvg svg, @Nullable String anchors, Catalogue words) {
        if (anchors == null) {
            return "<p class=\"dim script\">" + Markup.of(words.word("page.click")) + "</p>";
        }
        StringBuilder html = new StringBuilder(
                "<details class=\"headers\"><summary>" + Markup.of(words.word("page.headers")) + "</summary>");
        for (Rung rung : ladder.rungs()) {
            HeaderOctets header = rung.header();
            if (header != null) {
                html.append("<details><summary>").append(Markup.of(svg.told(ladder, rung)));
                html.append("</summary><pre tabindex=\"0\" id=\"")
                        .append(anchors)
                        .append(rung.frame())
                        .append("\">");
                html.append(text(RungHeader.figure(ladder, rung, header))).append("</pre></details>");
            }
        }
        return html.append("</details>").toString();
    }

    /** Each step in a sentence, to be opened. */
    private String story(StoryText story, Catalogue words) {
        return "<details class=\"story\"><summary>" + Markup.of(words.word("page.story"))
                + "</summary><pre tabindex=\"0\">" + text(story.of(ladder)) + "</pre></details>";
    }

    private String text(Catalogue words) {
        return "<button type=\"button\" class=\"copy script\">" + Markup.of(words.word("page.copy"))
                + "</button><pre tabindex=\"0\">" + text(text) + "</pre>";
    }

    /** With its line ends. */
    private static String text(String lines) {
        StringBuilder html = new StringBuilder(lines.length() + 64);
        for (String line : lines.split("\n", -1)) {
            html.append(html.length() == 0 ? "" : "\n").append(Markup.of(line));
        }
        return html.toString();
    }
}
