package tcpflowcheck.tcp;

import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpOptions;
import tcpflowcheck.wire.TcpSegment;

/** What is remembered of one end's segments after its SYN, to judge those that follow and those of its peer. */
final class SentSegments {
    private static final Steps NO_STEPS = new Steps();

    /** What the last segment was for. */
    enum Purpose {
        ORDINARY,
        KEEP_ALIVE,
        WINDOW_PROBE
    }

    private static final int[] NO_ROOM = {};
    private static final int MOST_SACK_BLOCKS = 4;
    private static final int IDENTIFICATIONS_NEAR = 1000;

    final SentText text = new SentText();
    final Measures measures = new Measures();
    Purpose last = Purpose.ORDINARY;

    boolean lastHadControl;

    /** SYNs and FINs that the peer has not answered yet. */
    byte unansweredControl;

    private byte unansweredProbes;

    /** When it last sent more than an ACK, a probe or not; nanoseconds since the epoch. */
    long lastTextTime;

    long firstFrame;
    long firstTime;

    /** ACKs that are perhaps probes, with which the capture begins. */
    Steps rare = NO_STEPS;

    // the highest in sequence
    long highestTime;
    private int highestTsVal;
    private boolean tsValKnown;
    private int highestIdentification;
    private byte ascending;

    // what it acknowledged and offered last
    int ack;
    int window = -1;
    boolean ackKnown;
    long ackFrame;
    long ackTime;
    int duplicateAcks;

    /** Since when duplicate ACKs or SACK have asked for octets, 0 if they do not; nanoseconds since the epoch. */
    long asksSince;

    int edge;
    boolean edgeKnown;
    final ClosedWindow closed = new ClosedWindow();
    final KeepAlives keepAlives = new KeepAlives();

    /** The peer's segment that filled its window; frame 0 if there is none or it has answered. */
    long fullFrame;

    long fullTime;
    int fullWindow;

    /** The blocks of its last SACK option, left and right edges by turns; without room until there is one. */
    private int[] sacked = NO_ROOM;

    private int sackedEdges;

    // text sent again, and what would show that it need not have been (RFC 3522)
    int recoveryPoint;
    boolean recoversFromTimeout;

    /** The oldest octets that were sent again by then; valid if {@link #recoversFromTimeout}. */
    private int repaired;

    int doubtfulEnd;
    int doubtfulTsVal;
    long doubtfulFrame;

    /** The sequence number of the octet that probed a closed window; valid if {@link #probed}. */
    private int probe;

    private boolean probed;

    // a timestamp that waits for its echo
    private int echoOf;
    private long echoSince = -1;

    // octets acknowledged that were not captured (yet)
    long gapFrame;
    long gapTime;
    int gapBegin;
    int gapEnd;

    /** What its SYN,ACK said, whose window is not scaled (RFC 7323, section 2.2). */
    void acknowledgedWithSyn(int rcvNxt, int rcvEdge, long frame) {
        ack = rcvNxt;
        ackKnown = true;
        ackFrame = frame;
        window = rcvEdge - rcvNxt;
    }

    /** Negative: it was sent before the highest in sequence; positive: after; 0: its headers do not tell. */
    int sentAfterHighest(TcpSegment segment, long roundTripNanos, long fastestClockNanos) {
        if (segment.options().timestamps() && tsValKnown) {
            int after = segment.options().tsVal() - highestTsVal;
            return after == 0 && roundTripNanos >= fastestClockNanos ? -1 : after;
        }
        if (ascending > 2 && segment.identification() > 0) {
            int after = (short) (segment.identification() - highestIdentification);
            return Math.abs(after) < IDENTIFICATIONS_NEAR ? after : 0;
        }
        return 0;
    }

    /**
     * The oldest text in flight leaves again, and nothing asked for it: whether a time-out has sent it, or an ACK that
     * made it the oldest while everything is sent again.
     */
    boolean timesOut(int seq, int sndNxt) {
        boolean timesOut = !recoversFromTimeout || repaired == seq;
        recoveryPoint = timesOut ? sndNxt : recoveryPoint;
        recoversFromTimeout = true;
        repaired = seq;
        return timesOut;
    }

    /** Whether its timestamp shows that it was sent before another that has passed. */
    boolean isOlder(TcpSegment segment) {
        return segment.options().timestamps() && tsValKnown && segment.options().tsVal() - highestTsVal < 0;
    }

    void noteHighest(TcpSegment segment) {
        highestTime = segment.time();
        int step = (short) (segment.identification() - highestIdentification);
        ascending = (byte) (step > 0 && step < IDENTIFICATIONS_NEAR ? Math.min(ascending + 1, 8) : 0);
        highestIdentification = segment.identification();
    }

