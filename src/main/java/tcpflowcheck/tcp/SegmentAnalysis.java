package tcpflowcheck.tcp;

import tcpflowcheck.tcp.SentSegments.Purpose;
import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpOptions;
import tcpflowcheck.wire.TcpSegment;

/**
 * The rules of the segments group: each segment after the SYNs, held against what both ends sent before, in the order
 * in which Wireshark's tcp_analyze_sequence_number asks. Wireshark judges by numbers and times alone; here octets that
 * the capture has not shown before are told from those that it has, and timestamps, IP IDs and SACK are asked first.
 */
final class SegmentAnalysis {
    /** What comes late by so little was captured in the wrong order. */
    private static final long CAPTURE_JITTER_NANOS = 1_000_000;

    /** Wireshark's: what comes so soon was overtaken, where the round-trip time is not known. */
    private static final long UNKNOWN_ROUND_TRIP_NANOS = 3_000_000;

    /** Wireshark's: what duplicate ACKs ask for follows within this time, and where the tap is far, a round trip. */
    private static final long FAST_NANOS = 20_000_000;

    /** A timestamp clock ticks at least this often, so that text sent again has another (RFC 7323, section 5.4). */
    private static final long SLOWEST_TICK_NANOS = 20_000_000;

    private final Connection connection;
    private final OctetLog octets;
    private final SentSegments client = new SentSegments();
    private final SentSegments server = new SentSegments();
    private final Hangs hangs;

    SegmentAnalysis(Connection connection, OctetLog octets, long now) {
        this.connection = connection;
        this.octets = octets;
        hangs = new Hangs(connection);
        client.highestTime = now;
        server.highestTime = now;
        Steps steps = connection.handshake().steps();
        for (Side side : Side.values()) {
            Endpoint end = connection.endpoint(side);
            if (end.rcvNxtKnown()) {
                sent(side).acknowledgedWithSyn(end.rcvNxt(), end.rcvEdge(), steps.size() > 1 ? steps.frame(1) : 0);
            }
        }
    }

    Hangs hangs() {
        return hangs;
    }

    OctetLog octets() {
        return octets;
    }

    SentSegments sent(Side side) {
        return side == Side.CLIENT ? client : server;
    }

    /** Reads a segment that is no RST before the ends move. */
    void sees(Endpoint sender, Endpoint receiver, TcpSegment segment) {
        SentSegments sent = sent(sender.side());
        SentSegments peers = sent(receiver.side());
        hangs.sees(sender, receiver, segment);
        confirmGap(sender, sent, segment.time());
        confirmGap(receiver, peers, segment.time());
        ProbeRules.beganTheCapture(connection, sender, receiver, segment);
        Purpose purpose =
                segment.isAck() ? ProbeRules.purpose(connection, sender, receiver, segment) : Purpose.ORDINARY;
        if (!segment.isAck() && !segment.isSyn()) {
            return; // RFC 9293, section 3.10.7.4, fifth: it is dropped, text and all
        }
        if (purpose == Purpose.ORDINARY) {
            sequence(sender, receiver, segment);
        } else {
            ProbeRules.see(connection, purpose, sender, segment);
        }
        if (segment.isAck()) {
            WindowRules.see(connection, sender, receiver, segment);
            acknowledges(sender, receiver, segment);
        }
        peers.hasAnswered(segment);
        sent.note(segment, purpose);
    }

    // ---- what it sends

    private void sequence(Endpoint sender, Endpoint receiver, TcpSegment segment) {
        int ahead = sender.sndNxtKnown() ? SeqNumber.distance(sender.sndNxt(), segment.seq()) : 0;
        boolean first = sender.traffic().packets() == 1; // what was in flight before the capture began is no hole
        if (ahead > 0 && !segment.isSyn() && !first) {
            found(Rule.SEGMENT_GAP, sender, segment, ahead, " octets before it were not captured");
        }
        SentSegments sent = sent(sender.side());
        if (segment.isSyn()) {
            sent.measures.unique(sender.issKnown() ? 0 : segment.length());
            return;
        }
        if (segment.length() == 0) {
            if (ahead > 0 || (segment.isFin() && ahead == 0)) {
                sent.noteHighest(segment);
            }
            return;
        }
        boolean again = ahead < 0 && !(sent.hasProbed(segment.seq()) && segment.length() > 1);
        if (again) {
            behind(sender, receiver, segment);
        } else {
            sent.text.add(segment, octets);
        }
        int end = segment.seq() + segment.length();
        if (ahead >= 0 || SeqNumber.gt(end, sender.sndNxt())) {
            int fresh = ahead >= 0 ? segment.length() : Math.min(end - sender.sndNxt(), segment.length());
            sent.measures.unique(fresh);
            sent.noteHighest(segment);
            if (receiver.rcvNxtKnown()) {
                sent.measures.inFlight(
                        end - receiver.rcvNxt() - sent(receiver.side()).sackedOctets());
            }
        }
    }

