package tcpflowcheck.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.tcp.Rule;

/**
 * One self-contained HTML page: the summary with charts, the table, each connection's ladder and text, the rules that were
 * found. It asks for nothing elsewhere, which its Content-Security-Policy says, and shows all without scripts; those sort,
 * filter and copy.
 */
final class Page {
    /** Characters of ladders and texts: with the table the page stays below 15 MB. */
    private static final int MOST_DETAILS = 12_000_000;

    private final List<ForeignText> files;
    private final Summary summary;
    private final PageCharts charts;
    private final List<PageFlow> flows;
    private final TextChoices choices;
    private final Catalogue words;
    private final StringBuilder html = new StringBuilder();

    /** @param flows those that have a row, the most telling first */
    Page(List<ForeignText> files, Summary summary, PageCharts charts, List<PageFlow> flows, TextChoices choices) {
        this.files = files;
        this.summary = summary;
        this.charts = charts;
        this.flows = flows;
        this.choices = choices;
        words = Catalogue.of(choices.language());
    }

    private String word(String key) {
        return Markup.of(words.word("page." + key));
    }

    private static String number(long number) {
        return Amount.grouped(new TextBuffer(16), number).toString();
    }

    private String captures() {
        return words.fill("page.captures", number(files.size()));
    }

    String html() throws IOException {
        StringBuilder details = new StringBuilder();
        LadderSvg svg = new LadderSvg(choices.absolute());
        StoryText story = new StoryText(choices, OutputStream.nullOutputStream());
        int drawn = 0;
        for (PageFlow flow : flows) {
            String next = details.length() > MOST_DETAILS
                    ? null
                    : flow.details(svg, story, words, flows.size() == 1, choices.quiz());
            if (next == null || details.length() + next.length() > MOST_DETAILS) {
                break;
            }
            details.append(next);
            drawn++;
        }
        String title = files.size() == 1 ? files.get(0).safe() : captures();
        head(words.fill("page.title", title));
        title(title);
        if (choices.quiz()) {
            connections(details);
            html.append("<details class=\"answers\"><summary>")
                    .append(word("answers"))
                    .append("</summary>\n");
        }
        summary();
        table(drawn);
        if (choices.quiz()) {
            rules();
            html.append("</details>\n");
        } else {
            connections(details);
            rules();
        }
        html.append("</main>\n<script>").append(resource("page.js")).append("</script>\n</body>\n</html>\n");
        return html.toString();
    }

    private void connections(CharSequence details) {
        html.append("<h2>").append(word("drawn")).append("</h2>\n").append(details);
    }

