package tcpflowcheck.tcp;

import java.util.ArrayList;
import java.util.List;
import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpSegment;

/**
 * Segments of one connection that have not arrived as far as is known: those that their receiver must drop, and FINs of
 * which it is not clear. What the ends do next settles each: an ACK that only it explains shows that it was taken, a
 * segment of its sender that does not know of it shows that it was not.
 */
final class Withheld {
    private static final int MOST = 8;

    private static final class Segment {
        private final Endpoint sender;
        private final TcpSegment segment;
        private final Acceptance why;

        /** It was said that it is not taken, or there is nothing to say. */
        private boolean said;

        Segment(Endpoint sender, TcpSegment segment, Acceptance why) {
            this.sender = sender;
            this.segment = segment.copy();
            this.why = why;
        }
    }

    private final Connection connection;
    private final List<Segment> segments = new ArrayList<>(1);

    Withheld(Connection connection) {
        this.connection = connection;
    }

    /** Whether a segment is to wait here. Other segments that are in doubt do no harm. */
    static boolean waits(Acceptance acceptance, TcpSegment segment) {
        boolean unclear = acceptance == Acceptance.NEAR_WINDOW || acceptance == Acceptance.UNSEEN_ACKED;
        return acceptance.isDropped() || (unclear && segment.isFin());
    }

    /** Keeps a segment that its receiver has not taken, or has perhaps not. */
    void add(Endpoint sender, TcpSegment segment, Acceptance why) {
        if (segment.segLen() == 0 && why != Acceptance.FAR_FROM_WINDOW) {
            return; // no ACK can show that a bare ACK has come
        }
        if (segments.size() == MOST) {
            segments.remove(0);
        }
        Segment kept = new Segment(sender, segment, why);
        segments.add(kept);
        boolean later = why == Acceptance.FAR_FROM_WINDOW || !why.isDropped();
        if (!later) {
            say(kept);
        }
    }

    /** Whether a segment far ahead goes on where one that is kept ends: two in a row are no accident. */
    boolean isContinued(Endpoint sender, TcpSegment next) {
        for (Segment each : segments) {
            boolean end = each.sender == sender && next.seq() == each.segment.end();
            if (end && each.why == Acceptance.FAR_FROM_WINDOW) {
                release(each);
                return true;
            }
        }
        return false;
    }

    /** Whether a segment acknowledges what was only in doubt, and nothing else that is unseen: that has come then. */
    boolean releases(Endpoint sender, TcpSegment next) {
        for (Segment each : segments) {
            if (each.sender != sender && !each.why.isDropped() && next.ack() == each.segment.end()) {
                release(each);
                return true;
            }
        }
        return false;
    }

    /** Reads a segment that its receiver takes, before the ends move. */
    void sees(Endpoint sender, TcpSegment next) {
        for (int i = 0; i < segments.size(); i++) {
            Segment each = segments.get(i);
            boolean own = each.sender == sender;
            if (own && next.isFin() && next.end() == each.segment.end()) {
                segments.remove(i--); // the same FIN again, and this time it is taken
            } else if (!own && isTaken(each, next)) {
                release(each);
                i--;
                if (each.said) {
                    connection.withdraw(
                            Rule.FIN_UNACCEPTABLE, each.sender.side(), each.segment.frame(), next.frame(), next.time());
                }
            } else if (own ? knowsNothing(each, next) : hasNotSent(sender, each, next)) {
                say(each);
            }
        }
    }

    /** The receiver acknowledges it, or has sent the octets that it acknowledges: they were not captured. */
    private static boolean isTaken(Segment each, TcpSegment next) {
        TcpSegment segment = each.segment;
        boolean acked = next.isAck()
                && SeqNumber.ge(next.ack(), segment.end())
                && SeqNumber.gt(segment.end(), each.sender.sndNxt());
        return acked || (each.why == Acceptance.UNSEEN_ACKED && !each.said && SeqNumber.ge(next.seq(), segment.ack()));
    }

    /** Its receiver goes on below what it acknowledges: that was never sent. */
    private static boolean hasNotSent(Endpoint receiver, Segment each, TcpSegment next) {
        boolean newest = !next.isSyn() && SeqNumber.ge(next.seq(), receiver.sndNxt());
        return each.why == Acceptance.UNSEEN_ACKED ? newest : next.isSyn() && !next.isAck();
    }

    /** Its sender has another number next than it would have after it. */
    private static boolean knowsNothing(Segment each, TcpSegment next) {
        int end = each.segment.end();
        boolean bare = next.segLen() == 0 && SeqNumber.lt(next.seq(), end) && next.seq() == each.sender.sndNxt();
        boolean octets = SeqNumber.ge(next.end(), end) && next.segLen() > 0 && SeqNumber.lt(next.seq(), end);
        return bare || octets || next.isFin();
    }

    /** An RST is about to be read, or the flow has ended: what is in doubt, and nothing speaks against it, has come. */
    void settle() {
        while (!segments.isEmpty()) {
            Segment each = segments.get(0);
            if (each.said || each.why.isDropped()) {
                segments.remove(0);
                say(each);
            } else {
                release(each);
            }
        }
    }

    private void release(Segment each) {
        segments.remove(each);
        if (each.why.isDropped() && each.why != Acceptance.FAR_FROM_WINDOW) {
            each.sender.traffic().disproves(each.why);
        }
        connection.arrives(each.sender, each.segment);
    }

    private void say(Segment each) {
        if (!each.said && each.segment.isFin()) {
            String why = each.why.words();
            if (each.why == Acceptance.FAR_FROM_WINDOW || each.why == Acceptance.NEAR_WINDOW) {
                Endpoint receiver = each.sender.peer();
                why += ": seq is RCV.NXT+" + SeqNumber.unsigned(each.segment.seq() - receiver.rcvNxt());
            }
            connection.found(Rule.FIN_UNACCEPTABLE, each.sender, each.segment, "dropped FIN: " + why);
        }
        each.said = true;
    }
}
