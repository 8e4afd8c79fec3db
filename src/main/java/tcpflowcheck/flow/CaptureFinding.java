package tcpflowcheck.flow;

import tcpflowcheck.tcp.Rule;
import tcpflowcheck.tcp.Severity;

/** Something found in the capture as a whole, or in many flows at once; it grows until the capture has ended. */
public final class CaptureFinding {
    private final Rule rule;
    private long firstFrame;
    private final String before;
    private final String after;
    private long count;
    private boolean estimated;

    CaptureFinding(Rule rule, long firstFrame, String before, String after) {
        this.rule = rule;
        this.firstFrame = firstFrame;
        this.before = before;
        this.after = after;
    }

    void count(long now) {
        count = now;
    }

    /** Shown by this frame, too; frames may come in any order. */
    void shown(long frame) {
        firstFrame = Math.min(firstFrame, frame);
    }

    /** Too many to be counted one by one. */
    void estimate(long now) {
        count = now;
        estimated = true;
    }

    public Rule rule() {
        return rule;
    }

    /** A capture whose checksums are all off by one number was rewritten: nothing was wrong on the wire. */
    public Severity severity() {
        return rule == Rule.CHECKSUM_BAD ? Severity.NOTE : rule.severity();
    }

    /** The frame that showed it first, 0 if none did. */
    public long firstFrame() {
        return firstFrame;
    }

    /** How many frames, half-open connections, ports or hosts; the message says of what. */
    public long count() {
        return count;
    }

    /** With the count and, where there are any, the addresses. */
    public String message() {
        return before + (estimated ? "about " : "") + count + after;
    }
}
