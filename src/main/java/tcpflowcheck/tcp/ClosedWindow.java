package tcpflowcheck.tcp;

import org.jspecify.annotations.Nullable;
import tcpflowcheck.wire.TcpSegment;

/** When one end has offered no window: since which frame, how often it was probed, and whether it opened again. */
final class ClosedWindow {
    private static final long NEVER = -1;

    /** Nanoseconds since the epoch, or {@link #NEVER}. */
    private long since = NEVER;

    private long frame;
    private int probes;

    /** How often it said while it was closed that it still was. */
    private int answers;

    // the longest that ended
    private long longestNanos;
    private long longestFrame;
    private long longestSince;
    private long openedFrame;

    boolean isClosed() {
        return since != NEVER;
    }

    /** Nanoseconds since it closed; 0 if it is open. */
    long nanos(long now) {
        return isClosed() ? Math.max(now - since, 0) : 0;
    }

    /** The end offers a window of so many octets, before scaling; how long it was closed until now, 0 if it was not. */
    long offers(TcpSegment segment) {
        if (segment.window() == 0) {
            answers += isClosed() ? 1 : 0;
            if (!isClosed()) {
                since = segment.time();
                frame = segment.frame();
                probes = 0;
                answers = 0;
            }
            return 0;
        }
        long closed = nanos(segment.time());
        if (closed > longestNanos) {
            longestNanos = closed;
            longestFrame = frame;
            longestSince = since;
            openedFrame = segment.frame();
        }
        since = NEVER;
        return closed;
    }

    /** The peer asks whether it has opened. */
    void isProbed() {
        probes++;
    }

    /**
     * The connection has ended: says for how long it was closed, if that held it up.
     *
     * @param reset the RST that ended it, or null
     * @param until when it ended
     */
    void end(Connection connection, Side side, @Nullable Reset reset, long until) {
        if (!connection.findings().has(Rule.ZERO_WINDOW, side)) {
            return;
        }
        long closed = nanos(until);
        if (isClosed() && (reset != null || closed >= Connection.FIRST_TIMEOUT_NANOS)) {
            String whose = reset == null || reset.by() != side ? "the " : "its own ";
            String end = reset == null ? "end" : (reset.by() != side ? reset.by() + "'s " : "") + "RST in frame ";
            String message = "its window closes in frame " + frame + " and never opens again: " + Span.text(closed)
                    + " until " + whose + end + (reset == null ? "" : reset.frame()) + probed(side);
            say(connection, side, frame, since, message);
        } else if (longestNanos >= Connection.FIRST_TIMEOUT_NANOS) {
            String longest = "its window was closed for " + Span.text(longestNanos) + ", from frame " + longestFrame
                    + " until frame " + openedFrame;
            say(connection, side, longestFrame, longestSince, longest);
        }
    }

    private String probed(Side side) {
        if (probes == 0) {
            return "";
        }
        String by = "; " + probes + (probes == 1 ? " probe" : " probes") + " of the " + side.peer();
        return by + (answers == 0 ? " unanswered" : ", " + answers + " answered");
    }

    private void say(Connection connection, Side side, long frame, long time, String message) {
        connection.sumUp(TcpEvent.Found.of(Rule.ZERO_WINDOW, side, frame, time, message), false);
    }
}
