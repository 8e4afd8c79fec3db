package tcpflowcheck.tcp;

import tcpflowcheck.wire.TcpSegment;

/**
 * Whether the server goes on as if the third segment of the handshake had not come: it sends its SYN,ACK again and again
 * though it was acknowledged, or it acknowledges nothing of the client's first octets. Then nothing that has passed has
 * brought it out of SYN-RECEIVED.
 */
final class ThirdAck {
    /** SYN,ACKs again, each of which an ACK should have stopped. One such ACK is lost now and then. */
    private static final int MOST_SYN_ACKS = 1;

    private static final int MOST_COPIES = 2;

    private static final String TIMESTAMPS =
            "; likely because it lacks the timestamps that were agreed on: such a segment is dropped (RFC 7323 3.2)";

    private final Connection connection;

    /** What confirms the SYN,ACK first, or frame 0. */
    private long frame;

    private long time;

    /** None of what confirms the SYN,ACK has the timestamps that were agreed on (RFC 7323, section 3.2). */
    private boolean lacksTimestamps;

    /** When the last SYN,ACK was acknowledged first, or 0. */
    private long acknowledgedAt;

    private int synAcks;
    private long lastSynAckAt;

    // the first octets of the client
    private int copies;
    private int octets;
    private long textFrame;
    private long textAt;
    private long lastTextAt;

    /** The server has gone on: by what, and when. */
    private boolean goesOn;

    private long goesOnFrame;
    private long goesOnAt;

    ThirdAck(Connection connection) {
        this.connection = connection;
    }

    /** Reads a segment that is no RST before the ends move. */
    void sees(Endpoint sender, TcpSegment segment) {
        if (goesOn) {
            return;
        }
        Endpoint server = connection.server();
        if (sender == server) {
            answers(server, segment);
        } else if (!segment.isSyn() && segment.isAck()) {
            confirms(server, segment);
        }
    }

    private void answers(Endpoint server, TcpSegment segment) {
        if (!segment.isSyn()) {
            goesOn(server, segment);
        } else if (segment.isAck() && acknowledgedAt != 0 && segment.seq() == server.iss()) {
            synAcks += segment.time() - acknowledgedAt > connection.roundTripNanos() ? 1 : 0;
            acknowledgedAt = 0;
            lastSynAckAt = segment.time();
            server.ignoresThirdAck |= synAcks > MOST_SYN_ACKS;
        }
    }

    private void goesOn(Endpoint server, TcpSegment segment) {
        goesOn = true;
        goesOnFrame = segment.frame();
        goesOnAt = segment.time();
        server.ignoresThirdAck = false;
    }

    private void confirms(Endpoint server, TcpSegment segment) {
        if (server.initial() != TcpState.LISTEN || !server.options().seen() || segment.ack() != server.iss() + 1) {
            goesOn(server, segment);
            return;
        }
        if (frame == 0) {
            frame = segment.frame();
            time = segment.time();
            lacksTimestamps = true;
        }
        lacksTimestamps &= lacksTimestamps(segment);
        acknowledgedAt = acknowledgedAt == 0 ? segment.time() : acknowledgedAt;
        Endpoint client = connection.client();
        if (segment.length() > 0 && segment.seq() == client.sndUna()) {
            if (copies++ == 0) {
                octets = segment.length();
                textFrame = segment.frame();
                textAt = segment.time();
            }
            lastTextAt = segment.time();
            server.ignoresThirdAck |= isTextIgnored(segment.time());
        }
    }

    private boolean lacksTimestamps(TcpSegment segment) {
        return !segment.options().timestamps()
                && !segment.options().cut()
                && connection.client().options().timestampsInEach()
                && connection.server().options().timestampsInEach();
    }

    private boolean isTextIgnored(long now) {
        return copies > MOST_COPIES && now - textAt >= Connection.FIRST_TIMEOUT_NANOS;
    }

    /**
     * Nothing more is to come.
     *
     * @param until where the clock of the capture stood
     * @return whether only the time that has passed since shows that nothing was taken
     */
    boolean comesToLight(long until) {
        Endpoint server = connection.server();
        boolean news = !goesOn && !server.ignoresThirdAck && isTextIgnored(until);
        server.ignoresThirdAck |= news;
        return news;
    }

    /** The paths are settled. */
    void end() {
        boolean ignored = connection.server().ignoresThirdAck && !goesOn;
        boolean late = goesOn && synAcks > MOST_SYN_ACKS;
        if ((!ignored && !late) || CaptureRules.isOneSided(connection)) {
            return;
        }
        String message = "the server goes on as if the ACK of frame " + frame + " had not come: ";
        if (synAcks > 0) {
            message += "SYN,ACK " + synAcks + (synAcks == 1 ? " time" : " times") + " again in "
                    + Span.text(lastSynAckAt - time) + (copies > 1 ? ", " : "");
        }
        if (copies > 1) {
            message += octets + " octets of frame " + textFrame + " sent " + copies + " times in "
                    + Span.text(lastTextAt - textAt) + (late ? "" : ", never acknowledged");
        }
        message += late ? "; taken after " + Span.text(goesOnAt - time) + ", frame " + goesOnFrame : "";
        message += lacksTimestamps && !late ? TIMESTAMPS : "";
        connection.sumUp(TcpEvent.Found.of(Rule.THIRD_ACK_IGNORED, Side.CLIENT, frame, time, message), true);
    }
}
