package tcpflowcheck.report;

import tcpflowcheck.wire.TcpSegment;

/**
 * Kept, one for each address and port pair: the numbers that sequence and acknowledgment numbers are printed relative
 * to. As in tcpdump the first segment with ACK records them and each SYN,ACK records them again, so they outlive a
 * connection whose ports are used anew: hand the same object to the next incarnation.
 */
public final class RelativeBase {
    private boolean recorded;
    private int lower;
    private int upper;

    /**
     * Whether the sender is the upper end of the pair: it has the higher port or, between equal ports, the higher
     * address.
     */
    static boolean fromUpper(TcpSegment segment) {
        if (segment.sourcePort() != segment.destinationPort()) {
            return segment.sourcePort() > segment.destinationPort();
        }
        int high = Long.compareUnsigned(segment.sourceHigh(), segment.destinationHigh());
        return high > 0 || (high == 0 && Long.compareUnsigned(segment.sourceLow(), segment.destinationLow()) > 0);
    }

    /**
     * Records the bases if this segment, which has ACK, is one that does.
     *
     * @return whether it was, and so is printed with absolute numbers
     */
    boolean record(TcpSegment segment, boolean fromUpper) {
        if (recorded && !segment.isSyn()) {
            return false;
        }
        recorded = true;
        int peer = segment.ack() - 1;
        lower = fromUpper ? peer : segment.seq();
        upper = fromUpper ? segment.seq() : peer;
        return true;
    }

    boolean isRecorded() {
        return recorded;
    }

    /** The base of what the upper or the lower end sends. */
    int of(boolean upperEnd) {
        return upperEnd ? upper : lower;
    }
}
