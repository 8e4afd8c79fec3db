package tcpflowcheck.tcp;

import tcpflowcheck.wire.TcpOptions;
import tcpflowcheck.wire.TcpSegment;

/** What one end's SYN (or SYN,ACK) offered, as last sent. */
public final class SentOptions {
    private static final byte[] NONE = new byte[0];

    private boolean seen;
    private int mss = -1;
    private short windowShift = -1;
    private boolean sackPermitted;
    private boolean timestamps;
    private byte[] kinds = NONE;

    void note(TcpSegment syn) {
        TcpOptions options = syn.options();
        seen = true;
        mss = options.mss();
        windowShift = (short) options.windowShift();
        sackPermitted = options.sackPermitted();
        timestamps = options.timestamps();
        kinds = new byte[options.kindCount()];
        for (int i = 0; i < kinds.length; i++) {
            kinds[i] = (byte) options.kind(i);
        }
    }

    /** Whether a SYN of this end was captured; the others say nothing where it was not. */
    public boolean seen() {
        return seen;
    }

    /** -1 if absent. */
    public int mss() {
        return mss;
    }

    /** As sent, also above 14; -1 if absent. */
    public int windowShift() {
        return windowShift;
    }

    public boolean sackPermitted() {
        return sackPermitted;
    }

    public boolean timestamps() {
        return timestamps;
    }

    public int kindCount() {
        return kinds.length;
    }

    /** The kind of an option, in the order sent. */
    public int kind(int index) {
        return kinds[index] & 0xff;
    }
}
