package tcpflowcheck.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.wire.IcmpError;
import tcpflowcheck.wire.TcpSegment;

/**
 * Each segment as it passes: the frame as tcpdump's {@code -#} prints it, the stream, tcpdump's line, and under it what
 * it meant.
 */
final class SegmentsText implements TextView {
    /** Columns in front of the time, unless a number is longer than usual. */
    static final int PLACE_WIDTH = 20;

    private static final int FRAME_WIDTH = 5;

    private final TextChoices choices;
    private final OutputStream stream;
    private final TextBuffer out = new TextBuffer();
    private final TextBuffer marked = new TextBuffer(256);
    private final EventText meaning;
    private final SegmentLine line;
    private final TimeFormat time;

    SegmentsText(TextChoices choices, OutputStream stream) {
        this.choices = choices;
        this.stream = stream;
        meaning = new EventText(choices.style(), true);
        line = new SegmentLine(choices.absolute(), choices.isNarrow());
        time = choices.timeFormat();
    }

    @Override
    public void segment(Flow flow, Side side, TcpSegment segment, List<TcpEvent> events) throws IOException {
        RelativeBase base = base(flow);
        if (choices.onlyFindings() && !hasFinding(events)) {
            if (segment.isAck()) {
                base.record(segment, RelativeBase.fromUpper(segment));
            }
            return;
        }
        place(out, choices.style(), segment.frame(), flow.stream());
        time.append(out, segment.time());
        choices.style().end(out);
        line.append(out, segment, base);
        out.append('\n');
        if (!events.isEmpty()) {
            meaning.append(marked, segment.frame(), events);
            layMeaning(PLACE_WIDTH);
        }
        out.drainTo(stream);
    }

    @Override
    public void icmp(Flow flow, Side side, IcmpError error, List<TcpEvent> events) throws IOException {
        if (choices.onlyFindings() && !hasFinding(events)) {
            return;
        }
        place(out, choices.style(), error.frame(), flow.stream());
        time.append(out, error.time());
        choices.style().end(out);
        IcmpLine.append(out, error);
        out.append('\n');
        if (!events.isEmpty()) {
            meaning.append(marked, error.frame(), events);
            layMeaning(PLACE_WIDTH);
        }
        out.drainTo(stream);
    }

    @Override
    public void event(Flow flow, TcpEvent event) throws IOException {
        if (choices.onlyFindings() && !(event instanceof TcpEvent.Found)) {
            return;
        }
        place(out, choices.style(), event.frame(), flow.stream());
        choices.style().end(out);
        meaning.append(marked, event);
        layMeaning(0);
        out.drainTo(stream);
    }

    private void layMeaning(int indent) {
        meaning.lay(out, marked, 0, marked.length(), indent, EventText.Known.AT_THAT_MOMENT);
        marked.clear();
    }

    @Override
    public void flow(Flow flow) {}

    private static boolean hasFinding(List<TcpEvent> events) {
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) instanceof TcpEvent.Found) {
                return true;
            }
        }
        return false;
    }

    private RelativeBase base(Flow flow) {
        if (flow.attachment(this) instanceof RelativeBase base) {
            return base;
        }
        Flow previous = flow.previous();
        Object kept = previous == null ? null : previous.attachment(this);
        RelativeBase base = kept instanceof RelativeBase known ? known : new RelativeBase();
        flow.attach(this, base);
        return base;
    }

    /** {@code     1  stream 0     }, dim until the end of the time that follows. */
    static void place(TextBuffer out, Style style, long frame, long stream) {
        int codes = style.begin(out, Style.Role.DIM).length();
        out.right(frame, FRAME_WIDTH).append("  stream ").decimal(stream);
        int width = out.length() - codes;
        out.repeat(' ', Math.max(PLACE_WIDTH - width, 2));
    }
}