    /** Text that does not begin at or beyond SND.NXT. */
    private void behind(Endpoint sender, Endpoint receiver, TcpSegment segment) {
        SentSegments sent = sent(sender.side());
        int end = segment.seq() + segment.length();
        int known = SeqNumber.gt(end, sender.sndNxt()) ? sender.sndNxt() : end;
        int unseen = Math.min(sender.unseenOctets(segment.seq(), known), segment.length());
        boolean fillsHole = unseen == known - segment.seq();
        sent.measures.unique(unseen);
        if (!fillsHole) {
            long frame = sent.text.contradicted(segment, octets);
            if (frame > 0) {
                found(Rule.OVERLAP_CONFLICT, sender, segment, "other octets than in frame " + frame);
            }
        }
        Rule rule = fillsHole ? late(sender, receiver, segment) : again(sender, receiver, segment);
        if (rule == Rule.OUT_OF_ORDER) {
            found(rule, sender, segment, segment.length(), " octets were overtaken");
            sent.text.add(segment, octets);
            return;
        }
        retransmits(rule, sender, receiver, segment, known, unseen);
        if (fillsHole) {
            sent.text.add(segment, octets);
        }
        sent.text.sentAgain(segment, rule == Rule.SPURIOUS_RETRANSMISSION);
    }

    /** Octets that the capture has not shown: overtaken on their way here, or sent again after they were lost before. */
    private Rule late(Endpoint sender, Endpoint receiver, TcpSegment segment) {
        SentSegments sent = sent(sender.side());
        long roundTrip = connection.handshake().roundTripNanos();
        int order = sent.sentAfterHighest(segment, roundTrip, SLOWEST_TICK_NANOS);
        boolean gapPending = sent.gapFrame > 0 && SeqNumber.le(segment.seq() + segment.length(), sent.gapEnd);
        if (order < 0 || gapPending) {
            return Rule.OUT_OF_ORDER;
        }
        if (isDelivered(receiver, segment)) {
            return Rule.SPURIOUS_RETRANSMISSION;
        }
        if (isAskedFor(sender, receiver, segment)) {
            return Rule.FAST_RETRANSMISSION;
        }
        long soon = roundTrip > 0 ? roundTrip : UNKNOWN_ROUND_TRIP_NANOS;
        return order == 0 && segment.time() - sent.highestTime < soon ? Rule.OUT_OF_ORDER : Rule.RETRANSMISSION;
    }

    /** Octets that the capture has shown before. */
    private Rule again(Endpoint sender, Endpoint receiver, TcpSegment segment) {
        if (isDelivered(receiver, segment)) {
            return Rule.SPURIOUS_RETRANSMISSION;
        }
        return isAskedFor(sender, receiver, segment) ? Rule.FAST_RETRANSMISSION : Rule.RETRANSMISSION;
    }

    /** The receiver has said that it has these octets. */
    private boolean isDelivered(Endpoint receiver, TcpSegment segment) {
        int end = segment.seq() + segment.length();
        return (receiver.rcvNxtKnown() && SeqNumber.le(end, receiver.rcvNxt()))
                || sent(receiver.side()).hasSacked(segment.seq(), end);
    }

    /**
     * Duplicate ACKs or SACK have just asked for them, but not so late that the sender can't have heard of it yet, and no
     * timeout has begun to send everything again.
     */
    boolean isAskedFor(Endpoint sender, Endpoint receiver, TcpSegment segment) {
        SentSegments asks = sent(receiver.side());
        SentSegments sent = sent(sender.side());
        long within = FAST_NANOS + connection.roundTripNanos();
        if (asks.asksSince == 0 || segment.time() - asks.ackTime > within || recovers(sent, asks)) {
            return false;
        }
        boolean early = segment.time() - asks.asksSince < Measures.leastTo(connection, sender.side());
        return !early
                && ((asks.duplicateAcks >= 2 && segment.seq() == asks.ack)
                        || asks.lacks(segment.seq() + segment.length()));
    }

