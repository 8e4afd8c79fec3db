package tcpflowcheck.report.choice;

import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.flow.Flow;

/** Given: the flows of which all terms of an expression hold. */
public final class FlowChoice {
    /** Every flow. */
    public static final FlowChoice ALL = new FlowChoice(List.of(), false);

    static final String FINDINGS = "findings";

    private final List<Term> terms;
    private final boolean findings;

    private FlowChoice(List<Term> terms, boolean findings) {
        this.terms = terms;
        this.findings = findings;
    }

    /**
     * Reads an expression: terms with spaces between them.
     *
     * @param zone of times of day
     * @throws ChoiceException if a term can't be meant
     */
    public static FlowChoice of(String expression, TimeZone zone) throws ChoiceException {
        String[] words = expression.strip().split("\\s+");
        if (words.length == 1 && words[0].isEmpty()) {
            throw new ChoiceException(expression, "there is no term in it", List.of());
        }
        List<Term> terms = new ArrayList<>();
        Terms language = new Terms(zone);
        for (String word : words) {
            boolean not = word.startsWith("!");
            Term term = language.term(not ? word.substring(1) : word);
            terms.add(not ? flow -> !term.holds(flow) : term);
        }
        return new FlowChoice(List.copyOf(terms), words.length == 1 && words[0].equals(FINDINGS));
    }

    /**
     * Those of this choice that were there at some time between two.
     *
     * @param from a time of day, or with its date; or null
     * @param to the same
     * @param zone of both
     * @throws ChoiceException if one is no time
     */
    public FlowChoice during(@Nullable String from, @Nullable String to, TimeZone zone) throws ChoiceException {
        List<Term> all = new ArrayList<>(terms);
        if (from != null) {
            all.add(StartTime.from(from, zone));
        }
        if (to != null) {
            all.add(StartTime.to(to, zone));
        }
        return new FlowChoice(List.copyOf(all), findings && all.size() == terms.size());
    }

    public boolean has(Flow flow) {
        for (Term term : terms) {
            if (!term.holds(flow)) {
                return false;
            }
        }
        return true;
    }

    public boolean isAll() {
        return terms.isEmpty();
    }

    /** Whether it is the word {@code findings} alone, which events and segments know as well. */
    public boolean isFindings() {
        return findings;
    }
}
