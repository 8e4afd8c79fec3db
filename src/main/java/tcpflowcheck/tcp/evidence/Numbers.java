package tcpflowcheck.tcp.evidence;

import tcpflowcheck.tcp.Side;
import tcpflowcheck.wire.SeqNumber;

/** The sequence numbers that one end's sightings turn on: both ends' SYNs and FINs, as far as they have passed. */
final class Numbers {
    private final Sightings log;
    private final Side side;
    private int read;

    /** Whether anything of this end was captured. */
    boolean captured;

    /** What its SYN takes, octets on it too: up to {@code synEnd}. */
    int iss;

    int synEnd;
    boolean issKnown;

    /** The first sighting of its SYN, of its FIN; MAX_VALUE before there is one. */
    int synAt = Integer.MAX_VALUE;

    int finAt = Integer.MAX_VALUE;
    int fin;

    /** No FIN was captured, and {@link #fin} is where one may have been. */
    boolean finGuessed;

    /** Its FIN may have waited behind text since before it got the peer's. */
    boolean finQueued;

    int peersSynAt = Integer.MAX_VALUE;
    int peersFinAt = Integer.MAX_VALUE;
    int peersFin;

    /** The peer's SYN,ACK covers octets of its SYN (RFC 7413). */
    boolean textAcked;

    /** Its SYN,ACK covers octets of the peer's SYN. */
    boolean fastOpen;

    Numbers(Sightings log, Side side) {
        this.log = log;
        this.side = side;
    }

    /** Reads what has passed since; true if that changes what earlier sightings mean. */
    boolean read() {
        boolean changed = false;
        for (; read < log.size(); read++) {
            boolean own = log.side(read) == side;
            changed |= own && !captured && read > 0;
            captured |= own;
            changed |= own ? own(read) : peers(read);
        }
        return changed;
    }

    private boolean own(int at) {
        if (isBehindOneNumber(at)) {
            fin = log.before(at);
            finGuessed = true;
            return true;
        }
        if (log.isRst(at)) {
            return false;
        }
        if (log.isSyn(at)) {
            boolean first = !issKnown || log.seq(at) != iss;
            iss = log.seq(at);
            issKnown = true;
            synEnd = first ? log.end(at) : SeqNumber.max(synEnd, log.end(at));
            synAt = Math.min(synAt, at);
            boolean text = log.isAck(at) && peersSynAt < at && log.ack(at) != log.seq(peersSynAt) + 1;
            boolean changed = (text && !fastOpen) || (first && at > synAt);
            fastOpen |= text;
            return ownFin(at) || changed;
        }
        return ownFin(at);
    }

    private boolean ownFin(int at) {
        if (log.isFin(at) && finAt == Integer.MAX_VALUE) {
            finAt = at;
            fin = log.seqOfFin(at);
            finGuessed = false;
            finQueued = log.freesText(at);
            return true;
        }
        return false;
    }

    /** One number in front of it was not captured: an octet, or its FIN. */
    private boolean isBehindOneNumber(int at) {
        boolean bare = !log.isSyn(at) && !log.isFin(at) && !log.hasText(at);
        return bare && !finKnown() && !log.doesAckNothing(at) && log.seq(at) == log.before(at) + 1;
    }

    private boolean peers(int at) {
        if (log.isRst(at)) {
            return false;
        }
        if (log.isSyn(at)) {
            peersSynAt = Math.min(peersSynAt, at);
            textAcked |= issKnown && log.isAck(at) && SeqNumber.gt(log.ack(at), iss + 1);
        }
        if (log.isFin(at) && peersFinAt == Integer.MAX_VALUE) {
            peersFinAt = at;
            peersFin = log.seqOfFin(at);
            return true;
        }
        return false;
    }

    boolean finKnown() {
        return finGuessed || finAt != Integer.MAX_VALUE;
    }

    boolean peersFinKnown() {
        return peersFinAt != Integer.MAX_VALUE;
    }

    /** Whether a sighting of the peer acknowledges this end's SYN. */
    boolean acksSyn(int at) {
        return log.isAck(at) && !log.doesAckNothing(at) && (!issKnown || SeqNumber.gt(log.ack(at), iss));
    }

    /** Whether a sighting of the peer acknowledges this end's SYN, and nothing that this end has not sent with it. */
    boolean acksSynOnly(int at) {
        return acksSyn(at) && (!issKnown || SeqNumber.le(log.ack(at), synEnd));
    }

    boolean acksFin(int at) {
        return finKnown() && log.isAck(at) && SeqNumber.gt(log.ack(at), fin);
    }

    /** Whether an own sighting acknowledges the peer's FIN. */
    boolean acksPeersFin(int at) {
        return peersFinKnown() && log.isAck(at) && SeqNumber.gt(log.ack(at), peersFin);
    }
}
