package tcpflowcheck.tcp;

import tcpflowcheck.wire.Checksum;
import tcpflowcheck.wire.TcpSegment;

/** The rules of the header group, held against each segment before the ends move. */
final class HeaderRules {
    private static final String[] FLAG_NAMES = {"FIN", "SYN", "RST", "PSH", "ACK", "URG"};
    private static final int SHOWN_FLAGS = 0x3f;
    private static final int XMAS = TcpSegment.FIN | TcpSegment.PSH | TcpSegment.URG;

    /** What says what a segment is for; the others say how to handle it. */
    private static final int JUDGED_FLAGS =
            TcpSegment.FIN | TcpSegment.SYN | TcpSegment.RST | TcpSegment.ACK | TcpSegment.URG;

    /** One bit for each set of {@link #JUDGED_FLAGS} that has a use: those that nf_conntrack's tcp_valid_flags has. */
    private static final long LEGAL = 1L << TcpSegment.SYN
            | 1L << (TcpSegment.SYN | TcpSegment.URG)
            | 1L << (TcpSegment.SYN | TcpSegment.ACK)
            | 1L << TcpSegment.RST
            | 1L << (TcpSegment.RST | TcpSegment.ACK)
            | 1L << (TcpSegment.FIN | TcpSegment.ACK)
            | 1L << (TcpSegment.FIN | TcpSegment.ACK | TcpSegment.URG)
            | 1L << TcpSegment.ACK
            | 1L << (TcpSegment.ACK | TcpSegment.URG);

    private static final int LOOPBACK_NETWORK = 127;

    private HeaderRules() {}

    /** Whether the segment can be read: false if its receiver drops it for its checksum. */
    static boolean see(Connection connection, Endpoint sender, Endpoint receiver, TcpSegment segment) {
        if ((LEGAL >>> (segment.flags() & JUDGED_FLAGS) & 1) == 0) {
            connection.found(Rule.FLAGS_INVALID, sender, segment, flags(segment.flags() & SHOWN_FLAGS));
        }
        if (segment.ack() != 0 && !segment.isAck()) {
            connection.foundOnce(Rule.ACK_STRAY, sender, segment, "the acknowledgment number is set, ACK is not");
        }
        if (segment.urgentPointer() != 0 && !segment.has(TcpSegment.URG)) {
            connection.foundOnce(Rule.URGENT_STRAY, sender, segment, "the urgent pointer is set, URG is not");
        }
        if (segment.sourcePort() == segment.destinationPort() && isLand(segment)) {
            connection.foundOnce(Rule.LAND, sender, segment, "source and destination are the same");
        }
        Checksum.Verdict sum = Checksum.tcp(segment);
        if (sum == Checksum.Verdict.GOOD) {
            sender.traffic().noteRightSum();
        }
        boolean whole = sum != Checksum.Verdict.BAD || checksum(connection, sender, receiver, segment);
        return whole && (segment.encapsulation().tunnelCount() == 0 || around(connection, sender, segment));
    }

    /** A header whose data offset can't be; the segment has nothing but its fixed fields. */
    static void malformed(Connection connection, Endpoint sender, TcpSegment segment) {
        connection.found(Rule.HEADER_LENGTH_INVALID, sender, segment, headerLength(segment));
    }

    static String headerLength(TcpSegment segment) {
        int octets = segment.headerLength();
        String offset = "data offset " + octets / 4;
        if (octets < 20) {
            return offset + " is below 5";
        }
        int there = segment.ipOffset() + segment.ipLength() - segment.tcpOffset();
        return offset + " means " + octets + " octets, the segment has " + there;
    }

    /** On a loopback address a socket may well connect to itself, by a simultaneous open. */
    private static boolean isLand(TcpSegment segment) {
        boolean same =
                segment.sourceLow() == segment.destinationLow() && segment.sourceHigh() == segment.destinationHigh();
        boolean loopback = segment.ipVersion() == 4
                ? segment.sourceLow() >>> 24 == LOOPBACK_NETWORK
                : segment.sourceHigh() == 0 && segment.sourceLow() == 1;
        return same && !loopback;
    }

    /**
     * The pseudo-header's sum alone is what a sender leaves for its network card, and what a receiver that merges
     * segments (GRO) writes; both happen beside right checksums of the same end, so each segment is judged by itself.
     * Merging in hardware (LRO) leaves the first segment's checksum on a segment beyond the MSS.
     */
    private static boolean checksum(Connection connection, Endpoint sender, Endpoint receiver, TcpSegment segment) {
        SentOptions offered = receiver.options();
        boolean unfinished = Checksum.pseudoHeaderOnly(segment);
        boolean merged = offered.seen() && offered.mss() > 0 && segment.length() > offered.mss();
        if (unfinished) {
            sender.traffic().noteUnfinishedSum();
        }
        if (merged || unfinished) {
            connection.foundInCapture(Rule.CHECKSUM_OFFLOAD, segment);
            return true;
        }
        if (Checksum.coversPadding(segment)) {
            connection.wrongSums().tell(sender, segment, " without the frame's padding");
            return true;
        }
        return !connection.wrongSums().isDamaged(sender, receiver, segment);
    }

    /**
     * The checksums of the tunnels around it. A host that leaves the segment's own to its card has summed around it what
     * will stand there.
     */
    private static boolean around(Connection connection, Endpoint sender, TcpSegment segment) {
        if (segment.encapsulation().sumIsUnfinished()) {
            connection.foundInCapture(Rule.CHECKSUM_OFFLOAD, segment);
        }
        if (!segment.encapsulation().sumIsWrong() || Checksum.pseudoHeaderOnly(segment)) {
            return true;
        }
        connection.wrongSums().tellAround(sender, segment);
        return sender.traffic().isDisproved(Acceptance.DAMAGED);
    }

    private static String flags(int flags) {
        if (flags == 0) {
            return "no flag is set (null)";
        }
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < FLAG_NAMES.length; i++) {
            if ((flags >>> i & 1) != 0) {
                names.append(names.length() > 0 ? "," : "").append(FLAG_NAMES[i]);
            }
        }
        return names.append((flags & XMAS) == XMAS ? " (Xmas)" : "").toString();
    }
}
