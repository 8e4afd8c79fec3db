package tcpflowcheck.tcp;

import tcpflowcheck.tcp.evidence.Sightings;
import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpSegment;

/**
 * Which segments an end's states rest on: what opens, closes and resets, what may be the first to acknowledge a SYN or a
 * FIN, and the first that an end sends behind one of those, which shows whether that had come.
 */
final class Watch {
    private static final int MOST_CARRIERS = 2;

    /** Segments of an end behind an RST that show whether it lives on: the first ones, and of those that can't have crossed that. */
    private static final int MOST_LIVING_ON = 4;

    private static final int LATE_ONES = 2;

    /** A copy that comes sooner behind what its end sent may have been sent before that. */
    private static final long LONGEST_CROSSING_NANOS = 100_000_000L;

    private Watch() {}

    /** Notes a segment that passes, before the ends' numbers know of it. */
    static void note(Sightings log, Endpoint sender, Endpoint receiver, TcpSegment segment) {
        boolean control = segment.has(TcpSegment.SYN | TcpSegment.FIN | TcpSegment.RST);
        if (!control && !segment.isAck()) {
            return; // RFC 9293, section 3.10.7.4, fifth: it is dropped
        }
        if (isOrdinary(sender, receiver, segment, control) && !sender.isBehindOneNumber(segment)) {
            sender.lastWasNoted = false;
            return;
        }
        if (isOfAnother(sender, segment)) {
            return;
        }
        int before = sender.sndNxtKnown() ? sender.sndNxt() : segment.seq();
        boolean carries = !control && (acksSyn(receiver, segment) || acksFin(receiver, segment));
        boolean first = !sender.synShown && sender.issKnown();
        sender.lastWasNoted = control || carries || owes(sender, segment) || first || sender.isBehindOneNumber(segment);
        if (!sender.lastWasNoted) {
            return;
        }
        if (!control && repeatsLast(log, sender, receiver, segment)) {
            log.replaceLast(sender.side(), segment, before);
        } else {
            log.add(sender.side(), segment, before);
        }
        if (receiver.rcvNxtKnown()) {
            log.acknowledgedByPeer(receiver.rcvNxt());
        }
        if (segment.isRst() && ResetVerdict.mayBeExact(receiver, sender, segment)) {
            log.mayBeExact();
            if (receiver.rcvNxtKnown() && sender.holeBegins(receiver.rcvNxt(), segment.seq())) {
                log.behindHole();
            }
        }
        if (receiver.issKnown() && OptionRules.reportsTwice(segment, receiver.iss())) {
            log.reportsSynTwice();
        }
        boolean bare = segment.isRst() && !segment.isAck();
        if (bare && segment.seq() == sender.sndNxt() && Resets.rejects(sender, receiver, segment)) {
            log.answersLast();
        } else if (bare
                && !receiver.lastWasNoted
                && receiver.rcvNxtKnown()
                && SeqNumber.le(segment.seq(), receiver.rcvNxt())
                && isSoon(receiver, segment)) {
            log.answersLast();
        }
        boolean inFlight = sender.rcvNxtKnown()
                && SeqNumber.lt(sender.rcvNxt(), receiver.finSent() ? receiver.finSeq() : receiver.sndNxt());
        if (bare && inFlight) {
            log.mayAnswerText();
        }
        if (sender.acksNothingOfPeer(segment)) {
            log.acksNothing();
        }
        if (receiver.ignoresThirdAck && !segment.isRst()) {
            log.notTaken(sender.side());
        }
        if (segment.isFin() && sender.mayHaveWaited(segment)) {
            log.freedText();
        }
        if (segment.isRst() && receiver.mayHoldFinBack()) {
            log.mayFindFinWaiting();
        }
        shows(sender, receiver, segment, control || carries);
    }

    /** In the midst of a connection, as most are: no state rests on it. */
    private static boolean isOrdinary(Endpoint sender, Endpoint receiver, TcpSegment segment, boolean control) {
        return !control && sender.synShown && receiver.synShown && !owes(sender, segment) && !receiver.finSent;
    }

    private static boolean owes(Endpoint sender, TcpSegment segment) {
        return sender.owesEvidence || mayLiveOn(sender, segment);
    }

    private static void livesOn(Endpoint end, TcpSegment rst) {
        end.livesOn = MOST_LIVING_ON;
        end.resetPassedAt = rst.time();
    }

    private static boolean mayLiveOn(Endpoint sender, TcpSegment segment) {
        return sender.livesOn > LATE_ONES
                || (sender.livesOn > 0 && segment.time() - sender.resetPassedAt > LONGEST_CROSSING_NANOS);
    }

    private static boolean isSoon(Endpoint peer, TcpSegment segment) {
        long roundTrip = peer.connection.roundTripNanos();
        return segment.time() - peer.lastSentTime <= roundTrip + Sightings.ANSWER_NANOS;
    }

    private static void shows(Endpoint sender, Endpoint receiver, TcpSegment segment, boolean matters) {
        receiver.owesEvidence |= matters;
        if (segment.isRst()) {
            livesOn(sender, segment);
            livesOn(receiver, segment);
        }
        if (segment.isRst() || segment.isSyn()) {
            return;
        }
        sender.livesOn -= mayLiveOn(sender, segment) ? 1 : 0;
        boolean lacksFin = receiver.finSent() && SeqNumber.le(segment.ack(), receiver.finSeq());
        sender.owesEvidence = lacksFin || (segment.isFin() && !sender.finSent());
        sender.synShown = true;
        sender.carriers = 0;
        if (matters && !segment.isFin()) {
            receiver.carriers++;
        }
    }

    /** A SYN that opens nothing here, or a copy that the network has delayed. */
    private static boolean isOfAnother(Endpoint sender, TcpSegment segment) {
        boolean late = segment.isSyn()
                && !segment.isAck()
                && sender.synShown
                && sender.options().seen()
                && segment.time() - sender.lastSentTime > LONGEST_CROSSING_NANOS;
        return late
                || (segment.isSyn() && sender.isPastOpening() && sender.issKnown() && segment.seq() != sender.iss());
    }

    private static boolean acksSyn(Endpoint receiver, TcpSegment segment) {
        return !receiver.synShown && receiver.issKnown() && SeqNumber.gt(segment.ack(), receiver.iss());
    }

    private static boolean acksFin(Endpoint receiver, TcpSegment segment) {
        return receiver.finSent()
                && receiver.carriers < MOST_CARRIERS
                && SeqNumber.gt(segment.ack(), receiver.finSeq());
    }

    /** Whether it says what the last one said, only later. */
    private static boolean repeatsLast(Sightings log, Endpoint sender, Endpoint receiver, TcpSegment segment) {
        return log.isPlainOf(sender.side(), segment.ack())
                && (receiver.carriers >= MOST_CARRIERS || (!acksSyn(receiver, segment) && !acksFin(receiver, segment)));
    }
}
