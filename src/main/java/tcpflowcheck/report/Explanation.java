package tcpflowcheck.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tcpflowcheck.tcp.Rule;

/**
 * What {@code --explain} says of a rule. The texts stand in one file for each group, {@code rules/GROUP.txt}: a slug in
 * brackets, then a paragraph for each heading. A line that begins with blanks is a command and stays as it is. What is to
 * say beside the rules stands in {@code topics/WORD.txt}: a sentence, then paragraphs, each under its own heading. Another
 * language than English has the same files in a folder of its own; there the rule's name and its sentence, with a bar
 * between them, stand behind the slug.
 */
public final class Explanation {
    /** The names of the headings in a catalogue. */
    static final List<String> HEADINGS = List.of("explain.meaning", "explain.causes", "explain.see", "explain.peers");

    /** The heading under which commands stand. */
    private static final int COMMANDS = 2;

    /** Words that are explained and are no rules. */
    public static final List<String> TOPICS = List.of("doubt", "cut", "only", "timing");

    private static final int WIDTH = 80;
    private static final String INDENT = "  ";
    private static final String VERBATIM = "    ";

    private Explanation() {}

    /** Appends all that is to say of a rule. */
    public static void append(TextBuffer out, Rule rule, Catalogue words) {
        out.append(rule.slug()).append(" (").append(rule.severity().toString()).append(')');
        String name = words.translated("rule", rule.slug());
        out.append(name.equals(rule.slug()) ? "\n" : "  " + name + "\n");
        wrap(out, List.of(words.fill("explain.rule", words.sentence(rule), rule.source())));
        List<String> paragraphs = paragraphs(rule, words);
        for (int i = 0; i < HEADINGS.size(); i++) {
            out.append('\n').append(words.word(HEADINGS.get(i))).append('\n');
            wrap(out, paragraphs.get(i).lines().toList());
            if (i == COMMANDS && paragraphs.get(i).contains(VERBATIM)) {
                wrap(out, List.of(words.word("explain.ipv6")));
            }
        }
    }

    /**
     * Appends all that is to say of a topic.
     *
     * @param topic one of {@link #TOPICS}
     */
    public static void append(TextBuffer out, String topic, Catalogue words) {
        out.append(topic).append('\n');
        List<String> blocks = blocks(topic, words);
        wrap(out, blocks.get(0).lines().toList());
        for (String block : blocks.subList(1, blocks.size())) {
            List<String> lines = block.lines().toList();
            out.append('\n').append(lines.get(0)).append('\n');
            wrap(out, lines.subList(1, lines.size()));
        }
    }

    /** The sentence of a topic, then a heading with its lines each. */
    static List<String> blocks(String topic, Catalogue words) {
        return List.of(read("topics/" + topic + ".txt", words).strip().split("\n\n+"));
    }

    private static void wrap(TextBuffer out, List<String> lines) {
        StringBuilder prose = new StringBuilder();
        for (String line : lines) {
            if (line.startsWith(VERBATIM)) {
                flush(out, prose);
                out.append(line).append('\n');
            } else {
                prose.append(prose.length() == 0 || WrappedText.endsWide(prose) ? "" : " ")
                        .append(line);
            }
        }
        flush(out, prose);
    }

    private static void flush(TextBuffer out, StringBuilder prose) {
        if (prose.length() > 0) {
            for (String line : WrappedText.lines(prose.toString(), WIDTH - INDENT.length())) {
                out.append(INDENT).append(line).append('\n');
            }
            prose.setLength(0);
        }
    }

    /** What its file says of a rule. */
    static List<String> paragraphs(Rule rule, Catalogue words) {
        List<String> paragraphs = texts(rule.group(), words).get(rule.slug());
        if (paragraphs == null) {
            throw new IllegalStateException("rules/" + rule.group() + ".txt: no [" + rule.slug() + "]");
        }
        return paragraphs;
    }

    /** The paragraphs of each rule of a group by its slug, in the order of the file. */
    static Map<String, List<String>> texts(String group, Catalogue words) {
        Map<String, List<String>> texts = new LinkedHashMap<>();
        List<String> paragraphs = null;
        for (String block : read("rules/" + group + ".txt", words).split("\n\n+")) {
            String paragraph = block.strip();
            if (paragraph.startsWith("[")) {
                int end = paragraph.indexOf(']');
                paragraphs = new ArrayList<>();
                if (texts.put(paragraph.substring(1, end), paragraphs) != null) {
                    throw new IllegalStateException(
                            "rules/" + group + ".txt: twice " + paragraph.substring(0, end + 1));
                }
                paragraph = paragraph.substring(paragraph.indexOf('\n') + 1);
            }
            if (paragraphs == null) {
                throw new IllegalStateException("rules/" + group + ".txt: begins with no [rule]");
            }
            paragraphs.add(paragraph);
        }
        return texts;
    }

    /** Name and sentence of each rule of a group by its slug, for a language that is not the code's. */
    static Map<String, String[]> names(String group, Catalogue words) {
        Map<String, String[]> names = new LinkedHashMap<>();
        for (String line : read("rules/" + group + ".txt", words).split("\n")) {
            int end = line.indexOf("] ");
            int bar = line.indexOf(" | ");
            if (line.startsWith("[") && end > 0 && bar > end) {
                names.put(line.substring(1, end), new String[] {line.substring(end + 2, bar), line.substring(bar + 3)});
            }
        }
        return names;
    }

    private static String read(String name, Catalogue words) {
        String resource = words.folder() + name;
        try (InputStream in = Explanation.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
