package tcpflowcheck.tcp;

import org.jspecify.annotations.Nullable;
import tcpflowcheck.wire.TcpSegment;

/** The keep-alives of one end since the peer last sent anything. */
final class KeepAlives {
    /** One or two may have been lost, or their answers. */
    private static final int FEW = 3;

    private int unanswered;
    private long frame;
    private long time;
    private long lastTime;

    /** The end probes. */
    void probes(TcpSegment probe) {
        if (unanswered == 0) {
            frame = probe.frame();
            time = probe.time();
        }
        unanswered++;
        lastTime = probe.time();
    }

    /** The peer sends something. */
    void peerSends() {
        unanswered = 0;
    }

    /** {@code 9 keep-alives unanswered in 600.0 s}; null if there are few. */
    @Nullable
    String unanswered() {
        return unanswered < FEW ? null : unanswered + " keep-alives unanswered in " + Span.text(lastTime - time);
    }

    /**
     * The connection has ended.
     *
     * @param until when it ended
     */
    void end(Endpoint prober, long until) {
        Connection connection = prober.connection;
        Endpoint peer = prober.peer();
        if (unanswered() == null || peer.traffic().packets() == 0) {
            return;
        }
        Reset reset = connection.reset();
        String message = unanswered() + " from frame " + frame + " on: nothing came from the " + peer.side() + " for "
                + Span.text(until - peer.lastSentTime);
        if (reset != null && reset.by() == prober.side()) {
            message += "; then its RST in frame " + reset.frame();
        }
        Rule rule = Rule.KEEP_ALIVE;
        connection.sumUp(new TcpEvent.Found(frame, time, prober.side(), rule, Severity.WARNING, message), false);
    }
}
