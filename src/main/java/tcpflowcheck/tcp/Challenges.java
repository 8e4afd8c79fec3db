package tcpflowcheck.tcp;

import org.jspecify.annotations.Nullable;
import tcpflowcheck.wire.TcpSegment;

/** What an end must answer by a challenge ACK: a SYN in a synchronized state, an RST that is not exactly next (RFC 5961). */
final class Challenges {
    private final Connection connection;
    private boolean client;
    private boolean server;

    // the last SYN of an end that is synchronized, and what answers that; frame 0 if there is none
    private @Nullable Side opener;
    private long synFrame;
    private long answerFrame;
    private int answerAck;
    private @Nullable StillHeld held;

    Challenges(Connection connection) {
        this.connection = connection;
    }

    /** A segment that must be answered so goes to {@code receiver}. */
    void of(Endpoint receiver) {
        client |= receiver.side() == Side.CLIENT;
        server |= receiver.side() == Side.SERVER;
    }

    /** An end that is synchronized, or whose peer is in TIME-WAIT, sends a SYN with another number, which that rule finds. */
    void opensAnew(Rule rule, Endpoint sender, TcpSegment syn) {
        if (held == null || !held.isSaidBy(rule) || opener != sender.side()) {
            held = new StillHeld(rule, sender.peer(), syn);
        }
        opener = sender.side();
        synFrame = syn.frame();
        answerFrame = 0;
        of(sender.peer());
    }

    /** Whether an RST has the number of the answer to the last such SYN. */
    private boolean isRejection(Endpoint sender, TcpSegment rst) {
        return answerFrame > 0 && sender.side() == opener && !rst.isAck() && rst.seq() == answerAck;
    }

    /** An RST passes, which may reject the answer. */
    void reset(Endpoint sender, TcpSegment rst) {
        if (held != null && isRejection(sender, rst)) {
            held.isRejected(rst);
        }
    }

    /** Nothing more is to come. */
    void end(long until, Ending ending) {
        if (held != null) {
            held.end(connection, until, ending);
        }
    }

    /** Who has forgotten the connection and opens it anew rejects the answer (RFC 9293, Figure 9); null if an RST does not. */
    @Nullable
    String forgotten(Endpoint sender, TcpSegment rst) {
        return isRejection(sender, rst)
                ? "it has forgotten the connection, opens it anew in frame " + synFrame
                        + " and rejects the answer in frame " + answerFrame
                : null;
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
            if (held != null && sender.side() != opener && answerFrame == 0) {
                held.answers(segment);
            }
            answerFrame = segment.frame();
            answerAck = segment.ack();
        }
        client &= sender.side() == Side.SERVER;
        server &= sender.side() == Side.CLIENT;
    }
}
