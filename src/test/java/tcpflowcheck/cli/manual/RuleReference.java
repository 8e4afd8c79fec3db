package tcpflowcheck.cli.manual;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.golden.Run;
import tcpflowcheck.report.Explanation;
import tcpflowcheck.tcp.Rule;

/** What {@code --explain} says, of all rules and topics. */
final class RuleReference {
    private RuleReference() {}

    static String page() {
        Markdown page = new Markdown(
                "Rules",
                "--explain",
                "What can be found in a connection, or beside the connections, and what `tcpflow-check --explain RULE` says of it."
                        + " `--fail-on` and `--ignore` take rules, groups and severities: an error breaks TCP or smells of"
                        + " attack, at a warning a user should look, and a note is worth knowing.");
        page.columns("rule", "severity", "group", "means");
        for (Rule rule : Rule.values()) {
            page.row(
                    "[" + rule.slug() + "](#" + rule.slug() + ")",
                    rule.severity().toString(),
                    rule.group(),
                    Markdown.prose(rule.sentence()));
        }
        page.endOfTable();
        String group = "";
        for (Rule rule : Rule.values()) {
            if (!group.equals(rule.group())) {
                group = rule.group();
                page.heading(2, "Group " + group);
            }
            explain(page, rule.slug(), rule.severity().toString());
        }
        page.heading(2, "Topics");
        for (String topic : Explanation.TOPICS) {
            explain(page, topic, null);
        }
        return page.toString();
    }

    private static void explain(Markdown page, String word, @Nullable String severity) {
        page.heading(3, word);
        List<String> lines =
                Run.of("--explain", word, "--lang", "en").out().lines().toList();
        List<String> prose = new ArrayList<>();
        List<String> block = new ArrayList<>();
        String first = severity == null ? "" : Character.toUpperCase(severity.charAt(0)) + severity.substring(1) + ": ";
        for (String line : lines.subList(1, lines.size())) {
            boolean verbatim = line.startsWith("    ");
            if (!verbatim) {
                flush(page, block);
            }
            if (verbatim || line.isEmpty() || !line.startsWith(" ")) {
                if (!prose.isEmpty()) {
                    page.paragraph(first + Markdown.prose(String.join(" ", prose)));
                    first = "";
                    prose.clear();
                }
            }
            if (verbatim) {
                block.add(line.strip());
            } else if (line.startsWith("  ")) {
                prose.add(line.strip());
            } else if (!line.isEmpty()) {
                page.paragraph("**" + line + "**");
            }
        }
        flush(page, block);
        if (!prose.isEmpty()) {
            page.paragraph(first + Markdown.prose(String.join(" ", prose)));
        }
    }

    private static void flush(Markdown page, List<String> block) {
        if (!block.isEmpty()) {
            page.block(block);
            block.clear();
        }
    }
}
