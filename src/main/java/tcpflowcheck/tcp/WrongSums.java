package tcpflowcheck.tcp;

import java.util.ArrayList;
import java.util.List;
import tcpflowcheck.wire.Checksum;
import tcpflowcheck.wire.Encapsulation;
import tcpflowcheck.wire.TcpSegment;

/**
 * The segments of one connection whose checksums are wrong and not unfinished: damaged ones, or all of them by one
 * number, as whoever rewrites addresses in a capture leaves them. The first ones wait until it is clear which.
 */
final class WrongSums {
    private static final int MOST_WAITING = 16;

    private final Connection connection;

    /** What was added to each right checksum, in one's complement. */
    private int off;

    private int firstExpected;
    private boolean rewritten;
    private boolean damaged;
    private List<TcpSegment> waiting = new ArrayList<>(1);
    private List<Endpoint> senders = new ArrayList<>(1);

    WrongSums(Connection connection) {
        this.connection = connection;
    }

    /** Notes one; whether it was damaged on its way, and not written so. */
    boolean isDamaged(Endpoint sender, Endpoint receiver, TcpSegment segment) {
        boolean addressesFit = sender.traffic().sumFits() || receiver.traffic().sumFits();
        if (!damaged && !addressesFit) {
            int added = Checksum.tcpOff(segment);
            if (isRewritten(segment, added) || waits(sender, segment, added)) {
                return false;
            }
        }
        if (!rewritten) {
            damaged = true;
            tell();
        }
        tell(sender, segment, "");
        // Where none of an end's checksums is right, its card may write them, and nobody has forged its text.
        boolean judged =
                segment.has(TcpSegment.FIN | TcpSegment.RST) || sender.traffic().sumIsRight();
        return (addressesFit || rewritten) && judged && !sender.traffic().isDisproved(Acceptance.DAMAGED);
    }

    private boolean isRewritten(TcpSegment segment, int added) {
        if (!waiting.isEmpty() && off == added && Checksum.tcpExpected(segment) != firstExpected) {
            rewritten = true;
            for (TcpSegment each : waiting) {
                connection.foundInCapture(Rule.CHECKSUM_BAD, each);
            }
            forget();
        }
        if (!rewritten || off != added) {
            return false;
        }
        connection.foundInCapture(Rule.CHECKSUM_BAD, segment);
        return true;
    }

    private boolean waits(Endpoint sender, TcpSegment segment, int added) {
        if (rewritten || waiting.size() == MOST_WAITING || (!waiting.isEmpty() && off != added)) {
            return false;
        }
        if (waiting.isEmpty()) {
            off = added;
            firstExpected = Checksum.tcpExpected(segment);
        }
        waiting.add(segment.copy());
        senders.add(sender);
        return true;
    }

    /** The flow has ended: what still waits has nothing to be explained by. */
    void tell() {
        for (int i = 0; i < waiting.size(); i++) {
            tell(senders.get(i), waiting.get(i), "");
        }
        forget();
    }

    private void forget() {
        waiting = List.of();
        senders = List.of();
    }

    /** @param which checksum it should be */
    void tell(Endpoint sender, TcpSegment segment, String which) {
        tell(sender, segment, "checksum", segment.checksum(), Checksum.tcpExpected(segment), which);
    }

    /** The same of a tunnel's datagram, for which its receiver drops the segment, too. */
    void tellAround(Endpoint sender, TcpSegment segment) {
        Encapsulation around = segment.encapsulation();
        tell(sender, segment, "outer UDP checksum", around.sumThere(), around.sumExpected(), "");
    }

    private void tell(Endpoint sender, TcpSegment segment, String what, int is, int should, String which) {
        if (!connection.counted(Rule.CHECKSUM_BAD, sender, segment)) {
            String there = what + " 0x" + Integer.toHexString(is);
            String right = ", should be 0x" + Integer.toHexString(should);
            connection.found(
                    Rule.CHECKSUM_BAD, sender, segment, there + right + which + ": a receiver that checks it drops it");
        }
    }
}
