package tcpflowcheck.report;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.capture.CaptureNotes;
import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.report.choice.FlowChoice;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.wire.IcmpError;
import tcpflowcheck.wire.TcpSegment;

/**
 * What can be said of each frame, as comments that Wireshark shows: what its segment meant, and in front of that, at a flow's
 * first frame, the verdict on the flow. Only at the end is all of it known. Most texts come again and again,
 * and are held once.
 */
public final class PacketComments implements Reporter, TcpEvent.Visitor<Void>, Closeable {
    private static final int MOST_TEXTS = 10_000;

    private final SortedComments comments;
    private final Map<String, String> texts = new HashMap<>();
    private final FlowChoice only;
    /** Streams that have ended and are not chosen. */
    private final Set<Long> left = new HashSet<>();

    private final Style style = Style.plain();
    private final VerdictText verdict = new VerdictText(style);
    private final TextBuffer out = new TextBuffer(256);

    /**
     * Starts with nothing said.
     *
     * @param only of which flows there is to say anything
     * @param folder of temporary files, for what memory should not hold
     */
    public PacketComments(FlowChoice only, Path folder) {
        this.only = only;
        comments = new SortedComments(folder);
    }

    @Override
    public boolean wantsEvents() {
        return true;
    }

    @Override
    public void begin(ForeignText file, CaptureNotes notes) {}

    @Override
    public void segment(Flow flow, Side side, TcpSegment segment, List<TcpEvent> events) {
        comment(flow, segment.frame(), events);
    }

    @Override
    public void icmp(Flow flow, Side side, IcmpError error, List<TcpEvent> events) {
        comment(flow, error.frame(), events);
    }

    private void comment(Flow flow, long frame, List<TcpEvent> events) {
        for (int i = 0; i < events.size(); i++) {
            TcpEvent event = events.get(i);
            event.accept(this);
            add(event instanceof TcpEvent.Found ? event.frame() : frame, 1, flow);
        }
    }

    /** What no segment caused is no frame's, but what was found, and what stays in doubt, name a frame. */
    @Override
    public void event(Flow flow, TcpEvent event) {
        boolean ofFrame = event instanceof TcpEvent.Found || event instanceof TcpEvent.Doubted;
        if (ofFrame || event instanceof TcpEvent.Withdrawn) {
            event.accept(this);
            add(event.frame(), 1, flow);
        }
    }

    @Override
    public void flow(Flow flow) {
        if (!only.has(flow)) {
            left.add(flow.stream());
            return;
        }
        FlowHeader.addresses(out, flow).append('\n');
        verdict.append(out, flow);
        add(flow.firstFrame(), 0, flow);
    }

    @Override
    public void end(Summary summary) {}

    private void add(long frame, int rank, Flow flow) {
        String text = out.toString().strip().replaceAll("\\n\\s*", "; ").replaceAll("\\s{2,}", "  ");
        out.clear();
        String held = texts.get(text);
        if (held == null && texts.size() < MOST_TEXTS) {
            texts.put(text, text);
        }
        comments.add(new SortedComments.Comment(frame, rank, flow.stream(), held == null ? text : held));
    }

    /**
     * All that is to say of a frame, or null; frames are asked for in rising order.
     *
     * @param frame its number
     */
    public @Nullable String of(long frame) throws IOException {
        StringBuilder all = null;
        long stream = -1;
        for (SortedComments.Comment each = comments.peek();
                each != null && each.frame() <= frame;
                each = comments.peek()) {
            comments.take();
            if (each.frame() < frame || left.contains(each.stream())) {
                continue;
            }
            all = all == null ? new StringBuilder() : all.append("; ");
            all.append(each.stream() == stream ? "" : "stream " + each.stream() + ": ")
                    .append(each.text());
            stream = each.stream();
        }
        return all == null ? null : all.toString();
    }

    /** Removes what lies in temporary files. */
    @Override
    public void close() throws IOException {
        comments.close();
    }

    @Override
    public Void transition(TcpEvent.Transition event) {
        out.append(event.side().toString())
                .append(' ')
                .append(event.arrow().from().toString());
        out.append(" > ").append(event.arrow().to().toString());
        style.mark(out, event.certain());
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
        out.append("open ").decimal(event.step());
        if (event.acked() != 0) {
            EventText.acknowledges(out.append(", "), event);
        }
        return null;
    }

    @Override
    public Void closeStep(TcpEvent.CloseStep event) {
        out.append("close ").decimal(event.step());
        return null;
    }

    @Override
    public Void rejection(TcpEvent.Rejection event) {
        EventText.rejected(out, event);
        return null;
    }

    @Override
    public Void found(TcpEvent.Found event) {
        EventText.found(out, event, style, true);
        return null;
    }

    @Override
    public Void withdrawn(TcpEvent.Withdrawn event) {
        EventText.withdrawn(out, event);
        return null;
    }
}
