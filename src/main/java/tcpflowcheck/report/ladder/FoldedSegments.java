package tcpflowcheck.report.ladder;

import tcpflowcheck.tcp.Side;
import tcpflowcheck.wire.TcpSegment;

/** Counts of segments that are told together. */
public final class FoldedSegments {
    private long data;
    private long acks;
    private final long[] octets = new long[Side.values().length];
    private long withEvents;

    public void add(Side side, TcpSegment segment, boolean withEvent) {
        data += segment.length() > 0 ? 1 : 0;
        acks += segment.length() > 0 ? 0 : 1;
        octets[side.ordinal()] += segment.length();
        withEvents += withEvent ? 1 : 0;
    }

    public boolean isEmpty() {
        return data + acks == 0;
    }

    /** Segments with text. */
    public long data() {
        return data;
    }

    /** Segments without text. */
    public long acks() {
        return acks;
    }

    /** Octets of text that an end sent. */
    public long octets(Side side) {
        return octets[side.ordinal()];
    }

    /** Segments that showed something all the same. */
    public long withEvents() {
        return withEvents;
    }
}
