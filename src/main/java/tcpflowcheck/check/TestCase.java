package tcpflowcheck.check;

import java.util.List;
import tcpflowcheck.capture.SafeText;

/**
 * Given: a check as test reports tell it.
 *
 * @param suite the capture
 * @param name what was checked
 * @param seconds how long the flow lasted, 0 if it is none
 * @param failure in one line, empty if it passed
 * @param details for the failure's body
 * @param outcome what it came to
 */
public record TestCase(String suite, String name, double seconds, String failure, String details, Outcome outcome) {
    /** As JUnit has them. */
    public enum Outcome {
        PASSED,
        FAILED,
        /** It could not be checked. */
        ERROR,
        /** There was nothing to check; {@code failure} says why. */
        SKIPPED
    }

    /** One that passed if there is no failure. */
    TestCase(String suite, String name, double seconds, String failure) {
        this(suite, name, seconds, failure, failure.isEmpty() ? "" : failure + "\n");
    }

    private TestCase(String suite, String name, double seconds, String failure, String details) {
        this(suite, name, seconds, failure, details, failure.isEmpty() ? Outcome.PASSED : Outcome.FAILED);
    }

    /** A capture that could not be read, or not to its end. */
    public static TestCase unreadable(String suite, String message) {
        return new TestCase(suite, "read", 0, message, message + "\n", Outcome.ERROR);
    }

    /** A capture of which nothing is expected. */
    static TestCase skipped(String suite, String why) {
        return new TestCase(suite, "expectation", 0, why, "", Outcome.SKIPPED);
    }

    static String diff(Miss miss) {
        return SafeText.of(miss.place()) + ": " + SafeText.of(miss.subject()) + "\n  " + SafeText.of(miss.path())
                + "\n    - " + SafeText.of(miss.expected()) + "\n    + " + SafeText.of(miss.seen())
                + (miss.frame() > 0 ? "    frame " + miss.frame() : "") + "\n";
    }

    /** A section of an expectation. */
    public static TestCase of(String suite, ExpectationFile.Checked checked) {
        List<Miss> misses = checked.misses();
        if (misses.isEmpty()) {
            return new TestCase(suite, checked.section(), 0, "");
        }
        StringBuilder details = new StringBuilder();
        misses.forEach(miss -> details.append(diff(miss)));
        Miss first = misses.get(0);
        String more = misses.size() > 1 ? " and " + (misses.size() - 1) + " more" : "";
        String failure = first.path() + ": expected " + first.expected() + ", seen " + first.seen() + more;
        return new TestCase(suite, checked.section(), 0, failure, details.toString());
    }
}
