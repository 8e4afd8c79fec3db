package tcpflowcheck.tcp;

import org.jspecify.annotations.Nullable;
import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpSegment;

/** How a connection was opened: remembers the segments of the handshake and names its kind (RFC 9293, section 3.5). */
public final class Handshake {
    /** The ways to open, as outputs name them. */
    public enum Kind {
        THREE_WAY("three-way"),
        SIMULTANEOUS("simultaneous"),
        SPLIT("split"),
        REFUSED("refused"),
        /** An ICMP error answers the SYN, and nothing else does. */
        UNREACHABLE("unreachable"),
        UNANSWERED("unanswered"),
        HALF_OPEN("half-open"),
        /** The capture ends before an answer could come. */
        CUT("cut"),
        /** The flow had to make room before an answer came. */
        EVICTED("evicted"),
        FAST_OPEN("fast-open"),
        MIDSTREAM("midstream");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static final String BOTH_OPEN = "both ends sent a SYN before they got one";

    private final Connection connection;
    private final Steps steps = new Steps();
    private final Challenges challenges;
    private long firstSynTime;
    private long lastSynTime;
    private long lastSynAckTime;
    private long answerTime;
    private long confirmTime;
    private int synRetransmissions;
    private int synAckRetransmissions;
    private FastOpen fastOpen = FastOpen.NONE;
    /** Who has sent a SYN without ACK, a bit for each side. */
    private int syns;

    /** Who has sent a SYN,ACK: of the server's, one that is acceptable. */
    private int synAcks;

    private boolean serverAckApart;

    /** As a simultaneous open looks of which the server's SYN,ACK was not captured. */
    private boolean synAnswersSyn;

    private boolean confirmed;
    /** Null until there is one. */
    private @Nullable WrongAnswer wrongAnswer;

    private boolean cut;
    private boolean evicted;

    private boolean synAckRefused;

    /** Null unless an ICMP error answers the client's SYN. */
    private @Nullable Unreachable unreachable;

    Handshake(Connection connection) {
        this.connection = connection;
        challenges = new Challenges(connection);
    }

    /** Reads a segment that is no RST before the ends move. */
    void sees(Endpoint sender, Endpoint receiver, TcpSegment segment) {
        if (segment.isSyn()) {
            if (sender.isPastOpening()) {
                synWhenSynchronized(sender, receiver, segment);
            } else if (segment.isAck()) {
                synAck(sender, receiver, segment);
            } else {
                syn(sender, receiver, segment);
            }
        } else if (!confirmed && (syns != 0 || hasSynAck(Side.SERVER))) {
            beforeOpen(sender, receiver, segment);
        } else if (challenges.waitFor(sender)) {
            challenges.answered(sender, segment);
        }
    }

    private void syn(Endpoint sender, Endpoint receiver, TcpSegment segment) {
        Side side = sender.side();
        boolean known = sender.issKnown() && hasSyn(side);
        firstSynTime = known && sender.iss() == segment.seq() ? firstSynTime : segment.time();
        if (known && sender.iss() != segment.seq()) {
            isnChanged(sender, segment, "SYN");
            if (receiver.state() == TcpState.SYN_RECEIVED) {
                challenges.of(receiver); // section 3.10.7.4, first
            }
        } else if (known) {
            synRetransmissions++;
            connection.found(Rule.SYN_RETRANSMISSION, sender, segment, "SYN again, ISN unchanged");
        } else {
            step(sender, receiver, segment);
            if (segment.length() > 0 && segment.options().fastOpenLength() < 0) {
                connection.found(
                        Rule.SYN_DATA, sender, segment, segment.length() + " octets on a SYN without Fast Open");
            }
        }
        lastSynTime = segment.time();
        syns |= bit(side);
        if (side == Side.CLIENT) {
            fastOpen = fastOpen.done() ? fastOpen : FastOpen.of(segment);
        } else if (serverAckApart && !known) {
            connection.found(Rule.SPLIT_HANDSHAKE, sender, segment, "the server answers ACK and SYN apart");
        }
    }

