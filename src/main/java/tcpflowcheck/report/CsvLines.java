package tcpflowcheck.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.capture.SafeText;

/**
 * Some fields of objects as comma-separated values (RFC 4180: a line of names, CRLF at the end of each line) or as
 * tab-separated ones. What is null is empty; a list is its elements with a semicolon between them. A text that a
 * spreadsheet would take for a formula has an apostrophe in front.
 */
final class CsvLines {
    private static final String FORMULA = "=+-@";

    private final List<String> fields;
    private final List<String[]> paths = new ArrayList<>();
    private final boolean tabs;
    private final OutputStream out;
    private final TextBuffer line = new TextBuffer();
    private boolean begun;

    /** @param fields JSON's paths */
    CsvLines(List<String> fields, boolean tabs, OutputStream out) {
        this.fields = fields;
        this.tabs = tabs;
        this.out = out;
        for (String field : fields) {
            paths.add(field.split("\\."));
        }
    }

    /** The line of names, if it was not written yet. */
    void begin() throws IOException {
        if (begun) {
            return;
        }
        begun = true;
        for (int i = 0; i < fields.size(); i++) {
            separate(i);
            text(fields.get(i));
        }
        end();
    }

    /** A line of one object. */
    void write(Map<String, Object> object) throws IOException {
        begin();
        for (int i = 0; i < paths.size(); i++) {
            separate(i);
            Object value = at(object, paths.get(i), 0);
            if (value instanceof String text) {
                text(text);
            } else if (value instanceof List<?> list) {
                text(joined(list));
            } else if (value != null && !(value instanceof Map)) {
                line.append(value.toString());
            }
        }
        end();
    }

    private void separate(int index) {
        line.append(index == 0 ? "" : tabs ? "\t" : ",");
    }

    private void end() throws IOException {
        line.append(tabs ? "\n" : "\r\n").drainTo(out);
    }

    /** What is below a path; of each element where there is a list on it. */
    private static @Nullable Object at(@Nullable Object value, String[] path, int from) {
        Object below = value;
        for (int i = from; i < path.length; i++) {
            if (below instanceof List<?> list) {
                List<Object> all = new ArrayList<>();
                for (Object element : list) {
                    all.add(at(element, path, i));
                }
                return all;
            }
            below = below instanceof Map<?, ?> map ? map.get(path[i]) : null;
        }
        return below;
    }

    private static String joined(List<?> list) {
        StringBuilder all = new StringBuilder();
        for (Object element : list) {
            String text = element instanceof List<?> inner ? joined(inner) : element == null ? "" : element.toString();
            all.append(all.length() == 0 ? "" : ";").append(text);
        }
        return all.toString();
    }

    private void text(String unsafe) {
        String safe = SafeText.of(unsafe);
        String text = !safe.isEmpty() && FORMULA.indexOf(safe.charAt(0)) >= 0 ? "'" + safe : safe;
        boolean quoted = !tabs && (text.indexOf(',') >= 0 || text.indexOf('"') >= 0);
        line.append(quoted ? "\"" + text.replace("\"", "\"\"") + "\"" : text);
    }
}
