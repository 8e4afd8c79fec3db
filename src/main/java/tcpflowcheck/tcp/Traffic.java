package tcpflowcheck.tcp;

import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpSegment;

/** What one end sent, counted, and what is needed to know a segment that was captured twice. */
public final class Traffic {
    /** With an IP ID or a timestamp of its own a later copy is still the same segment: a retransmission has a new one. */
    private static final long MARKED_COPY_NANOS = 1_000_000_000L;

    /** Without either, only a copy that comes at once; the shortest retransmission timeout in use is 200 ms. */
    private static final long PLAIN_COPY_NANOS = 20_000_000L;

    private long packets;
    private long octets;
    private int largestSegment;
    private int tsVal;
    private boolean tsValKnown;
    private short lowestTimeToLive = Short.MAX_VALUE;
    private short highestTimeToLive = -1;
    private long lastPrint;
    private long lastTime;
    private long lastControlPrint;
    private long lastControlTime;

    void count(TcpSegment segment) {
        packets++;
        octets += segment.length();
        largestSegment = Math.max(largestSegment, segment.length());
    }

    /** Notes the segment, and says whether it is the last one, or the last SYN, FIN or RST, captured once more. */
    boolean isCopy(TcpSegment segment) {
        boolean marked = segment.identification() > 0 || segment.options().timestamps();
        long within = marked ? MARKED_COPY_NANOS : PLAIN_COPY_NANOS;
        long print = print(segment);
        boolean control = segment.has(TcpSegment.SYN | TcpSegment.FIN | TcpSegment.RST);
        if (print == lastPrint && segment.time() - lastTime <= within
                || control && print == lastControlPrint && segment.time() - lastControlTime <= within) {
            return true;
        }
        lastPrint = print;
        lastTime = segment.time();
        if (control) {
            lastControlPrint = print;
            lastControlTime = segment.time();
        }
        return false;
    }

    private static long print(TcpSegment segment) {
        long hash = SeqNumber.unsigned(segment.seq()) << 32 | SeqNumber.unsigned(segment.ack());
        hash = hash * 0x9E37_79B9_7F4A_7C15L + (segment.flags() << 16 | segment.window());
        hash = hash * 0x9E37_79B9_7F4A_7C15L + ((long) segment.length() << 16 | segment.checksum());
        hash = hash * 0x9E37_79B9_7F4A_7C15L + segment.identification();
        return hash * 0x9E37_79B9_7F4A_7C15L
                + (segment.options().timestamps() ? segment.options().tsVal() : 0);
    }

    /** Notes the timestamp of a segment with new octets; gives the one before, or the same if it is the first. */
    int tsVal(int next) {
        int before = tsValKnown ? tsVal : next;
        tsVal = next;
        tsValKnown = true;
        return before;
    }

    /** Whether a timestamp is newer than the last that came with new octets. */
    boolean isNewer(int next) {
        return tsValKnown && next - tsVal > 0;
    }

    void noteTimeToLive(int timeToLive) {
        lowestTimeToLive = (short) Math.min(lowestTimeToLive, timeToLive);
        highestTimeToLive = (short) Math.max(highestTimeToLive, timeToLive);
    }

    /** How far a time to live lies outside what this end's segments have had so far; 0 if none had been seen. */
    int timeToLiveOutlier(int timeToLive) {
        if (highestTimeToLive < 0) {
            return 0;
        }
        return Math.max(Math.max(lowestTimeToLive - timeToLive, timeToLive - highestTimeToLive), 0);
    }

    /** Segments, copies of the capture among them. */
    public long packets() {
        return packets;
    }

    /** Payload octets of all segments, as the IP headers promise them. */
    public long octets() {
        return octets;
    }

    /** Payload octets of the longest segment. */
    public int largestSegment() {
        return largestSegment;
    }
}
