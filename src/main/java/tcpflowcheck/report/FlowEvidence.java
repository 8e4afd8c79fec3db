package tcpflowcheck.report;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.report.ladder.FoldedSegments;
import tcpflowcheck.report.ladder.ToldSegments;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.wire.IcmpError;
import tcpflowcheck.wire.TcpSegment;

/**
 * Kept with a flow while it lives: the lines of the segments that meant something ({@link ToldSegments}), and counts of
 * those between. Where every segment is wanted memory follows a flow's length.
 */
final class FlowEvidence {
    /** ICMP errors kept. */
    private static final int MAX_ICMP = 200;

    /** Octets of text; a flow whose every segment is wanted may come here, and the rest is counted. */
    private static final int MAX_TEXT = 1 << 30;

    private static final int FOLDED = 0;
    private static final int NO_SEGMENT = -1;
    private static final int FIELDS = 3;

    private final RelativeBase base;
    private final boolean all;
    private final TextBuffer text = new TextBuffer(192);

    /** For each entry: the frame or one of the two marks, the time, and where in the text the line and its meaning end. */
    private long[] entries = new long[2 * FIELDS];

    private int size;
    private final ToldSegments told = new ToldSegments();
    /** Null if there is none. */
    private @Nullable FoldedSegments folded;

    private int keptIcmp;

    FlowEvidence(RelativeBase base, boolean all) {
        this.base = base;
        this.all = all;
    }

    RelativeBase base() {
        return base;
    }

    void segment(Side side, TcpSegment segment, List<TcpEvent> events, SegmentLine line, EventText meaning) {
        if (!isKept(segment, events)) {
            fold(side, segment, !events.isEmpty());
            return;
        }
        unfold();
        line.append(text, segment, base);
        int lineEnd = text.length();
        meaning.append(text, segment.frame(), events);
        entry(segment.frame(), segment.time(), lineEnd);
    }

    /** An ICMP error that quotes a segment; one that says what was said often is counted by what was found. */
    void icmp(IcmpError error, List<TcpEvent> events, EventText meaning) {
        boolean isTold = all || (keptIcmp < MAX_ICMP && told.isNext(events));
        if (!isTold || text.length() >= MAX_TEXT) {
            return;
        }
        keptIcmp++;
        unfold();
        IcmpLine.append(text, error);
        int lineEnd = text.length();
        meaning.append(text, error.frame(), events);
        entry(error.frame(), error.time(), lineEnd);
    }

    void event(TcpEvent event, EventText meaning) {
        unfold();
        int lineEnd = text.length();
        meaning.append(text, event);
        entry(NO_SEGMENT, event.time(), lineEnd);
    }

    /** The flow has ended. */
    void end() {
        unfold();
    }

    private boolean isKept(TcpSegment segment, List<TcpEvent> events) {
        if (all || size == 0) {
            return text.length() < MAX_TEXT;
        }
        return told.isNext(segment, events);
    }

    private void fold(Side side, TcpSegment segment, boolean withEvents) {
        if (segment.isAck()) {
            base.record(segment, RelativeBase.fromUpper(segment));
        }
        folded = folded == null ? new FoldedSegments() : folded;
        folded.add(side, segment, withEvents);
    }

    /** Turns what was folded into a line. */
    private void unfold() {
        if (folded != null) {
            FoldedText.append(text, folded);
            folded = null;
            entry(FOLDED, 0, text.length());
        }
    }

    private void entry(long frame, long time, int lineEnd) {
        if (FIELDS * size == entries.length) {
            entries = Arrays.copyOf(entries, 2 * entries.length);
        }
        int at = FIELDS * size++;
        entries[at] = frame;
        entries[at + 1] = time;
        entries[at + 2] = (long) lineEnd << 32 | text.length();
    }

    // ---- what was kept, entry by entry

    int size() {
        return size;
    }

    /** The last frame of which a line was kept; 0 if there is none. */
    long lastFrame() {
        for (int i = size - 1; i >= 0; i--) {
            if (isSegment(i)) {
                return frame(i);
            }
        }
        return 0;
    }

    /** Whether the entry's line is a count of segments. */
    boolean isFolded(int index) {
        return entries[FIELDS * index] == FOLDED;
    }

    /** Whether the entry is a segment or an ICMP error, with a line, a frame and a time. */
    boolean isSegment(int index) {
        return entries[FIELDS * index] > 0;
    }

    long frame(int index) {
        return entries[FIELDS * index];
    }

    long time(int index) {
        return entries[FIELDS * index + 1];
    }

    void line(int index, TextBuffer out) {
        text.copyTo(out, start(index), lineEnd(index));
    }

    void meaning(int index, TextBuffer out, int indent, EventText meaning, EventText.Known known) {
        meaning.lay(out, text, lineEnd(index), meaningEnd(index), indent, known);
    }

    private int start(int index) {
        return index == 0 ? 0 : meaningEnd(index - 1);
    }

    private int lineEnd(int index) {
        return (int) (entries[FIELDS * index + 2] >>> 32);
    }

    private int meaningEnd(int index) {
        return (int) entries[FIELDS * index + 2];
    }
}
