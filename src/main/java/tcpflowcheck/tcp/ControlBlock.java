package tcpflowcheck.tcp;

import org.jspecify.annotations.Nullable;
import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpSegment;

/**
 * The variables of one end's Transmission Control Block (RFC 9293, section 3.3.1) as far as a capture shows them: what
 * it has sent, what of that has been acknowledged, and what it has acknowledged itself.
 */
abstract class ControlBlock {
    /** The largest window (RFC 7323, section 2.3): what jumps further ahead is not of this connection. */
    static final int MAX_WINDOW = 1 << 30;

    private static final int MAX_SHIFT = 14;

    int iss;
    int irs;
    int sndUna;
    int sndNxt;
    int rcvNxt;

    /** The first number of it that is known: its ISN, or what was first captured or acknowledged. */
    int firstKnown;

    /** What it had acknowledged when it sent its FIN. */
    int rcvNxtAtFin;

    /** RCV.NXT + RCV.WND, the furthest that was offered. */
    int rcvEdge;

    /** The sequence number that its FIN occupies. */
    int finSeq;

    /** Its segments since show that its SYN was acknowledged. */
    boolean synShown;

    /** Something passed of which its next segment shows whether it has come. */
    boolean owesEvidence;

    /** Segments of it that are still to be noted, since an RST has passed. */
    int livesOn;

    /** When the last RST of either end passed; nanoseconds since the epoch. */
    long resetPassedAt;

    /** Segments that may have brought the ACK of its FIN since it sent anything itself. */
    byte carriers;

    /** Whether its last segment is among the sightings. */
    boolean lastWasNoted;

    /** When its last segment with an ACK passed, nanoseconds since the epoch. */
    long lastSentTime;

    /** How long nothing had passed when the last run of its segments began; nanoseconds. */
    long silenceNanos;

    /** When the first segment of the peer passed that it may still answer, 0 if there is none. */
    long askedAt;

    /** How long both ends had been silent then, nanoseconds. */
    long silenceWhenAsked;

    /** An ACK beyond this shows that what was predicted last has come. */
    int predictedBehind;

    /** Its SYN came more than once: then an ACK of the peer may answer that. */
    boolean synAgain;

    boolean issKnown;
    boolean sndNxtKnown;
    boolean rcvNxtKnown;
    boolean finSent;

    /** The peer's FIN came while text of this end was on its way, and more has followed without a pause. */
    boolean busySincePeersFin;

    boolean textSincePeersFin;

    /** Text of this end passed so soon after the peer's FIN that it had left before that came. */
    boolean crossesPeersFin;

    /** When the peer's FIN passed, and what of this end was acknowledged by then. */
    long peersFinAt;

    int sndUnaAtPeersFin;

    /** How often text of it had been sent again by then. */
    int retransmissionsAtPeersFin;

    /** When its last text passed, 0 if none has; nanoseconds since the epoch. */
    long textAt;

    /** When all that it had sent was acknowledged, 0 if it is not; nanoseconds since the epoch. */
    long drainedAt;

    /** It goes on as if nothing had acknowledged its SYN,ACK. */
    boolean ignoresThirdAck;

    /** Its SYN,ACK acknowledges octets of the peer's SYN (RFC 7413, section 4.2). */
    boolean fastOpen;

    private @Nullable Holes holes;
    private final SentOptions options = new SentOptions();
    private final Traffic traffic = new Traffic();

    abstract ControlBlock peer();

    void startsAt(int initialSequenceNumber) {
        iss = initialSequenceNumber;
        firstKnown = iss;
        issKnown = true;
        sndUna = iss;
        sndNxt = iss + 1;
        sndNxtKnown = true;
    }

    /** A segment of it passes, which is no RST: the peer may answer. */
    void asks(long time) {
        askedAt = 0;
        if (peer().askedAt == 0 || time - peer().askedAt >= Connection.FIRST_TIMEOUT_NANOS) {
            long before = Math.max(lastSentTime, peer().lastSentTime);
            peer().askedAt = time;
            peer().silenceWhenAsked = before == 0 ? 0 : time - before;
        }
    }

