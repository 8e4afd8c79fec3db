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

    /** A frame of this time passes; whether the clock goes on to it. */
    boolean goesOn(long time) {
        boolean leaps = now != NONE && time > now + LEAP_NANOS;
        boolean borneOut = leaps && leapt != NONE && time >= leapt - LEAP_NANOS;
        leapt = leaps ? time : NONE;
        if (time <= now || leaps && !borneOut) {
            return false;
        }
        now = time;
        return true;
    }
}
