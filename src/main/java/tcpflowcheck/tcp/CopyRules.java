package tcpflowcheck.tcp;

import tcpflowcheck.wire.Checksum;
import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpSegment;

/** What tells a frame that was captured twice from a segment that its end has sent again. */
final class CopyRules {
    private CopyRules() {}

    /** Notes a segment, and says whether it is a copy of one that has passed, which is found then. */
    static boolean isCopy(Connection connection, Endpoint sender, TcpSegment segment) {
        SegmentAnalysis analysis = connection.analysisIfAny();
        boolean mayRepeat = analysis != null && mayRepeat(analysis, sender, segment);
        boolean copy = sender.traffic().isCopy(segment, mayRepeat, sender.peer().traffic())
                || (analysis != null && isLateCopy(analysis, sender, segment, mayRepeat));
        if (!copy || (analysis != null && contradicts(analysis, sender, segment))) {
            return false;
        }
        sender.traffic().countCopy();
        if (!connection.counted(Rule.DUPLICATE_FRAME, sender, segment)) {
            connection.found(Rule.DUPLICATE_FRAME, sender, segment, "the same segment was captured before");
        }
        return true;
    }

    /**
     * Whether an end may send twice in a row what nothing tells apart: a duplicate ACK without SACK blocks, while text is
     * on its way to it, or text that the peer has asked for since it was last sent.
     */
    private static boolean mayRepeat(SegmentAnalysis analysis, Endpoint sender, TcpSegment segment) {
        Endpoint receiver = sender.peer();
        if (segment.length() == 0) {
            return segment.isAck()
                    && !segment.has(TcpSegment.SYN | TcpSegment.FIN | TcpSegment.RST)
                    && segment.options().sackCount() == 0
                    && receiver.sndNxtKnown()
                    && SeqNumber.lt(segment.ack(), receiver.sndNxt());
        }
        return isBelowNext(sender, segment)
                && analysis.sent(receiver.side()).ackTime
                        > analysis.sent(sender.side()).text.lastSent(segment.seq())
                && analysis.isAskedFor(sender, receiver, segment);
    }

    /** Text that was captured some time before passes once more, as a slow mirror or network sends it. */
    private static boolean isLateCopy(
            SegmentAnalysis analysis, Endpoint sender, TcpSegment segment, boolean mayRepeat) {
        return segment.length() > 0
                && isBelowNext(sender, segment)
                && sender.traffic().mayBeLateCopy(segment, mayRepeat)
                && analysis.sent(sender.side()).text.isCopy(segment, Traffic.MARKED_COPY_NANOS);
    }

    private static boolean isBelowNext(Endpoint sender, TcpSegment segment) {
        return sender.sndNxtKnown() && SeqNumber.lt(segment.seq(), sender.sndNxt());
    }

    /** Whether its text is not what the same numbers had, which an unfinished checksum does not tell. */
    private static boolean contradicts(SegmentAnalysis analysis, Endpoint sender, TcpSegment segment) {
        return segment.length() > 0
                && Checksum.tcp(segment) != Checksum.Verdict.GOOD
                && analysis.sent(sender.side()).text.contradicted(segment, analysis.octets()) > 0;
    }
}
