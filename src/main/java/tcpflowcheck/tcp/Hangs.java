package tcpflowcheck.tcp;

import tcpflowcheck.wire.TcpSegment;

/** The rules of a connection that hangs: an end waits, and what it waits for does not come. */
final class Hangs {
    private final Connection connection;
    private final Unanswered client;
    private final Unanswered server;
    private final Request request = new Request();
    private final ThirdAck thirdAck;

    Hangs(Connection connection) {
        this.connection = connection;
        client = new Unanswered(connection.client());
        server = new Unanswered(connection.server());
        thirdAck = new ThirdAck(connection);
    }

    private Unanswered unanswered(Side side) {
        return side == Side.CLIENT ? client : server;
    }

    ThirdAck thirdAck() {
        return thirdAck;
    }

    /** Reads a segment that is no RST before the ends move. */
    void sees(Endpoint sender, Endpoint receiver, TcpSegment segment) {
        thirdAck.sees(sender, segment);
        boolean client = sender.side() == Side.CLIENT;
        if (segment.length() > 0 && segment.isAck()) {
            long last = Math.max(sender.lastSentTime, receiver.lastSentTime);
            unanswered(sender.side()).sends(segment, last);
            if (client) {
                request.sends(sender, segment);
            }
        } else if (client && segment.isFin()) {
            request.closes(sender, segment);
        }
        if (!client && segment.isFin()) {
            request.serverCloses(sender, segment);
        }
        unanswered(receiver.side()).peerSends(segment);
    }

    /** An RST ends the connection; the ends have not moved yet. */
    void resets(Endpoint sender, TcpSegment rst) {
        if (sender.side() == Side.CLIENT) {
            request.closes(sender, rst);
        }
    }

    /** Nothing more is to come; the last segment passed at {@code time}. */
    void end(long time) {
        thirdAck.end();
        client.end();
        server.end();
        request.end(connection);
        Reset reset = connection.reset();
        long until = time + (reset == null ? connection.timing().silenceAtEndNanos() : 0);
        for (Side side : Side.values()) {
            SentSegments sent = connection.analysis().sent(side);
            sent.closed.end(connection, side, reset, until);
            sent.keepAlives.end(connection.endpoint(side), until);
        }
    }
}
