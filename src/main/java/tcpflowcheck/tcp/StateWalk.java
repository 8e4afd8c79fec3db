package tcpflowcheck.tcp;

import static tcpflowcheck.tcp.TcpState.CLOSED;
import static tcpflowcheck.tcp.TcpState.CLOSING;
import static tcpflowcheck.tcp.TcpState.FIN_WAIT_1;
import static tcpflowcheck.tcp.TcpState.FIN_WAIT_2;
import static tcpflowcheck.tcp.TcpState.SYN_RECEIVED;
import static tcpflowcheck.tcp.TcpState.TIME_WAIT;

import tcpflowcheck.tcp.StateDiagram.Arrow;
import tcpflowcheck.tcp.StateDiagram.Event;
import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpSegment;

/**
 * One end's walk through the diagram: where it stands, which of its last steps are only predicted, and how they are
 * taken back. All state changes go through {@link #move}.
 */
abstract class StateWalk extends ControlBlock {
    final Side side;
    final Connection connection;
    TcpState initial;
    TcpState state;

    private boolean moved;

    /** How many of the last transitions are predictions, and the state before them. */
    byte predictions;

    private TcpState proven;

    /** The state that an RST on its way here, or one that it sent itself, has ended; null if none has. */
    TcpState beforeReset;

    long movedAt;

    /** How long it last took to show that a prediction was wrong. */
    private long repairNanos;

    StateWalk(Side side, Connection connection, TcpState assumed) {
        this.side = side;
        this.connection = connection;
        this.initial = assumed;
        this.state = assumed;
        this.proven = assumed;
    }

    /** 2 MSL after the last thing that moved it, an end in TIME-WAIT is CLOSED. */
    void clock(long frame, long now, long twoMslNanos) {
        if (state == TIME_WAIT && now - movedAt >= twoMslNanos) {
            move(StateDiagram.arrow(TIME_WAIT, Event.TIMEOUT_2MSL), frame, movedAt + twoMslNanos, false);
        }
    }

    /** What was only assumed of an end that has done nothing yet is corrected by its first act. */
    void assume(TcpState other) {
        if (!moved && !state.isSynchronized()) {
            initial = other;
            state = other;
            proven = other;
        }
    }

    void imply(Event event, TcpSegment segment) {
        fire(event, segment, false);
        connection.log().doubt(side, 1);
    }

    void fire(Event event, TcpSegment segment, boolean predicted) {
        Arrow arrow = StateDiagram.arrow(state, event);
        if (arrow != null) {
            move(arrow, segment.frame(), segment.time(), predicted);
        }
    }

    void move(Arrow arrow, long frame, long time, boolean predicted) {
        if (!predicted) {
            predictions = 0;
        } else if (predictions++ == 0) {
            proven = state;
        }
        state = arrow.to();
        beforeReset = null;
        moved = true;
        movedAt = time;
        connection.moved(side, arrow, frame, time);
    }

    /** Takes back what was predicted. */
    void revise(TcpSegment evidence, String reason) {
        TcpState believed = state;
        repairNanos = evidence.time() - movedAt;
        connection.log().revise(side, predictions);
        predictions = 0;
        state = proven;
        if (state == SYN_RECEIVED) {
            sndUna = iss;
        } else if (finSent && SeqNumber.gt(sndUna, finSeq)) {
            sndUna = finSeq;
        }
        connection.revised(side, believed, state, evidence, reason);
    }

    /** The RST that ended this end has not done so (yet). */
    void takeBackReset(TcpSegment evidence, String reason) {
        TcpState before = beforeReset;
        beforeReset = null;
        stepBack(before, evidence, reason);
    }

    /** Takes back the last transition, predicted or not. */
    void stepBack(TcpState before, TcpSegment evidence, String reason) {
        TcpState believed = state;
        connection.log().revise(side, 1);
        predictions = (byte) Math.max(predictions - 1, 0);
        state = before;
        connection.revised(side, believed, before, evidence, reason);
    }

    @Override
    Endpoint peer() {
        return connection.endpoint(side.peer());
    }

    public Side side() {
        return side;
    }

    /** The state it was taken to be in before its first transition. */
    public TcpState initial() {
        return initial;
    }

    public TcpState state() {
        return state;
    }

    int predictions() {
        return predictions;
    }

    long movedAt() {
        return movedAt;
    }

    /** Nanoseconds, 0 while no prediction was wrong. */
    long repairNanos() {
        return repairNanos;
    }

    /** Whether it has closed, and the peer's FIN is only predicted to have come. */
    boolean finIsPredicted() {
        boolean without = proven == FIN_WAIT_1 || proven == FIN_WAIT_2;
        return predictions > 0 && without && (state == CLOSING || state == TIME_WAIT);
    }

    /** Whether the ACK of its FIN is only predicted to have come. */
    boolean ackOfFinIsPredicted() {
        return predictions > 0 && proven == FIN_WAIT_1 && state == FIN_WAIT_2;
    }

    boolean closedByReset() {
        return beforeReset != null;
    }

    /** It is synchronized, or was: a SYN of it can only open another connection. */
    boolean isPastOpening() {
        return state.isSynchronized() || state == CLOSED && moved && connection.wasSynchronized();
    }

    boolean hasMoved() {
        return moved;
    }
}
