package tcpflowcheck.api;

import java.util.Locale;

/** How much a finding matters, worst first. */
public enum Severity {
    /** Breaks TCP or smells of attack. */
    ERROR,
    /** A user should look. */
    WARNING,
    /** Worth knowing. */
    NOTE;

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** As reports print it: {@code warning}. */
    @Override
    public String toString() {
        return word;
    }
}
