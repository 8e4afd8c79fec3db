package tcpflowcheck.tcp;

import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpOptions;
import tcpflowcheck.wire.TcpSegment;

/** The rules of the options group, held against each segment before the ends move. */
final class OptionRules {
    /** RFC 9293, section 3.7.1. */
    static final int DEFAULT_MSS_IPV4 = 536;

    /** RFC 9293, section 3.7.1. */
    static final int DEFAULT_MSS_IPV6 = 1220;

    private static final int ETHERNET_MSS = 1460;

    private static final int MAX_SHIFT = 14;

    /** No window is larger (RFC 7323, section 2.3). */
    private static final long LARGEST_WINDOW = 1L << 30;

    private static final String PAWS = ": a receiver that goes by PAWS drops it (RFC 7323 5.3)";

    private OptionRules() {}

    static void see(Connection connection, Endpoint sender, Endpoint receiver, TcpSegment segment) {
        TcpOptions options = segment.options();
        if (options.malformed()) {
            connection.found(Rule.OPTION_MALFORMED, sender, segment, malformed(options));
        }
        if (segment.isSyn()) {
            syn(connection, sender, segment);
            synToTimeWait(connection, sender, receiver, segment);
        } else {
            other(connection, sender, receiver, segment);
        }
    }

    private static void syn(Connection connection, Endpoint sender, TcpSegment segment) {
        TcpOptions options = segment.options();
        SentOptions sent = sender.options();
        boolean again = sent.seen() && sender.iss() == segment.seq();
        int least = segment.ipVersion() == 4 ? DEFAULT_MSS_IPV4 : DEFAULT_MSS_IPV6;
        boolean known = options.mss() >= 0 || !options.cut();
        if (again && known && sent.mss() != options.mss() && (sent.mss() >= 0 || sent.whole())) {
            connection.found(
                    Rule.MSS_CHANGED, sender, segment, "mss " + name(options.mss()) + ", was " + name(sent.mss()));
        }
        if (again) {
            return;
        }
        if (options.mss() < 0 && !options.cut()) {
            connection.found(Rule.MSS_ABSENT, sender, segment, "no MSS, so " + least + " applies");
        } else if (options.mss() >= 0 && options.mss() < least) {
            connection.found(Rule.MSS_SMALL, sender, segment, "mss " + options.mss() + " is below " + least);
        }
        if (options.windowShift() > MAX_SHIFT) {
            connection.found(
                    Rule.WINDOW_SHIFT_INVALID, sender, segment, "wscale " + options.windowShift() + ", 14 is used");
        }
    }

    /** An end in TIME-WAIT drops it (RFC 7323, section 5.3; RFC 6191, section 2). */
    private static void synToTimeWait(Connection connection, Endpoint sender, Endpoint receiver, TcpSegment segment) {
        if (receiver.state() == TcpState.TIME_WAIT && sender.traffic().isOlder(segment)) {
            backwards(connection, sender, segment);
        }
    }

    private static void other(Connection connection, Endpoint sender, Endpoint receiver, TcpSegment segment) {
        TcpOptions options = segment.options();
        if (options.mss() >= 0) {
            connection.found(Rule.MSS_MISPLACED, sender, segment, "mss " + options.mss() + " outside a SYN");
        }
        SentOptions offered = receiver.options();
        if (offered.mss() >= 0 || offered.whole()) {
            longer(connection, sender, offered, segment);
        }
        if (segment.isRst()) {
            return;
        }
        SentOptions sent = sender.options();
        if (!options.timestamps() && !options.cut() && sent.timestampsInEach() && offered.timestampsInEach()) {
            missing(connection, sender, segment);
        }
        if (options.kindCount() == 0) {
            return;
        }
        if (options.timestamps() && (sent.lacksTimestamps() || offered.lacksTimestamps())) {
            connection.foundOnce(Rule.OPTION_UNNEGOTIATED, sender, segment, "timestamps were not agreed on");
        }
        if (options.sackCount() > 0) {
            if (sent.lacksSack() || offered.lacksSack()) {
                connection.foundOnce(Rule.OPTION_UNNEGOTIATED, sender, segment, "SACK was not agreed on");
            }
            sack(connection, sender, receiver, segment);
        }
        if (options.timestamps()) {
            timestamps(connection, sender, receiver, segment);
        }
    }

    private static void missing(Connection connection, Endpoint sender, TcpSegment segment) {
        if (!connection.counted(Rule.TIMESTAMPS_MISSING, sender, segment)) {
            connection.found(Rule.TIMESTAMPS_MISSING, sender, segment, "no timestamps, which were agreed on");
        }
    }

