package tcpflowcheck.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.capture.CaptureNotes;
import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.flow.PlainFlow;
import tcpflowcheck.report.choice.SortKey;
import tcpflowcheck.report.group.Compared;
import tcpflowcheck.report.group.FlowGroup;
import tcpflowcheck.report.group.FlowGroups;
import tcpflowcheck.report.group.GroupKey;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.wire.TcpSegment;

/** The flows of all captures together in groups, in place of one after another; then the summary. */
public final class GroupReporter implements TextReport, Renewing {
    /** Groups that text shows where nothing else is asked for; those that follow one another in time are all shown. */
    private static final int SHOWN = 20;

    /**
     * Given: which groups, and which of them are told.
     *
     * @param by one key or two
     * @param sort what they are sorted by, or null for the worst first
     * @param top how many have a line of their own, or null if that is not said
     */
    public record Choice(
            List<GroupKey> by,
            @Nullable SortKey sort,
            @Nullable Integer top) {}

    /** Given: a capture that has been read. */
    private record Read(ForeignText file, CaptureNotes notes, Summary summary) {}

    private final Choice choice;
    private final TextChoices choices;
    private final OutputStream stream;
    private final FlowGroups groups;
    private final Screen screen;
    private final List<Read> captures = new ArrayList<>();
    /** Of the capture that these are held against; null if there is none. */
    private @Nullable FlowGroups against;

    /** For who reads text. */
    private final TextReporter text;

    /** Null if it is text. */
    private final @Nullable Fields fields;

    private ForeignText file;
    private CaptureNotes notes;

    /**
     * Starts with no flow.
     *
     * @param choices of text; others heed the streams and the words of --only among them
     * @param fields where their fields go; null if it is text
     * @param stream where text goes, best one that buffers
     */
    public GroupReporter(Choice choice, TextChoices choices, @Nullable Fields fields, OutputStream stream) {
        this.choice = choice;
        this.choices = choices;
        this.stream = stream;
        groups = new FlowGroups(choice.by, choices.zone(), FlowGroups.MOST);
        this.fields = fields;
        screen = new Screen(stream);
        text = new TextReporter(choices.with(TextChoices.View.SUMMARY), stream);
    }

    @Override
    public boolean wantsEvents() {
        return false;
    }

    @Override
    public boolean wantsPlain() {
        return !choices.streams().isAll() || !choices.only().isAll();
    }

    @Override
    public boolean measuresPlain() {
        return true;
    }

    @Override
    public void plain(PlainFlow flow) {
        groups.add(flow);
    }

    @Override
    public void begin(ForeignText file, CaptureNotes notes) throws IOException {
        this.file = file;
        this.notes = notes;
        if (fields == null) {
            text.begin(file, notes);
        }
    }

    @Override
    public void segment(Flow flow, Side side, TcpSegment segment, List<TcpEvent> events) {}

    @Override
    public void event(Flow flow, TcpEvent event) {}

    @Override
    public void flow(Flow flow) {
        if (choices.streams().has(flow.stream()) && choices.only().has(flow)) {
            groups.add(flow);
        }
    }

    @Override
    public void end(Summary summary) {
        captures.add(new Read(file, notes, summary));
        if (fields == null && choices.several()) {
            text.count(summary);
        }
    }

    @Override
    public void renew() throws IOException {
        if (fields != null) {
            return;
        }
        List<FlowGroup> inOrder = groups.inOrder(choice.sort);
        int most = choice.top == null ? SHOWN : choice.top;
        int shown = Math.min(most, inOrder.size());
        TextBuffer out = new TextBuffer();
        new GroupsText(choices.style(), choices.width(), choices.zone())
                .append(out, groups, inOrder.subList(0, shown), inOrder.subList(shown, inOrder.size()));
        screen.show(out);
    }

    /** What the groups are held against: another capture, which is told to this and to nothing else. */
    public Reporter against() {
        against = new FlowGroups(choice.by, choices.zone(), FlowGroups.MOST);
        return new Collector(against, choices);
    }

