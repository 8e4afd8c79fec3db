package tcpflowcheck.tcp;

import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpSegment;

/**
 * Whether the receiver of a segment takes it or must drop it (RFC 9293, section 3.10.7; RFC 5961, section 5; RFC 7323,
 * section 5), as far as an observer knows the receiver: by what it has acknowledged, offered and echoed, and by what
 * passed towards it. Windows may have been opened, and octets sent, by segments that were not captured: what is just
 * outside is in doubt. RSTs have their own test, {@link ResetVerdict}, and SYNs theirs, {@link Incarnation}.
 */
enum Acceptance {
    ACCEPTED(false, ""),
    /** RFC 7323, section 3.2: a receiver SHOULD drop what lacks the timestamp that was agreed on; most take it. */
    NO_TIMESTAMP(false, "without the timestamp that was agreed on"),
    /** Beyond the window as far as it was seen, behind octets that were not captured. */
    NEAR_WINDOW(false, "outside the window"),
    /** It acknowledges octets that were not captured, or never sent. */
    UNSEEN_ACKED(false, "acknowledges octets never sent"),
    /** The checksum is wrong, and offload does not explain it (section 3.1, MUST-3). */
    DAMAGED(true, "wrong checksum"),
    /** Further ahead than any window reaches (3.10.7.4, first). */
    FAR_FROM_WINDOW(true, "outside the window"),
    /** It acknowledges octets beyond the receiver's FIN, or is older than any window (3.10.7.4, fifth). */
    WRONG_ACK(true, "acknowledges octets never sent"),
    /** Its timestamp is older than the one that its receiver has echoed (PAWS). */
    OLD_TIMESTAMP(true, "its timestamp is older than the receiver's last (PAWS)"),
    /** A FIN in SYN-SENT (3.10.7.3, fifth), or after an RST that refused the SYN. */
    NOT_SYNCHRONIZED(true, "its receiver is in SYN-SENT");

    /** A timestamp that was not renewed for so long says nothing (RFC 7323, section 5.5). */
    private static final long TIMESTAMPS_EXPIRE_NANOS = 24L * 86_400 * 1_000_000_000;

    private static final int LARGEST_FIELD = 0xffff;

    private final boolean dropped;
    private final String words;

    Acceptance(boolean dropped, String words) {
        this.dropped = dropped;
        this.words = words;
    }

    /** Whether its receiver must drop it, by all that is known. */
    boolean isDropped() {
        return dropped;
    }

    boolean isInDoubt() {
        return !dropped && this != ACCEPTED;
    }

    /** What is wrong with the segment. */
    String words() {
        return words;
    }

    /** Judges a segment with neither SYN nor RST, before the ends move; its checksum is another's task. */
    static Acceptance of(Endpoint sender, Endpoint receiver, TcpSegment segment) {
        boolean refused = receiver.state() == TcpState.CLOSED && Reset.refuses(receiver.connection.reset());
        if (receiver.state() == TcpState.SYN_SENT || refused) {
            return segment.isFin() && !sender.issKnown() ? NOT_SYNCHRONIZED : ACCEPTED;
        }
        if (!sender.sndNxtKnown() || sender.traffic().packets() == 1) {
            return ACCEPTED; // the first one captured sets the measure
        }
        Acceptance sequence = sequence(sender, receiver, segment);
        if (sequence != ACCEPTED) {
            return sequence;
        }
        Acceptance timestamp = timestamp(sender, receiver, segment);
        return timestamp.dropped || !segment.isAck() ? timestamp : acknowledgment(sender, receiver, segment, timestamp);
    }

    /** Section 3.10.7.4, first. What lies below the window was sent before: it comes again, and is no news. */
    private static Acceptance sequence(Endpoint sender, Endpoint receiver, TcpSegment segment) {
        int beyond = SeqNumber.distance(receiver.rcvEdge(), segment.seq());
        int ahead = SeqNumber.distance(sender.sndNxt(), segment.seq());
        if (ahead <= 0 || beyond <= 0 || !receiver.rcvNxtKnown()) {
            return ACCEPTED;
        }
        int largest = largestWindow(receiver);
        return beyond > largest && ahead > largest ? FAR_FROM_WINDOW : NEAR_WINDOW;
    }

    private static int largestWindow(Endpoint end) {
        return end.windowScaleKnown() ? LARGEST_FIELD << end.windowShift() : ControlBlock.MAX_WINDOW;
    }

    /**
     * RFC 7323, section 5.3, R1. What the receiver echoes is its TS.Recent. A segment without news is not judged: it was
     * overtaken on its way.
     */
    private static Acceptance timestamp(Endpoint sender, Endpoint receiver, TcpSegment segment) {
        if (!segment.options().timestamps()) {
            return lacksTimestamp(sender, receiver, segment) ? NO_TIMESTAMP : ACCEPTED;
        }
        int back = receiver.traffic().echoedTsVal(segment) - segment.options().tsVal();
        if (back <= 1) { // Linux lets 1 pass (TCP_PAWS_WINDOW)
            return ACCEPTED;
        }
        boolean news = SeqNumber.gt(segment.end(), sender.sndNxt())
                || (segment.isAck() && SeqNumber.gt(segment.ack(), receiver.sndUna()));
        boolean expired = segment.time() - sender.traffic().stampedAt() >= TIMESTAMPS_EXPIRE_NANOS;
        boolean refused = sender.options().lacksTimestamps();
        boolean disproved = sender.traffic().isDisproved(OLD_TIMESTAMP);
        return news && !expired && !refused && !disproved ? OLD_TIMESTAMP : ACCEPTED;
    }

    private static boolean lacksTimestamp(Endpoint sender, Endpoint receiver, TcpSegment segment) {
        return sender.options().timestamps()
                && receiver.options().timestamps()
                && !segment.options().cut();
    }

    /** Section 3.10.7.4, fifth, as RFC 5961, section 5.2 has it: SND.UNA - MAX.SND.WND =< SEG.ACK =< SND.NXT. */
    private static Acceptance acknowledgment(
            Endpoint sender, Endpoint receiver, TcpSegment segment, Acceptance otherwise) {
        int ahead = SeqNumber.distance(receiver.sndNxt(), segment.ack());
        if (ahead > 0 && receiver.traffic().packets() > 0) {
            boolean beyondFin = receiver.finSent() && segment.ack() - receiver.finSeq() > 1;
            return beyondFin ? WRONG_ACK : UNSEEN_ACKED;
        }
        boolean old = sender.windowScaleKnown()
                && receiver.state().isSynchronized()
                && receiver.sndUna() - segment.ack() > 2 * largestWindow(sender);
        return old ? WRONG_ACK : otherwise;
    }
}
