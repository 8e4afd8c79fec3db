package tcpflowcheck.report;

import java.io.IOException;
import java.util.List;
import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.flow.FlowLimits;
import tcpflowcheck.flow.FlowTracker;
import tcpflowcheck.wire.Decoded;
import tcpflowcheck.wire.PacketDecoder;

/** Takes frames all the way to a reporter. */
final class Reports {
    private Reports() {}

    /** Reports a capture of this name that holds these frames. */
    static void report(Reporter reporter, String file, Iterable<Frame> frames) throws IOException {
        PacketDecoder decoder = new PacketDecoder();
        Summary summary = new Summary(new ForeignText(file));
        FlowOrder order = new FlowOrder(List.of(reporter), summary);
        FlowTracker tracker = new FlowTracker(FlowLimits.DEFAULT, order, 1);
        reporter.begin(new ForeignText(file), new tcpflowcheck.capture.CaptureNotes());
        for (Frame frame : frames) {
            Decoded decoded = decoder.decode(frame);
            summary.frame(decoded);
            if (decoded == Decoded.TCP) {
                tracker.accept(decoder.segment());
            } else if (decoded == Decoded.MALFORMED) {
                summary.malformed(decoder.fault().reason());
            }
        }
        tracker.end();
        order.end();
        summary.evicted(tracker.evicted());
        reporter.end(summary);
    }
}
