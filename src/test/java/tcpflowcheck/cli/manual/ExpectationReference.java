package tcpflowcheck.cli.manual;

import static tcpflowcheck.cli.manual.SchemaReference.map;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What may stand in an expectation, with an example of each. */
final class ExpectationReference {
    /** A pattern of the schema, as a person writes such a section. */
    private static final Map<String, String> WRITTEN =
            Map.of("^stream", "stream 0", "^(", "\"10.0.0.1:* > *:443\"", "^by", "by server 10.0.0.5:80");

    /** What may stand in a flow, group or summary: the words that follow are tried as they stand. */
    private static final String[][] VALUES = {
        {
            "A kind, a name, a number, true, false or null",
            "the same value",
            "stream 0: {close: {kind: reset}, reset: {by: server}, mss: {effective: 1460}}"
        },
        {"A key with dots", "the same as one in the other", "stream 0: {close.kind: reset, handshake.certain: true}"},
        {"{min: N}, {max: N}", "a number not smaller, not larger", "stream 0: {packets.client: {min: 3, max: 10}}"},
        {
            "A quantity",
            "with a unit: ns us ms s min, B kB KB MB GB KiB MiB GiB; for the counts of a group or the summary also %",
            "stream 0: {handshake.synAckNanos: {max: 200ms}, bytes.server: {min: 60KB}}"
        },
        {
            "[A, B]",
            "a list of exactly these, in this order",
            "stream 0: {states.client: [CLOSED, SYN-SENT, ESTABLISHED]}"
        },
        {
            "{set: [A, B]}",
            "these and no others, in any order",
            "stream 0: {findings: {set: [retransmission, duplicate-ack]}}"
        },
        {"{contains: [A]}", "these and perhaps others", "stream 0: {findings: {contains: [reset]}}"},
        {"{count: N}", "how many", "stream 0: {findings: {count: {max: 3}}}"},
        {"A rule's name", "a finding of this rule", "stream 0: {findings: [reset]}"},
        {"doubt: none", "nothing is told that the capture does not prove", "stream 0: {doubt: none}"},
        {
            "A kind or rule as a key",
            "of a group or the summary: how many have it",
            "summary: {reset: 0, three-way: {min: 1}}"
        },
    };

    private ExpectationReference() {}

    static String of(Map<String, Object> schema) {
        Markdown page = new Markdown(
                "Expectations",
                "the schema that --schema expect prints",
                "`--expect FILE` holds a capture against what is written there, in YAML: sections that name flows, groups or the"
                        + " whole capture, and in each an object of [the JSON](json.md), cut down to what matters. `--write-expect FILE`"
                        + " writes one to begin with, `--update-expect` writes anew what was missed, and with `--schema expect` an editor"
                        + " completes.");
        page.heading(2, "Sections").columns("section", "what it is about", "example");
        sections(schema)
                .forEach((name, section) -> page.row(
                        Markdown.code(name.replace("\"", "")),
                        Markdown.prose(String.valueOf(section.get("description"))),
                        Markdown.code(example(name, section))));
        page.endOfTable();
        page.paragraph(
                "A section that names flows is missed, too, if there is none. One that is empty (`every flow:`) expects that there is one.");
        page.heading(2, "Values").columns("written", "expects", "example");
        for (String[] each : VALUES) {
            page.row(Markdown.prose(each[0]), Markdown.prose(each[1]), Markdown.code(each[2]));
        }
        page.endOfTable();
        page.paragraph(
                "What can't be meant is said, all of it at once, with its line; the exit code is 2 then, and 1 where something was missed.");
        return page.toString();
    }

    /** Each section's schema, by its name or one that it may have. */
    private static Map<String, Map<String, Object>> sections(Map<String, Object> schema) {
        Map<String, Map<String, Object>> sections = new LinkedHashMap<>();
        map(schema, "properties").forEach((name, section) -> sections.put(name, map(section)));
        map(schema, "patternProperties").forEach((pattern, section) -> {
            for (Map.Entry<String, String> each : WRITTEN.entrySet()) {
                if (pattern.startsWith(each.getKey())) {
                    sections.put(each.getValue(), map(section));
                }
            }
        });
        return sections;
    }

    private static String example(String name, Map<String, Object> section) {
        return name + ": " + String.valueOf(section.get("$comment")).replace("such as ", "");
    }

    /** All examples that the page shows. */
    static List<String> examples(Map<String, Object> schema) {
        List<String> examples = new ArrayList<>();
        sections(schema).forEach((name, section) -> examples.add(example(name, section)));
        for (String[] each : VALUES) {
            examples.add(each[2]);
        }
        return examples;
    }
}