    /** Groups the flows of another capture. */
    private record Collector(FlowGroups groups, TextChoices choices) implements Reporter {
        @Override
        public boolean wantsEvents() {
            return false;
        }

        @Override
        public boolean wantsPlain() {
            return !choices.only().isAll();
        }

        @Override
        public boolean measuresPlain() {
            return true;
        }

        @Override
        public void plain(PlainFlow flow) {
            groups.add(flow);
        }

        @Override
        public void begin(ForeignText file, CaptureNotes notes) {}

        @Override
        public void segment(Flow flow, Side side, TcpSegment segment, List<TcpEvent> events) {}

        @Override
        public void event(Flow flow, TcpEvent event) {}

        @Override
        public void flow(Flow flow) {
            if (choices.only().has(flow)) {
                groups.add(flow);
            }
        }

        @Override
        public void end(Summary summary) {}
    }

    private void compared(FlowGroups against, @Nullable Function<String, String> expected) throws IOException {
        List<Compared> all = Compared.of(groups, against);
        int most = choice.top != null ? choice.top : fields != null ? all.size() : SHOWN;
        List<Compared> shown = all.subList(0, Math.min(most, all.size()));
        if (fields == null) {
            TextBuffer out = new TextBuffer();
            new ComparedText(choices.style(), choices.width()).append(out, choice.by, shown, all.size() - shown.size());
            out.append('\n').drainTo(stream);
            summaries(expected);
            return;
        }
        JsonTree tree = new JsonTree();
        GroupsJson objects = new GroupsJson(tree);
        fields.begin();
        for (Compared pair : shown) {
            objects.write(choice.by, pair);
            fields.write(tree.object());
        }
        summaries(fields, tree);
    }

    @Override
    public void total(@Nullable Function<String, String> expected) throws IOException {
        if (against != null) {
            compared(against, expected);
            return;
        }
        List<FlowGroup> inOrder = groups.inOrder(choice.sort);
        int most = choice.top != null
                ? choice.top
                : fields != null || choice.by.get(0).isTime() ? inOrder.size() : SHOWN;
        // A line for all others is no shorter than a last one of their own.
        int shown = inOrder.size() <= most + 1 && groups.others() == null && choice.top == null ? inOrder.size() : most;
        List<FlowGroup> rest = new ArrayList<>(inOrder.subList(Math.min(shown, inOrder.size()), inOrder.size()));
        if (groups.others() != null) {
            rest.add(groups.others());
        }
        List<FlowGroup> first = inOrder.subList(0, Math.min(shown, inOrder.size()));
        if (fields == null) {
            asText(first, rest, expected);
        } else {
            asFields(fields, first, rest);
        }
    }

    private void asText(List<FlowGroup> first, List<FlowGroup> rest, @Nullable Function<String, String> expected)
            throws IOException {
        TextBuffer out = new TextBuffer();
        if (!first.isEmpty()) {
            new GroupsText(choices.style(), choices.width(), choices.zone()).append(out, groups, first, rest);
            out.append('\n').drainTo(stream);
        }
        summaries(expected);
    }

    private void summaries(@Nullable Function<String, String> expected) throws IOException {
        if (choices.several()) {
            text.total(expected);
        } else if (!captures.isEmpty()) {
            text.end(captures.get(0).summary);
        }
    }

    private void asFields(Fields fields, List<FlowGroup> first, List<FlowGroup> rest) throws IOException {
        JsonTree tree = new JsonTree();
        GroupsJson objects = new GroupsJson(tree);
        fields.begin();
        for (FlowGroup group : first) {
            objects.write(choice.by, group);
            fields.write(tree.object());
        }
        if (!rest.isEmpty()) {
            objects.write(null, FlowGroups.together(GroupKey.NONE, rest));
            fields.write(tree.object());
        }
        summaries(fields, tree);
    }

    private void summaries(Fields fields, JsonTree tree) throws IOException {
        JsonReporter summaries = new JsonReporter(tree);
        for (Read capture : captures) {
            if (fields.hasSummaries()) {
                summaries.begin(capture.file, capture.notes);
                summaries.end(capture.summary);
                fields.whole(tree.object());
            }
        }
        fields.flush();
    }
}
