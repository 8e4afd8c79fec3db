package tcpflowcheck.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.capture.CaptureNotes;
import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.wire.IcmpError;
import tcpflowcheck.wire.TcpSegment;

/**
 * The report as text. What it has to say is written before each call returns, flushing is up to the caller. It keeps
 * what it needs with the flows ({@link Flow#attach}).
 */
public final class TextReporter implements TextReport {
    private final TextChoices choices;
    private final OutputStream stream;
    private final TextBuffer out = new TextBuffer(1024);
    private final SummaryText summaryText;
    private final Summary total;
    private final CaptureTable table;
    private @Nullable TextView view;
    private int captures;
    private long totalElapsed;
    private long began;

    /** @param stream best one that buffers */
    public TextReporter(TextChoices choices, OutputStream stream) {
        this.choices = choices;
        this.stream = stream;
        total = new Summary(new ForeignText(""), choices.only());
        table = new CaptureTable(choices.style());
        summaryText = new SummaryText(choices);
    }

    @Override
    public boolean wantsEvents() {
        return choices.view() != TextChoices.View.SUMMARY && choices.view() != TextChoices.View.TABLE;
    }

    @Override
    public boolean wantsPlain() {
        return choices.view() != TextChoices.View.SUMMARY;
    }

    @Override
    public boolean wantsOrder() {
        return choices.view() == TextChoices.View.EVENTS || choices.view() == TextChoices.View.SEGMENTS;
    }

    @Override
    public void begin(ForeignText file, CaptureNotes notes) throws IOException {
        began = now();
        view = choices.newView(stream, notes);
        if (choices.several() && view != null) {
            out.append("==> ").append(file.safe()).append(" <==\n\n").drainTo(stream);
        }
    }

    @Override
    public void segment(Flow flow, Side side, TcpSegment segment, List<TcpEvent> events) throws IOException {
        if (view != null && choices.streams().has(flow.stream())) {
            view.segment(flow, side, segment, events);
        }
    }

    @Override
    public void icmp(Flow flow, Side side, IcmpError error, List<TcpEvent> events) throws IOException {
        if (view != null && choices.streams().has(flow.stream())) {
            view.icmp(flow, side, error, events);
        }
    }

    @Override
    public void event(Flow flow, TcpEvent event) throws IOException {
        if (view != null && choices.streams().has(flow.stream())) {
            view.event(flow, event);
        }
    }

    @Override
    public void flow(Flow flow) throws IOException {
        if (view != null && choices.streams().has(flow.stream())) {
            view.flow(flow);
        }
    }

    /**
     * The capture has ended, of which nothing is told but in the total.
     *
     * @return how long it took, nanoseconds
     */
    long count(Summary summary) {
        long elapsed = now() - began;
        captures++;
        total.add(summary);
        if (choices.several()) {
            table.add(summary);
        }
        totalElapsed += elapsed;
        return elapsed;
    }

    @Override
    public void end(Summary summary) throws IOException {
        long elapsed = count(summary);
        if (view != null) {
            view.end();
        }
        boolean lines = view instanceof TableText || view instanceof EventsText || view instanceof SegmentsText;
        if (lines && !(view instanceof TableText rows && rows.isEmpty())) {
            out.append('\n');
        }
        String title = choices.several() ? summary.file().safe() : "1 capture";
        summaryText.append(out, title, summary, choices.stopwatch() == null ? -1 : elapsed);
        if (choices.several()) {
            out.append('\n');
        }
        out.drainTo(stream);
    }

    @Override
    public void total(@Nullable Function<String, String> expected) throws IOException {
        if (choices.several()) {
            table.append(out, expected);
            out.append('\n');
            String title =
                    Amount.counted(new TextBuffer(32), captures, "capture").toString();
            summaryText.append(out, title, total, choices.stopwatch() == null ? -1 : totalElapsed);
            out.drainTo(stream);
        }
    }

    private long now() {
        return choices.stopwatch() == null ? 0 : choices.stopwatch().getAsLong();
    }
}
