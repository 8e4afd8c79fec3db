package tcpflowcheck.report;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import tcpflowcheck.capture.CaptureNotes;
import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.wire.TcpSegment;

/** Gives the objects that {@code --json} would print, as trees of maps, for who looks into them. */
public abstract class ObjectReporter implements Reporter {
    private final JsonTree tree = new JsonTree();
    private final JsonReporter json = new JsonReporter(tree);

    /** A flow has ended. */
    protected abstract void flow(Flow flow, Map<String, Object> object) throws IOException;

    /** A capture has ended; {@code object} is its summary's. */
    protected abstract void summary(Map<String, Object> object) throws IOException;

    @Override
    public boolean wantsEvents() {
        return true;
    }

    @Override
    public void begin(ForeignText file, CaptureNotes notes) {
        json.begin(file, notes);
    }

    @Override
    public final void segment(Flow flow, Side side, TcpSegment segment, List<TcpEvent> events) {
        json.segment(flow, side, segment, events);
    }

    @Override
    public final void event(Flow flow, TcpEvent event) {
        json.event(flow, event);
    }

    @Override
    public final void flow(Flow flow) throws IOException {
        json.flow(flow);
        flow(flow, tree.object());
    }

    @Override
    public final void end(Summary summary) throws IOException {
        json.end(summary);
        summary(tree.object());
    }
}
