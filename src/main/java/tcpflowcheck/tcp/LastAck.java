package tcpflowcheck.tcp;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpSegment;

/**
 * An end's FIN comes again a while after its ACK was seen: that was lost, unless the end shows that it had got it, or
 * something behind it. The peer may send it once more meanwhile, so only what it sent before the FIN came again counts.
 */
final class LastAck {
    /** Within it a FIN that comes again has crossed its ACK. */
    private static final long SHORTEST_ROUND_TRIP_NANOS = 1_000_000;

    private static final long UNKNOWN_ROUND_TRIP_NANOS = 100_000_000;

    /**
     * Given: the FIN came again.
     *
     * @param sentUpTo how far the peer had sent by then
     * @param stamp the peer's last timestamp by then
     */
    private record Copy(long frame, long time, int sentUpTo, int stamp) {}

    private final Connection connection;
    private final Endpoint end;

    /** Where the peer's octets begin that it first sent with the ACK or behind it. */
    private final int from;

    private final boolean stamped;
    private final int stamp;
    private final long frame;
    private int needless;
    private List<Copy> copies = List.of();

    /** The ACK of a FIN of {@code end} is seen for the first time, in a segment whose octets may be new. */
    LastAck(Connection connection, Endpoint end, TcpSegment ack, boolean newOctets) {
        this.connection = connection;
        this.end = end;
        from = newOctets ? ack.seq() : end.peer().sndNxt();
        stamped = ack.options().timestamps();
        stamp = stamped ? ack.options().tsVal() : 0;
        frame = ack.frame();
    }

    /** The FIN comes again, and its sender had got the ACK: it acknowledges octets that came with that or behind it. */
    boolean hadCome(TcpSegment fin) {
        return fin.isAck()
                && SeqNumber.gt(fin.ack(), from)
                && SeqNumber.le(fin.ack(), end.peer().sndNxt());
    }

    /** What a FIN says that comes again although its sender {@link #hadCome has got} the ACK. */
    String needless() {
        needless++;
        return "the same FIN again" + (needless == 1 ? "" : ", " + needless + " times,")
                + " though its ACK had come: it acknowledges octets that were sent with the ACK of frame " + frame
                + " or behind it";
    }

    /** The FIN comes again. */
    void comesAgain(TcpSegment fin, long afterAckNanos) {
        long roundTrip = connection.handshake().roundTripNanos();
        long crossing = roundTrip < 0 ? UNKNOWN_ROUND_TRIP_NANOS : Math.max(roundTrip, SHORTEST_ROUND_TRIP_NANOS);
        boolean acknowledges = SeqNumber.gt(end.rcvNxt(), from);
        boolean echoes = stamped && fin.options().timestamps() && fin.options().tsEcr() - stamp >= 0;
        if (afterAckNanos > crossing && !acknowledges && !echoes) {
            Endpoint peer = end.peer();
            copies = copies.isEmpty() ? new ArrayList<>(1) : copies;
            copies.add(new Copy(
                    fin.frame(), fin.time(), peer.sndNxt(), peer.traffic().lastTsVal()));
        }
    }

    /** The end sends something else. */
    void goesOn(TcpSegment segment) {
        if (copies.isEmpty()) {
            return;
        }
        for (Iterator<Copy> each = copies.iterator(); each.hasNext(); ) {
            Copy copy = each.next();
            boolean acknowledges = SeqNumber.gt(copy.sentUpTo, from) && SeqNumber.gt(segment.ack(), from);
            int echo = segment.options().timestamps() ? segment.options().tsEcr() : 0;
            boolean echoes = stamped && segment.options().timestamps() && SeqNumber.between(stamp, echo, copy.stamp);
            if (acknowledges || echoes) {
                each.remove();
            }
        }
    }

    /** The peer sends: once its octets have come again they show nothing of when they came first. */
    void peerSends(TcpSegment segment) {
        if (copies.isEmpty()) {
            return;
        }
        for (Iterator<Copy> each = copies.iterator(); each.hasNext(); ) {
            Copy copy = each.next();
            if (SeqNumber.overlaps(segment.seq(), segment.end(), from, copy.sentUpTo)) {
                tell(copy);
                each.remove();
            }
        }
    }

    void end() {
        if (!copies.isEmpty()) {
            copies.forEach(this::tell);
            copies = List.of();
        }
    }

    private void tell(Copy copy) {
        connection.found(
                Rule.LAST_ACK_LOST, end.side(), copy.frame, copy.time, "its FIN again after the ACK of it was seen");
    }
}