    /** Notes its SYN, with or without ACK, the first or again. */
    void noteSyn(TcpSegment syn) {
        boolean again = issKnown && syn.seq() == iss;
        iss = syn.seq();
        firstKnown = iss;
        issKnown = true;
        sndUna = again ? sndUna : iss;
        sndNxt = again ? SeqNumber.max(sndNxt, syn.end()) : syn.end();
        sndNxtKnown = true;
        holes = again ? holes : null;
        options.note(syn, again);
        if (syn.isAck()) {
            irs = peer().issKnown ? peer().iss : syn.ack() - 1;
            rcvNxt = syn.ack();
            rcvNxtKnown = true;
            rcvEdge = rcvNxt + syn.window();
            fastOpen = rcvNxt != irs + 1;
        }
    }

    /** Notes what a segment of this end, no SYN, acknowledges and offers. */
    void noteAck(TcpSegment segment) {
        int ack = segment.ack();
        if (!rcvNxtKnown || (SeqNumber.gt(ack, rcvNxt) && ack - rcvNxt < MAX_WINDOW)) {
            rcvNxt = ack;
            rcvNxtKnown = true;
        } else if (SeqNumber.lt(ack, rcvNxt) && peer().sndNxtKnown && SeqNumber.gt(rcvNxt, peer().sndNxt)) {
            rcvNxt = ack; // what it acknowledged beyond all that was captured was never sent
        }
        rcvEdge = SeqNumber.max(rcvEdge, ack + receiveWindow(segment));
    }

    /** Notes how far a segment of this end reaches. */
    void noteText(TcpSegment segment) {
        if (!sndNxtKnown) {
            firstKnown = segment.seq();
            sndUna = segment.seq();
            sndNxt = segment.seq();
            sndNxtKnown = true;
        }
        noteHoles(segment);
        if (SeqNumber.gt(segment.end(), sndNxt) && segment.end() - sndNxt < MAX_WINDOW) {
            sndNxt = segment.end();
            if (sndNxt - sndUna > MAX_WINDOW) { // where no ACK was captured, what is further back has got one
                sndUna = sndNxt - MAX_WINDOW;
            }
        }
    }

    private void noteHoles(TcpSegment segment) {
        int ahead = segment.seq() - sndNxt;
        if (ahead > 0 && segment.end() - sndNxt < MAX_WINDOW && SeqNumber.ge(segment.end(), sndNxt)) {
            holes = holes == null ? new Holes() : holes;
            holes.open(sndNxt, segment.seq());
        } else if (holes != null && ahead < 0) {
            holes.fill(segment.seq(), segment.end());
        }
    }

    /** Whether a segment of this end takes numbers beyond all that it was seen to send: text, SYN or FIN. */
    boolean isInSequence(TcpSegment segment) {
        return segment.segLen() > 0 && (!sndNxtKnown || SeqNumber.gt(segment.end(), sndNxt));
    }

    /** Octets that this end has sent and the capture does not hold: holes, and what the peer acknowledges beyond. */
    public long missedOctets() {
        int unseen = sndNxtKnown && peer().rcvNxtKnown ? peer().rcvNxt - sndNxt : 0;
        return (holes == null ? 0 : holes.octets()) + (unseen > 0 && unseen < MAX_WINDOW ? unseen : 0);
    }

    /** Octets from {@code from} up to {@code to}, behind the first one captured, that the capture does not hold (yet). */
    int unseenOctets(int from, int to) {
        int beyond = SeqNumber.gt(to, sndNxt) ? to - SeqNumber.max(from, sndNxt) : 0;
        return beyond + (holes == null ? 0 : holes.octets(from, to));
    }

    /**
     * Whether the last number that the peer had acknowledged may be a FIN that the capture does not hold: nothing of
     * this end is seen behind it, and no octet in its place.
     */
    boolean mayHaveUnseenFin(int acknowledged) {
        boolean unseen = SeqNumber.le(acknowledged, firstKnown) || unseenOctets(acknowledged - 1, acknowledged) > 0;
        return !finSent && sndNxtKnown && SeqNumber.le(sndNxt, acknowledged) && unseen;
    }

    /** Whether octets that the capture does not hold begin from {@code from} on and in front of {@code to}. */
    boolean holeBegins(int from, int to) {
        boolean beyond = SeqNumber.ge(sndNxt, from) && SeqNumber.gt(to, sndNxt);
        return beyond || (holes != null && holes.begins(from, to));
    }

    /** The peer acknowledges; an ACK of something not yet sent is not believed (section 3.10.7.4, fifth). */
    void acknowledged(int ack) {
        if (!sndNxtKnown) {
            firstKnown = ack;
            sndUna = ack;
            sndNxt = ack;
            sndNxtKnown = true;
        } else if (SeqNumber.acceptable(sndUna, ack, sndNxt)) {
            sndUna = ack;
        }
    }