    private static boolean recovers(SentSegments sent, SentSegments acks) {
        sent.recoversFromTimeout &= SeqNumber.lt(acks.ack, sent.recoveryPoint);
        return sent.recoversFromTimeout;
    }

    /** @param unseen octets up to {@code known} that the capture has not shown before */
    private void retransmits(Rule rule, Endpoint sender, Endpoint receiver, TcpSegment segment, int known, int unseen) {
        SentSegments sent = sent(sender.side());
        SentSegments acks = sent(receiver.side());
        long before = sent.text.lastSent(segment.seq());
        long since = Math.max(segment.time() - (before < 0 ? sent.highestTime : before), 0);
        int fresh = SeqNumber.distance(known, segment.seq() + segment.length());
        if (fresh > 0 && SeqNumber.gt(receiver.rcvNxt(), segment.seq()) && rule == Rule.RETRANSMISSION) {
            String what =
                    SeqNumber.distance(segment.seq(), receiver.rcvNxt()) + " octets again that were acknowledged, and "
                            + fresh + " new ones behind them, after " + Span.millis(since);
            connection.sumUp(TcpEvent.Found.of(rule, sender.side(), segment.frame(), segment.time(), what), true);
        } else if (!connection.counted(rule, sender, segment)) {
            int again = known - segment.seq() - unseen;
            String octets = again > 0 ? again + " octets again" : unseen + " octets lost in front of the tap";
            connection.found(rule, sender, segment, octets + ", after " + Span.millis(since));
        }
        sent.measures.sentAgain(segment.seq(), known, unseen);
        recovers(sent, acks);
        boolean oldest = rule == Rule.RETRANSMISSION && acks.ackKnown && segment.seq() == acks.ack;
        if (oldest && sent.timesOut(segment.seq(), sender.sndNxt())) {
            sent.measures.timeout(since);
        }
        TcpOptions options = segment.options();
        boolean doubted = sent.doubtfulFrame > 0 && SeqNumber.le(segment.seq(), sent.doubtfulEnd);
        if (rule != Rule.SPURIOUS_RETRANSMISSION && options.timestamps() && !doubted) {
            sent.doubtfulFrame = segment.frame();
            sent.doubtfulEnd = known;
            sent.doubtfulTsVal = options.tsVal();
        }
    }

    // ---- what it acknowledges

    private void acknowledges(Endpoint sender, Endpoint receiver, TcpSegment segment) {
        SentSegments sent = sent(sender.side());
        SentSegments peers = sent(receiver.side());
        int ack = segment.ack();
        TcpOptions options = segment.options();
        if (options.timestamps()) {
            peers.echoed(options.tsEcr(), segment.time());
        }
        if (sent.ackKnown && SeqNumber.lt(ack, sent.ack)) {
            return; // overtaken by a later one
        }
        boolean news = !sent.ackKnown || ack != sent.ack;
        if (news) {
            gap(sender, receiver, segment);
            sent.duplicateAcks = 0;
            sent.ackFrame = segment.frame();
            long at = peers.text.acknowledged(ack);
            if (at >= 0) {
                peers.measures.byAcks().add(segment.time() - at);
            }
            provesSpurious(receiver, peers, segment);
        } else if (isDuplicate(sender, receiver, segment)
                && !ProbeRules.mayBeProbe(connection, sender, receiver, segment)) {
            sent.duplicateAcks++;
            if (!connection.counted(Rule.DUPLICATE_ACK, sender, segment)) {
                String which = "number " + sent.duplicateAcks + " of the ACK in frame " + sent.ackFrame;
                connection.found(Rule.DUPLICATE_ACK, sender, segment, which);
            }
        }
        sent.noteSack(sender, segment);
        if (options.sackCount() > 0) {
            dsack(receiver, peers, segment);
        }
        sent.noteWindow(segment);
        sent.ack = ack;
        sent.ackKnown = true;
        sent.ackTime = segment.time();
        sent.noteAsking(segment.time());
    }