    /** A segment has been seen, and what it was for. */
    void note(TcpSegment segment, Purpose purpose) {
        noteTimestamp(segment);
        last = purpose;
        if (firstFrame == 0) {
            firstFrame = segment.frame();
            firstTime = segment.time();
        }
        boolean control = segment.has(TcpSegment.SYN | TcpSegment.FIN);
        lastHadControl = control;
        if (control) {
            unansweredControl = (byte) Math.min(unansweredControl + 1, Byte.MAX_VALUE);
        }
        if (purpose != Purpose.ORDINARY) {
            unansweredProbes = (byte) Math.min(unansweredProbes + 1, Byte.MAX_VALUE);
        }
        if (control || segment.length() > 0) {
            lastTextTime = segment.time();
            unansweredProbes = purpose == Purpose.ORDINARY ? 0 : unansweredProbes;
        }
    }

    /** The peer sends something, which answers one of its SYNs and FINs. */
    void hasAnswered(TcpSegment answer) {
        keepAlives.peerSends();
        if (answer.isAck() && unansweredControl > 0) {
            unansweredControl--;
        }
    }

    /** An ACK comes that is perhaps a probe. */
    void noteRare(TcpSegment ack) {
        rare = rare == NO_STEPS ? new Steps() : rare;
        rare.add(ack);
    }

    /** What it sent first, and nothing else so far, was a keep-alive. */
    void beganWithProbe() {
        last = Purpose.KEEP_ALIVE;
        unansweredProbes = 1;
    }

    /** Whether an ACK that repeats another answers a probe of this end; where probes of both cross, each gets its answer. */
    boolean wasProbed() {
        boolean probed = last != Purpose.ORDINARY || unansweredProbes > 0;
        unansweredProbes = (byte) Math.max(unansweredProbes - 1, 0);
        return probed;
    }

    /** An octet probes a closed window. */
    void probes(int seq) {
        probe = seq;
        probed = true;
    }

    boolean hasProbed(int seq) {
        return probed && seq == probe;
    }

    private void noteTimestamp(TcpSegment segment) {
        TcpOptions options = segment.options();
        if (!options.timestamps()) {
            return;
        }
        if (!tsValKnown || options.tsVal() - highestTsVal > 0) {
            if (segment.length() > 0 && echoSince < 0) {
                echoOf = options.tsVal();
                echoSince = segment.time();
            }
            highestTsVal = options.tsVal();
            tsValKnown = true;
        }
    }

    /** The peer echoes a timestamp. */
    void echoed(int tsEcr, long time) {
        if (echoSince >= 0 && tsEcr - echoOf >= 0) {
            if (tsEcr == echoOf) {
                measures.echoed(time - echoSince);
            }
            echoSince = -1;
        }
    }

    /** Notes the blocks of a segment that this end, {@code sender}, has sent; what it can't have got says nothing. */
    void noteSack(Endpoint sender, TcpSegment segment) {
        TcpOptions options = segment.options();
        sackedEdges = 0;
        if (options.sackCount() == 0) {
            return;
        }
        if (sacked.length == 0) {
            sacked = new int[2 * MOST_SACK_BLOCKS];
        }
        for (int i = 0; i < Math.min(options.sackCount(), MOST_SACK_BLOCKS); i++) {
            if (sender.hasGot(segment, options.left(i), options.right(i))) {
                sacked[sackedEdges++] = options.left(i);
                sacked[sackedEdges++] = options.right(i);
            }
        }
    }

    /** Its last ACK is known: whether it asks for octets. */
    void noteAsking(long time) {
        boolean asks = duplicateAcks >= 2 || sackedOctets() > 0;
        asksSince = !asks ? 0 : asksSince == 0 ? time : asksSince;
    }

    /** Whether its last SACK option says that it has all of these octets. */
    boolean hasSacked(int seq, int end) {
        for (int i = 0; i < sackedEdges; i += 2) {
            if (SeqNumber.covers(sacked[i], sacked[i + 1], seq, end)) {
                return true;
            }
        }
        return false;
    }

    /** Whether its last SACK option says that it has octets beyond these, and not these. */
    boolean lacks(int end) {
        for (int i = 0; i < sackedEdges; i += 2) {
            if (SeqNumber.ge(sacked[i], end) && SeqNumber.gt(sacked[i], ack)) {
                return true;
            }
        }
        return false;
    }

    /** Octets of the largest of the peer's segments that its last SACK option covers, 0 if there is none. */
    int largestSacked(SentText peers) {
        int largest = 0;
        for (int i = 0; i < sackedEdges; i += 2) {
            largest = Math.max(largest, peers.largestIn(sacked[i], sacked[i + 1]));
        }
        return largest;
    }

    /** Octets beyond its ACK that its last SACK option says it has. */
    int sackedOctets() {
        int octets = 0;
        for (int i = 0; i < sackedEdges; i += 2) {
            octets += SeqNumber.gt(sacked[i], ack) ? Math.max(sacked[i + 1] - sacked[i], 0) : 0;
        }
        return octets;
    }

    /** A segment of the peer reaches the edge of a window of so many octets. */
    void filled(TcpSegment segment, int octets) {
        fullFrame = segment.frame();
        fullTime = segment.time();
        fullWindow = octets;
    }

    void noteWindow(TcpSegment segment) {
        measures.zeroWindow(closed.offers(segment));
        window = segment.window();
    }
}
