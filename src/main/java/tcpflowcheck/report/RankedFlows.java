package tcpflowcheck.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.capture.CaptureNotes;
import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.report.choice.FlowChoice;
import tcpflowcheck.report.choice.SortKey;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.wire.IcmpError;
import tcpflowcheck.wire.TcpSegment;

/**
 * Tells another report the flows of each capture at its end, the first by a key first, and no more than some. It holds as
 * many as it tells.
 */
public final class RankedFlows implements TextReport {
    /** Given: a flow and what it is sorted by. */
    private record Ranked(long rank, Flow flow) {}

    /** The one to be told last, first. */
    private static final Comparator<Ranked> LAST_FIRST = Comparator.comparingLong(Ranked::rank)
            .thenComparing(
                    Comparator.comparingLong((Ranked one) -> one.flow.stream()).reversed());

    private final Reporter report;
    private final SortKey key;
    private final int top;
    private final ShownStreams streams;
    private final FlowChoice only;
    private final PriorityQueue<Ranked> held = new PriorityQueue<>(LAST_FIRST);

    /**
     * Starts with no flow.
     *
     * @param report gets the flows
     * @param top how many at most
     * @param streams which flows are told
     * @param only which flows are told, too
     */
    public RankedFlows(Reporter report, SortKey key, int top, ShownStreams streams, FlowChoice only) {
        this.report = report;
        this.key = key;
        this.top = top;
        this.streams = streams;
        this.only = only;
    }

    @Override
    public boolean wantsEvents() {
        return report.wantsEvents();
    }

    @Override
    public void begin(ForeignText file, CaptureNotes notes) throws IOException {
        report.begin(file, notes);
    }

    @Override
    public void segment(Flow flow, Side side, TcpSegment segment, List<TcpEvent> events) throws IOException {
        report.segment(flow, side, segment, events);
    }

    @Override
    public void icmp(Flow flow, Side side, IcmpError error, List<TcpEvent> events) throws IOException {
        report.icmp(flow, side, error, events);
    }

    @Override
    public void event(Flow flow, TcpEvent event) throws IOException {
        report.event(flow, event);
    }

    @Override
    public void flow(Flow flow) {
        if (!streams.has(flow.stream()) || !only.has(flow)) {
            return;
        }
        Ranked next = new Ranked(key.rank(flow), flow);
        if (held.size() < top) {
            held.add(next);
        } else if (LAST_FIRST.compare(next, held.peek()) > 0) {
            held.poll();
            held.add(next);
        }
    }

    @Override
    public void end(Summary summary) throws IOException {
        List<Ranked> first = new ArrayList<>(held);
        held.clear();
        first.sort(LAST_FIRST.reversed());
        for (Ranked each : first) {
            report.flow(each.flow);
        }
        report.end(summary);
    }

    @Override
    public void total(@Nullable Function<String, String> expected) throws IOException {
        if (report instanceof TextReport text) {
            text.total(expected);
        }
    }
}
