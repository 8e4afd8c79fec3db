package tcpflowcheck.tcp;

import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpSegment;

/** The RSTs of one connection: judged, and what follows them (RFC 9293, section 3.5.3; RFC 5961, section 3). */
final class Resets {
    /** A path may change by this many hops; another machine's RST is rarely so near. */
    private static final int HOPS_THAT_PATHS_VARY = 4;

    /** Segments of an end before its time to live says anything. */
    private static final int SEGMENTS_THAT_SHOW_A_PATH = 3;

    private static final int MAX_TEXT = 64;

    private final Connection connection;
    private Reset ended;
    private Side by;
    private int seq;
    private boolean suspect;

    Resets(Connection connection) {
        this.connection = connection;
    }

    void on(Endpoint sender, Endpoint receiver, TcpSegment rst) {
        if (rst.length() > 0) {
            connection.found(Rule.RESET_DATA, sender, rst, "RST with octets: " + text(rst));
        }
        ResetVerdict verdict = ResetVerdict.of(receiver, sender, rst);
        if (verdict == ResetVerdict.UNACCEPTABLE || verdict == ResetVerdict.CHALLENGED) {
            refuse(verdict, sender, receiver, rst);
            return;
        }
        sender.showsInReset(rst);
        boolean ends = !sender.state().ended() || !receiver.state().ended();
        if (ends && ended == null) {
            Reset.Kind kind = Reset.Kind.of(sender, receiver);
            // LISTEN was only assumed: nobody listens there.
            TcpState state = kind == Reset.Kind.REFUSED ? TcpState.CLOSED : sender.state();
            ended = new Reset(kind, sender.side(), rst.frame(), rst.time(), state, true);
        }
        if (ends) {
            by = sender.side();
            seq = rst.seq();
            say(sender, receiver, rst);
        } else if (receiver.state() == TcpState.TIME_WAIT) {
            connection.found(Rule.TIME_WAIT_ASSASSINATION, sender, rst, "RST to an end in TIME-WAIT");
        }
        sender.sendsReset(rst);
        if (verdict == ResetVerdict.ACCEPTABLE) {
            receiver.resetArrives(rst);
        }
    }

    private void refuse(ResetVerdict verdict, Endpoint sender, Endpoint receiver, TcpSegment rst) {
        String why;
        if (receiver.state() == TcpState.SYN_SENT) {
            why = "RST in SYN-SENT does not acknowledge the SYN";
        } else {
            int off = rst.seq() - receiver.rcvNxt();
            why = (verdict == ResetVerdict.CHALLENGED ? "RST in the window but not next: " : "RST outside the window: ")
                    + "seq is RCV.NXT" + (off < 0 ? "" : "+") + off;
        }
        connection.found(Rule.RESET_UNACCEPTABLE, sender, rst, why);
        if (verdict == ResetVerdict.CHALLENGED) {
            connection.handshake().challenges(receiver);
        }
    }

    private void say(Endpoint sender, Endpoint receiver, TcpSegment rst) {
        Reset.Kind kind = Reset.Kind.of(sender, receiver);
        if (kind == Reset.Kind.REFUSED) {
            connection.handshake().refuse(rst);
            connection.found(Rule.HANDSHAKE_REFUSED, sender, rst, "RST answers the SYN");
        } else {
            connection.found(
                    Rule.RESET,
                    sender,
                    rst,
                    kind + " by " + sender.side() + " in " + sender.state() + ", " + receiver.side() + " in "
                            + receiver.state());
        }
        Traffic traffic = sender.traffic();
        int off = traffic.timeToLiveOutlier(rst.timeToLive());
        if (off > HOPS_THAT_PATHS_VARY && traffic.packets() > SEGMENTS_THAT_SHOW_A_PATH) {
            String hops = "TTL " + rst.timeToLive() + " is " + off + " off the " + sender.side() + "'s other segments";
            connection.found(Rule.RESET_SUSPECT, sender, rst, hops);
        }
    }

    /** Reads a segment that is no RST: an end that reset should send nothing more. */
    void sees(Endpoint sender, TcpSegment segment) {
        if (by == null || segment.isSyn()) {
            return;
        }
        if (sender.side() == by && sender.state() == TcpState.CLOSED) {
            afterOwnReset(sender, segment);
        } else if (suspect && sender.closedByReset()) {
            sender.takeBackReset(segment, "goes on after an RST that its peer did not send");
        }
    }

    private void afterOwnReset(Endpoint sender, TcpSegment segment) {
        boolean newOctets = segment.length() > 0 && SeqNumber.gt(segment.end(), sender.sndNxt());
        boolean newAck = segment.isAck() && sender.rcvNxtKnown() && SeqNumber.gt(segment.ack(), sender.rcvNxt());
        if (segment.length() > 0) {
            connection.found(Rule.DATA_AFTER_RESET, sender, segment, segment.length() + " octets after its RST");
        }
        if (SeqNumber.ge(segment.seq(), seq) && (newOctets || newAck) && sender.closedByReset()) {
            connection.found(Rule.RESET_SUSPECT, sender, segment, "goes on as if it had not sent its RST");
            suspect = true;
            ended = null;
            sender.takeBackReset(segment, "goes on after its RST");
        }
    }

    /** An end that gave up to open has opened: its RST answered another segment (section 3.10.7.3, first). */
    void opens(Side side) {
        if (ended != null && ended.kind() == Reset.Kind.ABANDONED_OPEN && ended.by() == side) {
            ended = null;
        }
    }

    /** The refused client sends the same SYN again: it has not taken the RST as the end. */
    void takeBack() {
        ended = null;
        connection.handshake().refusalTakenBack();
    }

    /** The RST that ended the connection, or null. */
    Reset ended() {
        return ended;
    }

    private static String text(TcpSegment rst) {
        StringBuilder text = new StringBuilder();
        int shown = Math.min(rst.capturedLength(), MAX_TEXT);
        for (int i = 0; i < shown; i++) {
            int octet = rst.buffer()[rst.payloadOffset() + i];
            text.append(octet >= ' ' && octet < 0x7f ? (char) octet : '.');
        }
        return text.toString();
    }
}