    private static int bit(Side side) {
        return 1 << side.ordinal();
    }

    private boolean hasSyn(Side side) {
        return (syns & bit(side)) != 0;
    }

    private boolean hasSynAck(Side side) {
        return (synAcks & bit(side)) != 0;
    }

    private void isnChanged(Endpoint sender, TcpSegment segment, String flags) {
        String isns = SeqNumber.unsigned(segment.seq()) + ", was " + SeqNumber.unsigned(sender.iss());
        connection.found(Rule.ISN_CHANGED, sender, segment, flags + " again with ISN " + isns);
    }

    private void synAck(Endpoint sender, Endpoint receiver, TcpSegment segment) {
        Side side = sender.side();
        boolean anew =
                sender.state() == TcpState.LISTEN && segment.seq() != sender.iss(); // an RST had sent it back there
        boolean again = hasSynAck(side) && !anew;
        if (again && segment.seq() != sender.iss() && synAckRefused) {
            synAckRefused = false; // the server had forgotten the SYN by that error
        } else if (again && segment.seq() != sender.iss()) {
            isnChanged(sender, segment, "SYN,ACK");
        } else if (again) {
            synAckRetransmissions++;
            connection.found(Rule.SYNACK_RETRANSMISSION, sender, segment, "SYN,ACK again, ISN unchanged");
        }
        boolean acceptable = acknowledges(receiver, segment);
        if (acceptable) {
            lastSynAckTime = segment.time();
        } else {
            wrongAnswer().synAck(sender, segment);
        }
        if (!again && acceptable) {
            step(sender, receiver, segment);
            answerTime = side == Side.CLIENT ? answerTime : segment.time();
        }
        if (acceptable || side == Side.CLIENT) {
            synAcks |= bit(side);
        }
        if (side == Side.SERVER) {
            fastOpen.isAnswered(connection, sender, segment, again);
        }
        if (hasSyn(Side.SERVER) && hasSynAck(Side.CLIENT) && hasSynAck(Side.SERVER) && !again) {
            connection.found(Rule.SIMULTANEOUS_OPEN, sender, segment, BOTH_OPEN);
        }
    }

    private void synWhenSynchronized(Endpoint sender, Endpoint receiver, TcpSegment segment) {
        if (sender.issKnown() && segment.seq() == sender.iss()) {
            lastSynAckTime = segment.isAck() ? segment.time() : lastSynAckTime;
            if (segment.isAck() && !hasSynAck(sender.side())) {
                synAcks |= bit(sender.side()); // captured behind the segment that confirms it
            } else if (segment.isAck()) {
                synAckRetransmissions++;
                connection.found(Rule.SYNACK_RETRANSMISSION, sender, segment, "SYN,ACK again, ISN unchanged");
            } else if (confirmed && sender.options().seen()) { // no end sends that again
                connection.found(
                        Rule.SYN_IN_CONNECTION, sender, segment, "the same SYN once more in " + sender.state());
                challenges.of(receiver);
            } else {
                synRetransmissions++;
                connection.found(Rule.SYN_RETRANSMISSION, sender, segment, "SYN again, ISN unchanged");
            }
        } else if (connection.mayBeInTimeWait(receiver) && !segment.isAck()) {
            connection.reusesTimeWait(sender.side(), segment, false);
            challenges.opensAnew(Rule.TIME_WAIT_REUSE, sender, segment);
        } else if (receiver.state() != TcpState.CLOSED) {
            String what = (segment.isAck() ? "SYN,ACK in " : "SYN in ") + receiver.state();
            String isn = sender.issKnown() ? ", its ISN is not the connection's" : "";
            connection.found(Rule.SYN_IN_CONNECTION, sender, segment, what + isn);
            if (segment.isAck()) {
                challenges.of(receiver);
            } else {
                challenges.opensAnew(Rule.SYN_IN_CONNECTION, sender, segment);
            }
        }
    }

