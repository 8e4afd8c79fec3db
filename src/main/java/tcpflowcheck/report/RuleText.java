package tcpflowcheck.report;

import tcpflowcheck.tcp.Rule;

/** All rules as {@code --rules} lists them: one a line under its group, so that grep finds it whole. */
public final class RuleText {
    private RuleText() {}

    /** Appends the table. */
    public static void append(TextBuffer out, Catalogue words) {
        int slugs = 0;
        int severities = 0;
        for (Rule rule : Rule.values()) {
            slugs = Math.max(slugs, rule.slug().length());
            severities = Math.max(severities, rule.severity().toString().length());
        }
        String group = null;
        for (Rule rule : Rule.values()) {
            if (!rule.group().equals(group)) {
                out.append(group == null ? "" : "\n")
                        .append(words.term("group", rule.group()))
                        .append('\n');
                group = rule.group();
            }
            String severity = rule.severity().toString();
            out.append("  ").append(rule.slug()).repeat(' ', slugs - rule.slug().length());
            out.append("  ").append(severity).repeat(' ', severities - severity.length());
            out.append("  ").append(words.sentence(rule)).append('\n');
        }
    }
}
