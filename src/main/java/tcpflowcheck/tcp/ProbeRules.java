package tcpflowcheck.tcp;

import tcpflowcheck.tcp.SentSegments.Purpose;
import tcpflowcheck.wire.TcpSegment;

/** The rules of the segments group that tell of probes, which ask for nothing but an answer. */
final class ProbeRules {
    /** No TCP probes an idle connection more often. */
    private static final long KEEP_ALIVE_NANOS = 1_000_000_000;

    /** Probes at the start of a capture that are remembered until an answer shows what they are. */
    private static final int MOST_RARE = 16;

    private ProbeRules() {}

    /** What a segment with ACK is for, before the ends move. */
    static Purpose purpose(Connection connection, Endpoint sender, Endpoint receiver, TcpSegment segment) {
        boolean control = segment.has(TcpSegment.SYN | TcpSegment.FIN);
        if (control || segment.length() > 1 || !sender.sndNxtKnown()) {
            return Purpose.ORDINARY;
        }
        SegmentAnalysis analysis = connection.analysis();
        int below = sender.sndNxt() - segment.seq();
        boolean closed = analysis.sent(receiver.side()).window == 0;
        if (closed && (below == 1 || (below == 0 && segment.length() == 1))) {
            return Purpose.WINDOW_PROBE;
        }
        boolean idle = !receiver.rcvNxtKnown() || receiver.rcvNxt() == sender.sndNxt();
        if (below != 1 || !idle) {
            return Purpose.ORDINARY;
        }
        SentSegments sent = analysis.sent(sender.side());
        boolean rare = segment.time() - sent.lastTextTime >= KEEP_ALIVE_NANOS || sent.last == Purpose.KEEP_ALIVE;
        return segment.length() == 0 || rare ? Purpose.KEEP_ALIVE : Purpose.ORDINARY;
    }

    /** Reads a segment whose purpose is known. */
    static void see(Connection connection, Purpose purpose, Endpoint sender, TcpSegment segment) {
        boolean keepAlive = purpose == Purpose.KEEP_ALIVE;
        Rule rule = keepAlive ? Rule.KEEP_ALIVE : Rule.ZERO_WINDOW_PROBE;
        if (!connection.counted(rule, sender, segment)) {
            connection.found(
                    rule, sender, segment, keepAlive ? "one below what is next" : "the peer's window is closed");
        }
        SentSegments sent = connection.analysis().sent(sender.side());
        if (keepAlive) {
            sent.keepAlives.probes(segment);
        } else {
            connection.analysis().sent(sender.side().peer()).closed.isProbed();
        }
        if (!keepAlive && segment.length() == 1) {
            sent.probes(segment.seq());
        }
    }

    /**
     * A capture may begin with a keep-alive without an octet, which looks like any ACK. The next number shows it: the peer
     * answers by an ACK of one more, or, where no answer is in the capture, its sender goes on there.
     */
    static void beganTheCapture(Connection connection, Endpoint sender, Endpoint receiver, TcpSegment segment) {
        if (!connection.midstream() || segment.has(TcpSegment.SYN | TcpSegment.FIN) || !segment.isAck()) {
            return;
        }
        SegmentAnalysis analysis = connection.analysis();
        SentSegments sent = analysis.sent(sender.side());
        SentSegments peers = analysis.sent(receiver.side());
        if (receiver.hasOnlyBegun() && peers.firstFrame > 0 && answers(sent, receiver, segment)) {
            began(connection, peers, receiver);
        } else if (sender.hasOnlyBegun()
                && sent.firstFrame > 0
                && !peers.ackKnown
                && segment.length() > 0
                && segment.seq() - sender.sndNxt() == 1) {
            began(connection, sent, sender);
        }
    }

    private static boolean answers(SentSegments sent, Endpoint receiver, TcpSegment segment) {
        int below = receiver.rcvNxt() - segment.seq();
        boolean idle = receiver.rcvNxtKnown() && (below == 0 || below == 1);
        return !sent.ackKnown && idle && segment.length() == 0 && segment.ack() - receiver.sndNxt() == 1;
    }

    private static void began(Connection connection, SentSegments sent, Endpoint end) {
        String what = "one below what is next, as the capture begins";
        end.beganOneBelow();
        sent.beganWithProbe();
        connection.found(Rule.KEEP_ALIVE, end.side(), sent.firstFrame, sent.firstTime, what);
        for (int i = 0; i < sent.rare.size(); i++) {
            connection.found(Rule.KEEP_ALIVE, end.side(), sent.rare.frame(i), sent.rare.time(i), what);
        }
    }

    /**
     * Whether an ACK that repeats another is a probe, or answers one, though the number does not show it: it comes long after
     * that, where nothing of the peer is in the capture that it could answer.
     */
    static boolean mayBeProbe(Connection connection, Endpoint sender, Endpoint receiver, TcpSegment ack) {
        SentSegments sent = connection.analysis().sent(sender.side());
        boolean begins = connection.midstream() && sender.hasOnlyBegun();
        boolean alone = receiver.traffic().packets() == 0;
        if (ack.time() - sent.ackTime < KEEP_ALIVE_NANOS || (!begins && !alone)) {
            return false;
        }
        if (begins && sent.rare.size() < MOST_RARE) {
            sent.noteRare(ack);
        }
        return true;
    }
}