    /** A segment without SYN while the handshake is not complete. */
    private void beforeOpen(Endpoint sender, Endpoint receiver, TcpSegment segment) {
        if (!segment.isAck()) {
            return;
        }
        boolean peerSynSeen = hasSynAck(Side.SERVER) || hasSyn(receiver.side());
        if (segment.length() > 0 && !peerSynSeen) {
            connection.found(
                    Rule.DATA_BEFORE_HANDSHAKE,
                    sender,
                    segment,
                    segment.length() + " octets before the " + receiver.side() + "'s SYN was seen");
        }
        if (sender.side() == Side.CLIENT) {
            boolean opening = sender.state() == TcpState.SYN_SENT || sender.state() == TcpState.SYN_RECEIVED;
            if (opening || (hasSynAck(Side.SERVER) && mayNotHaveGivenUp())) {
                thirdSegment(sender, receiver, segment);
            }
        } else if (!hasSynAck(Side.SERVER) && acknowledges(receiver, segment)) {
            serverAck(sender, segment);
        } else if (!hasSynAck(Side.SERVER) && sender.acksNothingOfPeer(segment)) {
            wrongAnswer().ackOfAnother(sender, segment);
        } else if (challenges.waitFor(sender)) {
            challenges.answered(sender, segment);
        } else if (hasSynAck(Side.SERVER) && !fastOpen.done()) {
            // Text, or an ACK of text, shows that the SYN,ACK was confirmed where the tap did not see it.
            confirmed = segment.length() > 0 || segment.ack() != receiver.iss() + 1;
        }
    }

    /** What ended the client's opening, a refusal or an ICMP error, may not have been taken. */
    private boolean mayNotHaveGivenUp() {
        return Reset.refuses(connection.reset()) || connection.log().endsBy(Side.CLIENT, StateDiagram.Event.RCV_ICMP);
    }

    private void thirdSegment(Endpoint sender, Endpoint receiver, TcpSegment segment) {
        if (receiver.issKnown() && !acknowledges(receiver, segment)) {
            connection.found(Rule.HANDSHAKE_ACK_MISMATCH, sender, segment, WrongAnswer.mismatch(receiver, segment));
        } else if (receiver.issKnown() || segment.seq() == sender.sndNxt()) {
            confirmed = true;
            confirmTime = segment.time();
            step(sender, receiver, segment);
        }
    }

    /** The server acknowledges the client's SYN without a SYN of its own in the segment. */
    private void serverAck(Endpoint sender, TcpSegment segment) {
        if (!hasSyn(Side.SERVER)) {
            serverAckApart = true;
        } else if (!confirmed) {
            confirmed = true;
            confirmTime = segment.time();
            if (serverAckApart) {
                return;
            }
            if (OptionRules.reportsTwice(segment, sender.peer().iss())) { // its SYN,ACK was not captured
                connection.found(Rule.SIMULTANEOUS_OPEN, sender, segment, BOTH_OPEN);
                return;
            }
            serverAckApart = true;
            synAnswersSyn = true;
            connection.found(Rule.SPLIT_HANDSHAKE, sender, segment, "the server answers SYN with SYN");
        }
    }

    /** How long it took from the first SYN to the segment that confirmed the answer; -1 if it was not opened so. */
    long nanosFromFirstSyn() {
        return hasSyn(Side.CLIENT) && confirmTime != 0 ? confirmTime - firstSynTime : -1;
    }

    /** The time of the first SYN with the number of the last. */
    long firstSynTime() {
        return firstSynTime;
    }

    long lastSynTime() {
        return lastSynTime;
    }

    Challenges challenges() {
        return challenges;
    }

    private WrongAnswer wrongAnswer() {
        wrongAnswer = wrongAnswer == null ? new WrongAnswer(connection) : wrongAnswer;
        return wrongAnswer;
    }

    boolean isRejection(TcpSegment segment) {
        return wrongAnswer != null && segment.isRst() && wrongAnswer.isRejectedBy(segment);
    }

    void rejects(Endpoint sender, TcpSegment rst) {
        if (wrongAnswer != null) {
            wrongAnswer.rejectedBy(sender, rst);
        }
    }

