package tcpflowcheck.tcp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpSegment;

/** How a connection was closed: remembers the FINs and what acknowledged them, and names the kind (RFC 9293, section 3.6). */
public final class Closing {
    /** The ways to close, as outputs name them. */
    public enum Kind {
        THREE_SEGMENT("three-segment"),
        FOUR_SEGMENT("four-segment"),
        SIMULTANEOUS("simultaneous"),
        HALF_CLOSED("half-closed"),
        UNACKNOWLEDGED("unacknowledged"),
        /** It was closing when the capture ended, and what is missing could still have come. */
        CUT("cut"),
        /** The flow had to make room before it was closed. */
        EVICTED("evicted"),
        RESET("reset"),
        OPEN("open"),
        NONE("none");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** One end's FIN, and the first segment that covered it; frame 0 where there is none. */
    private static final class Fin {
        private final Side side;
        private long frame;
        private long time;
        private long lastTime;
        private long ackFrame;
        private long ackTime;

        /** Whether that came to its sender; null until it was seen. */
        private @Nullable LastAck ack;

        Fin(Side side) {
            this.side = side;
        }
    }

    private final Connection connection;
    private @Nullable Fin clientFin;
    private @Nullable Fin serverFin;
    private @Nullable Fin first;
    private byte steps;
    private boolean halfCloseUsed;
    private boolean cut;
    private boolean evicted;

    Closing(Connection connection) {
        this.connection = connection;
    }

    /** Reads a segment that is no RST after the ends have moved. */
    void sees(Endpoint sender, Endpoint receiver, TcpSegment segment, boolean newOctets) {
        if (!segment.isAck() || (segment.isSyn() && !segment.isFin())) {
            return;
        }
        boolean step = receiver.finSent() && acknowledges(sender, receiver, segment, newOctets);
        if (segment.isFin()) {
            step |= fin(sender, receiver, segment);
        }
        if (sender.finSent()) {
            afterFin(sender, segment);
        } else if (first != null && first.side == receiver.side() && newOctets) {
            halfClose(sender, first, segment);
        }
        if (step) {
            steps++;
        }
        if (step && connection.isHeard()) {
            connection.event(new TcpEvent.CloseStep(segment.frame(), segment.time(), sender.side(), steps));
        }
    }

    private boolean acknowledges(Endpoint sender, Endpoint receiver, TcpSegment segment, boolean newOctets) {
        Fin fin = fin(receiver.side());
        if (fin != null && fin.ack != null) {
            fin.ack.peerSends(segment);
        }
        if (fin == null || fin.ackFrame != 0 || SeqNumber.le(segment.ack(), receiver.finSeq())) {
            return false;
        }
        boolean firstFin = segment.isFin() && fin(sender.side()) == null;
        fin.ack = new LastAck(connection, receiver, segment, newOctets || firstFin);
        fin.ackFrame = segment.frame();
        fin.ackTime = segment.time();
        return true;
    }

    private boolean fin(Endpoint sender, Endpoint receiver, TcpSegment segment) {
        Fin fin = fin(sender.side());
        if (fin != null) {
            if (segment.end() - 1 == sender.finSeq()) {
                fin.lastTime = segment.time();
                again(fin, sender, segment);
            }
            return false;
        }
        if (!sender.finSent()) {
            return false;
        }
        int beyond = sender.sndNxt() - sender.finSeq() - 1;
        if (beyond > 0) {
            connection.found(
                    Rule.DATA_AFTER_FIN, sender, segment, beyond + " octets beyond its FIN were sent before it");
        }
        fin = new Fin(sender.side());
        fin.frame = segment.frame();
        fin.time = segment.time();
        fin.lastTime = fin.time;
        if (sender.side() == Side.CLIENT) {
            clientFin = fin;
        } else {
            serverFin = fin;
        }
        Fin other = fin(receiver.side());
        if (first == null) {
            first = fin;
        } else if (other != null && other.ackFrame == 0) {
            connection.found(
                    Rule.SIMULTANEOUS_CLOSE, sender, segment, "both FINs were sent before either was acknowledged");
        }
        return true;
    }

