package tcpflowcheck.tcp;

import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpSegment;

/** The rules of the segments group that tell of windows, held against each segment with ACK before the ends move. */
final class WindowRules {
    private WindowRules() {}

    static void see(Connection connection, Endpoint sender, Endpoint receiver, TcpSegment segment) {
        if (segment.isSyn() || segment.isFin()) {
            return;
        }
        if (segment.window() == 0 && !connection.counted(Rule.ZERO_WINDOW, sender, segment)) {
            connection.found(Rule.ZERO_WINDOW, sender, segment, "win 0");
        }
        full(connection, sender, segment);
        fills(connection, receiver, segment);
        shrinks(connection, sender, segment);
    }

    /** Without both SYNs the scale is not known; a SYN,ACK's window is not scaled (RFC 7323, section 2.2). */
    private static void fills(Connection connection, Endpoint receiver, TcpSegment segment) {
        boolean known = receiver.windowScaleKnown() && receiver.rcvNxtKnown();
        if (segment.length() == 0 || !known) {
            return;
        }
        SentSegments offers = connection.analysis().sent(receiver.side());
        int edge = offers.edgeKnown ? offers.edge : receiver.rcvEdge();
        if (segment.end() == edge) {
            offers.filled(segment, edge - receiver.rcvNxt());
        }
    }

    /**
     * The receiver of a window that was full speaks. One that it makes larger now was no limit: receivers let their
     * windows grow with the sender's speed, and the edge is touched now and then on a path where nothing is wrong.
     */
    private static void full(Connection connection, Endpoint sender, TcpSegment segment) {
        SentSegments offers = connection.analysis().sent(sender.side());
        boolean answers = SeqNumber.gt(segment.ack(), offers.ack) || sender.receiveWindow(segment) == 0;
        if (offers.fullFrame == 0 || !answers) {
            return;
        }
        if (sender.receiveWindow(segment) <= offers.fullWindow) {
            foundFull(connection, sender);
        }
        offers.fullFrame = 0;
    }

    /** The flow has ended. */
    static void end(Connection connection, Endpoint end) {
        if (connection.analysis().sent(end.side()).fullFrame > 0) {
            foundFull(connection, end);
        }
    }

    private static void foundFull(Connection connection, Endpoint receiver) {
        SentSegments offers = connection.analysis().sent(receiver.side());
        Side by = receiver.side().peer();
        String message = "up to the edge of the " + receiver.side() + "'s window of " + offers.fullWindow + " octets";
        connection.found(Rule.WINDOW_FULL, by, offers.fullFrame, offers.fullTime, message);
        offers.fullFrame = 0;
    }

    /** What rounding by the scale explains is no shrinking, and a SYN's window may be any promise. */
    private static void shrinks(Connection connection, Endpoint sender, TcpSegment segment) {
        SentSegments sent = connection.analysis().sent(sender.side());
        if (!sender.windowScaleKnown() || (sent.ackKnown && SeqNumber.lt(segment.ack(), sent.ack))) {
            return;
        }
        int edge = segment.ack() + sender.receiveWindow(segment);
        int left = sent.edge - edge;
        boolean older = sent.isOlder(segment);
        if (sent.edgeKnown && left >= 1 << sender.windowShift() && !older) {
            if (!connection.counted(Rule.WINDOW_SHRUNK, sender, segment)) {
                connection.found(
                        Rule.WINDOW_SHRUNK,
                        sender,
                        segment,
                        "the edge of its window moves left by " + left + " octets");
            }
        }
        if (!older) {
            sent.edge = edge;
            sent.edgeKnown = true;
        }
    }
}
