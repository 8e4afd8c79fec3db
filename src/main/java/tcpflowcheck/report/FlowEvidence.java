package tcpflowcheck.report;

import java.util.Arrays;
import java.util.List;
import tcpflowcheck.tcp.Rule;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.wire.IcmpError;
import tcpflowcheck.wire.TcpSegment;

/**
 * Kept with a flow while it lives: the lines of the segments that meant something, and counts of those between. Of
 * segments that were only found fault with, and of all others, so many are kept; then they are counted, too, so that
 * memory does not follow a flow's length. Where every segment is wanted it does.
 */
final class FlowEvidence {
    /** Segments kept, of each of the two sorts. */
    private static final int MAX_KEPT = 200;

    /** Octets of text; a flow whose every segment is wanted may come here, and the rest is counted. */
    private static final int MAX_TEXT = 1 << 30;

    /** Segments with nothing but findings that are kept for one rule. */
    private static final int OF_A_RULE = 5;

    private static final int RULES = Rule.values().length;

    private static final int FOLDED = 0;
    private static final int NO_SEGMENT = -1;
    private static final int FIELDS = 3;

    private final RelativeBase base;
    private final boolean all;
    private final TextBuffer text = new TextBuffer(192);

    /** For each entry: the frame or one of the two marks, the time, and where in the text the line and its meaning end. */
    private long[] entries = new long[2 * FIELDS];

    private int size;
    private int keptFindings;

    /** How often each rule was shown in a segment with nothing but findings; null until there is one. */
    private byte[] shown;

    private int keptOthers;
    private int keptIcmp;
    private long foldedData;
    private long foldedAcks;
    private long foldedOut;
    private long foldedIn;
    private long foldedWithEvents;

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
        boolean told = all || keptIcmp < MAX_KEPT && (!onlyFindings(events) || isNews(events));
        if (!told || text.length() >= MAX_TEXT) {
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
        boolean control = segment.has(TcpSegment.SYN | TcpSegment.FIN | TcpSegment.RST);
        if (!control && events.isEmpty()) {
            return false;
        }
        if (control || !onlyFindings(events)) {
            return keptOthers++ < MAX_KEPT;
        }
        return isNews(events) && keptFindings++ < MAX_KEPT;
    }

    /** Whether one of the rules has not been shown often yet. */
    private boolean isNews(List<TcpEvent> events) {
        shown = shown == null ? new byte[RULES] : shown;
        boolean news = false;
        for (int i = 0; i < events.size(); i++) {
            int rule = ((TcpEvent.Found) events.get(i)).rule().ordinal();
            if (shown[rule] < OF_A_RULE) {
                shown[rule]++;
                news = true;
            }
        }
        return news;
    }

    private static boolean onlyFindings(List<TcpEvent> events) {
        for (int i = 0; i < events.size(); i++) {
            if (!(events.get(i) instanceof TcpEvent.Found)) {
                return false;
            }
        }
        return true;
    }

    private void fold(Side side, TcpSegment segment, boolean withEvents) {
        if (segment.isAck()) {
            base.record(segment, RelativeBase.fromUpper(segment));
        }
        int length = segment.length();
        if (length > 0) {
            foldedData++;
        } else {
            foldedAcks++;
        }
        if (side == Side.CLIENT) {
            foldedOut += length;
        } else {
            foldedIn += length;
        }
        if (withEvents) {
            foldedWithEvents++;
        }
    }

    /** Turns what was folded into a line: {@code 3 segments of data and 2 ACKs, 420 B out, 5,112 B in}. */
    private void unfold() {
        if (foldedData + foldedAcks == 0) {
            return;
        }
        if (foldedData > 0) {
            Amount.counted(text, foldedData, "segment").append(" of data");
        }
        if (foldedAcks > 0) {
            Amount.counted(foldedData > 0 ? text.append(" and ") : text, foldedAcks, "ACK");
        }
        if (foldedOut > 0) {
            Amount.grouped(text.append(", "), foldedOut).append(" B out");
        }
        if (foldedIn > 0) {
            Amount.grouped(text.append(", "), foldedIn).append(" B in");
        }
        if (foldedWithEvents > 0) {
            Amount.grouped(text.append("; "), foldedWithEvents).append(" of them with findings or transitions");
        }
        foldedData = 0;
        foldedAcks = 0;
        foldedOut = 0;
        foldedIn = 0;
        foldedWithEvents = 0;
        entry(FOLDED, 0, text.length());
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
