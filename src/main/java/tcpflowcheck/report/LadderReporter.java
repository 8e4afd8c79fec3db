package tcpflowcheck.report;

import java.util.ArrayList;
import java.util.List;
import tcpflowcheck.capture.CaptureNotes;
import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.report.choice.FlowChoice;
import tcpflowcheck.report.ladder.Ladder;
import tcpflowcheck.report.ladder.LadderNotes;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.wire.IcmpError;
import tcpflowcheck.wire.TcpSegment;

/** Keeps the ladders of the first flows that are chosen, to be drawn into a file. */
public final class LadderReporter implements Reporter {
    /** One more than can be drawn, so that it is known that there are more. */
    private static final int MOST = 2;

    private final ShownStreams streams;
    private final FlowChoice only;
    private final boolean absolute;
    private final boolean quiz;
    private final List<Ladder> ladders = new ArrayList<>();
    private long chosen;

    /**
     * Starts with none.
     *
     * @param streams the flows to draw
     * @param only which of them
     * @param absolute sequence and acknowledgment numbers as on the wire
     * @param quiz whether states and verdicts are blanks, with the answers upside down below
     */
    public LadderReporter(ShownStreams streams, FlowChoice only, boolean absolute, boolean quiz) {
        this.streams = streams;
        this.only = only;
        this.absolute = absolute;
        this.quiz = quiz;
    }

    @Override
    public boolean wantsEvents() {
        return true;
    }

    @Override
    public void begin(ForeignText file, CaptureNotes notes) {}

    @Override
    public void segment(Flow flow, Side side, TcpSegment segment, List<TcpEvent> events) {
        if (streams.has(flow.stream())) {
            notes(flow).segment(side, segment, events);
        }
    }

    @Override
    public void icmp(Flow flow, Side side, IcmpError error, List<TcpEvent> events) {
        if (streams.has(flow.stream())) {
            TextBuffer text = new TextBuffer(128);
            IcmpLine.append(text, error);
            notes(flow).icmp(side, error.frame(), error.time(), text.toString(), events);
        }
    }

    @Override
    public void event(Flow flow, TcpEvent event) {
        if (streams.has(flow.stream())) {
            notes(flow).event(event);
        }
    }

    private LadderNotes notes(Flow flow) {
        if (flow.attachment(this) instanceof LadderNotes notes) {
            return notes;
        }
        LadderNotes born = new LadderNotes(false);
        flow.attach(this, born);
        return born;
    }

    @Override
    public void flow(Flow flow) {
        if (streams.has(flow.stream()) && only.has(flow)) {
            chosen++;
            if (ladders.size() < MOST) {
                ladders.add(notes(flow).end(flow));
            }
        }
        flow.attach(this, null);
    }

    @Override
    public void end(Summary summary) {}

    /** How many flows were chosen. */
    public long chosen() {
        return chosen;
    }

    /** The drawing of the first one, as an SVG document. */
    public String svg() {
        return new LadderSvg(absolute).document(ladders.get(0), quiz);
    }
}
