package tcpflowcheck.report;

import tcpflowcheck.capture.Frame;
import tcpflowcheck.flow.CaptureFindings;
import tcpflowcheck.flow.FlowTracker;
import tcpflowcheck.wire.Decoded;
import tcpflowcheck.wire.PacketDecoder;

/** The way of each frame of one capture: it is decoded, counted, and told to the flow that it belongs to. */
public final class FrameRoad {
    private final PacketDecoder decoder;
    private final FlowTracker tracker;
    private final Summary summary;
    private final CaptureFindings findings;

    /**
     * Starts before the first frame.
     *
     * @param decoder of this capture alone: what it remembers, fragments and addresses, is the capture's
     */
    public FrameRoad(PacketDecoder decoder, FlowTracker tracker, Summary summary, CaptureFindings findings) {
        this.decoder = decoder;
        this.tracker = tracker;
        this.summary = summary;
        this.findings = findings;
    }

    /**
     * A frame has passed.
     *
     * @param frame lent
     * @return what it holds
     */
    public Decoded accept(Frame frame) {
        Decoded decoded = decoder.decode(frame);
        summary.frame(frame, decoded, decoder);
        findings.frame(frame);
        track(frame, decoded);
        return decoded;
    }

    /**
     * A frame has passed that is counted elsewhere.
     *
     * @param frame lent
     */
    public void follow(Frame frame) {
        track(frame, decoder.decode(frame));
    }

    private void track(Frame frame, Decoded decoded) {
        if (decoded == Decoded.TCP) {
            tracker.accept(decoder.segment());
        } else if (decoded == Decoded.ICMP) {
            if (!tracker.icmp(decoder.icmp())) {
                summary.unmatchedIcmp();
            }
        } else {
            tracker.clock(frame.number(), frame.time());
            if (decoded == Decoded.MALFORMED && decoder.fault().reason().segmentKnown()) {
                tracker.malformed(decoder.segment());
            }
        }
    }

    /** No frame is to come: what still runs ends, and the summary gets what is counted at the end. */
    public void end(FlowOrder order) {
        findings.fragments(decoder.fragments());
        tracker.end();
        order.end();
        summary.evicted(tracker.evicted());
        summary.late(tracker.late());
        summary.capture(findings);
    }
}
