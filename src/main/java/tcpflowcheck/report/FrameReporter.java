package tcpflowcheck.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.capture.CaptureNotes;
import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.report.header.HeaderField;
import tcpflowcheck.report.header.HeaderMeaning;
import tcpflowcheck.report.header.HeaderOctets;
import tcpflowcheck.report.header.HeaderRows;
import tcpflowcheck.report.ladder.Ladder;
import tcpflowcheck.report.ladder.LadderNotes;
import tcpflowcheck.report.ladder.Rung;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.wire.IcmpError;
import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpSegment;

/**
 * One segment: its header as the RFC draws it, and what it meant in its connection. It is told when that ends, since what
 * comes later can tell how many steps there are and what is proven.
 */
public final class FrameReporter implements TextReport {
    private static final int MEANING_INDENT = 2;

    /** Kept with a flow until the frame has passed, and with that frame's flow until it ends. */
    private static final class Kept {
        private final RelativeBase base = new RelativeBase();
        private final LadderNotes notes = new LadderNotes(false);
        /** Null until the frame comes. */
        private @Nullable Passed passed;

        private final TextBuffer line = new TextBuffer();
        private final TextBuffer events = new TextBuffer();
    }

    /** Given: the header of the frame, and what it means where no ladder knows more. */
    private record Passed(HeaderOctets header, HeaderMeaning meaning) {}

    private final long frame;
    private final TextChoices choices;
    private final OutputStream stream;
    private final EventText meaning;
    private final SegmentLine line;
    private boolean passed;
    private boolean shown;
    private String title = "";
    private List<List<HeaderField>> drawn = List.of();

    /** @param frame its number, from 1 */
    public FrameReporter(long frame, TextChoices choices, OutputStream stream) {
        this.frame = frame;
        this.choices = choices;
        this.stream = stream;
        meaning = new EventText(choices.style(), false);
        line = new SegmentLine(choices.absolute());
    }

    @Override
    public boolean wantsEvents() {
        return true;
    }

    @Override
    public void begin(ForeignText file, CaptureNotes notes) {
        passed = false;
    }

    @Override
    public void segment(Flow flow, Side side, TcpSegment segment, List<TcpEvent> events) {
        Kept kept = kept(flow);
        if (kept == null) {
            return;
        }
        kept.notes.segment(side, segment, events);
        if (segment.frame() == frame) {
            passed = true;
            keep(kept, flow, side, segment);
            meaning.append(kept.events, frame, events);
        } else if (segment.isAck() && !passed) {
            kept.base.record(segment, RelativeBase.fromUpper(segment));
        }
    }

    private void keep(Kept kept, Flow flow, Side side, TcpSegment segment) {
        RelativeBase base = kept.base;
        boolean fromUpper = RelativeBase.fromUpper(segment);
        choices.timeFormat().append(kept.line, segment.time());
        line.append(kept.line, segment, base);
        long seq =
                segment.isSyn() ? 0 : base.isRecorded() ? SeqNumber.unsigned(segment.seq() - base.of(fromUpper)) : -1;
        long ack = base.isRecorded() ? SeqNumber.unsigned(segment.ack() - base.of(!fromUpper)) : -1;
        int shift = RungHeader.shift(flow, side, segment.isSyn());
        kept.passed = new Passed(HeaderOctets.of(segment), new HeaderMeaning(side, seq, "", ack, "", shift));
    }

    /** Null if the frame has passed and is of another flow. */
    private @Nullable Kept kept(Flow flow) {
        if (flow.attachment(this) instanceof Kept kept) {
            return passed && kept.passed == null ? null : kept;
        }
        if (passed) {
            return null;
        }
        Kept born = new Kept();
        flow.attach(this, born);
        return born;
    }

    @Override
    public void icmp(Flow flow, Side side, IcmpError error, List<TcpEvent> events) {
        Kept kept = kept(flow);
        if (kept != null) {
            kept.notes.icmp(side, error.frame(), error.time(), "", events);
        }
    }

    @Override
    public void event(Flow flow, TcpEvent event) {
        Kept kept = kept(flow);
        if (kept != null) {
            kept.notes.event(event);
            if (event instanceof TcpEvent.Found found && found.frame() == frame && kept.passed != null) {
                meaning.append(kept.events, event);
            }
        }
    }

    @Override
    public void flow(Flow flow) throws IOException {
        if (flow.attachment(this) instanceof Kept kept && kept.passed != null) {
            tell(flow, kept, kept.passed);
        }
        flow.attach(this, null);
    }

    private void tell(Flow flow, Kept kept, Passed passed) throws IOException {
        shown = true;
        drawn = HeaderRows.of(passed.header, meaning(passed, kept.notes.end(flow)));
        TextBuffer out = new TextBuffer();
        out.append("frame ")
                .decimal(frame)
                .append(" of stream ")
                .decimal(flow.stream())
                .append(", the ");
        title = "Frame " + frame + ", TCP connection " + FlowName.of(flow);
        choices.style().append(out, passed.meaning.sender()).append(" sends\n");
        new HeaderFigure(out).append(drawn);
        kept.line.copyTo(out.append('\n'));
        out.append('\n');
        EventText.Known known = FlowsText.known(flow.connection());
        meaning.lay(out, kept.events, 0, kept.events.length(), MEANING_INDENT, known);
        out.drainTo(stream);
    }

    /** That of the ladder, where the segment has an arrow there. */
    private HeaderMeaning meaning(Passed passed, Ladder ladder) {
        for (Rung rung : ladder.rungs()) {
            if (rung.frame() == frame && rung.kind() == Rung.Kind.SEGMENT) {
                return RungHeader.meaning(ladder, rung);
            }
        }
        return passed.meaning;
    }

    @Override
    public void end(Summary summary) {}

    @Override
    public void total(@Nullable Function<String, String> expected) {}

    /** The same as a drawing, an SVG document; of several captures that of the last one that has the frame. */
    public String svg() {
        return new HeaderSvg().document(title, drawn);
    }

    /** Whether there was a TCP segment in that frame. */
    public boolean hasShown() {
        return shown;
    }
}
