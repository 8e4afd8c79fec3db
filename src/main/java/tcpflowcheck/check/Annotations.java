package tcpflowcheck.check;

import tcpflowcheck.capture.SafeText;

/** Workflow commands of GitHub Actions, which it shows beside the code. */
public final class Annotations {
    private Annotations() {}

    /** An error at the expectation that was missed. */
    public static String of(Miss miss) {
        int colon = miss.place().lastIndexOf(':');
        String file = miss.place().substring(0, colon);
        String line = miss.place().substring(colon + 1);
        String frame = miss.frame() > 0 ? " (frame " + miss.frame() + ")" : "";
        return "::error file=" + property(file) + ",line=" + line + ",title="
                + property("tcpflow-check: " + miss.path()) + "::"
                + data(miss.subject() + ": expected " + miss.expected() + ", seen " + miss.seen() + frame);
    }

    /** An error of a file. */
    public static String of(String file, String message) {
        return "::error file=" + property(file) + ",title=tcpflow-check::" + data(message);
    }

    /** An error without a place. */
    public static String of(String message) {
        return "::error title=tcpflow-check::" + data(message);
    }

    private static String data(String text) {
        return SafeText.of(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
