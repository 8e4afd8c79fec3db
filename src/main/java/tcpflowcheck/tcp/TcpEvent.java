package tcpflowcheck.tcp;

import tcpflowcheck.tcp.StateDiagram.Arrow;
import tcpflowcheck.wire.TcpSegment;

/** Given: something that happened to a connection. A new kind breaks every {@link Visitor} at compile time. */
public sealed interface TcpEvent {
    /** The frame that showed it, from 1. */
    long frame();

    /** Nanoseconds since the epoch. */
    long time();

    /** The end it happened to, or that caused it. */
    Side side();

    <R> R accept(Visitor<R> visitor);

    /**
     * An end walked an arrow of the diagram, as far as is known now.
     *
     * @param index its place in the {@link TransitionLog}, which knows at the end whether it is certain
     * @param certain false where the capture shows two ways by now, and this is the likelier one
     */
    record Transition(long frame, long time, Side side, Arrow arrow, int index, boolean certain) implements TcpEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.transition(this);
        }
    }

    /**
     * Later evidence took transitions back: the end is in {@code to} and was not in {@code from}.
     *
     * @param reason what showed it
     */
    record Revision(long frame, long time, Side side, TcpState from, TcpState to, String reason) implements TcpEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.revision(this);
        }
    }

    /**
     * The flow has ended, and nothing in the capture proves a transition that was told.
     *
     * @param frame that of the transition
     */
    record Doubted(long frame, long time, Side side, Arrow arrow) implements TcpEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.doubted(this);
        }
    }

    /**
     * A segment of the handshake.
     *
     * @param step from 1
     * @param acked how far beyond the peer's initial sequence number it acknowledges; 1 is exact, 0 nothing
     */
    record OpenStep(long frame, long time, Side side, int step, int acked) implements TcpEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.openStep(this);
        }
    }

    /**
     * A segment of the close.
     *
     * @param step from 1
     */
    record CloseStep(long frame, long time, Side side, int step) implements TcpEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.closeStep(this);
        }
    }

    /**
     * An end in SYN-SENT rejects an answer that is not of its connection by an RST, which ends nothing of its own (RFC
     * 9293, section 3.10.7.3).
     *
     * @param answer the frame of that answer
     */
    record Rejection(long frame, long time, Side side, long answer) implements TcpEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.rejection(this);
        }
    }

    /** A rule was broken or a condition met. */
    record Found(long frame, long time, Side side, Rule rule, Severity severity, String message) implements TcpEvent {
        /** With the severity that the rule has. */
        static Found of(Rule rule, Side side, long frame, long time, String message) {
            return new Found(frame, time, side, rule, rule.severity(), message);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.found(this);
        }
    }

    /**
     * What was found is not so, as later evidence shows.
     *
     * @param foundIn the frame in which it was
     */
    record Withdrawn(long frame, long time, Side side, Rule rule, long foundIn) implements TcpEvent {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.withdrawn(this);
        }
    }

    /** One method for each kind of event. */
    interface Visitor<R> {
        R transition(Transition event);

        R revision(Revision event);

        R doubted(Doubted event);

        R openStep(OpenStep event);

        R closeStep(CloseStep event);

        R rejection(Rejection event);

        R found(Found event);

        R withdrawn(Withdrawn event);
    }

    /** Where events go as they happen. */
    interface Sink {
        /** Whether anybody listens; where nobody does, no events are made but those of what was found. */
        default boolean hears() {
            return true;
        }

        void event(TcpEvent event);

        /** Whether nothing is to be said of a finding. */
        default boolean ignores(Rule rule, Severity severity) {
            return false;
        }

        /**
         * A segment shows something of the capture, not of its connection.
         *
         * @param segment lent
         */
        default void foundInCapture(Rule rule, TcpSegment segment) {}
    }
}
