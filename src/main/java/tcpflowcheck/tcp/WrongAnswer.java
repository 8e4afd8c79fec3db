package tcpflowcheck.tcp;

import org.jspecify.annotations.Nullable;
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

    /** Null if none is of another connection. */
    private @Nullable Another another;

    /** Answers that are of another connection. */
    private static final class Another {
        private final String which;
        private final Side holder;
        private final boolean mayBeInTimeWait;
        private final long firstFrame;
        private final long firstTime;
        private long lastTime;
        private int answers;
        private long rejectedIn;
        private boolean goesOn;

        Another(String which, Side holder, boolean mayBeInTimeWait, TcpSegment first) {
            this.which = which;
            this.holder = holder;
            this.mayBeInTimeWait = mayBeInTimeWait;
            firstFrame = first.frame();
            firstTime = first.time();
        }
    }

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
        if (another == null) {
            Side holder = sender.side();
            String which = connection.otherHeldBy(holder, segment) + ", ack " + SeqNumber.unsigned(ack);
            another = new Another(which, holder, connection.mayOtherBeInTimeWait(holder, segment), segment);
        }
        another.answers++;
        another.lastTime = segment.time();
        another.goesOn |= another.rejectedIn > 0;
        String what = "the " + another.holder + " answers the SYN with an ACK of " + another.which;
        connection.found(Rule.SYN_ANSWERED_BY_ACK, sender, segment, what);
    }

    /** Nothing more is to come: what became of the other connection. */
    void end() {
        if (another != null && connection.findings().has(Rule.SYN_ANSWERED_BY_ACK, another.holder)) {
            Side holder = another.holder;
            String message = message(another);
            connection.sumUp(
                    TcpEvent.Found.of(Rule.SYN_ANSWERED_BY_ACK, holder, another.firstFrame, another.firstTime, message),
                    false);
        }
    }

    private String message(Another another) {
        String message = "the " + another.holder + " still holds " + another.which;
        message += another.answers == 1
                ? ""
                : ", and says so " + another.answers + " times in " + Span.text(another.lastTime - another.firstTime);
        long opened = connection.handshake().nanosFromFirstSyn();
        if (another.goesOn && opened < 0) {
            message += "; the " + another.holder.peer() + "'s RSTs from frame " + another.rejectedIn
                    + " on do not end that: they do not come there"
                    + (another.mayBeInTimeWait ? ", or it ignores them in TIME-WAIT" : "");
        } else if (another.rejectedIn > 0 && !another.goesOn) {
            message += "; the RST in frame " + another.rejectedIn + (opened < 0 ? " rejects that" : " ends that");
        }
        return message + (opened < 0 ? "" : "; opened " + Span.text(opened) + " after the first SYN");
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
        if (another != null) {
            another.rejectedIn = another.rejectedIn == 0 ? rst.frame() : another.rejectedIn;
            connection.findings().isIn(Rule.SYN_ANSWERED_BY_ACK, sender.side().peer(), rst.frame());
        }
    }

    boolean isOfAnother() {
        return another != null;
    }

    /** {@code ack = x+5, expected x+1}: x is the client's initial sequence number, y the server's. */
    static String mismatch(Endpoint receiver, TcpSegment segment) {
        String isn = receiver.side() == Side.CLIENT ? "x" : "y";
        int off = SeqNumber.distance(receiver.iss(), segment.ack());
        return "ack = " + isn + (off < 0 ? "" : "+") + off + ", expected " + isn + "+1";
    }
}
