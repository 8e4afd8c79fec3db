package tcpflowcheck.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.report.group.Compared;
import tcpflowcheck.report.group.FlowGroup;
import tcpflowcheck.report.group.GroupKey;
import tcpflowcheck.tcp.Durations;

/** Groups of two captures side by side, a line each: what is, and what it was in the other one. */
final class ComparedText {
    private static final int GAP = 2;
    private static final int LEAST_NAME = 12;

    /** Given: a number of a group, shown twice. */
    private record Column(String title, boolean trouble, Function<FlowGroup, String> cell) {}

    private final Style style;
    private final int width;
    private final TextBuffer text = new TextBuffer(32);

    /** @param width columns of a line; 0 if it may be as long as it is */
    ComparedText(Style style, int width) {
        this.style = style;
        this.width = width;
    }

    void append(TextBuffer out, List<GroupKey> keys, List<Compared> shown, int others) {
        List<Column> columns = columns();
        columns.removeIf(column -> shown.stream()
                .allMatch(pair -> cell(column, pair.now()).isEmpty()
                        && cell(column, pair.then()).isEmpty()));
        int name = name(keys, shown);
        int[] widths = widths(columns, shown);
        while (width > 0 && columns.size() > 2 && LEAST_NAME + sum(widths, columns.size()) > width) {
            columns.remove(columns.size() - 1);
        }
        if (width > 0) {
            name = Math.max(Math.min(name, width - sum(widths, columns.size())), LEAST_NAME);
        }
        title(out, keys, name, columns, widths);
        for (Compared pair : shown) {
            String full = String.join("  ", pair.names());
            String fitted = Shortened.to(name, full);
            out.append(fitted).repeat(' ', name - fitted.length());
            for (int i = 0; i < columns.size(); i++) {
                cell(out, cell(columns.get(i), pair.now()), widths[i], columns.get(i).trouble);
                cell(out, cell(columns.get(i), pair.then()), widths[i], false);
            }
            out.append('\n');
        }
        if (others > 0) {
            Amount.grouped(out.append("and "), others).append(others == 1 ? " other\n" : " others\n");
        }
    }

    private List<Column> columns() {
        List<Column> all = new ArrayList<>();
        all.add(new Column("flows", false, group -> number(group.flows())));
        all.add(new Column("failed", true, group -> number(group.failed())));
        all.add(new Column("resets", true, group -> number(group.troubled() - group.failed())));
        all.add(new Column("1st octet", false, group -> median(group.firstOctet())));
        all.add(new Column("connect", false, group -> median(group.connect())));
        return all;
    }

    private String number(long count) {
        text.clear();
        return count == 0 ? "" : Amount.grouped(text, count).toString();
    }

    private String median(Durations durations) {
        text.clear();
        return durations.count() == 0
                ? ""
                : Amount.duration(text, durations.median()).toString();
    }

    private static String cell(Column column, @Nullable FlowGroup group) {
        return group == null ? "" : column.cell.apply(group);
    }

    private static int name(List<GroupKey> keys, List<Compared> shown) {
        int name = keys.stream().mapToInt(key -> key.toString().length() + GAP).sum();
        for (Compared pair : shown) {
            name = Math.max(name, String.join("  ", pair.names()).length());
        }
        return name;
    }

    private static int[] widths(List<Column> columns, List<Compared> shown) {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = columns.get(i).title.length();
            for (Compared pair : shown) {
                int longest = Math.max(
                        cell(columns.get(i), pair.now()).length(),
                        cell(columns.get(i), pair.then()).length());
                widths[i] = Math.max(widths[i], longest);
            }
        }
        return widths;
    }

    private static int sum(int[] widths, int columns) {
        int sum = 0;
        for (int i = 0; i < columns; i++) {
            sum += 2 * (widths[i] + GAP);
        }
        return sum;
    }

    private void title(TextBuffer out, List<GroupKey> keys, int name, List<Column> columns, int[] widths) {
        style.begin(out, Style.Role.DIM);
        StringBuilder named = new StringBuilder();
        for (GroupKey key : keys) {
            named.append(named.length() == 0 ? "" : "  ").append(key);
        }
        out.append(named.toString()).repeat(' ', name - named.length());
        for (int i = 0; i < columns.size(); i++) {
            String title = columns.get(i).title;
            out.repeat(' ', GAP + widths[i] - title.length()).append(title);
            out.repeat(' ', GAP + widths[i] - 3).append("was");
        }
        style.end(out).append('\n');
    }

    private void cell(TextBuffer out, String cell, int width, boolean trouble) {
        String shown = cell.isEmpty() ? "-" : cell;
        out.repeat(' ', GAP + width - shown.length());
        if (cell.isEmpty()) {
            style.append(out, Style.Role.DIM, shown);
        } else if (trouble) {
            style.append(out, Style.Role.WARNING, shown);
        } else {
            out.append(shown);
        }
    }
}