    private void head(String title) throws IOException {
        String style = resource("page.css") + LadderSvg.STYLE;
        html.append("<!DOCTYPE html>\n<html lang=\"")
                .append(words.tag())
                .append("\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri 'none'; ");
        html.append("form-action 'none'; style-src '").append(hash(style)).append("'; script-src '");
        html.append(hash(resource("page.js"))).append("'\">\n");
        html.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
        html.append(Markup.of(title))
                .append("</title>\n<style>")
                .append(style)
                .append("</style>\n</head>\n<body data-copied=\"")
                .append(word("copied"))
                .append("\" data-select=\"")
                .append(word("select"))
                .append("\" data-of=\"")
                .append(word("of"))
                .append("\">\n<main>\n");
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Page.class.getResourceAsStream("page/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String hash(String text) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(sum);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private void title(String title) {
        html.append("<h1>").append(Markup.of(title)).append("</h1>\n<p>");
        html.append(Markup.of(words.fill(
                "page.counts",
                words.fill(summary.frames() == 1 ? "page.packet" : "page.packets", number(summary.frames())),
                words.fill(
                        summary.flows() == 1 ? "page.connection" : "page.connections.many", number(summary.flows())))));
        if (!summary.countsAll()) {
            html.append(Markup.of(words.fill("page.chosen", number(summary.chosen()))));
        }
        html.append("</p>\n");
    }

    private void summary() {
        counts("opened", "open", summary.handshakes());
        counts("closed", "close", summary.closes());
        counts("reset", "reset", summary.resets());
        html.append("<ul class=\"counts\" aria-label=\"").append(word("found")).append("\">");
        for (Map.Entry<Rule, Long> each : SummaryText.worstFirst(summary)) {
            Rule rule = each.getKey();
            html.append("<li><a class=\"")
                    .append(rule.severity())
                    .append("\" href=\"#rule-")
                    .append(rule.slug())
                    .append("\">");
            html.append(rule.slug())
                    .append("</a> <b>")
                    .append(Amount.grouped(new TextBuffer(16), each.getValue()))
                    .append("</b></li>");
        }
        html.append("</ul>\n");
        charts.append(html, words);
        TextBuffer text = new TextBuffer();
        new SummaryText(choices.with(TextChoices.View.SUMMARY))
                .append(text, files.size() == 1 ? "1 capture" : files.size() + " captures", summary, -1);
        html.append("<details><summary>").append(word("summary")).append("</summary><pre tabindex=\"0\">");
        for (String line : text.toString().split("\n")) {
            html.append(Markup.of(line)).append('\n');
        }
        html.append("</pre></details>\n");
    }

    private void counts(String label, String kinds, Map<?, Long> counts) {
        if (counts.isEmpty()) {
            return;
        }
        html.append("<ul class=\"counts\" aria-label=\"")
                .append(word(label))
                .append("\"><li class=\"dim\">")
                .append(word(label))
                .append("</li>");
        for (Map.Entry<?, Long> each : counts.entrySet()) {
            html.append("<li>")
                    .append(Markup.of(words.term(kinds, each.getKey().toString())))
                    .append(" <b>");
            html.append(Amount.grouped(new TextBuffer(16), each.getValue())).append("</b></li>");
        }
        html.append("</ul>\n");
    }

    private void table(int drawn) {
        html.append("<h2>").append(word("connections")).append("</h2>\n");
        if (flows.size() < summary.chosen() || drawn < flows.size()) {
            html.append("<p class=\"dim\">");
            html.append(
                    Markup.of(words.fill("page.some", number(flows.size()), number(summary.chosen()), number(drawn))));
            html.append("</p>\n");
        }
        if (flows.isEmpty()) {
            return;
        }
        html.append("<form class=\"script\" role=\"search\"><label for=\"only\">")
                .append(word("only"))
                .append("</label><input id=\"only\" type=\"search\" ");
        html.append(
                "autocomplete=\"off\" spellcheck=\"false\" placeholder=\"reset by=server, connect&gt;200ms, !findings, 10.0.0.5\">");
        html.append(
                "<output id=\"shown\" for=\"only\"></output></form>\n<div class=\"scroll\"><table id=\"flows\"><thead><tr>");
        title("column.stream", true);
        if (choices.several()) {
            title("column.capture", false);
        }
        title("column.ends", false);
        title("column.open", false);
        title("column.connect", true);
        title("column.close", false);
        title("column.octet", true);
        title("column.duration", true);
        title("column.out", true);
        title("column.in", true);
        title("found", false);
        html.append("</tr></thead><tbody>\n");
        for (int i = 0; i < flows.size(); i++) {
            flows.get(i).row(html, i < drawn);
        }
        html.append("</tbody></table></div>\n");
    }

    private void title(String key, boolean number) {
        html.append("<th scope=\"col\"").append(number ? " class=\"n\"" : "").append("><button type=\"button\">");
        html.append(word(key)).append("</button></th>");
    }

    private void rules() {
        html.append("<h2>").append(word("rules")).append("</h2>\n");
        for (Map.Entry<Rule, Long> each : SummaryText.worstFirst(summary)) {
            Rule rule = each.getKey();
            TextBuffer text = new TextBuffer();
            Explanation.append(text, rule, words);
            html.append("<details class=\"flow\" id=\"rule-")
                    .append(rule.slug())
                    .append("\"><summary class=\"")
                    .append(rule.severity());
            html.append("\">").append(Markup.of(words.term("rule", rule.slug())));
            html.append("</summary><div><pre tabindex=\"0\">");
            for (String line : text.toString().split("\n")) {
                html.append(Markup.of(line)).append('\n');
            }
            html.append("</pre></div></details>\n");
        }
    }
}
