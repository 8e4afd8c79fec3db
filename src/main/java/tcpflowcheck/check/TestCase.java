package tcpflowcheck.check;

import java.util.List;
import tcpflowcheck.report.SafeText;

/**
 * Given: a check as test reports tell it.
 *
 * @param suite the capture
 * @param name what was checked
 * @param seconds how long the flow lasted, 0 if it is none
 * @param failure in one line, or null
 * @param details for the failure's body
 */
public record TestCase(String suite, String name, double seconds, String failure, String details) {
    static String diff(Miss miss) {
        return SafeText.of(miss.place()) + ": " + SafeText.of(miss.subject()) + "\n  " + SafeText.of(miss.path())
                + "\n    - " + SafeText.of(miss.expected()) + "\n    + " + SafeText.of(miss.seen())
                + (miss.frame() > 0 ? "    frame " + miss.frame() : "") + "\n";
    }

    /** A section of an expectation. */
    public static TestCase of(String suite, ExpectationFile.Checked checked) {
        List<Miss> misses = checked.misses();
        if (misses.isEmpty()) {
            return new TestCase(suite, checked.section(), 0, null, "");
        }
        StringBuilder details = new StringBuilder();
        misses.forEach(miss -> details.append(diff(miss)));
        Miss first = misses.get(0);
        String more = misses.size() > 1 ? " and " + (misses.size() - 1) + " more" : "";
        String failure = first.path() + ": expected " + first.expected() + ", seen " + first.seen() + more;
        return new TestCase(suite, checked.section(), 0, failure, details.toString());
    }
}
