package tcpflowcheck.tcp;

import tcpflowcheck.wire.TcpOptions;
import tcpflowcheck.wire.TcpSegment;

/**
 * What one end's SYN (or SYN,ACK) offered. Of several copies each counts, since any may be the one that was answered; the
 * values are those that were sent last.
 */
public final class SentOptions {
    private static final byte[] NONE = new byte[0];

    private boolean seen;

    /** The snap length cut the list of each copy: what is absent may have been there. */
    private boolean cut = true;

    private boolean timestampsInEach = true;
    private int mss = -1;
    private short windowShift = -1;
    private boolean sackPermitted;
    private boolean timestamps;
    private byte[] kinds = NONE;

    /** Notes a SYN; another connection's, if {@code again} is false, is forgotten. */
    void note(TcpSegment syn, boolean again) {
        TcpOptions options = syn.options();
        if (!again) {
            cut = true;
            timestampsInEach = true;
            mss = -1;
            windowShift = -1;
            sackPermitted = false;
            timestamps = false;
        }
        seen = true;
        cut &= options.cut();
        timestampsInEach &= options.timestamps() || options.cut();
        mss = options.mss() >= 0 ? options.mss() : mss;
        windowShift = options.windowShift() >= 0 ? (short) options.windowShift() : windowShift;
        sackPermitted |= options.sackPermitted();
        timestamps |= options.timestamps();
        kinds = new byte[options.kindCount()];
        for (int i = 0; i < kinds.length; i++) {
            kinds[i] = (byte) options.kind(i);
        }
    }

    /** Whether a SYN of this end was captured; the others say nothing where it was not. */
    public boolean seen() {
        return seen;
    }

    /** Whether what is absent is so: a SYN was captured with all its options. */
    public boolean whole() {
        return seen && !cut;
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

    /** Whether each copy had timestamps. */
    boolean timestampsInEach() {
        return timestamps && timestampsInEach;
    }

    /** Whether a SYN was captured, and none had timestamps. */
    boolean lacksTimestamps() {
        return whole() && !timestamps;
    }

    /** Whether a SYN was captured, and none permitted SACK. */
    boolean lacksSack() {
        return whole() && !sackPermitted;
    }

    /** Whether it is known if windows are scaled. */
    boolean windowShiftKnown() {
        return windowShift >= 0 || whole();
    }

    /** Of the last one. */
    public int kindCount() {
        return kinds.length;
    }

    /** The kind of an option, in the order sent. */
    public int kind(int index) {
        return kinds[index] & 0xff;
    }
}