    /**
     * Whether this end may have got the octets of a SACK block in its segment: the peer can have sent them, captured or
     * not, into the window that was offered (RFC 2018, section 3), or before what is acknowledged (RFC 2883).
     */
    boolean hasGot(TcpSegment segment, int left, int right) {
        int length = right - left;
        int beyond = right - SeqNumber.max(rcvEdge, segment.ack() + receiveWindow(segment));
        int below = segment.ack() - left;
        boolean known = peer().issKnown && segment.ack() - peer().iss > 0;
        int most = known ? segment.ack() - peer().iss : MAX_WINDOW;
        boolean captured = peer().sndNxtKnown && SeqNumber.le(right, peer().sndNxt);
        return length > 0 && (beyond <= 0 || captured) && below <= most;
    }

    /** SEG.WND of a segment that is no SYN; the most there can be if the scale is not known. */
    int receiveWindow(TcpSegment segment) {
        return windowScaleKnown() ? segment.window() << windowShift() : MAX_WINDOW - 1;
    }

    boolean windowScaleKnown() {
        SentOptions peers = peer().options;
        boolean unscaled = (options.whole() && options.windowShift() < 0) || (peers.whole() && peers.windowShift() < 0);
        return options.seen() && peers.seen() && (unscaled || (options.windowShiftKnown() && peers.windowShiftKnown()));
    }

    /** Rcv.Wind.Shift (RFC 7323, section 2.3). */
    int windowShift() {
        boolean scaled = options.windowShift() >= 0 && peer().options.windowShift() >= 0;
        return scaled ? Math.min(options.windowShift(), MAX_SHIFT) : 0;
    }

    int rcvEdge() {
        return rcvEdge;
    }

    boolean synAcked() {
        return SeqNumber.gt(sndUna, iss);
    }

    boolean finAcked() {
        return finSent && sndNxtKnown && SeqNumber.gt(sndUna, finSeq);
    }

    /** Whether it was not captured from its SYN on, and has shown nothing but bare ACKs of one number. */
    boolean hasOnlyBegun() {
        return sndNxtKnown && !issKnown && sndNxt == firstKnown;
    }

    /** The number that it was seen to begin with is one below: it began with a keep-alive. */
    void beganOneBelow() {
        firstKnown++;
        sndUna = firstKnown;
        sndNxt = firstKnown;
    }

    /** Whether it has acknowledged the peer's FIN, so that this must have arrived. */
    boolean hasPeersFin() {
        return rcvNxtKnown && peer().finSent && SeqNumber.gt(rcvNxt, peer().finSeq);
    }

    /** Whether a number lies in what this end may send now: from its ISN to the edge of the peer's window. */
    boolean mayBeSending(int seq) {
        boolean early = issKnown && SeqNumber.lt(seq, iss);
        boolean late = peer().rcvNxtKnown && SeqNumber.gt(seq, peer().rcvEdge);
        return !early && !late;
    }

    /** Whether a number lies in what this end has sent. */
    boolean hasSent(int seq) {
        return sndNxtKnown && SeqNumber.between(issKnown ? iss : sndUna, seq, sndNxt);
    }

    /** Whether a number lies in what this end may have sent: where its SYN was not captured, before the capture too. */
    boolean mayHaveSent(int seq) {
        int back = sndNxt - seq;
        long sent = issKnown && traffic.octets() < MAX_WINDOW ? SeqNumber.unsigned(sndNxt - iss) : MAX_WINDOW;
        return !sndNxtKnown || (back >= 0 && back <= sent);
    }

    boolean issKnown() {
        return issKnown;
    }

    int iss() {
        return iss;
    }

    boolean sndNxtKnown() {
        return sndNxtKnown;
    }

    int sndUna() {
        return sndUna;
    }

    int sndNxt() {
        return sndNxt;
    }

    boolean rcvNxtKnown() {
        return rcvNxtKnown;
    }

    int rcvNxt() {
        return rcvNxt;
    }

    boolean finSent() {
        return finSent;
    }

    int finSeq() {
        return finSeq;
    }

    /** What its SYN offered. */
    public SentOptions options() {
        return options;
    }

    /** What it sent, counted. */
    public Traffic traffic() {
        return traffic;
    }
}
