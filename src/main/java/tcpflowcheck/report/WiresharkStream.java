package tcpflowcheck.report;

import tcpflowcheck.wire.TcpSegment;

/**
 * One of Wireshark's streams: {@code tcp.completeness} as {@code tshark -2} shows it for the last frame, and the numbers
 * by which a SYN begins another stream on the same addresses and ports. Nothing else does, whatever happened before:
 * an illegal segment or an RST of no connection begins a stream only where its addresses and ports are new.
 */
final class WiresharkStream {
    private static final int SYN = 1;
    private static final int SYN_ACK = 2;
    private static final int ACK = 4;
    private static final int DATA = 8;
    private static final int FIN = 16;
    private static final int RST = 32;

    /** How many of our flows, and which frames, there were before it. */
    private final long flows;

    private final long firstFrame;
    private final boolean parts;
    private int completeness;
    private int first;
    private int frames;
    private final int[] bases = new int[2];
    private final boolean[] known = new boolean[2];

    /** @param parts whether its first segment was taken from a stream that is there; that one counts at once, its text never */
    WiresharkStream(long flows, TcpSegment opens, boolean parts) {
        this.flows = flows;
        firstFrame = opens.frame();
        this.parts = parts;
        frames = parts ? 1 : 0;
        completeness = parts ? SYN : 0;
    }

    long flows() {
        return flows;
    }

    /** Whether its first segment was taken from a stream that was there. */
    boolean parts() {
        return parts;
    }

    long firstFrame() {
        return firstFrame;
    }

    /** All but the SYN of a first frame counts from the second pass on, so not for itself. */
    int completeness() {
        return frames > 1 ? completeness | first : completeness;
    }

    /** Whether a segment begins another stream. */
    boolean parts(int end, TcpSegment segment) {
        return isBareSyn(segment) && known[end] && segment.seq() != bases[end];
    }

    private static boolean isBareSyn(TcpSegment segment) {
        return segment.isSyn() && !segment.isAck();
    }

    /** @param end 0 or 1 */
    void segment(int end, TcpSegment segment) {
        noteBases(end, segment);
        int bits = bits(segment);
        if (frames++ > 0) {
            completeness |= bits;
        } else if (isBareSyn(segment)) {
            completeness = SYN | (segment.length() > 0 ? DATA : 0);
            first = bits;
        } else {
            first = bits;
        }
    }

    private static int bits(TcpSegment segment) {
        int bits = segment.isRst() ? RST : 0;
        if (segment.isAck()) {
            bits |= segment.isSyn() ? SYN_ACK : segment.length() > 0 ? DATA : ACK;
            bits |= segment.isFin() ? FIN : 0;
        }
        return bits;
    }

    /** Each end's first number, less one where that is no SYN; a SYN,ACK's in its place. */
    private void noteBases(int end, TcpSegment segment) {
        if (!known[end] || (segment.isSyn() && segment.isAck())) {
            bases[end] = segment.isSyn() ? segment.seq() : segment.seq() - 1;
            known[end] = true;
        }
        if (segment.isAck() && !known[1 - end]) {
            bases[1 - end] = segment.ack() - 1;
            known[1 - end] = true;
        }
    }
}
