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
    private boolean ofAnother;

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
        ofAnother = true;
        String what = "the " + sender.side() + " answers the SYN with an ACK of another connection, ack "
                + SeqNumber.unsigned(ack);
        connection.found(Rule.SYN_ANSWERED_BY_ACK, sender, segment, what);
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
