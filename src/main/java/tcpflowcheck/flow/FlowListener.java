package tcpflowcheck.flow;

import java.util.List;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.wire.IcmpError;
import tcpflowcheck.wire.TcpSegment;

/** What a {@link FlowTracker} tells as it happens: one thing after another, but maybe not all on one thread. */
public interface FlowListener {
    /** Whether it looks at events; where it does not, none are made. */
    default boolean wantsEvents() {
        return true;
    }

    /**
     * Whether it wants the segments of all flows in the order of their frames, and at once; where it does not, it gets
     * those of each flow in order, but not before the flow has to be looked at.
     */
    default boolean wantsOrder() {
        return wantsEvents();
    }

    /**
     * Whether it wants all that is to be known of each flow; where it does not, it gets as {@link #plain} those that went
     * by the book.
     */
    default boolean wantsPlain() {
        return true;
    }

    /** Whether it looks at the measures of flows that it gets as {@link #plain}. */
    default boolean measuresPlain() {
        return false;
    }

    /**
     * A segment has passed.
     *
     * @param segment lent
     * @param events what it caused, in order; lent, the events themselves are given
     */
    void segment(Flow flow, Side side, TcpSegment segment, List<TcpEvent> events);

    /**
     * An ICMP error has passed that quotes a segment of a flow.
     *
     * @param side whose segment that is
     * @param error lent
     * @param events what it caused, in order; lent, the events themselves are given
     */
    default void icmp(Flow flow, Side side, IcmpError error, List<TcpEvent> events) {
        for (int i = 0; i < events.size(); i++) {
            event(flow, events.get(i));
        }
    }

    /**
     * Something happened without a segment: time has passed, or the flow ends.
     *
     * @param event given
     */
    void event(Flow flow, TcpEvent event);

    /**
     * A flow that went by the book has ended, if all of it is not {@linkplain #wantsPlain wanted}.
     *
     * @param flow lent
     */
    default void plain(PlainFlow flow) {}

    /** A flow that has not ended has been silent for so long, 2 MSL, that what is told of others need not wait for it. */
    default void silent(long stream) {}

    /**
     * A flow has ended; it is told in the order of the ends.
     *
     * @param flow given
     */
    void flow(Flow flow);
}
