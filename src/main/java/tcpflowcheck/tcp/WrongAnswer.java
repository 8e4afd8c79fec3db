package tcpflowcheck.tcp;

import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpSegment;

/**
 * An answer to a SYN that does not acknowledge it: of another connection that the peer still holds, or wrong. The end in
 * SYN-SENT rejects it by an RST, which ends nothing of its own (RFC 9293, section 3.10.7.3, Figures 8 to 10).
 */
final class WrongAnswer {
    private final Connection connection;

    /** The last one, 0 before there is any. */
    private long frame;

    private int ack;

    // of answers that are of another connection
    private boolean ofAnother;
    private String which;
    private Side holder;
    private int answers;
    private long firstFrame;
    private long firstTime;
    private long lastTime;
    private long rejectedIn;
    private boolean goesOn;

    WrongAnswer(Connection connection) {
        this.connection = connection;
    }

    /** A SYN,ACK that does not acknowledge the SYN. */
    void synAck(Endpoint sender, TcpSegment segment) {
        connection.found(Rule.HANDSHAKE_ACK_MISMATCH, sender, segment, mismatch(sender.peer(), segment));
        frame = segment.frame();
        ack = segment.ack();
    }

    /** An ACK without SYN that does not acknowledge it. */
    void ackOfAnother(Endpoint sender, TcpSegment segment) {
        sender.holdsAnother();
        frame = segment.frame();
        ack = segment.ack();
        if (!ofAnother) {
            ofAnother = true;
            holder = sender.side();
            firstFrame = frame;
            firstTime = segment.time();
            which = connection.otherHeldBy(holder, segment) + ", ack " + SeqNumber.unsigned(ack);
        }
        answers++;
        lastTime = segment.time();
        goesOn |= rejectedIn > 0;
        String what = "the " + holder + " answers the SYN with an ACK of " + which;
        connection.found(Rule.SYN_ANSWERED_BY_ACK, sender, segment, what);
    }

    /** Nothing more is to come: what became of the other connection. */
    void end() {
        if (!ofAnother || !connection.findings().has(Rule.SYN_ANSWERED_BY_ACK, holder)) {
            return;
        }
        String message = "the " + holder + " still holds " + which;
        message += answers == 1 ? "" : ", and says so " + answers + " times in " + Span.text(lastTime - firstTime);
        long opened = connection.handshake().nanosFromFirstSyn();
        if (goesOn && opened < 0) {
            message += "; the " + holder.peer() + "'s RSTs from frame " + rejectedIn
                    + " on do not end that: they do not come there, or it ignores them in TIME-WAIT";
        } else if (rejectedIn > 0 && !goesOn) {
            message += "; the RST in frame " + rejectedIn + (opened < 0 ? " rejects that" : " ends that");
        }
        message += opened < 0 ? "" : "; opened " + Span.text(opened) + " after the first SYN";
        connection.sumUp(TcpEvent.Found.of(Rule.SYN_ANSWERED_BY_ACK, holder, firstFrame, firstTime, message), false);
    }

    /** Whether an RST has the number of the wrong answer's ACK. */
    boolean isRejectedBy(TcpSegment rst) {
        return frame != 0 && rst.seq() == ack;
    }

    /** An RST of an end in SYN-SENT that may reject it. */
    void rejectedBy(Endpoint sender, TcpSegment rst) {
        if (!isRejectedBy(rst)) {
            return;
        }
        connection.event(new TcpEvent.Rejection(rst.frame(), rst.time(), sender.side(), frame));
        if (ofAnother) {
            rejectedIn = rejectedIn == 0 ? rst.frame() : rejectedIn;
            connection.findings().isIn(Rule.SYN_ANSWERED_BY_ACK, sender.side().peer(), rst.frame());
        }
    }

    boolean isOfAnother() {
        return ofAnother;
    }

    /** {@code ack = x+5, expected x+1}: x is the client's initial sequence number, y the server's. */
    static String mismatch(Endpoint receiver, TcpSegment segment) {
        String isn = receiver.side() == Side.CLIENT ? "x" : "y";
        int off = SeqNumber.distance(receiver.iss(), segment.ack());
        return "ack = " + isn + (off < 0 ? "" : "+") + off + ", expected " + isn + "+1";
    }
}
