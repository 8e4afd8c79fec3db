package tcpflowcheck.tcp;

import tcpflowcheck.tcp.SentSegments.Purpose;
import tcpflowcheck.tcp.evidence.Sightings;
import tcpflowcheck.wire.TcpSegment;

/** What went before an RST: how long the connection had been silent, and what provoked the RST then. */
final class BeforeReset {
    private BeforeReset() {}

    /**
     * How long nothing had passed before the segment that an RST answers, or where it answers none, before the RST.
     *
     * @return nanoseconds, -1 if it is not known
     */
    static long silenceNanos(Endpoint sender, TcpSegment rst) {
        long last = Math.max(sender.lastSentTime, sender.peer().lastSentTime);
        if (last == 0) {
            return -1;
        }
        return answers(sender, rst) ? sender.peer().silenceNanos : Math.max(rst.time() - last, 0);
    }

    /** Whether the peer spoke last, within a round trip and a second: what the RST answers. */
    private static boolean answers(Endpoint sender, TcpSegment rst) {
        Endpoint peer = sender.peer();
        long since = rst.time() - peer.lastSentTime;
        return peer.lastSentTime > sender.lastSentTime
                && since <= sender.connection.roundTripNanos() + Sightings.ANSWER_NANOS;
    }

    /** {@code , 0.4 ms after data that follow 245.0 s of silence}; empty where there was none. */
    static String words(Endpoint sender, TcpSegment rst) {
        SegmentAnalysis analysis = sender.connection.analysisIfAny();
        String probes = analysis == null
                ? null
                : analysis.sent(sender.side()).keepAlives.unanswered();
        if (probes != null) {
            return ", after " + probes;
        }
        String forgotten = sender.connection.handshake().challenges().forgotten(sender, rst);
        if (forgotten != null) {
            return ": " + forgotten;
        }
        long silence = silenceNanos(sender, rst);
        if (silence < Connection.FIRST_TIMEOUT_NANOS) {
            return "";
        }
        String words = ", ";
        if (answers(sender, rst)) {
            Endpoint peer = sender.peer();
            boolean probe = analysis != null && analysis.sent(peer.side()).last == Purpose.KEEP_ALIVE;
            boolean data = peer.textAt == peer.lastSentTime;
            String what = probe ? "a keep-alive that follows " : data ? "data that follow " : "a segment that follows ";
            words += Span.text(rst.time() - peer.lastSentTime) + " after " + what + Span.text(silence) + " of silence";
        } else {
            words += "after " + Span.text(silence) + " of silence";
        }
        return words + closedWindows(sender, rst);
    }

    private static String closedWindows(Endpoint sender, TcpSegment rst) {
        SegmentAnalysis analysis = sender.connection.analysisIfAny();
        for (Side side : Side.values()) {
            if (analysis != null && analysis.sent(side).closed.isClosed()) {
                return "; the " + side + "'s window had been closed for "
                        + Span.text(analysis.sent(side).closed.nanos(rst.time()));
            }
        }
        return "";
    }
}