    void refuse(TcpSegment rst) {
        answerTime = rst.time();
        connection.event(new TcpEvent.OpenStep(rst.frame(), rst.time(), Side.SERVER, steps.add(rst), 1));
    }

    /** An ICMP error answers the SYN or SYN,ACK of an end; a later answer of the peer counts for more. */
    void unreachable(IcmpSaid said) {
        synAckRefused |= said.side() == Side.SERVER;
        if (unreachable == null && said.side() == Side.CLIENT) {
            unreachable = new Unreachable(said, Math.max(said.time() - lastSynTime, 0), synRetransmissions);
        }
    }

    /** The first ICMP error that answers the client's SYN, or null. */
    public @Nullable Unreachable unreachable() {
        return unreachable;
    }

    /** The flow has ended, with the clock of the capture at {@code until}; an answer was missed in its last frame. */
    void end(long frame, long time, long until, Ending ending) {
        boolean answered = lastSynAckTime > lastSynTime;
        long waited = until - (answered ? lastSynAckTime : lastSynTime);
        boolean early = waited < connection.timeoutNanos(answered ? Side.SERVER : Side.CLIENT);
        boolean couldCome = ending == Ending.CAPTURE_ENDS && early;
        boolean over = connection.reset() != null || connection.log().standing(Side.CLIENT, TcpState.CLOSED) >= 0;
        if (wrongAnswer != null) {
            wrongAnswer.end();
        }
        challenges.end(until, ending);
        cut = couldCome && !over;
        evicted = ending == Ending.EVICTED && !over;
        boolean givenUp = ending == Ending.PORTS_REUSED && early;
        boolean quiet = couldCome || givenUp || (CaptureRules.isOneSided(connection) && synAckRetransmissions == 0);
        Kind kind = kind();
        findAsOpened(kind, frame, time);
        if (quiet) {
            return; // an answer could still come, or is on the way that was not captured
        }
        if (kind == Kind.UNANSWERED) {
            boolean another = wrongAnswer != null && wrongAnswer.isOfAnother();
            String what = another ? "no SYN,ACK, but ACKs of another connection" : "no answer to the SYN";
            connection.found(Rule.HANDSHAKE_UNANSWERED, Side.CLIENT, frame, time, what);
        } else if (kind == Kind.HALF_OPEN && !confirmed) {
            connection.found(Rule.HANDSHAKE_HALF_OPEN, Side.CLIENT, frame, time, "the SYN,ACK was never confirmed");
        }
    }

    /** That it was opened oddly is found as the segments pass; the paths decide. */
    private void findAsOpened(Kind kind, long frame, long time) {
        boolean plain = kind == Kind.THREE_WAY || kind == Kind.FAST_OPEN;
        if (plain || kind == Kind.SIMULTANEOUS) {
            connection.withdraw(Rule.SPLIT_HANDSHAKE, frame, time);
        }
        if (plain || kind == Kind.SPLIT) {
            connection.withdraw(Rule.SIMULTANEOUS_OPEN, frame, time);
        }
        if (kind == Kind.SIMULTANEOUS && !connection.findings().has(Rule.SIMULTANEOUS_OPEN)) {
            // before both SYNs were acknowledged
            connection.found(Rule.SIMULTANEOUS_OPEN, Side.SERVER, steps.frame(1), steps.time(1), BOTH_OPEN);
        }
    }

    private void step(Endpoint sender, Endpoint receiver, TcpSegment segment) {
        int step = steps.add(segment);
        if (connection.isHeard()) {
            int acked = segment.ack() - (receiver.issKnown() ? receiver.iss() : segment.ack() - 1);
            connection.event(new TcpEvent.OpenStep(
                    segment.frame(), segment.time(), sender.side(), step, segment.isAck() ? acked : 0));
        }
    }

    private static boolean acknowledges(Endpoint receiver, TcpSegment segment) {
        return !receiver.issKnown() || SeqNumber.acceptable(receiver.iss(), segment.ack(), receiver.sndNxt());
    }

