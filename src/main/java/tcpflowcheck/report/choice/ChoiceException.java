package tcpflowcheck.report.choice;

import java.util.List;

/** An expression that can't be meant. */
public final class ChoiceException extends Exception {
    private static final long serialVersionUID = 1;

    private final String word;
    private final transient List<String> known;

    ChoiceException(String word, String reason, List<String> known) {
        super(reason);
        this.word = word;
        this.known = known;
    }

    /** The part of the expression that is wrong. */
    public String word() {
        return word;
    }

    /** The words that there are in its place; empty if it is no matter of words. */
    public List<String> known() {
        return known;
    }
}
