package tcpflowcheck.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.capture.CaptureNotes;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.tcp.Closing;
import tcpflowcheck.tcp.Connection;
import tcpflowcheck.tcp.Handshake;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.wire.IcmpError;
import tcpflowcheck.wire.TcpSegment;

/** Each flow when it has ended: the verdict, then the evidence, which is collected in the flow while it lives. */
final class FlowsText implements TextView {
    private static final int LEAST_FRAME_WIDTH = 3;
    private static final int DRAIN_AT = 1 << 16;

    private final TextChoices choices;
    private final OutputStream stream;
    private final TextBuffer out = new TextBuffer();
    private final FlowHeader header;
    private final EventText meaning;
    private final SegmentLine line;
    private TimeFormat time;

    FlowsText(TextChoices choices, OutputStream stream, CaptureNotes notes) {
        this.choices = choices;
        this.stream = stream;
        header = new FlowHeader(choices.style(), choices.width(), choices.verbose() ? notes : null);
        meaning = new EventText(choices.style(), false);
        line = new SegmentLine(choices.absolute(), choices.isNarrow());
        time = choices.timeFormat();
    }

    @Override
    public void segment(Flow flow, Side side, TcpSegment segment, List<TcpEvent> events) {
        evidence(flow).segment(side, segment, events, line, meaning);
    }

    @Override
    public void icmp(Flow flow, Side side, IcmpError error, List<TcpEvent> events) {
        evidence(flow).icmp(error, events, meaning);
    }

    @Override
    public void event(Flow flow, TcpEvent event) {
        // Doubt is marked where it was told.
        if (!(event instanceof TcpEvent.Doubted)) {
            evidence(flow).event(event, meaning);
        }
    }

    private FlowEvidence evidence(Flow flow) {
        if (flow.attachment(this) instanceof FlowEvidence evidence) {
            return evidence;
        }
        FlowEvidence born = new FlowEvidence(baseOf(flow.previous()), choices.verbose());
        flow.attach(this, born);
        return born;
    }

    private RelativeBase baseOf(@Nullable Flow previous) {
        Object kept = previous == null ? null : previous.attachment(this);
        if (kept instanceof FlowEvidence evidence) {
            return evidence.base();
        }
        return kept instanceof RelativeBase base ? base : new RelativeBase();
    }

    @Override
    public void flow(Flow flow) throws IOException {
        FlowEvidence evidence = evidence(flow);
        // The next connection of these ports may still need it.
        flow.attach(this, evidence.base());
        if (!choices.only().has(flow)) {
            return;
        }
        evidence.end();
        header.append(out, flow);
        out.append('\n');
        if (choices.time() == TimeFormat.Style.SINCE_PREVIOUS) {
            time = choices.timeFormat();
        }
        long lastFrame = Math.max(flow.lastFrame(), evidence.lastFrame());
        int frameWidth = Math.max(Long.toString(lastFrame).length(), LEAST_FRAME_WIDTH);
        EventText.Known known = known(flow.connection());
        for (int i = 0; i < evidence.size(); i++) {
            entry(evidence, i, frameWidth, known);
            if (out.length() >= DRAIN_AT) {
                out.drainTo(stream);
            }
        }
        out.append('\n').drainTo(stream);
    }

    private void entry(FlowEvidence evidence, int index, int frameWidth, EventText.Known known) {
        Style style = choices.style();
        if (evidence.isSegment(index)) {
            style.begin(out, Style.Role.DIM)
                    .right(evidence.frame(index), frameWidth)
                    .append(' ');
            time.append(out, evidence.time(index));
            style.end(out);
            evidence.line(index, out);
            out.append('\n');
        } else if (evidence.isFolded(index)) {
            style.begin(out.repeat(' ', frameWidth + 1), Style.Role.DIM).append("... ");
            evidence.line(index, out);
            style.end(out).append('\n');
        }
        evidence.meaning(index, out, frameWidth + 3, meaning, known);
    }

    /** A number of steps is only given where none is missing. */
    static EventText.Known known(Connection connection) {
        Handshake handshake = connection.handshake();
        boolean opened = switch (handshake.kind()) {
            case THREE_WAY, SIMULTANEOUS, SPLIT, FAST_OPEN, REFUSED -> true;
            case UNREACHABLE, UNANSWERED, HALF_OPEN, CUT, EVICTED, MIDSTREAM -> false;
        };
        Closing closing = connection.closing();
        boolean closed = switch (closing.kind()) {
            case THREE_SEGMENT, FOUR_SEGMENT, SIMULTANEOUS -> true;
            case HALF_CLOSED, UNACKNOWLEDGED, CUT, EVICTED, RESET, OPEN, NONE -> false;
        };
        int openSteps = opened ? handshake.steps().size() : 0;
        int closeSteps = closed ? closing.frames().length : 0;
        return new EventText.Known(openSteps, closeSteps, connection.log());
    }
}
