package tcpflowcheck.flow;

import java.util.ArrayList;
import java.util.List;
import tcpflowcheck.tcp.Ending;
import tcpflowcheck.tcp.OctetLog;
import tcpflowcheck.tcp.Rule;
import tcpflowcheck.tcp.Severity;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.tcp.evidence.SightingRoom;
import tcpflowcheck.wire.IcmpError;
import tcpflowcheck.wire.TcpSegment;

/** Shows flows their segments, and a listener what comes of it. */
final class FlowEvents {
    private final FlowListener listener;
    private final CaptureFindings findings;
    private final OctetLog octets = new OctetLog();
    private final SightingRoom room = new SightingRoom();
    private final long twoMslNanos;
    private final List<TcpEvent> events = new ArrayList<>();
    private final TcpEvent.Sink sink = new TcpEvent.Sink() {
        @Override
        public boolean hears() {
            return listener.wantsEvents();
        }

        @Override
        public void event(TcpEvent event) {
            events.add(event);
        }

        @Override
        public boolean ignores(Rule rule, Severity severity) {
            return findings.ignored().contains(rule, severity);
        }

        @Override
        public void foundInCapture(Rule rule, TcpSegment segment) {
            findings.count(rule, segment.frame());
        }
    };

    FlowEvents(FlowLimits limits, FlowListener listener, CaptureFindings findings) {
        twoMslNanos = 2 * limits.mslNanos();
        this.listener = listener;
        this.findings = findings;
    }

    /** Where the text of segments is kept. */
    OctetLog octets() {
        return octets;
    }

    /** A flow to which its first segment is still to be shown. */
    Flow born(FlowKey key, TcpSegment first, long stream) {
        return new Flow(key, first, stream, sink, octets, room);
    }

    void segment(Flow flow, Side side, TcpSegment segment) {
        try {
            flow.pass(side, segment);
            listener.segment(flow, side, segment, events);
        } catch (OutOfMemoryError ended) {
            throw broken(flow, ended);
        }
        if (!events.isEmpty()) {
            events.clear();
        }
    }

    /** An ICMP error that quotes a segment of a side. */
    void icmp(Flow flow, Side side, IcmpError error) {
        try {
            flow.pass(side, error);
            listener.icmp(flow, side, error, events);
        } catch (OutOfMemoryError ended) {
            throw broken(flow, ended);
        }
        events.clear();
    }

    private OutOfMemoryError broken(Flow flow, OutOfMemoryError ended) {
        flow.broken = true;
        events.clear();
        return ended;
    }

    /** A segment whose data offset is wrong. */
    void malformed(Flow flow, Side side, TcpSegment segment) {
        flow.connection().onMalformed(side, segment);
        tell(flow);
    }

    /** A segment of another flow shows something of this one. */
    void found(Flow flow, Rule rule, Side side, TcpSegment shows, String message) {
        flow.connection().found(rule, side, shows.frame(), shows.time(), message);
        tell(flow);
    }

    /**
     * A flow ends. Once its time is over nothing counts any more: which frame of another flow shows that is chance. One that
     * is broken is not told: its listener may know less of it than of others.
     *
     * @param frame that shows the clock of the capture to stand at {@code now}
     */
    void end(Flow flow, long frame, long now, Ending ending) {
        if (flow.broken) {
            return;
        }
        long until = flow.ownTime(Math.min(now, flow.deadline));
        flow.connection().clock(frame, until, twoMslNanos);
        flow.end(until, ending);
        tell(flow);
        listener.flow(flow);
    }

    void plain(PlainFlow flow) {
        listener.plain(flow);
    }

    /** A flow of this stream goes on, but has been silent for long. */
    void silent(long stream) {
        listener.silent(stream);
    }

    private void tell(Flow flow) {
        for (int i = 0; i < events.size(); i++) {
            listener.event(flow, events.get(i));
        }
        events.clear();
    }
}
