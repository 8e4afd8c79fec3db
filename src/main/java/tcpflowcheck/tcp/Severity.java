package tcpflowcheck.tcp;

/** How much a finding matters, worst first. */
public enum Severity {
    /** Breaks TCP or smells of attack. */
    ERROR,
    /** A user should look. */
    WARNING,
    /** Worth knowing. */
    NOTE;

    private final String text = name().toLowerCase(java.util.Locale.ROOT);

    @Override
    public String toString() {
        return text;
    }
}
