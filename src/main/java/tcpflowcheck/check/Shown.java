package tcpflowcheck.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.report.Amount;
import tcpflowcheck.report.TextBuffer;

/** What was seen, in one line that a person reads. */
final class Shown {
    private static final int LONGEST = 200;

    private Shown() {}

    static String json(@Nullable Object seen) {
        String text = full(seen);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " ...";
    }

    /** Nanoseconds, where the expectation was written with a unit. */
    static String duration(long nanos) {
        return nanos < 0
                ? Long.toString(nanos)
                : Amount.duration(new TextBuffer(16), nanos).toString();
    }

    private static String full(@Nullable Object seen) {
        if (seen instanceof List<?> list) {
            List<String> elements = new ArrayList<>();
            for (Object element : list) {
                elements.add(
                        element instanceof Map<?, ?> map && map.containsKey("rule") ? finding(map) : full(element));
            }
            return "[" + String.join(", ", elements) + "]";
        }
        if (seen instanceof Map<?, ?> map) {
            List<String> entries = new ArrayList<>();
            map.forEach((key, value) -> entries.add(key + ": " + full(value)));
            return "{" + String.join(", ", entries) + "}";
        }
        return String.valueOf(seen);
    }

    private static String finding(Map<?, ?> finding) {
        return finding.get("rule") + " (" + finding.get("side") + ", frames " + full(finding.get("frames")) + ")";
    }
}
