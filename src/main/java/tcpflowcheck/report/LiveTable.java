package tcpflowcheck.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.capture.CaptureNotes;
import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.wire.TcpSegment;

/**
 * The table of flows while they live, on a terminal: the newest ones that fit, each as it is now, with the states of its ends
 * until it ends. The summary follows at the end.
 */
public final class LiveTable implements TextReport, Renewing {
    /** Lines besides the flows: how many there are, the titles, and one for the status. */
    private static final int OTHER_LINES = 4;

    private final TextChoices choices;
    private final OutputStream terminal;
    private final TextReporter summary;
    private final Screen screen;
    private final TableText table;
    private final int rows;
    private final TreeMap<Long, Flow> newest = new TreeMap<>();
    private final List<Long> ended = new ArrayList<>();
    private long seen;
    private long segments;

    /** @param lines of the terminal */
    public LiveTable(TextChoices choices, OutputStream terminal, int lines) {
        this.choices = choices;
        this.terminal = terminal;
        summary = new TextReporter(choices.with(TextChoices.View.SUMMARY), terminal);
        screen = new Screen(terminal);
        table = new TableText(choices, terminal);
        rows = Math.max(lines - OTHER_LINES, 1);
    }

    @Override
    public boolean wantsEvents() {
        return true;
    }

    @Override
    public boolean wantsOrder() {
        return true;
    }

    @Override
    public void begin(ForeignText file, CaptureNotes notes) throws IOException {
        summary.begin(file, notes);
    }

    @Override
    public void segment(Flow flow, Side side, TcpSegment segment, List<TcpEvent> events) {
        segments++;
        if (choices.streams().has(flow.stream()) && (newest.isEmpty() || flow.stream() > newest.lastKey())) {
            seen = Math.max(seen, flow.stream() + 1);
            newest.put(flow.stream(), flow);
            while (newest.size() > rows) {
                ended.remove(newest.pollFirstEntry().getKey());
            }
        }
    }

    @Override
    public void event(Flow flow, TcpEvent event) {}

    @Override
    public void flow(Flow flow) {
        if (newest.containsKey(flow.stream())) {
            ended.add(flow.stream());
        }
    }

    @Override
    public void renew() throws IOException {
        TextBuffer out = new TextBuffer();
        Amount.counted(out, seen, "flow").append(", ");
        Amount.counted(out, segments, "segment").append(" so far\n");
        table.title(out);
        for (Map.Entry<Long, Flow> each : newest.entrySet()) {
            table.row(out, each.getValue(), !ended.contains(each.getKey()));
        }
        screen.show(out);
    }

    @Override
    public void end(Summary counts) throws IOException {
        renew();
        terminal.write('\n');
        summary.end(counts);
    }

    @Override
    public void total(@Nullable Function<String, String> expected) throws IOException {
        summary.total(expected);
    }
}
