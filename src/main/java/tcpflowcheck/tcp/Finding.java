package tcpflowcheck.tcp;

import java.util.Arrays;

/** One rule on one side of a connection: how often, in which frames first, and what was said the first time. */
public final class Finding {
    /** Frames that are named; the count goes on. */
    private static final int MAX_FRAMES = 100;

    private final Rule rule;
    private final Side side;
    private final String message;
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
        if (named < MAX_FRAMES) {
            if (named == frames.length) {
                frames = Arrays.copyOf(frames, Math.min(2 * named, MAX_FRAMES));
            }
            frames[named++] = frame;
        }
    }

    public Rule rule() {
        return rule;
    }

    public Side side() {
        return side;
    }

    /** What was said the first time. */
    public String message() {
        return message;
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
