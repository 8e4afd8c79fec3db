package tcpflowcheck.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.tcp.Rule;

/** Several captures, a line each. */
final class CaptureTable {
    private static final int MAX_NAME = 60;
    private static final int MAX_FOUND = 3;

    /** Given: one capture. */
    private record Row(ForeignText file, long packets, long flows, String found, boolean complete) {}

    private final Style style;
    private final List<Row> rows = new ArrayList<>();

    CaptureTable(Style style) {
        this.style = style;
    }

    void add(Summary summary) {
        rows.add(new Row(summary.file(), summary.frames(), summary.flows(), found(summary), summary.complete()));
    }

    /** The worst and most frequent, and how many kinds there are beside them. */
    private static String found(Summary summary) {
        List<Map.Entry<Rule, Long>> found = SummaryText.worstFirst(summary);
        TextBuffer text = new TextBuffer(64);
        for (int i = 0; i < Math.min(found.size(), MAX_FOUND); i++) {
            Amount.grouped(text.append(i == 0 ? "" : ", "), found.get(i).getValue());
            text.append(' ').append(found.get(i).getKey().slug());
        }
        if (found.size() > MAX_FOUND) {
            text.append(", ").decimal(found.size() - MAX_FOUND).append(" more");
        }
        return text.toString();
    }

    /**
     * Appends the lines.
     *
     * @param expected what became of the expectations of a capture, or null if nothing was expected of any
     */
    void append(TextBuffer out, @Nullable Function<String, String> expected) {
        List<String[]> cells = new ArrayList<>();
        cells.add(new String[] {"capture", "packets", "flows", expected == null ? "" : "expected", "found"});
        for (Row row : rows) {
            String was = expected == null ? "" : expected.apply(row.file.raw());
            String cut = row.complete ? "" : "not read to its end" + (row.found.isEmpty() ? "" : ", ");
            cells.add(new String[] {name(row.file), number(row.packets), number(row.flows), was, cut + row.found});
        }
        int[] widths = new int[4];
        for (String[] line : cells) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line[i].length());
            }
        }
        for (int i = 0; i < cells.size(); i++) {
            line(out, cells.get(i), widths, i == 0);
        }
    }

    private void line(TextBuffer out, String[] cells, int[] widths, boolean heading) {
        if (heading) {
            style.begin(out, Style.Role.DIM);
        }
        out.append(cells[0]).repeat(' ', widths[0] - cells[0].length());
        for (int i = 1; i <= 2; i++) {
            out.repeat(' ', widths[i] - cells[i].length() + 2).append(cells[i]);
        }
        boolean last = cells[4].isEmpty();
        if (widths[3] > 0) {
            out.append("  ").append(cells[3]).repeat(' ', last ? 0 : widths[3] - cells[3].length());
        }
        out.append(last ? "" : "  ").append(cells[4]);
        if (heading) {
            style.end(out);
        }
        out.append('\n');
    }

    /** Its end tells captures apart. */
    private static String name(ForeignText file) {
        String safe = file.safe();
        return safe.length() <= MAX_NAME ? safe : "..." + safe.substring(safe.length() - MAX_NAME + 3);
    }

    private static String number(long number) {
        return Amount.grouped(new TextBuffer(16), number).toString();
    }
}
