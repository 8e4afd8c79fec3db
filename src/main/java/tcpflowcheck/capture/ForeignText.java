package tcpflowcheck.capture;

import java.util.Objects;

/**
 * Given: text that others wrote (names of files, interfaces and hosts, comments), which may hold anything. It is of a type of
 * its own so that the compiler finds who prints it: as {@link #safe} where people read it, as {@link #raw} only where a format quotes it.
 */
public final class ForeignText {
    private final String raw;

    public ForeignText(String raw) {
        this.raw = Objects.requireNonNull(raw);
    }

    /** As it was written. */
    public String raw() {
        return raw;
    }

    /** In one line that nothing acts on ({@link SafeText}). */
    public String safe() {
        return SafeText.of(raw);
    }

    /** The same, its lines side by side. */
    public String safeLines() {
        return SafeText.ofLines(raw);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ForeignText text && text.raw.equals(raw);
    }

    @Override
    public int hashCode() {
        return raw.hashCode();
    }

    /** {@link #safe}. */
    @Override
    public String toString() {
        return safe();
    }
}
