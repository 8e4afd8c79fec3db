package tcpflowcheck.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import tcpflowcheck.capture.CaptureNotes;
import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.report.ladder.Ladder;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.wire.IcmpError;
import tcpflowcheck.wire.TcpSegment;

/** The story of each flow as a JSON object a line, for who shows it elsewhere; {@code flow.schema.json} has it. */
public final class StoryJson implements Reporter {
    private final TextChoices choices;
    private final OutputStream out;
    private final StoryText story;
    private final JsonReporter summaries;
    private final TextBuffer line = new TextBuffer();
    private final JsonWriter json = new JsonWriter(line);
    private ForeignText file;

    /** @param choices which flows, and in which language */
    public StoryJson(TextChoices choices, OutputStream out) {
        this.choices = choices;
        this.out = out;
        story = new StoryText(choices, out);
        summaries = new JsonReporter(out, choices.streams(), choices.only());
    }

    @Override
    public boolean wantsEvents() {
        return true;
    }

    @Override
    public void begin(ForeignText file, CaptureNotes notes) {
        this.file = file;
        summaries.begin(file, notes);
    }

    @Override
    public void segment(Flow flow, Side side, TcpSegment segment, List<TcpEvent> events) {
        story.segment(flow, side, segment, events);
    }

    @Override
    public void icmp(Flow flow, Side side, IcmpError error, List<TcpEvent> events) {
        story.icmp(flow, side, error, events);
    }

    @Override
    public void event(Flow flow, TcpEvent event) {
        story.event(flow, event);
    }

    @Override
    public void flow(Flow flow) throws IOException {
        Ladder ladder = story.end(flow);
        if (!choices.streams().has(flow.stream()) || !choices.only().has(flow)) {
            return;
        }
        json.beginObject()
                .member("type", "story")
                .member("schema", JsonReporter.SCHEMA)
                .member("file", file);
        json.member("stream", flow.stream()).key("steps").beginArray();
        for (StoryText.Step step : story.steps(ladder)) {
            json.beginObject()
                    .known("frame", step.frame() == 0 ? -1 : step.frame())
                    .member("afterNanos", step.nanos());
            json.key("said").beginArray();
            step.said().forEach(json::value);
            json.endArray().endObject();
        }
        json.endArray().endObject().endLine();
        line.drainTo(out);
    }

    @Override
    public void end(Summary summary) throws IOException {
        summaries.end(summary);
    }
}
