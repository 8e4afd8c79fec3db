package tcpflowcheck.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tcpflowcheck.report.NearestSlugs;
import tcpflowcheck.tcp.RuleSet;

/** What is forbidden, and what is not looked at. */
final class CheckOptions {
    @Option(
            names = "--fail-on",
            paramLabel = "RULE,...",
            hideParamSyntax = true,
            split = ",",
            completionCandidates = RuleWords.Forbidden.class,
            description = {
                "exit with 1 if any of these is found: rules,",
                "groups of --rules, or error, warning, note; with",
                "--only in its flows"
            })
    private List<String> failOn = new ArrayList<>();

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description = {
                "--fail-on forbids only what is not in FILE, which",
                "--json wrote earlier: same rule, side and server"
            })
    private @Nullable String baseline;

    @Option(
            names = "--ignore",
            paramLabel = "RULE,...",
            hideParamSyntax = true,
            split = ",",
            completionCandidates = RuleWords.Forbidden.class,
            description = "find none of these")
    private List<String> ignore = new ArrayList<>();

    RuleSet forbidden() {
        return set(failOn);
    }

    RuleSet ignored() {
        return set(ignore);
    }

    private static RuleSet set(List<String> words) {
        RuleSet set = new RuleSet();
        for (String word : words) {
            set.add(word);
        }
        return set;
    }

    /** A path, or null. */
    @Nullable
    String baseline() {
        return baseline;
    }

    /** What is no rule's name, or can't be meant, or null. */
    @Nullable
    String contradiction() {
        if (baseline != null && failOn.isEmpty()) {
            return "--baseline is for --fail-on: name what is forbidden";
        }
        String wrong = unknown("--fail-on", failOn);
        return wrong == null ? unknown("--ignore", ignore) : wrong;
    }

    private static @Nullable String unknown(String option, List<String> words) {
        RuleSet known = new RuleSet();
        for (String word : words) {
            if (!known.add(word)) {
                List<String> near = NearestSlugs.to(word);
                String perhaps = near.isEmpty() ? "" : "\nperhaps: " + String.join(", ", near);
                return "invalid value for option '" + option + "': no rule, group or severity is named '" + word
                        + "' (--rules lists them all)" + perhaps;
            }
        }
        return null;
    }
}
