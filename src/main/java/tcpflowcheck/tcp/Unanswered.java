package tcpflowcheck.tcp;

import org.jspecify.annotations.Nullable;
import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpOptions;
import tcpflowcheck.wire.TcpSegment;

/**
 * Text of one end that is sent again and again, and the peer's ACK does not move: nobody is there any more, or its
 * segments are too large for the path.
 */
final class Unanswered {
    /** Times that the same octets are sent again, at least: less is repaired all the time. */
    private static final int FEW = 3;

    private static final long SOON_NANOS = 3 * Connection.FIRST_TIMEOUT_NANOS;

    /** Octets of text that every path carries (RFC 9293, section 3.7.1: 576 without two headers of 20). */
    private static final int SMALL = 536;

    /** What options take of a segment at most, so that one of the full size may be so much smaller than the MSS. */
    private static final int OPTIONS = 40;

    private final Endpoint sender;

    /** Where the text begins that left when nothing was in flight, and how long nothing had passed before. */
    private int flight;

    private long silenceNanos;

    /** Null unless the oldest octets in flight were sent again. */
    private @Nullable Stall stall;

    /** The octets that are sent again. */
    private static final class Stall {
        private final int seq;
        private final int octets;
        private long frame;
        private long time;
        private long silenceNanos;
        private int times;
        private int timesWhole;
        private int lastOctets;
        private long lastTime;

        /** The largest of the segments behind it that have arrived. */
        private int arrived;

        Stall(int seq, TcpSegment first) {
            this.seq = seq;
            octets = first.length();
        }
    }

    Unanswered(Endpoint sender) {
        this.sender = sender;
    }

    /**
     * The end sends text; the ends have not moved yet.
     *
     * @param last when the segment before passed, 0 if there was none; nanoseconds since the epoch
     */
    void sends(TcpSegment segment, long last) {
        if (!sender.sndNxtKnown()) {
            return;
        }
        int oldest = sender.sndUna();
        if (oldest == sender.sndNxt()) {
            flight = segment.seq();
            silenceNanos = last == 0 ? 0 : segment.time() - last;
        } else if (SeqNumber.within(segment.seq(), oldest, segment.seq() + segment.length()) && isHeard()) {
            again(segment, oldest);
        }
    }

    /** Whether the peer's ACKs are in the capture, and its window is open: text that goes into a closed one is a probe. */
    private boolean isHeard() {
        Endpoint peer = sender.peer();
        return peer.rcvNxtKnown()
                && peer.traffic().packets() > 0
                && sender.connection.analysis().sent(peer.side()).window != 0;
    }

    private void again(TcpSegment segment, int oldest) {
        SentText text = text();
        if (stall == null) {
            stall = new Stall(oldest, segment);
            int at = text.find(oldest);
            stall.frame = at < 0 ? segment.frame() : text.frame(at);
            stall.time = at < 0 ? segment.time() : text.time(at);
            stall.silenceNanos = oldest == flight ? silenceNanos : 0;
            stall.arrived =
                    sender.connection.analysis().sent(sender.side().peer()).largestSacked(text);
        }
        stall.times++;
        stall.timesWhole += segment.length() >= stall.octets ? 1 : 0;
        stall.lastOctets = segment.length();
        stall.lastTime = segment.time();
    }

    private SentText text() {
        return sender.connection.analysis().sent(sender.side()).text;
    }

    /** The peer sends something; the ends have not moved yet. */
    void peerSends(TcpSegment segment) {
        if (stall == null || !segment.isAck()) {
            return;
        }
        if (SeqNumber.acceptable(stall.seq, segment.ack(), sender.sndNxt())) {
            tell(stall, segment);
            stall = null;
            return;
        }
        TcpOptions options = segment.options();
        for (int i = 0; i < options.sackCount(); i++) {
            stall.arrived = Math.max(stall.arrived, text().largestIn(options.left(i), options.right(i)));
        }
    }

    /** Nothing more is to come. */
    void end() {
        if (stall != null && !hasUnseenPeer()) {
            tell(stall, null);
        }
    }

    /** The end has got octets that the capture does not hold, so that ACKs may be missing as well. */
    private boolean hasUnseenPeer() {
        return sender.rcvNxtKnown()
                && sender.peer().sndNxtKnown()
                && SeqNumber.gt(sender.rcvNxt(), sender.peer().sndNxt());
    }

    /** @param ack what acknowledges it at last, or null */
    private void tell(Stall stall, @Nullable TcpSegment ack) {
        if (stall.times < FEW) {
            return;
        }
        largeSegments(stall, ack);
        if (stall.lastTime - stall.time > SOON_NANOS) {
            sumUp(stall, Rule.UNANSWERED_DATA, message(stall, ack));
        }
    }

    private void sumUp(Stall stall, Rule rule, String message) {
        sender.connection.sumUp(TcpEvent.Found.of(rule, sender.side(), stall.frame, stall.time, message), true);
    }

    private String message(Stall stall, @Nullable TcpSegment ack) {
        String message = stall.octets + " octets of frame " + stall.frame + " sent " + (stall.times + 1) + " times in "
                + Span.text(stall.lastTime - stall.time);
        if (stall.silenceNanos >= Connection.FIRST_TIMEOUT_NANOS) {
            message += " after " + Span.text(stall.silenceNanos) + " of silence";
        }
        Endpoint peer = sender.peer();
        if (ack != null) {
            boolean first = sender.issKnown() && stall.seq == sender.iss() + 1 && !peer.synShown;
            return message + ", acknowledged in frame " + ack.frame() + ", " + Span.text(ack.time() - stall.time)
                    + " after the first" + (first ? "; the third ACK may not have been taken before that" : "");
        }
        boolean nothing =
                peer.lastSentTime < stall.time && sender.connection.handshake().synAckRetransmissions() == 0;
        return message + ", never acknowledged"
                + (nothing ? ": nothing came from the " + peer.side() + " any more" : "");
    }

    // ---- sizes

    /** Whether only the size explains it: no segment as large has ever arrived, and smaller ones have. */
    private void largeSegments(Stall stall, @Nullable TcpSegment ack) {
        boolean pieces = ack != null && stall.lastOctets < stall.octets;
        int arrived = Math.max(stall.arrived, pieces ? stall.lastOctets : 0);
        arrived = arrived == 0 && ack == null && isFirstOfFullSize(stall) ? text().largestAcked() : arrived;
        boolean never = text().largestAcked() < stall.octets && (ack == null || pieces);
        if (!never || arrived == 0 || arrived >= stall.octets || stall.octets <= SMALL || stall.timesWhole < FEW) {
            return;
        }
        String message = "segments of " + stall.octets + " octets are never acknowledged (frame " + stall.frame + ", "
                + stall.timesWhole + " times again in " + Span.text(stall.lastTime - stall.time) + "), those of up to "
                + Math.max(arrived, text().largestAcked()) + " are";
        if (ack != null && pieces) {
            message += "; in pieces of " + stall.lastOctets + " they arrived, " + Span.text(ack.time() - stall.time)
                    + " after the first";
        }
        sumUp(stall, Rule.LARGE_SEGMENTS_LOST, message);
    }

    /** Whether smaller segments had arrived, and the first of the full size, right behind them, has not. */
    private boolean isFirstOfFullSize(Stall stall) {
        int mss = sender.peer().options().mss();
        boolean full = mss > 0 && stall.octets >= mss - OPTIONS;
        return full && stall.silenceNanos < Connection.FIRST_TIMEOUT_NANOS;
    }
}