    /** As the paths of both ends have it. */
    public Kind kind() {
        if (syns == 0 && !hasSynAck(Side.SERVER)) {
            return Kind.MIDSTREAM;
        }
        Reset reset = connection.reset();
        if (reset != null && reset.kind() == Reset.Kind.REFUSED) {
            return Kind.REFUSED;
        }
        boolean open = opened(Side.SERVER) >= 0;
        boolean unfinished = !open && opened(Side.CLIENT) < 0 && (cut || evicted);
        if (hasSyn(Side.SERVER) && !unfinished) {
            return serverAckApart && !hasSynAck(Side.SERVER) ? Kind.SPLIT : Kind.SIMULTANEOUS;
        }
        if (open) {
            return fastOpen.done() ? Kind.FAST_OPEN : Kind.THREE_WAY;
        }
        if (unreachable != null && !hasSynAck(Side.SERVER)) {
            return Kind.UNREACHABLE;
        }
        if ((cut || evicted) && !isIgnored()) {
            return cut ? Kind.CUT : Kind.EVICTED;
        }
        return hasSynAck(Side.SERVER) ? Kind.HALF_OPEN : Kind.UNANSWERED;
    }

    /** Whether the path of either end leads through a synchronized state. */
    boolean hasOpened() {
        return (connection.midstream() && !connection.onlyResets())
                || opened(Side.CLIENT) >= 0
                || opened(Side.SERVER) >= 0;
    }

    /** The transition by which an end opened: to ESTABLISHED, or with Fast Open, on from SYN-RECEIVED; -1 if none. */
    private int opened(Side side) {
        int established = connection.log().standing(side, TcpState.ESTABLISHED);
        return established >= 0 ? established : connection.log().standing(side, TcpState.FIN_WAIT_1);
    }

    /** False where the kind rests on a transition that the capture can't prove, or on a direction that it does not hold. */
    public boolean certain() {
        boolean oneSided = CaptureRules.isOneSided(connection);
        return switch (kind()) {
            case MIDSTREAM, CUT, EVICTED, UNREACHABLE -> true;
            case UNANSWERED -> !oneSided;
            case REFUSED -> {
                Reset reset = connection.reset();
                yield reset != null && reset.certain();
            }
            case THREE_WAY, FAST_OPEN, SIMULTANEOUS, SPLIT ->
                !oneSided && !synAnswersSyn && isCertain(Side.CLIENT) && isCertain(Side.SERVER);
            case HALF_OPEN ->
                isIgnored()
                        ? connection.client().lastSentTime < lastSynAckTime // else that may have been taken
                        : !oneSided || synAckRetransmissions > 0;
        };
    }

    /** Whether the client has confirmed the SYN,ACK, and the server goes on as if it had not. */
    public boolean isIgnored() {
        return connection.server().ignoresThirdAck;
    }

    private boolean isCertain(Side side) {
        int opened = opened(side);
        return opened < 0 || connection.log().certain(opened);
    }

    /** The first SYN, its answer, and what confirmed that; as many as were captured. */
    public Steps steps() {
        return steps;
    }

    /** Whether a SYN,ACK (or the refusal) was captured. */
    public boolean isAnswered() {
        return answerTime != 0;
    }

    /** Nanoseconds from the last SYN before it to the SYN,ACK (or the refusal), -1 if either was not captured. */
    public long synAckNanos() {
        return hasSyn(Side.CLIENT) && answerTime != 0 ? answerTime - lastSynTime : -1;
    }

    /** Nanoseconds from the SYN,ACK to the segment that confirmed it, -1 if either was not captured. */
    public long ackNanos() {
        return answerTime != 0 && confirmTime != 0 ? confirmTime - answerTime : -1;
    }

    /** Nanoseconds from the last SYN to the segment that completed the handshake, -1 if either was not captured. */
    long roundTripNanos() {
        return hasSyn(Side.CLIENT) && confirmTime != 0 ? confirmTime - lastSynTime : -1;
    }

    public int synRetransmissions() {
        return synRetransmissions;
    }

    public int synAckRetransmissions() {
        return synAckRetransmissions;
    }
}
