package tcpflowcheck.flow;

import org.jspecify.annotations.Nullable;
import tcpflowcheck.wire.TcpSegment;

/**
 * The clock of a capture, nanoseconds since the epoch: it never goes back, and a leap of more than a day counts once another
 * frame bears it out, so that one wild time stamp ends no flow.
 */
public final class CaptureClock {
    private static final long LEAP_NANOS = 86_400_000_000_000L;
    private static final long NONE = Long.MIN_VALUE;

    private long now = NONE;
    /** The time of the last frame, if the clock would leap to it. */
    private long leapt = NONE;
    /** The last segment, if its time is a leap ahead; mostly null. */
    private @Nullable TcpSegment kept;

    /** {@link Long#MIN_VALUE} before the first frame. */
    public long now() {
        return now;
    }

    /** Whether the time of a frame is a leap, which the frame before it does not bear out. */
    public boolean leapsTo(long time) {
        boolean leaps = now != NONE && time > now + LEAP_NANOS;
        return leaps && (leapt == NONE || !bearsOut(time, leapt));
    }

    /** Whether a frame of this time bears out a leap of the frame before it. */
    private static boolean bearsOut(long time, long leapt) {
        return time >= leapt - LEAP_NANOS; // a leap is ahead of some time, so far above the least
    }

    /** Whether a segment has to wait, since its time is a leap, which the next frame may bear out; it is copied. */
    boolean keeps(TcpSegment segment) {
        kept = leapsTo(segment.time()) ? segment.copy() : null;
        return kept != null;
    }

    /** The segment that waits, null if none does: a frame of this time tells which clock it belongs to. */
    @Nullable
    TcpSegment release(long time) {
        TcpSegment leaping = kept;
        kept = null;
        if (leaping != null && bearsOut(time, leaping.time())) {
            leapt = leaping.time();
        }
        return leaping;
    }

    /** A frame of this time passes; whether the clock goes on to it. */
    public boolean goesOn(long time) {
        boolean leaps = leapsTo(time);
        leapt = leaps ? time : NONE;
        if (time <= now || leaps) {
            return false;
        }
        now = time;
        return true;
    }
}
