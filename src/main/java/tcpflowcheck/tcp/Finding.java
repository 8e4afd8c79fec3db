package tcpflowcheck.tcp;

import java.util.Arrays;

/** One rule on one side of a connection: how often, in which frames first, and what was said the first time. */
public final class Finding {
    /** Frames that are named; the count goes on. */
    private static final int MAX_FRAMES = 100;

    private final Rule rule;
    private final Side side;
    private String message;
    private boolean sumsUp;
    private Severity severity;
    private long[] frames = new long[1];
    private int named;
    private int count;

    Finding(TcpEvent.Found first) {
        rule = first.rule();
        side = first.side();
        message = first.message();
        severity = first.severity();
        again(first.frame(), first.severity());
    }

    void again(long frame, Severity how) {
        count++;
        if (how.compareTo(severity) < 0) {
            severity = how;
        }
        isIn(frame);
    }

    /** A frame belongs to it, too. */
    void isIn(long frame) {
        if (named < MAX_FRAMES) {
            if (named == frames.length) {
                frames = Arrays.copyOf(frames, Math.min(2 * named, MAX_FRAMES));
            }
            frames[named++] = frame;
        }
    }

    /** It was not so in a frame; false if that is not named. */
    boolean takeBack(long frame) {
        for (int i = 0; i < named; i++) {
            if (frames[i] == frame) {
                System.arraycopy(frames, i + 1, frames, i, --named - i);
                count--;
                return true;
            }
        }
        return false;
    }

    /** What came of it takes the place of what was said the first time. */
    void sumUp(String what, Severity how) {
        message = what;
        sumsUp = true;
        severity = how.compareTo(severity) < 0 ? how : severity;
    }

    public Rule rule() {
        return rule;
    }

    public Side side() {
        return side;
    }

    /** What was said the first time, or where it sums up, what was said last. */
    public String message() {
        return message;
    }

    /** Whether the message tells how long it went on and what came of it. */
    public boolean sumsUp() {
        return sumsUp;
    }

    /** The worst of all times. */
    public Severity severity() {
        return severity;
    }

    public int count() {
        return count;
    }

    /** How many frames are named. */
    public int frameCount() {
        return named;
    }

    /** A frame in which it was found, from the first. */
    public long frame(int index) {
        return frames[index];
    }
}
