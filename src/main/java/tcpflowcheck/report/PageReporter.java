package tcpflowcheck.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import tcpflowcheck.capture.CaptureNotes;
import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.report.ladder.LadderNotes;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.wire.IcmpError;
import tcpflowcheck.wire.TcpSegment;

/**
 * Collects what a page about all captures shows: counts of all connections, and of the most telling ones, a bounded number,
 * a row, a ladder and the text.
 */
public final class PageReporter implements Reporter {
    /** Connections with a row and a drawing. */
    private static final int MOST = 2000;

    /** Given: a connection that is shown, and how telling it is. */
    private record Shown(long telling, long order, PageFlow flow) {}

    private static final Comparator<Shown> LEAST_TELLING = Comparator.comparingLong(Shown::telling)
            .thenComparing(Comparator.comparingLong(Shown::order).reversed());

    private final TextChoices choices;
    private final Summary total;
    private final PageCharts charts = new PageCharts();
    private final PriorityQueue<Shown> shown = new PriorityQueue<>(LEAST_TELLING);
    private final List<ForeignText> files = new ArrayList<>();
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private FlowsText text;
    private long order;

    /** @param choices which flows, and how their text looks */
    public PageReporter(TextChoices choices) {
        this.choices = choices.forPage();
        total = new Summary(new ForeignText(""), choices.only());
    }

    @Override
    public boolean wantsEvents() {
        return true;
    }

    @Override
    public void begin(ForeignText file, CaptureNotes notes) {
        files.add(file);
        text = new FlowsText(choices, told, notes);
    }

    private boolean isShown(Flow flow) {
        return choices.streams().has(flow.stream());
    }

    @Override
    public void segment(Flow flow, Side side, TcpSegment segment, List<TcpEvent> events) {
        if (isShown(flow)) {
            text.segment(flow, side, segment, events);
            notes(flow).segment(side, segment, events);
        }
    }

    @Override
    public void icmp(Flow flow, Side side, IcmpError error, List<TcpEvent> events) {
        if (isShown(flow)) {
            text.icmp(flow, side, error, events);
            TextBuffer says = new TextBuffer(128);
            IcmpLine.append(says, error);
            notes(flow).icmp(side, error.frame(), error.time(), says.toString(), events);
        }
    }

    @Override
    public void event(Flow flow, TcpEvent event) {
        if (isShown(flow)) {
            text.event(flow, event);
            notes(flow).event(event);
        }
    }

    private LadderNotes notes(Flow flow) {
        if (flow.attachment(this) instanceof LadderNotes notes) {
            return notes;
        }
        LadderNotes born = LadderNotes.withHeaders();
        flow.attach(this, born);
        return born;
    }

    @Override
    public void flow(Flow flow) throws IOException {
        if (!isShown(flow) || !choices.only().has(flow)) {
            return;
        }
        charts.add(flow);
        LadderNotes notes = notes(flow);
        flow.attach(this, null);
        told.reset();
        text.flow(flow);
        long telling = PageFlow.telling(flow);
        if (shown.size() == MOST && telling <= shown.peek().telling) {
            return;
        }
        if (shown.size() == MOST) {
            shown.poll();
        }
        String id = (choices.several() ? "capture-" + files.size() + "-" : "") + "stream-" + flow.stream();
        ForeignText file = choices.several() ? files.get(files.size() - 1) : null;
        String said = told.toString(StandardCharsets.UTF_8).stripTrailing();
        shown.add(new Shown(telling, order++, new PageFlow(flow, id, file, notes.end(flow), said)));
    }

    @Override
    public void end(Summary summary) {
        total.add(summary);
    }

    /** The page. */
    public String html() throws IOException {
        List<Shown> all = new ArrayList<>(shown);
        all.sort(LEAST_TELLING.reversed());
        List<PageFlow> flows = new ArrayList<>();
        for (Shown each : all) {
            flows.add(each.flow);
        }
        return new Page(files, total, charts, flows, choices).html();
    }
}
