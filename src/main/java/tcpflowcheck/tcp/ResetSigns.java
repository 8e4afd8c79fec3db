package tcpflowcheck.tcp;

import org.jspecify.annotations.Nullable;
import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpSegment;

/**
 * What speaks for an RST having been sent by a device on the way, and not by the end whose address it has. Each sign has
 * an innocent explanation; two in one RST make it suspect.
 */
final class ResetSigns {
    private static final int ENOUGH = 2;

    /** RSTs to both sides within this time are one event. */
    private static final long AT_ONCE_NANOS = 1_000_000;

    /** After so long a silence an RST right behind a segment is its answer. */
    private static final long SILENCE_NANOS = 1_000_000_000;

    /** By so much a round trip may be shorter than any that was measured. */
    private static final long JITTER_NANOS = 200_000;

    private final Connection connection;

    // the last RST, its signs and how many they are
    private @Nullable Side side;
    private long frame;
    private long time;
    private long sent;
    private String signs = "";
    private int count;

    ResetSigns(Connection connection) {
        this.connection = connection;
    }

    /** Reads an RST before the ends move. */
    void read(Endpoint sender, Endpoint receiver, TcpSegment rst) {
        boolean both = side == receiver.side()
                && sent == receiver.traffic().sent() // else it may answer what came since
                && Math.abs(rst.time() - time) <= AT_ONCE_NANOS;
        String atOnce = both ? "RSTs to both sides within " + Span.fine(Math.abs(rst.time() - time)) : "";
        if (both) {
            boolean told = count >= ENOUGH;
            add(atOnce);
            if (!told) {
                tell();
            }
        }
        side = sender.side();
        frame = rst.frame();
        time = rst.time();
        sent = sender.traffic().sent();
        signs = "";
        count = 0;
        timeToLive(sender, rst);
        copied(sender, receiver, rst);
        early(sender, rst);
        if (both) {
            add(atOnce);
        }
    }

    /** What was read last is told if it is suspect. */
    void tell() {
        if (side != null && count >= ENOUGH) {
            connection.found(Rule.RESET_SUSPECT, side, frame, time, signs);
        }
    }

    private void add(String sign) {
        signs += (count == 0 ? "" : ", ") + sign;
        count++;
    }

    /** Hosts send all segments of a connection with one TTL, RSTs too. */
    private void timeToLive(Endpoint sender, TcpSegment rst) {
        Traffic traffic = sender.traffic();
        if (traffic.timeToLiveOutlier(rst.timeToLive()) > 0) {
            add("TTL " + rst.timeToLive() + " beside " + traffic.timesToLive());
        }
    }

    /** Who answers for another takes the fields that it has no value for from a segment at hand. */
    private void copied(Endpoint sender, Endpoint receiver, TcpSegment rst) {
        Traffic own = sender.traffic();
        Traffic peers = receiver.traffic();
        int identification = rst.identification();
        boolean ofPeer =
                identification > 0 && identification == peers.lastIdentification() && !own.mayComeNext(identification);
        boolean ofOwn =
                identification > 0 && identification == own.lastIdentification() && !own.repeatsIdentification();
        boolean window = rst.window() > 0
                && rst.window() == peers.lastWindow()
                && own.lastWindow() >= 0
                && rst.window() != own.lastWindow();
        if (ofPeer || window) {
            String field = ofPeer ? "IP ID " + identification + (window ? " and " : "") : "";
            add(field + (window ? "window " + rst.window() : "") + " as in the " + receiver.side() + "'s last segment");
        } else if (ofOwn) {
            add("IP ID " + identification + " as in the " + sender.side() + "'s last segment");
        }
    }

    /** It answers a segment sooner than the end can have got that. */
    private void early(Endpoint sender, TcpSegment rst) {
        long roundTrip = Measures.leastTo(connection, sender.side());
        if (sender.askedAt == 0 || roundTrip == 0) {
            return;
        }
        long since = rst.time() - sender.askedAt;
        boolean answers = !rst.isAck() || (sender.rcvNxtKnown() && SeqNumber.gt(rst.ack(), sender.rcvNxt()));
        boolean sooner = since < roundTrip - Math.max(roundTrip / 4, JITTER_NANOS);
        if (sooner && (answers || sender.silenceWhenAsked >= SILENCE_NANOS)) {
            add(Span.fine(since) + " after a segment to the " + sender.side() + ", which is " + Span.fine(roundTrip)
                    + " away");
        }
    }
}
