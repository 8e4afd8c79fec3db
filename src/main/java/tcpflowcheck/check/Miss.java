package tcpflowcheck.check;

import org.jspecify.annotations.Nullable;

/**
 * Given: something that was not as expected.
 *
 * @param place the expectation's {@code file:line}
 * @param subject what was looked at: a flow, or the capture
 * @param path the key, with dots
 * @param expected as it was written
 * @param seen as JSON would say it
 * @param frame the frame to look at, 0 if there is none
 * @param renewal what would make it right, or null if a person has to decide
 */
public record Miss(
        String place,
        String subject,
        String path,
        String expected,
        String seen,
        long frame,
        @Nullable Renewal renewal) {
    /**
     * Given: a part of an expectation's text that is to be written anew.
     *
     * @param from its first character, from 0
     * @param to the one behind it
     * @param text what is to stand there
     */
    public record Renewal(int from, int to, String text) {}

    /** The same, and a person has to decide what is right. */
    Miss undecided() {
        return new Miss(place, subject, path, expected, seen, frame);
    }

    public Miss(String place, String subject, String path, String expected, String seen, long frame) {
        this(place, subject, path, expected, seen, frame, null);
    }

    /**
     * Of what no file expects.
     *
     * @param seen a part of an object, of maps, lists, texts, numbers and truths
     */
    public static Miss of(
            String place, String subject, String path, String expected, @Nullable Object seen, long frame) {
        return new Miss(place, subject, path, expected, Shown.json(seen), frame);
    }
}
