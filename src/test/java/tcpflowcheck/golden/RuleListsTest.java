package tcpflowcheck.golden;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import tcpflowcheck.tcp.Rule;

/** Where the rules are listed once more, for users of the library and of JSON, the list is made from {@link Rule}. */
class RuleListsTest {
    private static final int WIDTH = 120;

    @Test
    void theLibrarysIsMadeOfTheRules() throws IOException {
        Path file = Path.of("src/main/java/tcpflowcheck/api/Rule.java");
        List<String> constants = new ArrayList<>();
        for (Rule rule : Rule.values()) {
            String sentence = rule.sentence();
            String capital = sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
            constants.add(comment(capital + " (" + rule.source() + ").") + "    " + rule.name());
        }
        matches(file, "public enum Rule {\n", ";\n", String.join(",\n", constants));
    }

    @Test
    void theSchemasIsMadeOfTheRules() throws IOException {
        Path file = Path.of("src/main/resources/tcpflowcheck/report/flow.schema.json");
        List<String> slugs = Arrays.stream(Rule.values())
                .map(rule -> '"' + rule.slug() + '"')
                .toList();
        String begin = "\"description\": \"Explained by --explain.\",\n      \"enum\": [\n";
        matches(file, begin, "\n      ]\n", lines("        ", String.join(", ", slugs)));
    }

    private static void matches(Path file, String begin, String end, String list) throws IOException {
        String written = Files.readString(file);
        int from = written.indexOf(begin) + begin.length();
        int to = written.indexOf(end, from);
        Golden.assertMatches(file, written.substring(0, from) + list + written.substring(to));
    }

    private static String comment(String text) {
        String one = "    /** " + text + " */\n";
        return one.length() <= WIDTH + 1 ? one : "    /**\n" + lines("     * ", text) + "\n     */\n";
    }

    private static String lines(String indent, String text) {
        StringBuilder lines = new StringBuilder();
        StringBuilder line = new StringBuilder(indent);
        for (String word : text.split(" ")) {
            if (line.length() + word.length() > WIDTH) {
                lines.append(line.toString().stripTrailing()).append('\n');
                line = new StringBuilder(indent);
            }
            line.append(word).append(' ');
        }
        return lines.append(line.toString().stripTrailing()).toString();
    }
}
