package tcpflowcheck.tcp;

import java.util.Arrays;
import tcpflowcheck.tcp.StateDiagram.Event;
import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpSegment;

/** The RSTs of one connection: judged, and what follows them (RFC 9293, section 3.5.3; RFC 5961, section 3). */
final class Resets {
    private static final int MAX_TEXT = 64;

    /** RSTs that are remembered: one of the first ends a connection, if any does. */
    private static final int MOST = 16;

    private static final int SERVER = 1;
    private static final int BARE = 2;
    private static final int FRAME_SHIFT = 2;
    private static final int FIELDS = 3;

    private final Connection connection;
    private final ResetSigns signs;

    /** Of each: frame and bits, the time, and the silence before. */
    private long[] passed = new long[FIELDS];

    private int count;
    private Side by;
    private int seq;

    Resets(Connection connection) {
        this.connection = connection;
        signs = new ResetSigns(connection);
    }

    void on(Endpoint sender, Endpoint receiver, TcpSegment rst) {
        noteText(connection, sender, rst);
        signs.read(sender, receiver, rst);
        judge(sender, receiver, rst);
        signs.tell();
    }

    private void judge(Endpoint sender, Endpoint receiver, TcpSegment rst) {
        if (Reset.refuses(connection.reset()) && sender.side() != by && !rst.isAck()) {
            return; // whether it is still in SYN-SENT or CLOSED, it answers what is no SYN,ACK
        }
        if (rejects(sender, receiver, rst)) {
            connection.walk(sender, receiver, rst);
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

    /**
     * In SYN-SENT: an ACK of another connection (section 3.10.7.3), or a SYN,ACK that echoes a timestamp which was never
     * sent (Linux, tcp_rcv_synsent_state_process). The SYN stays.
     */
    static boolean rejects(Endpoint sender, Endpoint receiver, TcpSegment rst) {
        return sender.state() == TcpState.SYN_SENT
                && !rst.isAck()
                && (rst.seq() != sender.sndNxt() || receiver.traffic().echoesBeyond(sender.traffic()));
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
            int off = SeqNumber.distance(receiver.rcvNxt(), rst.seq());
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
                connection.sumUp(TcpEvent.Found.of(Rule.RESET, sender.side(), rst.frame(), rst.time(), what), true);
            }
        }
        if (connection.analysis() != null) {
            connection.analysis().hangs().resets(sender, rst);
        }
    }

    /** Reads a segment that is no RST: an end that reset should send nothing more. */
    void sees(Endpoint sender, TcpSegment segment) {
        if (by == null || sender.side() != by || sender.state() != TcpState.CLOSED) {
            return;
        }
        if (segment.isSyn()) {
            opens(sender, segment);
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

    /** The SYN that it has refused is accepted; whether the client has heard the refusal first, it has still to show. */
    private void opens(Endpoint sender, TcpSegment segment) {
        Endpoint receiver = sender.peer();
        boolean accepts = segment.isAck() && receiver.issKnown() && segment.ack() == receiver.sndNxt();
        accepts &= seq != segment.seq() + 1; // else the RST gives up what it has accepted, and was captured first
        if (accepts && !connection.wasSynchronized()) {
            connection.found(
                    Rule.RESET_SUSPECT,
                    sender,
                    segment,
                    "accepts the SYN as if it had not refused it in frame " + (passed[0] >>> FRAME_SHIFT));
            connection.handshake().steps().takeBack();
            by = null;
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
