package tcpflowcheck.tcp;

import tcpflowcheck.wire.TcpSegment;

/** The rules of a connection that hangs: an end waits, and what it waits for does not come. */
final class Hangs {
    private final Connection connection;
    private final Unanswered client;
    private final Unanswered server;

    Hangs(Connection connection) {
        this.connection = connection;
        client = new Unanswered(connection.client());
        server = new Unanswered(connection.server());
    }

    private Unanswered unanswered(Side side) {
        return side == Side.CLIENT ? client : server;
    }

    /** Reads a segment with neither SYN nor RST before the ends move. */
    void sees(Endpoint sender, Endpoint receiver, TcpSegment segment) {
        if (segment.length() > 0 && segment.isAck()) {
            long last = Math.max(sender.lastSentTime, receiver.lastSentTime);
            unanswered(sender.side()).sends(segment, last);
        }
        unanswered(receiver.side()).peerSends(segment);
    }

    /** Nothing more is to come. */
    void end() {
        client.end();
        server.end();
    }
}
