package tcpflowcheck.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.capture.BpfFilter;
import tcpflowcheck.capture.CaptureException;
import tcpflowcheck.capture.CaptureFile;
import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.capture.FrameSource;
import tcpflowcheck.flow.CaptureFindings;
import tcpflowcheck.flow.CrowdLimits;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.flow.FlowLimits;
import tcpflowcheck.flow.FlowTracker;
import tcpflowcheck.flow.Pace;
import tcpflowcheck.report.FlowOrder;
import tcpflowcheck.report.FrameRoad;
import tcpflowcheck.report.ObjectReporter;
import tcpflowcheck.report.Summary;
import tcpflowcheck.tcp.RuleSet;
import tcpflowcheck.wire.PacketDecoder;

/** Reads a capture to its end, and keeps each flow's object and the summary's. */
final class Reading extends ObjectReporter {
    private final List<Map<String, Object>> flows = new ArrayList<>();
    private Map<String, Object> summary = Map.of();

    private Reading() {}

    /**
     * Reads a file.
     *
     * @param name what it is called in messages
     * @param filter a pcap-filter expression, or null
     * @param dropped frames that were not captured, if that is known better than the file does; or -1
     */
    static CapturedFlows of(String path, String name, @Nullable String filter, long dropped) {
        Reading reading = new Reading();
        try {
            BpfFilter wanted = filter == null ? null : new BpfFilter(filter);
            try (FrameSource source = CaptureFile.open(path, InputStream.nullInputStream())) {
                reading.read(source, name, wanted, dropped);
            }
        } catch (CaptureException | IOException unreadable) {
            throw new UnreadableCaptureException(unreadable);
        }
        return reading.flows(name);
    }

    private void read(FrameSource source, String name, @Nullable BpfFilter filter, long dropped)
            throws CaptureException, IOException {
        ForeignText file = new ForeignText(name);
        Summary counts = new Summary(file);
        begin(file, source.notes());
        FlowOrder order = new FlowOrder(List.of(this), counts);
        CaptureFindings findings = new CaptureFindings(new RuleSet());
        Pace pace = Pace.of(Runtime.getRuntime().availableProcessors());
        try (FlowTracker tracker =
                new FlowTracker(FlowLimits.DEFAULT, CrowdLimits.DEFAULT, findings, order, pace, System.nanoTime())) {
            FrameRoad road = new FrameRoad(new PacketDecoder(), tracker, counts, findings);
            Frame frame = new Frame();
            while (source.next(frame)) {
                if (filter == null || filter.accepts(frame)) {
                    road.accept(frame);
                }
            }
            road.end(order);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        counts.notes(source.notes());
        if (dropped >= 0) {
            counts.dropped(dropped, 0);
        }
        end(counts);
    }

    private CapturedFlows flows(String name) {
        Object lost = summary.get("dropped");
        long dropped =
                lost == null ? -1 : Tree.number(summary, "dropped.kernel") + Tree.number(summary, "dropped.interface");
        Origin origin = new Origin(name, dropped);
        List<tcpflowcheck.api.Flow> given = new ArrayList<>();
        flows.forEach(object -> given.add(new tcpflowcheck.api.Flow(origin, object)));
        return new CapturedFlows(origin, given, summary);
    }

    @Override
    protected void flow(Flow flow, Map<String, Object> object) {
        flows.add(Tree.given(object));
    }

    @Override
    protected void summary(Map<String, Object> object) {
        summary = Tree.given(object);
    }
}
