package tcpflowcheck.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.wire.IcmpError;
import tcpflowcheck.wire.TcpSegment;

/** Each event as it happens, a line each; in front of a flow's first, one that says between whom it is. */
final class EventsText implements TextView, TcpEvent.Visitor<Void> {
    private static final Object INTRODUCED = new Object();

    private final TextChoices choices;
    private final OutputStream stream;
    private final TextBuffer out = new TextBuffer();
    private final Style style;
    private final TimeFormat time;

    EventsText(TextChoices choices, OutputStream stream) {
        this.choices = choices;
        this.stream = stream;
        style = choices.style();
        time = choices.timeFormat();
    }

    @Override
    public void segment(Flow flow, Side side, TcpSegment segment, List<TcpEvent> events) throws IOException {
        if (!choices.onlyFindings()) {
            introduce(flow, segment.frame(), segment.time());
        }
        for (int i = 0; i < events.size(); i++) {
            line(flow, events.get(i));
        }
        out.drainTo(stream);
    }

    @Override
    public void icmp(Flow flow, Side side, IcmpError error, List<TcpEvent> events) throws IOException {
        for (int i = 0; i < events.size(); i++) {
            line(flow, events.get(i));
        }
        out.drainTo(stream);
    }

    @Override
    public void event(Flow flow, TcpEvent event) throws IOException {
        line(flow, event);
        out.drainTo(stream);
    }

    @Override
    public void flow(Flow flow) {}

    private void introduce(Flow flow, long frame, long when) {
        if (flow.attachment(this) == null) {
            flow.attach(this, INTRODUCED);
            place(flow, frame, when);
            style.begin(out, Style.Role.TITLE);
            style.end(FlowHeader.addresses(out, flow));
            out.append(flow.connection().midstream() ? ", midstream\n" : "\n");
        }
    }

    private void line(Flow flow, TcpEvent event) {
        if (choices.onlyFindings()) {
            if (!(event instanceof TcpEvent.Found)) {
                return;
            }
            introduce(flow, event.frame(), event.time());
        }
        place(flow, event.frame(), event.time());
        event.accept(this);
        out.append('\n');
    }

    private void place(Flow flow, long frame, long when) {
        SegmentsText.place(out, style, frame, flow.stream());
        time.append(out, when);
        style.end(out);
    }

    @Override
    public Void transition(TcpEvent.Transition event) {
        style.append(out, event.side()).append(' ');
        style.append(out, Style.Role.STATE, event.arrow().from().toString()).append(" > ");
        style.append(out, Style.Role.STATE, event.arrow().to().toString());
        style.mark(out, event.certain()).append("  ");
        style.begin(out, Style.Role.DIM).append(event.arrow().by());
        style.end(out.append(", RFC 9293 ").append(event.arrow().section()));
        return null;
    }

    @Override
    public Void revision(TcpEvent.Revision event) {
        EventText.revised(out, event, style);
        return null;
    }

    @Override
    public Void doubted(TcpEvent.Doubted event) {
        EventText.doubted(out, event, style);
        return null;
    }

    @Override
    public Void openStep(TcpEvent.OpenStep event) {
        style.append(out, event.side()).append(" open ").decimal(event.step());
        if (event.acked() != 0) {
            EventText.acknowledges(out.append(", "), event);
        }
        return null;
    }

    @Override
    public Void closeStep(TcpEvent.CloseStep event) {
        style.append(out, event.side()).append(" close ").decimal(event.step());
        return null;
    }

    @Override
    public Void rejection(TcpEvent.Rejection event) {
        EventText.rejected(style.append(out, event.side()).append(' '), event);
        return null;
    }

    @Override
    public Void found(TcpEvent.Found event) {
        style.append(out, event.side()).append(' ');
        EventText.found(out, event, style, false);
        return null;
    }

    @Override
    public Void withdrawn(TcpEvent.Withdrawn event) {
        EventText.withdrawn(style.append(out, event.side()).append(' '), event);
        return null;
    }
}
