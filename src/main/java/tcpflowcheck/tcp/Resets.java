package tcpflowcheck.tcp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
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

    /** What went before each, in words. */
    private String[] after = new String[1];

    /** What was said of the RST that ended the connection, as the paths had it then; null if nothing stands. */
    private @Nullable Reset told;

    /** The changes of the paths up to which that holds. */
    private int reviewed;

    private int count;
    private @Nullable Side by;
    private int seq;

    Resets(Connection connection) {
        this.connection = connection;
        signs = new ResetSigns(connection);
    }

    void on(Endpoint sender, Endpoint receiver, TcpSegment rst) {
        noteText(connection, sender, rst);
        signs.read(sender, receiver, rst);
        connection.handshake().challenges().reset(sender, rst);
        judge(sender, receiver, rst);
        reviewAll(rst.frame(), rst.time());
        signs.tell();
    }

    private void judge(Endpoint sender, Endpoint receiver, TcpSegment rst) {
        if (Reset.refuses(connection.reset()) && sender.side() != by && !rst.isAck()) {
            return; // whether it is still in SYN-SENT or CLOSED, it answers what is no SYN,ACK
        }
        ResetVerdict verdict = ResetVerdict.of(receiver, sender, rst);
        if (rejects(sender, receiver, rst)) {
            boolean ofNothing = verdict == ResetVerdict.UNACCEPTABLE
                    && !connection.handshake().isRejection(rst);
            connection.walk(sender, receiver, rst);
            connection.handshake().rejects(sender, rst);
            if (ofNothing) {
                refuse(verdict, sender, receiver, rst);
            }
            return;
        }
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
        connection.walk(sender, receiver, rst);
        remember(sender, rst);
        Reset reset = reset(count - 1);
        if (reset != null && ends) {
            by = sender.side();
            seq = rst.seq();
            ends(reset, sender, rst);
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
            System.arraycopy(after, 1, after, 0, MOST - 1);
            count--;
        } else if (count == after.length) {
            passed = Arrays.copyOf(passed, 2 * passed.length);
            after = Arrays.copyOf(after, 2 * count);
        }
        int bits = (sender.side() == Side.SERVER ? SERVER : 0) | (rst.isAck() ? 0 : BARE);
        passed[FIELDS * count] = rst.frame() << FRAME_SHIFT | bits;
        passed[FIELDS * count + 1] = rst.time();
        passed[FIELDS * count + 2] = BeforeReset.silenceNanos(sender, rst);
        after[count] = BeforeReset.words(sender, rst);
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

    private void ends(Reset reset, Endpoint sender, TcpSegment rst) {
        if (reset.kind() == Reset.Kind.REFUSED) {
            connection.handshake().refuse(rst);
        }
        SegmentAnalysis analysis = connection.analysisIfAny();
        if (analysis != null && reset.kind() != Reset.Kind.REPLY_TO_CLOSED) {
            analysis.hangs().resets(sender, rst);
        }
    }

    /** Where the paths have changed, what was said of the RST that ended the connection is taken back, or said anew. */
    void review(long frame, long time) {
        if (connection.log().changes() != reviewed) {
            reviewAll(frame, time);
        }
    }

    private void reviewAll(long frame, long time) {
        reviewed = connection.log().changes();
        if (told != null) {
            Reset still = said(index(told.frame()));
            boolean anew = Reset.refuses(told)
                    && still == null
                    && !connection.handshake().hasOpened();
            if (!told.isSaidLike(still)) {
                if (!anew) { // else it is refused, and tries again
                    connection.withdraw(rule(told), told.by(), told.frame(), frame, time);
                }
                told = null;
            }
        }
        int index = ending();
        if (index >= 0 && (told == null || told.frame() != frame(index))) {
            Reset reset = reset(index);
            told = reset;
            if (reset != null) {
                say(reset, index);
            }
        }
    }

    /** Nothing more is to come, and the paths are settled. */
    void end(long frame, long time) {
        reviewAll(frame, time);
        Reset reset = ended();
        if (reset == null || Reset.refuses(reset)) {
            connection.withdraw(Rule.RESET, frame, time);
        }
        if (!Reset.refuses(reset)) {
            connection.withdraw(Rule.HANDSHAKE_REFUSED, frame, time);
        }
    }

    private static Rule rule(Reset reset) {
        return Reset.refuses(reset) ? Rule.HANDSHAKE_REFUSED : Rule.RESET;
    }

    private void say(Reset reset, int index) {
        String what = "RST answers the SYN";
        if (!Reset.refuses(reset)) {
            Side receiver = reset.by().peer();
            what = reset.kind() + " by " + reset.by() + " in " + reset.state() + ", " + receiver + " in "
                    + before(receiver, reset.frame()) + after[index];
        }
        TcpEvent.Found found = TcpEvent.Found.of(rule(reset), reset.by(), reset.frame(), reset.time(), what);
        if (Reset.refuses(reset) || after[index].isEmpty()) {
            connection.found(found);
        } else {
            connection.sumUp(found, true);
        }
    }

    /** Where the receiver was when an RST came, as its path has it. */
    private TcpState before(Side receiver, long frame) {
        TransitionLog log = connection.log();
        int received = log.standing(receiver, frame, Event.RCV_RST, Event.RCV_RST);
        return received >= 0 ? log.arrow(received).from() : stateAt(receiver, frame);
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
    @Nullable
    Reset ended() {
        int index = ending();
        return index < 0 ? null : reset(index);
    }

    private int index(long frame) {
        int index = 0;
        while (index < count && frame(index) != frame) {
            index++;
        }
        return index;
    }

    private long frame(int index) {
        return passed[FIELDS * index] >>> FRAME_SHIFT;
    }

    private Side sender(int index) {
        return (passed[FIELDS * index] & SERVER) != 0 ? Side.SERVER : Side.CLIENT;
    }

    private int ending() {
        for (int i = 0; i < count; i++) {
            if (reset(i) != null) {
                return i;
            }
        }
        return -1;
    }

    /** What the paths say of an RST: null if it ended no end that was open, or one that was back in LISTEN for the next SYN. */
    private @Nullable Reset reset(int index) {
        TransitionLog log = connection.log();
        int received = received(index);
        return sent(index) < 0 && received >= 0 && log.goesOn(sender(index).peer(), received) ? null : said(index);
    }

    private int sent(int index) {
        return connection.log().standing(sender(index), frame(index), Event.ABORT, Event.USER_TIMEOUT);
    }

    private int received(int index) {
        return connection.log().standing(sender(index).peer(), frame(index), Event.RCV_RST, Event.RCV_RST);
    }

    /**
     * The same of one that sent an end back to LISTEN, too; but where its sender lives on in SYN-SENT it has rejected an
     * answer, and ended nothing.
     */
    private @Nullable Reset said(int index) {
        if (index >= count) {
            return told;
        }
        long frame = frame(index);
        Side sender = sender(index);
        TransitionLog log = connection.log();
        int sent = sent(index);
        int received = received(index);
        if (sent < 0 && (received < 0 || log.arrow(received).from().ended())) {
            return null;
        }
        TcpState at = sent >= 0 ? log.arrow(sent).from() : stateAt(sender, frame);
        TcpState state = at == TcpState.LISTEN ? TcpState.CLOSED : at; // nobody listens there
        if (sent < 0 && state == TcpState.SYN_SENT) {
            return null;
        }
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
        return state;
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
