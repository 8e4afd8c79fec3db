package tcpflowcheck.flow;

/**
 * The clock of a capture, nanoseconds since the epoch: it never goes back, and a leap of more than a day counts once another
 * frame bears it out, so that one wild time stamp ends no flow.
 */
final class CaptureClock {
    private static final long LEAP_NANOS = 86_400_000_000_000L;
    private static final long NONE = Long.MIN_VALUE;

    private long now = NONE;
    /** The time of the last frame, if the clock would leap to it. */
    private long leapt = NONE;

    long now() {
        return now;
    }

    /** Whether the time of a frame is a leap, which the frame before it does not bear out. */
    boolean leapsTo(long time) {
        boolean leaps = now != NONE && time > now + LEAP_NANOS;
        return leaps && (leapt == NONE || !bearsOut(time, leapt));
    }

    /** Whether a frame of this time bears out a leap of the frame before it. */
    static boolean bearsOut(long time, long leapt) {
        return time >= leapt - LEAP_NANOS; // a leap is ahead of some time, so far above the least
    }

    /** The frame after the next one bears out the leap to that. */
    void mayLeapTo(long time) {
        leapt = time;
    }

    /** A frame of this time passes; whether the clock goes on to it. */
    boolean goesOn(long time) {
        boolean leaps = leapsTo(time);
        leapt = leaps ? time : NONE;
        if (time <= now || leaps) {
            return false;
        }
        now = time;
        return true;
    }
}
