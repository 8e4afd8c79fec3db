package tcpflowcheck.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import tcpflowcheck.report.DiagramText;
import tcpflowcheck.report.Explanation;
import tcpflowcheck.report.NearestSlugs;
import tcpflowcheck.report.RuleText;
import tcpflowcheck.report.TextBuffer;
import tcpflowcheck.tcp.Rule;

/** The answers that need no capture: the rules and the state diagram. */
final class Reference {
    private Reference() {}

    /**
     * Answers {@code --rules}, {@code --explain} or {@code --states}.
     *
     * @return an {@link ExitCode}
     * @throws IOException if the answer can't be written
     */
    static int run(AboutOptions about, Surroundings surroundings, OutputStream out) throws IOException {
        TextBuffer text = new TextBuffer();
        if (about.rules()) {
            RuleText.append(text);
        } else if (about.states()) {
            DiagramText.append(text);
        } else {
            Rule rule = Rule.of(about.explain());
            if (rule == null) {
                return unknown(about.explain(), surroundings.err());
            }
            Explanation.append(text, rule);
        }
        text.drainTo(out);
        return ExitCode.OK;
    }

    private static int unknown(String slug, PrintStream err) {
        err.println(Main.NAME + ": no rule is named '" + slug + "' (--rules lists them all)");
        List<String> near = NearestSlugs.to(slug);
        if (!near.isEmpty()) {
            err.println("perhaps: " + String.join(", ", near));
        }
        return ExitCode.USAGE;
    }
}
