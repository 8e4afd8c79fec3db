package tcpflowcheck.tcp;

import tcpflowcheck.wire.TcpSegment;

/** What an end must answer by a challenge ACK: a SYN in a synchronized state, an RST that is not exactly next (RFC 5961). */
final class Challenges {
    private final Connection connection;
    private boolean client;
    private boolean server;

    Challenges(Connection connection) {
        this.connection = connection;
    }

    /** A segment that must be answered so goes to {@code receiver}. */
    void of(Endpoint receiver) {
        client |= receiver.side() == Side.CLIENT;
        server |= receiver.side() == Side.SERVER;
    }

    /** Whether an end got something that it must answer so. */
    boolean waitFor(Endpoint end) {
        return end.side() == Side.CLIENT ? client : server;
    }

    /** The next segment of an end for whose challenge ACK something waits: it, or not. */
    void answered(Endpoint sender, TcpSegment segment) {
        boolean bare = segment.isAck() && segment.length() == 0 && !segment.isFin();
        if (bare && (!sender.rcvNxtKnown() || segment.ack() == sender.rcvNxt())) {
            connection.found(Rule.CHALLENGE_ACK, sender, segment, "answers a SYN or RST that it must not act on");
        }
        client &= sender.side() == Side.SERVER;
        server &= sender.side() == Side.CLIENT;
    }
}
