package tcpflowcheck.check;

/**
 * Given: something that was not as expected.
 *
 * @param place the expectation's {@code file:line}
 * @param subject what was looked at: a flow, or the capture
 * @param path the key, with dots
 * @param expected as it was written
 * @param seen as JSON would say it
 * @param frame the frame to look at, 0 if there is none
 */
public record Miss(String place, String subject, String path, String expected, String seen, long frame) {
    /**
     * Of what no file expects.
     *
     * @param seen a part of an object, of maps, lists, texts, numbers and truths
     */
    public static Miss of(String place, String subject, String path, String expected, Object seen, long frame) {
        return new Miss(place, subject, path, expected, Shown.json(seen), frame);
    }
}
