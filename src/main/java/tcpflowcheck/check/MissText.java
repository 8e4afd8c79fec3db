package tcpflowcheck.check;

import tcpflowcheck.capture.SafeText;

/** A missed expectation as a diff: what was expected, what was seen, and where to look. */
public final class MissText {
    private MissText() {}

    /** Four lines. */
    public static String of(Miss miss) {
        return SafeText.of(miss.place()) + ": " + SafeText.of(miss.subject()) + ": " + SafeText.of(miss.path())
                + "\n  - "
                + SafeText.of(miss.expected()) + "\n  + " + SafeText.of(miss.seen())
                + (miss.frame() > 0 ? "    (frame " + miss.frame() + ")" : "") + "\n";
    }
}
