package tcpflowcheck.cli;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import tcpflowcheck.report.Explanation;
import tcpflowcheck.tcp.Rule;
import tcpflowcheck.tcp.Severity;

/** What shells complete where rules are named. */
final class RuleWords {
    private RuleWords() {}

    /** Those of {@code --fail-on}: severities, groups and rules. */
    static final class Forbidden implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            Set<String> words = new LinkedHashSet<>();
            for (Severity severity : Severity.values()) {
                words.add(severity.toString());
            }
            for (Rule rule : Rule.values()) {
                words.add(rule.group());
            }
            return withRules(words);
        }
    }

    /** Those of {@code --explain}: topics and rules. */
    static final class Explained implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return withRules(new LinkedHashSet<>(Explanation.TOPICS));
        }
    }

    private static Iterator<String> withRules(Set<String> words) {
        for (Rule rule : Rule.values()) {
            words.add(rule.slug());
        }
        return words.iterator();
    }
}
