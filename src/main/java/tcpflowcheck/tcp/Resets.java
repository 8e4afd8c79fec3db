package tcpflowcheck.tcp;

import java.util.Arrays;
import tcpflowcheck.tcp.StateDiagram.Event;
import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpSegment;

/** The RSTs of one connection: judged, and what follows them (RFC 9293, section 3.5.3; RFC 5961, section 3). */
final class Resets {
    /** A path may change by this many hops; another machine's RST is rarely so near. */
    private static final int HOPS_THAT_PATHS_VARY = 4;

    /** Segments of an end before its time to live says anything. */
    private static final int SEGMENTS_THAT_SHOW_A_PATH = 3;

    private static final int MAX_TEXT = 64;

    /** RSTs that are remembered: one of the first ends a connection, if any does. */
    private static final int MOST = 16;

    private static final int SERVER = 1;
    private static final int BARE = 2;
    private static final int FRAME_SHIFT = 2;
    private static final int FIELDS = 3;

    private final Connection connection;
    /** Of each: frame and bits, the time, and the silence before. */
    private long[] passed = new long[FIELDS];

    private int count;
    private Side by;
    private int seq;

    Resets(Connection connection) {
        this.connection = connection;
    }

    void on(Endpoint sender, Endpoint receiver, TcpSegment rst) {
        noteText(connection, sender, rst);
        if (sender.state() == TcpState.SYN_SENT && !rst.isAck() && rst.seq() != sender.sndNxt()) {
            connection.walk(sender, receiver, rst); // it rejects an ACK of another connection (section 3.10.7.3)
            connection.handshake().rejects(sender, rst);
            return;
        }
        ResetVerdict verdict = ResetVerdict.of(receiver, sender, rst);
        if (verdict == ResetVerdict.UNACCEPTABLE || verdict == ResetVerdict.CHALLENGED) {
            refuse(verdict, sender, receiver, rst);
            if (verdict == ResetVerdict.CHALLENGED) {
                connection.walk(sender, receiver, rst); // it may have overtaken what is in front of it
                remember(sender, rst);
            }
            return;
        }
        boolean ends = !sender.state().ended() || !receiver.state().ended();
        boolean assassinates = !ends && receiver.state() == TcpState.TIME_WAIT;
        TcpState before = receiver.state();
        connection.walk(sender, receiver, rst);
        remember(sender, rst);
        Reset reset = reset(count - 1);
        if (reset != null && ends) {
            by = sender.side();
            seq = rst.seq();
            say(reset, sender, receiver, before, rst);
        } else if (assassinates) {
            connection.found(Rule.TIME_WAIT_ASSASSINATION, sender, rst, "RST to an end in TIME-WAIT");
        }
    }

    static void noteText(Connection connection, Endpoint sender, TcpSegment rst) {
        if (rst.length() > 0) {
            connection.found(Rule.RESET_DATA, sender, rst, "RST with octets: " + text(rst));
        }
    }

    private void remember(Endpoint sender, TcpSegment rst) {
        if (count == MOST) {
            System.arraycopy(passed, FIELDS, passed, 0, FIELDS * (MOST - 1));
            count--;
        } else if (FIELDS * count == passed.length) {
            passed = Arrays.copyOf(passed, 2 * passed.length);
        }
        int bits = (sender.side() == Side.SERVER ? SERVER : 0) | (rst.isAck() ? 0 : BARE);
        passed[FIELDS * count] = rst.frame() << FRAME_SHIFT | bits;
        passed[FIELDS * count + 1] = rst.time();
        passed[FIELDS * count + 2] = BeforeReset.silenceNanos(sender, rst);
        count++;
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
            connection.handshake().challenges().of(receiver);
        }
    }

    private void say(Reset reset, Endpoint sender, Endpoint receiver, TcpState before, TcpSegment rst) {
        if (reset.kind() == Reset.Kind.REFUSED) {
            connection.handshake().refuse(rst);
            connection.found(Rule.HANDSHAKE_REFUSED, sender, rst, "RST answers the SYN");
        } else {
            String who = " by " + sender.side() + " in " + reset.state() + ", " + receiver.side() + " in " + before;
            String after = BeforeReset.words(sender, rst);
            if (after.isEmpty()) {
                connection.found(Rule.RESET, sender, rst, reset.kind() + who);
            } else {
                String what = reset.kind() + who + after;
                Severity severity = Rule.RESET.severity();
                connection.sumUp(
                        new TcpEvent.Found(rst.frame(), rst.time(), sender.side(), Rule.RESET, severity, what), true);
            }
        }
        if (connection.analysis() != null) {
            connection.analysis().hangs().resets(sender, rst);
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
        if (by == null || segment.isSyn() || sender.side() != by || sender.state() != TcpState.CLOSED) {
            return;
        }
        boolean newOctets = segment.length() > 0 && SeqNumber.gt(segment.end(), sender.sndNxt());
        boolean newAck = segment.isAck() && sender.rcvNxtKnown() && SeqNumber.gt(segment.ack(), sender.rcvNxt());
        if (segment.length() > 0) {
            connection.found(Rule.DATA_AFTER_RESET, sender, segment, segment.length() + " octets after its RST");
        }
        if (SeqNumber.ge(segment.seq(), seq) && (newOctets || newAck)) {
            connection.found(Rule.RESET_SUSPECT, sender, segment, "goes on as if it had not sent its RST");
        }
    }

    /** The first RST that ended the connection, as the paths have it, or null. */
    Reset ended() {
        for (int i = 0; i < count; i++) {
            Reset reset = reset(i);
            if (reset != null) {
                return reset;
            }
        }
        return null;
    }

    /** What the paths say of an RST: null if it ended no end that was open. */
    private Reset reset(int index) {
        long frame = passed[FIELDS * index] >>> FRAME_SHIFT;
        Side sender = (passed[FIELDS * index] & SERVER) != 0 ? Side.SERVER : Side.CLIENT;
        TransitionLog log = connection.log();
        int sent = log.standing(sender, frame, Event.ABORT, Event.USER_TIMEOUT);
        int received = log.standing(sender.peer(), frame, Event.RCV_RST, Event.RCV_RST);
        if (sent < 0 && received >= 0 && log.goesOn(sender.peer(), received)) {
            return null; // back in LISTEN, where the next SYN found it
        }
        if (sent < 0 && (received < 0 || log.arrow(received).from().ended())) {
            return null;
        }
        TcpState state = sent >= 0 ? log.arrow(sent).from() : stateAt(sender, frame);
        boolean gone = sent >= 0 && log.arrow(sent).event() == Event.USER_TIMEOUT;
        boolean refuses = received >= 0 && log.arrow(received).from() == TcpState.SYN_SENT;
        Reset.Kind kind = Reset.Kind.of(state, connection.endpoint(sender).initial(), gone, refuses);
        boolean bare = (passed[FIELDS * index] & BARE) != 0;
        boolean certain = log.certain(sent >= 0 ? sent : received) && !(bare && sent >= 0 && state.hasSentFin());
        return new Reset(kind, sender, frame, passed[FIELDS * index + 1], state, passed[FIELDS * index + 2], certain);
    }

    private TcpState stateAt(Side side, long frame) {
        TransitionLog log = connection.log();
        TcpState state = connection.endpoint(side).initial();
        for (int i = 0; i < log.size() && log.frame(i) <= frame; i++) {
            state = log.side(i) == side && !log.revised(i) ? log.arrow(i).to() : state;
        }
        return state == TcpState.LISTEN ? TcpState.CLOSED : state; // nobody listens there
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
