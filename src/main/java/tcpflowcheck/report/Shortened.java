package tcpflowcheck.report;

/** Texts that are too long for their column: without what is in their middle, for both ends tell more. */
final class Shortened {
    /** Characters in front of what is left out; the end of an address or a word tells most. */
    private static final int BEGINNING = 4;

    private static final String LEFT_OUT = "..";

    private Shortened() {}

    /** @param width at least 4 */
    static String to(int width, String text) {
        if (text.length() <= width) {
            return text;
        }
        int tail = width - LEFT_OUT.length() - Math.min(BEGINNING, width / 2);
        return text.substring(0, width - LEFT_OUT.length() - tail) + LEFT_OUT + text.substring(text.length() - tail);
    }
}