    private static void sack(Connection connection, Endpoint sender, Endpoint receiver, TcpSegment segment) {
        TcpOptions options = segment.options();
        for (int i = 0; i < options.sackCount(); i++) {
            if (sender.hasGot(segment, options.left(i), options.right(i))) {
                continue;
            }
            if (!connection.counted(Rule.SACK_BEYOND_SENT, sender, segment)) {
                int off = options.left(i) - segment.ack();
                String block = "SACK of " + SeqNumber.unsigned(options.right(i) - options.left(i)) + " octets, "
                        + Math.abs((long) off) + (off < 0 ? " below" : " beyond") + " its ACK";
                String sent = ", where the " + receiver.side() + " has sent "
                        + Math.max(receiver.sndNxt() - segment.ack(), 0);
                String cause = Math.abs((long) off) > LARGEST_WINDOW
                        ? ": what rewrites sequence numbers on the way leaves SACK as it is"
                        : "";
                connection.found(Rule.SACK_BEYOND_SENT, sender, segment, block + sent + cause);
            }
            return;
        }
    }

    /**
     * What its receiver sees is older than what it has (RFC 7323, section 5). An ACK without news may have been overtaken,
     * and so may text that fills a hole, unless its receiver has echoed a newer timestamp.
     */
    private static void timestamps(Connection connection, Endpoint sender, Endpoint receiver, TcpSegment segment) {
        boolean acksMore = segment.isAck() && sender.rcvNxtKnown() && SeqNumber.gt(segment.ack(), sender.rcvNxt());
        if (sender.isInSequence(segment) || acksMore) {
            if (sender.traffic().isOlder(segment)) {
                backwards(connection, sender, segment);
            }
        } else if (segment.segLen() > 0
                && receiver.rcvNxtKnown()
                && SeqNumber.gt(segment.end(), receiver.rcvNxt())
                && !sender.traffic().isDisproved(Acceptance.OLD_TIMESTAMP)) {
            int back =
                    receiver.traffic().echoedTsVal(segment) - segment.options().tsVal();
            if (back > 1) {
                String echoed = "TSval is " + back + " below the last that was echoed" + PAWS;
                connection.found(Rule.TIMESTAMP_BACKWARDS, sender, segment, echoed);
            }
        }
    }

    private static void backwards(Connection connection, Endpoint sender, TcpSegment segment) {
        int back = sender.traffic().lastTsVal() - segment.options().tsVal();
        connection.found(
                Rule.TIMESTAMP_BACKWARDS, sender, segment, "TSval is " + back + " below the last in sequence" + PAWS);
    }

    private static void longer(Connection connection, Endpoint sender, SentOptions offered, TcpSegment segment) {
        int limit = offered.mss() >= 0 ? offered.mss() : DEFAULT_MSS_IPV4;
        if (offered.mss() < 0 && segment.ipVersion() == 6) {
            limit = DEFAULT_MSS_IPV6;
        }
        if (segment.length() <= limit) {
            return;
        }
        boolean merged = segment.length() >= 2 * limit || segment.length() > ETHERNET_MSS;
        String offload = merged ? "; looks like offload (TSO/GRO) at the tap" : "";
        connection.foundOnce(
                Rule.MSS_EXCEEDED, sender, segment, segment.length() + " octets, mss is " + limit + offload);
    }

    private static String malformed(TcpOptions options) {
        return "option list is malformed at kind " + options.faultKind();
    }

    private static String name(int mss) {
        return mss < 0 ? "absent" : Integer.toString(mss);
    }

    /** The MSS that both ends can use (RFC 9293, section 3.7.1), -1 if neither SYN was captured, or one of them cut. */
    static int effectiveMss(SentOptions client, SentOptions server, int ipVersion) {
        int least = ipVersion == 4 ? DEFAULT_MSS_IPV4 : DEFAULT_MSS_IPV6;
        boolean cut = isCut(client) || isCut(server);
        return !cut && (client.seen() || server.seen()) ? Math.min(limit(client, least), limit(server, least)) : -1;
    }

    private static boolean isCut(SentOptions options) {
        return options.seen() && !options.whole() && options.mss() < 0;
    }

    private static int limit(SentOptions options, int least) {
        return !options.seen() ? Integer.MAX_VALUE : options.mss() >= 0 ? options.mss() : least;
    }

    /** Whether a D-SACK (RFC 2883) says that what has this sequence number came more than once. */
    static boolean reportsTwice(TcpSegment segment, int number) {
        return segment.options().sackCount() > 0
                && segment.options().right(0) == number + 1
                && SeqNumber.gt(segment.ack(), number);
    }
}
