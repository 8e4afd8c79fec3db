package tcpflowcheck.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Function;
import tcpflowcheck.capture.CaptureNotes;
import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.tcp.SentOptions;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.wire.IcmpError;
import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpSegment;

/** One segment: its header as the RFC draws it, and what it meant in its connection. */
public final class FrameReporter implements TextReport {
    private static final int MEANING_INDENT = 2;

    private final long frame;
    private final TextChoices choices;
    private final OutputStream stream;
    private final TextBuffer found = new TextBuffer();
    private final EventText meaning;
    private final SegmentLine line;
    private boolean shown;

    /** @param frame its number, from 1 */
    public FrameReporter(long frame, TextChoices choices, OutputStream stream) {
        this.frame = frame;
        this.choices = choices;
        this.stream = stream;
        meaning = new EventText(choices.style(), true);
        line = new SegmentLine(choices.absolute());
    }

    @Override
    public boolean wantsEvents() {
        return true;
    }

    @Override
    public void begin(ForeignText file, CaptureNotes notes) {}

    @Override
    public void segment(Flow flow, Side side, TcpSegment segment, List<TcpEvent> events) throws IOException {
        RelativeBase base = base(flow);
        boolean fromUpper = RelativeBase.fromUpper(segment);
        if (segment.frame() != frame) {
            if (segment.isAck()) {
                base.record(segment, fromUpper);
            }
            return;
        }
        shown = true;
        TextBuffer out = new TextBuffer();
        out.append("frame ")
                .decimal(frame)
                .append(" of stream ")
                .decimal(flow.stream())
                .append(", the ");
        choices.style().append(out, side).append(" sends\n");
        TextBuffer told = new TextBuffer();
        line.append(told, segment, base);
        long seq =
                segment.isSyn() ? 0 : base.isRecorded() ? SeqNumber.unsigned(segment.seq() - base.of(fromUpper)) : -1;
        long ack = base.isRecorded() ? SeqNumber.unsigned(segment.ack() - base.of(!fromUpper)) : -1;
        new HeaderFigure(out).append(segment, side, seq, ack, shift(flow, side, segment));
        out.append('\n');
        choices.timeFormat().append(out, segment.time());
        told.copyTo(out);
        out.append('\n');
        meaning.append(found, frame, events);
        meaning.lay(out, found, 0, found.length(), MEANING_INDENT, EventText.Known.AT_THAT_MOMENT);
        out.drainTo(stream);
    }

    /** Of a SYN none; else the sender's if both ends have offered one. */
    private static int shift(Flow flow, Side side, TcpSegment segment) {
        SentOptions own = flow.connection().endpoint(side).options();
        SentOptions peers = flow.connection().endpoint(side.peer()).options();
        return segment.isSyn() || peers.windowShift() < 0 ? -1 : own.windowShift();
    }

    private RelativeBase base(Flow flow) {
        if (flow.attachment(this) instanceof RelativeBase base) {
            return base;
        }
        RelativeBase born = new RelativeBase();
        flow.attach(this, born);
        return born;
    }

    @Override
    public void icmp(Flow flow, Side side, IcmpError error, List<TcpEvent> events) {}

    @Override
    public void event(Flow flow, TcpEvent event) {}

    @Override
    public void flow(Flow flow) {}

    @Override
    public void end(Summary summary) {}

    @Override
    public void total(Function<String, String> expected) {}

    /** Whether there was a TCP segment in that frame. */
    public boolean hasShown() {
        return shown;
    }
}
