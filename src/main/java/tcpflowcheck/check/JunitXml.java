package tcpflowcheck.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tcpflowcheck.capture.SafeText;

/** Checks as JUnit XML, as CI servers read it: one suite for each capture. */
public final class JunitXml {
    /** Of a suite: CI servers choke on more. */
    private static final int MOST_PASSED = 10_000;

    /** Characters of a failure. */
    private static final int MOST_DETAILS = 1 << 16;

    /** The cases of a capture, counted by their outcome. */
    private static final class Suite {
        private final StringBuilder body = new StringBuilder();
        private final int[] counts = new int[TestCase.Outcome.values().length];
        /** Those that passed and are not listed. */
        private int more;

        void add(TestCase each) {
            int outcome = each.outcome().ordinal();
            if (each.outcome() == TestCase.Outcome.PASSED && counts[outcome] == MOST_PASSED) {
                more++;
                return;
            }
            counts[outcome]++;
            append(body, each);
        }
    }

    private JunitXml() {}

    /** The whole document. */
    public static String of(List<TestCase> cases) {
        Map<String, Suite> suites = new LinkedHashMap<>();
        for (TestCase each : cases) {
            suites.computeIfAbsent(each.suite(), name -> new Suite()).add(each);
        }
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
        suites.forEach((name, suite) -> {
            int[] count = suite.counts;
            xml.append("  <testsuite name=\"").append(attribute(name));
            xml.append("\" tests=\"").append(count[0] + count[1] + count[2] + count[3]);
            xml.append("\" failures=\"").append(count[TestCase.Outcome.FAILED.ordinal()]);
            xml.append("\" errors=\"").append(count[TestCase.Outcome.ERROR.ordinal()]);
            xml.append("\" skipped=\"")
                    .append(count[TestCase.Outcome.SKIPPED.ordinal()])
                    .append("\">\n");
            if (suite.more > 0) {
                xml.append("    <properties>\n      <property name=\"passed and not listed\" value=\"");
                xml.append(suite.more).append("\"/>\n    </properties>\n");
            }
            xml.append(suite.body).append("  </testsuite>\n");
        });
        return xml.append("</testsuites>\n").toString();
    }

    private static String shortened(String details) {
        return details.length() <= MOST_DETAILS ? details : details.substring(0, MOST_DETAILS) + "\n...\n";
    }

    private static void append(StringBuilder xml, TestCase each) {
        xml.append("    <testcase classname=\"").append(attribute(each.suite()));
        xml.append("\" name=\"").append(attribute(each.name()));
        xml.append("\" time=\"")
                .append(String.format(Locale.ROOT, "%.6f", each.seconds()))
                .append('"');
        switch (each.outcome()) {
            case PASSED -> xml.append("/>\n");
            case SKIPPED ->
                xml.append(">\n      <skipped message=\"")
                        .append(attribute(each.failure()))
                        .append("\"/>\n    </testcase>\n");
            case FAILED -> body(xml, each, "failure", "check");
            case ERROR -> body(xml, each, "error", "capture");
        }
    }

    private static void body(StringBuilder xml, TestCase each, String element, String type) {
        xml.append(">\n      <").append(element).append(" message=\"").append(attribute(each.failure()));
        xml.append("\" type=\"").append(type).append("\">").append(escape(shortened(each.details())));
        xml.append("</").append(element).append(">\n    </testcase>\n");
    }

    /** A value on one line: a reader would make a space of a line's end. */
    private static String attribute(String text) {
        return escape(SafeText.of(text));
    }

    /** What XML 1.0 forbids, and what a terminal would act on, is spelled out; line breaks stay in a body. */
    static String escape(String text) {
        StringBuilder safe = new StringBuilder();
        for (String line : text.split("(?<=\n)", -1)) {
            boolean broken = line.endsWith("\n");
            String shown = SafeText.of(broken ? line.substring(0, line.length() - 1) : line);
            safe.append(shown.replace("&", "&amp;")
                    .replace("<", "&lt;")
                    .replace(">", "&gt;")
                    .replace("\"", "&quot;"));
            safe.append(broken ? "\n" : "");
        }
        return safe.toString();
    }
}