    private void again(Fin fin, Endpoint sender, TcpSegment segment) {
        if (fin.ack == null || !fin.ack.hadCome(segment)) {
            connection.found(Rule.FIN_RETRANSMISSION, sender, segment, "the same FIN again");
            return;
        }
        String what = fin.ack.needless();
        connection.sumUp(
                TcpEvent.Found.of(Rule.FIN_RETRANSMISSION, sender.side(), segment.frame(), segment.time(), what), true);
    }

    private void afterFin(Endpoint sender, TcpSegment segment) {
        if (segment.length() > 0 && SeqNumber.gt(segment.seq() + segment.length(), sender.finSeq())) {
            connection.found(Rule.DATA_AFTER_FIN, sender, segment, segment.length() + " octets beyond its own FIN");
        }
        Fin fin = fin(sender.side());
        LastAck ack = fin == null ? null : fin.ack;
        if (fin == null || ack == null) {
            return;
        }
        ack.goesOn(segment);
        if (segment.isFin() && segment.end() - 1 == sender.finSeq()) {
            ack.comesAgain(segment, segment.time() - fin.ackTime);
        }
    }

    private void halfClose(Endpoint sender, Fin fin, TcpSegment segment) {
        if (!halfCloseUsed && fin.ackFrame != 0 && fin.ackFrame != segment.frame()) {
            halfCloseUsed = true;
            connection.found(Rule.HALF_CLOSE, sender, segment, "octets flow on after the " + fin.side + "'s FIN");
        }
    }

    /** @param until where the clock of the capture stood when the flow ended */
    void end(long frame, long time, long until, Ending ending) {
        evicted = ending == Ending.EVICTED;
        boolean failed = first != null && kind() == Kind.UNACKNOWLEDGED && !CaptureRules.isOneSided(connection);
        int late = 0;
        int waiting = 0;
        for (Side side : Side.values()) {
            Fin fin = fin(side);
            if (fin != null && fin.ackFrame == 0) {
                boolean couldCome =
                        ending == Ending.CAPTURE_ENDS && until - fin.lastTime < connection.timeoutNanos(side);
                waiting += couldCome ? 1 : 0;
                late += couldCome ? 0 : 1;
                if (failed && !couldCome) {
                    connection.found(Rule.CLOSE_UNACKNOWLEDGED, side, frame, time, "nothing acknowledges its FIN");
                }
            }
        }
        cut = waiting > 0 && late == 0;
        reviewSimultaneous(frame, time);
        tellLostAck(clientFin);
        tellLostAck(serverFin);
    }

    /** Whether both ends closed before they got the other's FIN is said as the FINs pass; the paths decide. */
    private void reviewSimultaneous(long frame, long time) {
        if (clientFin == null || serverFin == null || !crosses()) {
            connection.withdraw(Rule.SIMULTANEOUS_CLOSE, frame, time);
            return;
        }
        Fin second = clientFin.frame > serverFin.frame ? clientFin : serverFin;
        if (!connection.findings().has(Rule.SIMULTANEOUS_CLOSE, second.side)) {
            connection.found(
                    Rule.SIMULTANEOUS_CLOSE,
                    second.side,
                    second.frame,
                    second.time,
                    "both ends closed before they got the other's FIN");
        }
    }

    /** Whether both FINs were captured, and both ends closed before they got the other's. */
    boolean isSimultaneous() {
        return clientFin != null && serverFin != null && crosses();
    }

    private static void tellLostAck(@Nullable Fin fin) {
        if (fin != null && fin.ack != null) {
            fin.ack.end();
        }
    }

    /** Whether an end has sent a FIN that no segment in the capture acknowledges. */
    public boolean isUnacknowledged(Side side) {
        Fin fin = fin(side);
        return fin != null && fin.ackFrame == 0;
    }

    /** As the paths of both ends have it. */
    public Kind kind() {
        boolean open = connection.handshake().hasOpened();
        if (connection.reset() != null && open) {
            return Kind.RESET;
        }
        if (!open) {
            return Kind.NONE;
        }
        if (first == null) {
            return evicted ? Kind.EVICTED : Kind.OPEN;
        }
        Fin two = fin(first.side.peer());
        boolean acknowledged = first.ackFrame != 0 && (two == null || two.ackFrame != 0);
        if (evicted && (two == null || !acknowledged)) {
            return Kind.EVICTED;
        }
        if (!acknowledged) {
            return cut ? Kind.CUT : Kind.UNACKNOWLEDGED;
        }
        if (two == null) {
            return Kind.HALF_CLOSED;
        }
        return crosses() ? Kind.SIMULTANEOUS : ofSegments(first, two);
    }

