package tcpflowcheck.cluster;

import java.util.List;
import tcpflowcheck.capture.CaptureNotes;
import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.report.Reporter;
import tcpflowcheck.report.Summary;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.wire.TcpSegment;

/** Looks at flows that have ended, and at nothing else. */
abstract class FlowReporter implements Reporter {
    @Override
    public final boolean wantsEvents() {
        return false;
    }

    @Override
    public final void begin(ForeignText file, CaptureNotes notes) {}

    @Override
    public final void segment(Flow flow, Side side, TcpSegment segment, List<TcpEvent> events) {}

    @Override
    public final void event(Flow flow, TcpEvent event) {}

    @Override
    public abstract void flow(Flow flow);

    @Override
    public final void end(Summary summary) {}
}
