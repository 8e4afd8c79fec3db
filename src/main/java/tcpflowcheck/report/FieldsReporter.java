package tcpflowcheck.report;

import java.io.IOException;
import java.util.List;
import tcpflowcheck.capture.CaptureNotes;
import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.report.choice.FlowChoice;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.wire.TcpSegment;

/** Some fields of each flow's JSON object. */
public final class FieldsReporter implements Reporter {
    private final JsonTree tree = new JsonTree();
    private final JsonReporter objects = new JsonReporter(tree);
    private final Fields fields;
    private final ShownStreams streams;
    private final FlowChoice only;

    /**
     * Starts with no flow.
     *
     * @param streams the flows to tell
     * @param only which of them
     */
    public FieldsReporter(Fields fields, ShownStreams streams, FlowChoice only) {
        this.fields = fields;
        this.streams = streams;
        this.only = only;
    }

    @Override
    public boolean wantsEvents() {
        return true;
    }

    @Override
    public void begin(ForeignText file, CaptureNotes notes) throws IOException {
        objects.begin(file, notes);
        fields.begin();
    }

    @Override
    public void segment(Flow flow, Side side, TcpSegment segment, List<TcpEvent> events) {
        objects.segment(flow, side, segment, events);
    }

    @Override
    public void event(Flow flow, TcpEvent event) {}

    @Override
    public void flow(Flow flow) throws IOException {
        if (streams.has(flow.stream()) && only.has(flow)) {
            objects.flow(flow);
            fields.write(tree.object());
        }
    }

    @Override
    public void end(Summary summary) throws IOException {
        if (fields.hasSummaries()) {
            objects.end(summary);
            fields.whole(tree.object());
        }
        fields.flush();
    }
}