    private Kind ofSegments(Fin one, Fin two) {
        boolean inOrder = closer(one) == one.side;
        long ack = inOrder ? one.ackFrame : two.ackFrame;
        return ack == (inOrder ? two.frame : one.frame) ? Kind.THREE_SEGMENT : Kind.FOUR_SEGMENT;
    }

    /** Whether both ends closed before they got the other's FIN. */
    private boolean crosses() {
        return closes(Side.CLIENT) >= 0 && closes(Side.SERVER) >= 0;
    }

    /** The transition by which an end closed before it got the peer's FIN; -1 if it did not. */
    private int closes(Side side) {
        return connection.log().standing(side, TcpState.FIN_WAIT_1);
    }

    /** Who closed first, as the paths have it, where this FIN was the first. */
    private Side closer(Fin one) {
        Side side = one.side;
        return closes(side) < 0 && closes(side.peer()) >= 0 ? side.peer() : side;
    }

    /** False where the kind rests on a transition that the capture can't prove, or on a direction that it does not hold. */
    public boolean certain() {
        boolean oneSided = CaptureRules.isOneSided(connection);
        return switch (kind()) {
            case NONE -> !connection.onlyResets();
            case EVICTED -> true;
            case RESET -> {
                Reset reset = connection.reset();
                yield reset != null && reset.certain();
            }
            case OPEN -> !oneSided;
            case HALF_CLOSED, UNACKNOWLEDGED, CUT -> !oneSided && (first == null || isCertain(first.side));
            case THREE_SEGMENT, FOUR_SEGMENT, SIMULTANEOUS ->
                !oneSided && isCertain(Side.CLIENT) && isCertain(Side.SERVER);
        };
    }

    /** Whether the way in which an end left ESTABLISHED is. */
    private boolean isCertain(Side side) {
        int active = closes(side);
        int way = active >= 0 ? active : connection.log().standing(side, TcpState.CLOSE_WAIT);
        return way >= 0 && connection.log().certain(way);
    }

    /** Who closed first, as the paths have it (whose RST, where one ended it); null if both did, or nobody. */
    public @Nullable Side by() {
        Kind kind = kind();
        Reset reset = kind == Kind.RESET ? connection.reset() : null;
        if (reset != null) {
            return reset.by();
        }
        return first == null || kind == Kind.NONE || isSimultaneous() ? null : closer(first);
    }

    /** The frames of the FINs and of the segments that first covered them, in order, each once; of the RST, if one ended it. */
    public long[] frames() {
        long[] frames = new long[5];
        int size = 0;
        for (Side side : Side.values()) {
            Fin fin = fin(side);
            if (fin != null) {
                frames[size++] = fin.frame;
                if (fin.ackFrame != 0) {
                    frames[size++] = fin.ackFrame;
                }
            }
        }
        Reset reset = kind() == Kind.RESET ? connection.reset() : null;
        if (reset != null) {
            frames[size++] = reset.frame();
        }
        Arrays.sort(frames, 0, size);
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (kept == 0 || frames[kept - 1] != frames[i]) {
                frames[kept++] = frames[i];
            }
        }
        return Arrays.copyOf(frames, kept);
    }

    /** Nanoseconds from the ACK of the first FIN to the second FIN, -1 if the close has no such time. */
    public long halfClosedNanos() {
        Fin two = first == null ? null : fin(first.side.peer());
        if (first == null || two == null || kind() != Kind.FOUR_SEGMENT) {
            return -1;
        }
        return closer(first) == first.side ? two.time - first.ackTime : first.time - two.ackTime;
    }

    /** Nanoseconds from the first FIN to the last segment of the close, -1 if it is not complete. */
    public long nanos() {
        Fin two = first == null ? null : fin(first.side.peer());
        if (first == null || two == null) {
            return -1;
        }
        return switch (kind()) {
            case THREE_SEGMENT, FOUR_SEGMENT, SIMULTANEOUS -> Math.max(first.ackTime, two.ackTime) - first.time;
            default -> -1;
        };
    }

    private @Nullable Fin fin(Side side) {
        return side == Side.CLIENT ? clientFin : serverFin;
    }
}
