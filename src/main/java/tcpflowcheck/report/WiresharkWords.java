package tcpflowcheck.report;

import tcpflowcheck.tcp.Side;
import tcpflowcheck.wire.TcpSegment;

/**
 * What Wireshark would say of a flow: {@code tcp.stream} and {@code tcp.completeness}, as {@code tshark -2} shows them
 * for the stream's last frame. It parts connections only at a SYN with another sequence number than the direction's
 * first, whatever else happened; where it parts a flow of ours in two, these are the first part's. What it remembers
 * of addresses whose flows have been forgotten here can't be known: they count as new streams.
 */
final class WiresharkWords {
    private static final int SYN = 1;
    private static final int SYN_ACK = 2;
    private static final int ACK = 4;
    private static final int DATA = 8;
    private static final int FIN = 16;
    private static final int RST = 32;

    private final long stream;
    private int completeness;
    private int firstFrame;
    private int frames;
    private int clientBase;
    private int serverBase;
    private boolean clientBaseKnown;
    private boolean serverBaseKnown;
    private boolean parted;

    WiresharkWords(long stream) {
        this.stream = stream;
    }

    long stream() {
        return stream;
    }

    /** All but the SYN bit of a first frame counts from the second pass on, so not for itself. */
    int completeness() {
        return frames > 1 ? completeness | firstFrame : completeness;
    }

    /** Whether a segment opens another stream. */
    boolean parts(Side side, TcpSegment segment) {
        boolean known = side == Side.CLIENT ? clientBaseKnown : serverBaseKnown;
        int base = side == Side.CLIENT ? clientBase : serverBase;
        return segment.isSyn() && !segment.isAck() && known && segment.seq() != base;
    }

    /** Another stream has begun with its SYN; the bases are that stream's from now on. */
    void part() {
        parted = true;
        clientBaseKnown = false;
        serverBaseKnown = false;
    }

    void segment(Side side, TcpSegment segment) {
        noteBases(side, segment);
        if (parted) {
            return;
        }
        int bits = bits(segment);
        if (frames++ == 0) {
            boolean syn = segment.isSyn() && !segment.isAck();
            completeness = syn ? SYN : 0;
            firstFrame = syn ? (segment.length() > 0 ? DATA : 0) : bits;
        } else {
            completeness |= bits;
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

    private void noteBases(Side side, TcpSegment segment) {
        int own = segment.isSyn() ? segment.seq() : segment.seq() - 1;
        boolean client = side == Side.CLIENT;
        if (client ? !clientBaseKnown : !serverBaseKnown) {
            base(client, own);
        }
        if (segment.isAck() && (client ? !serverBaseKnown : !clientBaseKnown)) {
            base(!client, segment.ack() - 1);
        }
    }

    private void base(boolean client, int seq) {
        if (client) {
            clientBase = seq;
            clientBaseKnown = true;
        } else {
            serverBase = seq;
            serverBaseKnown = true;
        }
    }
}