    /**
     * RFC 5681, section 2, as Wireshark has it; but what answers a probe, a FIN that came again, or a SYN or RST that
     * must not be acted on says nothing of octets that are missing.
     */
    private boolean isDuplicate(Endpoint sender, Endpoint receiver, TcpSegment segment) {
        SentSegments sent = sent(sender.side());
        SentSegments peers = sent(receiver.side());
        boolean repeats = segment.length() == 0
                && !segment.has(TcpSegment.SYN | TcpSegment.FIN)
                && segment.window() != 0
                && segment.window() == sent.window
                && segment.seq() == sender.sndNxt()
                && !sent.isOlder(segment);
        boolean control = peers.lastHadControl || peers.unansweredControl > 0;
        boolean answersControl = control && segment.ack() == receiver.sndNxt();
        boolean multipath =
                segment.options().mptcpSubtype() >= 0 && segment.options().sackCount() == 0;
        return repeats
                && !answersControl
                && !multipath
                && !peers.wasProbed()
                && !connection.handshake().challenges().waitFor(sender);
    }

    private void gap(Endpoint sender, Endpoint receiver, TcpSegment segment) {
        if (!receiver.sndNxtKnown() || receiver.traffic().packets() == 0 || !connection.wasSynchronized()) {
            return;
        }
        SentSegments peers = sent(receiver.side());
        int from = sender.rcvNxtKnown() ? sender.rcvNxt() : receiver.sndNxt();
        if (peers.gapFrame == 0 && receiver.holeBegins(from, segment.ack())) {
            peers.gapFrame = segment.frame();
            peers.gapTime = segment.time();
            peers.gapBegin = from;
            peers.gapEnd = segment.ack();
        } else if (peers.gapFrame > 0) {
            peers.gapEnd = segment.ack();
        }
    }

    /** What was acknowledged before it was captured, and has not come since. */
    private void confirmGap(Endpoint owner, SentSegments sent, long now) {
        if (sent.gapFrame == 0 || now - sent.gapTime < CAPTURE_JITTER_NANOS) {
            return;
        }
        int unseen = owner.unseenOctets(sent.gapBegin, sent.gapEnd);
        if (unseen > 0) {
            Side by = owner.side().peer();
            String message = unseen + " octets of the " + owner.side() + " are acknowledged and were not captured";
            connection.found(Rule.CAPTURE_GAP, by, sent.gapFrame, sent.gapTime, message);
        }
        sent.gapFrame = 0;
    }

    /** The echo of an older timestamp by the ACK that covers it: the first copy had arrived (RFC 3522, section 3.2). */
    private void provesSpurious(Endpoint owner, SentSegments sent, TcpSegment ack) {
        if (sent.doubtfulFrame == 0 || SeqNumber.lt(ack.ack(), sent.doubtfulEnd)) {
            return;
        }
        TcpOptions options = ack.options();
        if (options.timestamps() && options.tsEcr() - sent.doubtfulTsVal < 0) {
            String message = "frame " + sent.doubtfulFrame + ": the ACK echoes a timestamp from before it";
            connection.found(Rule.SPURIOUS_RETRANSMISSION, owner, ack, message);
            sent.text.wasSpurious(sent.doubtfulEnd - 1, sent.doubtfulEnd);
        }
        sent.doubtfulFrame = 0;
    }

    /** The first block of a SACK option reports octets that came twice (RFC 2883, section 4). */
    private void dsack(Endpoint owner, SentSegments sent, TcpSegment ack) {
        TcpOptions options = ack.options();
        int left = options.left(0);
        int right = options.right(0);
        boolean below = SeqNumber.le(right, ack.ack());
        boolean inside = options.sackCount() > 1 && SeqNumber.covers(options.left(1), options.right(1), left, right);
        if ((below || inside) && sent.text.wasSpurious(left, right)) {
            String message = "D-SACK: " + (right - left) + " octets had arrived before they were sent again";
            connection.found(Rule.SPURIOUS_RETRANSMISSION, owner, ack, message);
            sent.doubtfulFrame = 0;
        }
    }

    /** The flow has ended. */
    void end(long time) {
        long later = time + CAPTURE_JITTER_NANOS;
        confirmGap(connection.client(), client, later);
        confirmGap(connection.server(), server, later);
        WindowRules.end(connection, connection.client());
        WindowRules.end(connection, connection.server());
        client.measures.zeroWindow(client.closed.nanos(time));
        server.measures.zeroWindow(server.closed.nanos(time));
        hangs.end(time);
    }

    private void found(Rule rule, Endpoint by, TcpSegment segment, String message) {
        if (!connection.counted(rule, by, segment)) {
            connection.found(rule, by, segment, message);
        }
    }

    private void found(Rule rule, Endpoint by, TcpSegment segment, long number, String words) {
        if (!connection.counted(rule, by, segment)) {
            connection.found(rule, by, segment, number + words);
        }
    }
}
