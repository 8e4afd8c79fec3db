package tcpflowcheck.report;

import java.util.List;
import java.util.Map;

/** A tree of maps, lists, texts, numbers and truths as JSON that people read: indented, a member a line. */
public final class JsonDocument {
    private static final int INDENT = 2;

    private final TextBuffer out;
    private final JsonWriter words;

    public JsonDocument(TextBuffer out) {
        this.out = out;
        words = new JsonWriter(out);
    }

    /** Appends the whole document and ends its line. */
    public void append(Map<String, Object> document) {
        value(document, 0);
        out.append('\n');
    }

    private void value(Object value, int depth) {
        if (value instanceof Map<?, ?> map) {
            out.append('{');
            String separator = "";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                line(separator, depth + 1);
                scalar(entry.getKey().toString());
                out.append(": ");
                value(entry.getValue(), depth + 1);
                separator = ",";
            }
            close('}', map.isEmpty(), depth);
        } else if (value instanceof List<?> list) {
            boolean plain = list.stream().noneMatch(each -> each instanceof Map || each instanceof List);
            out.append('[');
            String separator = "";
            for (Object each : list) {
                if (plain) {
                    out.append(separator.isEmpty() ? "" : ", ");
                } else {
                    line(separator, depth + 1);
                }
                value(each, depth + 1);
                separator = ",";
            }
            close(']', plain, depth);
        } else {
            scalar(value);
        }
    }

    private void line(String separator, int depth) {
        out.append(separator).append('\n');
        for (int i = 0; i < INDENT * depth; i++) {
            out.append(' ');
        }
    }

    private void close(char bracket, boolean same, int depth) {
        if (!same) {
            line("", depth);
        }
        out.append(bracket);
    }

    private void scalar(Object value) {
        if (value instanceof String text) {
            words.alone(text);
        } else {
            out.append(String.valueOf(value));
        }
    }
}
