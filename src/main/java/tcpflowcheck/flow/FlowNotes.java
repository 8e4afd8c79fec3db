package tcpflowcheck.flow;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.wire.TcpSegment;

/** Given, once its flow has ended: what the capture says of a flow beside its segments. */
public final class FlowNotes {
    private static final int MAX_INTERFACES = 8;
    private static final int MAX_COMMENTS = 100;
    private static final int MAX_OCTETS = 1 << 16;
    private static final int COMMENT_OCTETS = 80;

    static final FlowNotes NONE = new FlowNotes();

    /** Given: what somebody wrote about a frame. */
    public record Comment(long frame, ForeignText text) {}

    private @Nullable ForeignText lastInterface;
    private int octets;
    private final List<ForeignText> interfaces = new ArrayList<>(1);
    private final List<Comment> comments = new ArrayList<>(0);

    /** Whether the segment has any. */
    static boolean has(TcpSegment segment) {
        return segment.interfaceName() != null || !segment.comments().isEmpty();
    }

    @SuppressWarnings("ReferenceEquality") // one object an interface
    void add(TcpSegment segment) {
        ForeignText name = segment.interfaceName();
        if (name != null && name != lastInterface) {
            lastInterface = name;
            if (interfaces.size() < MAX_INTERFACES && !interfaces.contains(name)) {
                interfaces.add(name);
            }
        }
        for (int i = 0; i < segment.comments().size() && comments.size() < MAX_COMMENTS && octets < MAX_OCTETS; i++) {
            ForeignText text = segment.comments().get(i);
            comments.add(new Comment(segment.frame(), text));
            octets += COMMENT_OCTETS + 2 * text.raw().length();
        }
    }

    /** About how much memory they take. */
    long octets() {
        return octets;
    }

    /** Where its segments were captured, in the order of the first of them. */
    public List<ForeignText> interfaces() {
        return interfaces;
    }

    /** What was written about its frames, the first hundred or 64 KiB. */
    public List<Comment> comments() {
        return comments;
    }
}
