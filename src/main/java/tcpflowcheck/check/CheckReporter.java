package tcpflowcheck.check;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.capture.CaptureNotes;
import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.report.FlowName;
import tcpflowcheck.report.Reporter;
import tcpflowcheck.report.Summary;
import tcpflowcheck.report.choice.FlowChoice;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.wire.TcpSegment;

/** Hands what a check needs from a run to it. */
public final class CheckReporter implements Reporter {
    private final FailOn check;
    private final FlowChoice only;
    private final boolean several;
    private final boolean tellsFlows;
    private final List<TestCase> cases = new ArrayList<>();
    private long mostFlows;
    /** The capture if there are several. */
    private @Nullable ForeignText file;

    private ForeignText capture;

    /**
     * Starts with nothing seen.
     *
     * @param only the flows that are checked
     * @param several whether more than one capture is read, so that each is named
     * @param tellsFlows whether each flow is a test case
     */
    public CheckReporter(FailOn check, FlowChoice only, boolean several, boolean tellsFlows) {
        this.only = only;
        this.tellsFlows = tellsFlows;
        this.check = check;
        this.several = several;
    }

    @Override
    public boolean wantsEvents() {
        return false;
    }

    @Override
    public boolean wantsPlain() {
        return tellsFlows;
    }

    @Override
    public void begin(ForeignText file, CaptureNotes notes) {
        this.file = several ? file : null;
        capture = file;
    }

    @Override
    public void segment(Flow flow, Side side, TcpSegment segment, List<TcpEvent> events) {}

    @Override
    public void event(Flow flow, TcpEvent event) {}

    @Override
    public void flow(Flow flow) {
        if (!only.has(flow)) {
            return;
        }
        String forbidden = check.flow(flow, file);
        if (tellsFlows) {
            String name = "stream " + flow.stream() + " " + FlowName.of(flow);
            double seconds = flow.durationNanos() / 1e9;
            cases.add(new TestCase(capture.raw(), name, seconds, forbidden == null ? "" : forbidden));
        }
    }

    /** One for each flow, if they are told. */
    public List<TestCase> cases() {
        return cases;
    }

    @Override
    public void end(Summary summary) {
        mostFlows = Math.max(mostFlows, summary.flows());
        String forbidden = check.capture(summary.captureFindings());
        if (tellsFlows && forbidden != null) {
            cases.add(new TestCase(capture.raw(), "capture", 0, forbidden));
        }
    }

    /** How many flows the capture has that has most: streams are numbered from 0. */
    public long mostFlows() {
        return mostFlows;
    }
}
