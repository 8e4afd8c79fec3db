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
 * say beside the rules stands in {@code topics/WORD.txt}: a sentence, then paragraphs, each under its own heading.
 */
public final class Explanation {
    static final List<String> HEADINGS =
            List.of("What it means", "Usual causes", "How to see it in the capture", "What Wireshark and Zeek call it");

    /** The heading under which commands stand. */
    private static final int COMMANDS = 2;

    /** Words that are explained and are no rules. */
    public static final List<String> TOPICS = List.of("doubt", "cut", "only", "timing");

    private static final String ABOUT_IPV6 =
            "For IPv6 write ip6[40+tcpflags] in place of tcp[tcpflags], and ipv6.src and ipv6.hlim for ip.src and ip.ttl.";
    private static final int WIDTH = 80;
    private static final String INDENT = "  ";
    private static final String VERBATIM = "    ";

    private Explanation() {}

    /** Appends all that is to say of a rule. */
    public static void append(TextBuffer out, Rule rule) {
        out.append(rule.slug()).append(" (").append(rule.severity().toString()).append(")\n");
        wrap(out, List.of(rule.sentence(), "(" + rule.source() + ")"));
        List<String> paragraphs = texts(rule.group()).get(rule.slug());
        for (int i = 0; i < HEADINGS.size(); i++) {
            out.append('\n').append(HEADINGS.get(i)).append('\n');
            wrap(out, paragraphs.get(i).lines().toList());
            if (i == COMMANDS && paragraphs.get(i).contains(VERBATIM)) {
                wrap(out, List.of(ABOUT_IPV6));
            }
        }
    }

    /**
     * Appends all that is to say of a topic.
     *
     * @param topic one of {@link #TOPICS}
     */
    public static void append(TextBuffer out, String topic) {
        String[] blocks = read("topics/" + topic + ".txt").strip().split("\n\n+");
        out.append(topic).append('\n');
        wrap(out, blocks[0].lines().toList());
        for (int i = 1; i < blocks.length; i++) {
            List<String> lines = blocks[i].lines().toList();
            out.append('\n').append(lines.get(0)).append('\n');
            wrap(out, lines.subList(1, lines.size()));
        }
    }

    private static void wrap(TextBuffer out, List<String> lines) {
        int column = 0;
        for (String line : lines) {
            if (line.startsWith(VERBATIM)) {
                out.append(column > 0 ? "\n" : "").append(line).append('\n');
                column = 0;
                continue;
            }
            for (String word : line.split(" ")) {
                if (column > 0 && column + 1 + word.length() > WIDTH) {
                    out.append('\n');
                    column = 0;
                }
                String before = column > 0 ? " " : INDENT;
                out.append(before).append(word);
                column += before.length() + word.length();
            }
        }
        out.append(column > 0 ? "\n" : "");
    }

    /** The paragraphs of each rule of a group by its slug, in the order of the file. */
    static Map<String, List<String>> texts(String group) {
        Map<String, List<String>> texts = new LinkedHashMap<>();
        List<String> paragraphs = null;
        for (String block : read("rules/" + group + ".txt").split("\n\n+")) {
            String paragraph = block.strip();
            if (paragraph.startsWith("[")) {
                int end = paragraph.indexOf("]\n");
                paragraphs = new ArrayList<>();
                if (texts.put(paragraph.substring(1, end), paragraphs) != null) {
                    throw new IllegalStateException(
                            "rules/" + group + ".txt: twice " + paragraph.substring(0, end + 1));
                }
                paragraph = paragraph.substring(end + 2);
            }
            paragraphs.add(paragraph);
        }
        return texts;
    }

    private static String read(String resource) {
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
