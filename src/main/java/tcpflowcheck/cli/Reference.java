package tcpflowcheck.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tcpflowcheck.check.ExpectationFile;
import tcpflowcheck.check.ExpectationSchema;
import tcpflowcheck.report.Catalogue;
import tcpflowcheck.report.DiagramText;
import tcpflowcheck.report.Explanation;
import tcpflowcheck.report.JsonDocument;
import tcpflowcheck.report.NearestSlugs;
import tcpflowcheck.report.RuleText;
import tcpflowcheck.report.TextBuffer;
import tcpflowcheck.tcp.Rule;

/** The answers that need no capture: the rules, what words mean, and the state diagram. */
final class Reference {
    private Reference() {}

    /**
     * Answers {@code --rules}, {@code --schema}, {@code --explain} or {@code --states}.
     *
     * @return an {@link ExitCode}
     * @throws IOException if the answer can't be written
     */
    static int run(AboutOptions about, Catalogue words, Surroundings surroundings, OutputStream out)
            throws IOException {
        TextBuffer text = new TextBuffer();
        if (about.schema() != null) {
            Map<String, Object> schema = ExpectationFile.schema();
            Map<String, Object> wanted = about.schema() == AboutOptions.SchemaKind.EXPECT
                    ? ExpectationSchema.expectation(schema)
                    : ExpectationSchema.of(schema, about.schema().toString().toLowerCase(Locale.ROOT));
            new JsonDocument(text).append(wanted);
        } else if (about.rules()) {
            RuleText.append(text, words);
        } else if (about.states()) {
            DiagramText.append(text, words);
        } else if (about.explain() != null) {
            return explain(about.explain(), words, text, surroundings, out);
        }
        text.drainTo(out);
        return ExitCode.OK;
    }

    private static int explain(
            String word, Catalogue words, TextBuffer text, Surroundings surroundings, OutputStream out)
            throws IOException {
        Rule rule = Rule.of(word);
        if (rule != null) {
            Explanation.append(text, rule, words);
        } else if (Explanation.TOPICS.contains(word)) {
            Explanation.append(text, word, words);
        } else {
            return unknown(word, surroundings);
        }
        text.drainTo(out);
        return ExitCode.OK;
    }

    private static int unknown(String word, Surroundings surroundings) {
        surroundings.say("no rule is named '" + word + "' (--rules lists them all)");
        List<String> words = new ArrayList<>(Explanation.TOPICS);
        Arrays.stream(Rule.values()).map(Rule::slug).forEach(words::add);
        List<String> near = NearestSlugs.among(words, word);
        if (!near.isEmpty()) {
            surroundings.err().println("perhaps: " + String.join(", ", near));
        }
        return ExitCode.USAGE;
    }
}
