package tcpflowcheck.tcp;

import java.util.EnumSet;
import java.util.Set;

/** Rules as a user names them: by slug, by group, or by the severity of what is found. */
public final class RuleSet {
    private final Set<Rule> rules = EnumSet.noneOf(Rule.class);
    private final Set<Severity> severities = EnumSet.noneOf(Severity.class);

    /** Adds a rule, a group or a severity; false if none has this name. */
    public boolean add(String word) {
        boolean known = false;
        for (Severity severity : Severity.values()) {
            if (severity.toString().equals(word)) {
                severities.add(severity);
                known = true;
            }
        }
        for (Rule rule : Rule.values()) {
            if (rule.slug().equals(word) || rule.group().equals(word)) {
                rules.add(rule);
                known = true;
            }
        }
        return known;
    }

    /** Whether a finding of this rule, as severe as this, is meant. */
    public boolean contains(Rule rule, Severity severity) {
        return rules.contains(rule) || severities.contains(severity);
    }

    public boolean isEmpty() {
        return rules.isEmpty() && severities.isEmpty();
    }
}
