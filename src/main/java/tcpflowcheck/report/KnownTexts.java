package tcpflowcheck.report;

import org.jspecify.annotations.Nullable;

/** What texts look like that are few and come again and again, found by the object. There may be no room for one. */
final class KnownTexts {
    private static final int CAPACITY = 1 << 10;
    private static final int MOST_PROBES = 8;

    private final @Nullable String[] texts = new String[CAPACITY];
    private final byte[][] written = new byte[CAPACITY][];

    /** What was added for a text, or null. */
    byte @Nullable [] of(String text) {
        int at = find(text);
        return at < 0 || texts[at] == null ? null : written[at];
    }

    /** Adds what is written from {@code from} on. */
    void add(String text, TextBuffer out, int from) {
        int at = find(text);
        if (at >= 0) {
            texts[at] = text;
            written[at] = out.octets(from);
        }
    }

    /** Where the text is or may be put, or -1. */
    @SuppressWarnings("ReferenceEquality") // an equal text that is another object is written once more, no more
    private int find(String text) {
        int hash = text.hashCode();
        for (int probe = 0; probe < MOST_PROBES; probe++) {
            int at = hash + probe & CAPACITY - 1;
            if (texts[at] == text || texts[at] == null) {
                return at;
            }
        }
        return -1;
    }
}
