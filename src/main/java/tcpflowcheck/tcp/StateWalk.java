package tcpflowcheck.tcp;

import static tcpflowcheck.tcp.TcpState.CLOSED;
import static tcpflowcheck.tcp.TcpState.TIME_WAIT;

import tcpflowcheck.tcp.StateDiagram.Arrow;
import tcpflowcheck.tcp.StateDiagram.Event;
import tcpflowcheck.tcp.evidence.Observer.Verdict;
import tcpflowcheck.tcp.evidence.Sightings;
import tcpflowcheck.tcp.evidence.Step;
import tcpflowcheck.wire.TcpSegment;

/** One end's walk through the diagram as it is told. All state changes go through {@link #move}. */
abstract class StateWalk extends ControlBlock {
    final Side side;
    final Connection connection;

    TcpState initial;
    TcpState state;
    private boolean moved;

    /** It answered a SYN by an ACK of another connection, so nothing was known of it before it moved. */
    private boolean holdsAnother;

    /** How many of the last steps lie on a segment that may still be on its way. */
    byte predictions;

    private long movedAt;

    StateWalk(Side side, Connection connection, TcpState assumed) {
        this.side = side;
        this.connection = connection;
        this.initial = assumed;
        this.state = assumed;
    }

    /** 2 MSL after the last thing that moved it, an end in TIME-WAIT is CLOSED. */
    void clock(long frame, long now, long twoMslNanos) {
        if (state == TIME_WAIT && now - movedAt >= twoMslNanos) {
            fire(Event.TIMEOUT_2MSL, frame, movedAt + twoMslNanos, false);
        }
    }

    /** TIME-WAIT begins anew (RFC 9293, section 3.10.7.4, eighth). */
    void waitsAnew(long time) {
        movedAt = state == TIME_WAIT ? time : movedAt;
    }

    /** What was only assumed of an end that has done nothing yet is corrected by its first act. */
    void assume(TcpState other) {
        if (!moved && !state.isSynchronized()) {
            initial = other;
            state = other;
        }
    }

    void fire(Event event, TcpSegment segment, boolean predicted) {
        fire(event, segment.frame(), segment.time(), predicted);
    }

    void fire(Event event, long frame, long time, boolean predicted) {
        Arrow arrow = StateDiagram.arrow(state, event);
        if (arrow != null) {
            move(arrow, frame, time, predicted, true);
        }
    }

    private void move(Arrow arrow, long frame, long time, boolean predicted, boolean certain) {
        predictions = (byte) (predicted ? predictions + 1 : 0);
        state = arrow.to();
        moved = true;
        movedAt = time;
        connection.moved(side, arrow, frame, time, certain);
    }

    /**
     * Tells a path: what was told and is not part of it is taken back, what is new is walked.
     *
     * @param frame the frame that shows it
     * @param reason why anything is taken back
     */
    void tell(Verdict verdict, long frame, long time, String reason) {
        if (!initial.isSynchronized()) {
            begins(verdict);
        }
        TransitionLog log = connection.log();
        Step[] steps = Step.steps(verdict.path());
        int told = 0;
        int common = 0;
        TcpState at = initial;
        for (int i = 0; i < log.size(); i++) {
            if (log.side(i) == side && !log.revised(i)) {
                boolean waited = told == steps.length && log.arrow(i).event() == Event.TIMEOUT_2MSL;
                boolean same = told < steps.length
                        && log.arrow(i).to() == steps[told].arrow().to();
                if (common == told && (same || waited)) {
                    common++;
                    at = log.arrow(i).to();
                }
                told++;
            }
        }
        if (common < told) {
            takeBack(told - common, at, frame, time, reason);
        }
        for (int i = common; i < steps.length; i++) {
            Step step = steps[i];
            Sightings seen = connection.sightings();
            move(step.arrow(), seen.frame(step.sighting()), seen.time(step.sighting()), false, i < verdict.certain());
        }
        predictions = 0;
    }

    /** Where it began is seen by the first that it did. */
    private void begins(Verdict verdict) {
        TcpState began = verdict.path() == null
                ? verdict.state()
                : verdict.path().first().arrow().from();
        if (began != initial && (began == CLOSED || began == TcpState.LISTEN)) {
            state = state == initial ? began : state;
            initial = began;
        }
    }

    private void takeBack(int count, TcpState to, long frame, long time, String reason) {
        TcpState believed = state;
        connection.log().revise(side, count);
        state = to;
        connection.event(new TcpEvent.Revision(frame, time, side, believed, to, reason));
    }

    @Override
    abstract Endpoint peer();

    public Side side() {
        return side;
    }

    /** The state it was taken to be in before its first transition. */
    public TcpState initial() {
        return initial;
    }

    void holdsAnother() {
        holdsAnother = true;
    }

    /** Whether any state of it is known: one that holds another connection is in none of this one. */
    public boolean isKnown() {
        return !connection.onlyResets() && (moved || !holdsAnother);
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

    /** It is synchronized, or was: a SYN of it can only open another connection. */
    boolean isPastOpening() {
        return state.isSynchronized() || (state == CLOSED && moved && connection.wasSynchronized());
    }

    boolean hasMoved() {
        return moved;
    }
}
