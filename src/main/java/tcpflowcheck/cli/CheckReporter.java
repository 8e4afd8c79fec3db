package tcpflowcheck.cli;

import java.util.List;
import tcpflowcheck.check.FailOn;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.report.Reporter;
import tcpflowcheck.report.Summary;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.wire.TcpSegment;

/** Hands what a check needs from a run to it. */
final class CheckReporter implements Reporter {
    private final FailOn check;
    private final boolean several;
    private String file;

    /** @param several whether more than one capture is read, so that each is named */
    CheckReporter(FailOn check, boolean several) {
        this.check = check;
        this.several = several;
    }

    @Override
    public boolean wantsEvents() {
        return false;
    }

    @Override
    public void begin(String file) {
        this.file = several ? file : null;
    }

    @Override
    public void segment(Flow flow, Side side, TcpSegment segment, List<TcpEvent> events) {}

    @Override
    public void event(Flow flow, TcpEvent event) {}

    @Override
    public void flow(Flow flow) {
        check.flow(flow, file);
    }

    @Override
    public void end(Summary summary) {
        check.capture(summary.captureFindings());
    }
}
