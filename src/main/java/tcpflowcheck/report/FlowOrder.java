package tcpflowcheck.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.flow.FlowListener;
import tcpflowcheck.flow.PlainFlow;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.wire.IcmpError;
import tcpflowcheck.wire.TcpSegment;

/**
 * Hands what a tracker tells to the reporters, flows in the order of their streams as far as a window allows: a flow
 * that has ended waits for an older one that still runs until too many wait, but not for one that has been silent for long.
 */
public final class FlowOrder implements FlowListener {
    private static final int WINDOW = 10_000;

    private final List<Reporter> reporters;
    private final List<Reporter> listening;
    private final List<Reporter> measuring = new ArrayList<>();
    private final Summary summary;
    private final PriorityQueue<Flow> waiting = new PriorityQueue<>(new ByStream());
    /** Those that nothing waits for although they have not ended. */
    private final StreamSet silent = new StreamSet();

    private final int window;
    private final long mostOctets;
    /** About how much memory those take that wait. */
    private long octets;

    private boolean wantsOrder;
    private boolean wantsPlain;
    private long next;

    private static final class ByStream implements Comparator<Flow> {
        @Override
        public int compare(Flow a, Flow b) {
            return Long.compare(a.stream(), b.stream());
        }
    }

    public FlowOrder(List<Reporter> reporters, Summary summary) {
        this(reporters, summary, false, Long.MAX_VALUE);
    }

    /**
     * Starts with no flow.
     *
     * @param atOnce each flow is told when it ends, as a live capture wants it, without waiting for older ones
     * @param mostOctets of memory that those may take that wait
     */
    public FlowOrder(List<Reporter> reporters, Summary summary, boolean atOnce, long mostOctets) {
        this.mostOctets = mostOctets;
        window = atOnce ? 0 : WINDOW;
        this.reporters = reporters;
        listening = new ArrayList<>();
        wantsPlain = !summary.countsAll();
        for (Reporter reporter : reporters) {
            wantsPlain |= reporter.wantsPlain();
            if (reporter.measuresPlain()) {
                measuring.add(reporter);
            }
            if (reporter.wantsEvents()) {
                listening.add(reporter);
                wantsOrder |= reporter.wantsOrder();
            }
        }
        this.summary = summary;
    }

    @Override
    public boolean wantsEvents() {
        for (int i = 0; i < listening.size(); i++) {
            if (listening.get(i).wantsEvents()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean wantsOrder() {
        return wantsOrder;
    }

    @Override
    public boolean wantsPlain() {
        return wantsPlain;
    }

    @Override
    public boolean measuresPlain() {
        return !measuring.isEmpty();
    }

    @Override
    public void segment(Flow flow, Side side, TcpSegment segment, List<TcpEvent> events) {
        try {
            for (int i = 0; i < listening.size(); i++) {
                listening.get(i).segment(flow, side, segment, events);
            }
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        }
    }

    @Override
    public void icmp(Flow flow, Side side, IcmpError error, List<TcpEvent> events) {
        try {
            for (Reporter reporter : listening) {
                reporter.icmp(flow, side, error, events);
            }
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        }
    }

    @Override
    public void event(Flow flow, TcpEvent event) {
        try {
            for (Reporter reporter : listening) {
                reporter.event(flow, event);
            }
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        }
    }

    @Override
    public void plain(PlainFlow flow) {
        summary.plain(flow);
        for (int i = 0; i < measuring.size(); i++) {
            measuring.get(i).plain(flow);
        }
        silent(flow.stream());
    }

    @Override
    public void flow(Flow flow) {
        summary.flow(flow);
        if (flow.stream() <= next) {
            tell(flow);
        } else {
            waiting.add(flow);
            octets += flow.memory();
        }
        goOn();
    }

    @Override
    public void silent(long stream) {
        if (window > 0 && stream >= next) {
            silent.add(stream);
            goOn();
        }
    }

    private void goOn() {
        next = silent.nextAbsent(next);
        while (!waiting.isEmpty()
                && (waiting.peek().stream() <= next || waiting.size() > window || octets > mostOctets)) {
            Flow flow = waiting.poll();
            octets -= flow.memory();
            tell(flow);
            next = silent.nextAbsent(next);
        }
    }

    /** No flow is to come: tells those that still wait. */
    public void end() {
        while (!waiting.isEmpty()) {
            tell(waiting.poll());
        }
    }

    private void tell(Flow flow) {
        next = Math.max(next, flow.stream() + 1);
        try {
            for (Reporter reporter : reporters) {
                reporter.flow(flow);
            }
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        }
    }
}
