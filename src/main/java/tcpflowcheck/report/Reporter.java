package tcpflowcheck.report;

import java.io.IOException;
import java.util.List;
import tcpflowcheck.capture.CaptureNotes;
import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.flow.PlainFlow;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.wire.IcmpError;
import tcpflowcheck.wire.TcpSegment;

/** Says what happened, in one form. Several may listen to one run; each is told the same in the same order. */
public interface Reporter {
    /** Whether it looks at segments and events; one that only looks at flows that have ended is told nothing else. */
    boolean wantsEvents();

    /** Whether it tells of the segments of all flows as they pass; to one that does not a flow may be told afterwards. */
    default boolean wantsOrder() {
        return false;
    }

    /**
     * Whether it looks at each flow, also at one that went by the book and in which nothing is found; where no reporter
     * does, those are only counted.
     */
    default boolean wantsPlain() {
        return true;
    }

    /** Whether it looks at the measures of flows that it gets as {@link #plain}. */
    default boolean measuresPlain() {
        return false;
    }

    /**
     * A capture begins.
     *
     * @param file its name as the user gave it
     * @param notes what it says beside its frames; grows while it is read
     */
    void begin(ForeignText file, CaptureNotes notes) throws IOException;

    /**
     * A segment has passed.
     *
     * @param segment lent
     * @param events what it caused, in order; lent, the events themselves are given
     */
    void segment(Flow flow, Side side, TcpSegment segment, List<TcpEvent> events) throws IOException;

    /**
     * An ICMP error has passed that quotes a segment of a flow.
     *
     * @param side whose segment that is
     * @param error lent
     * @param events what it caused, in order; lent, the events themselves are given
     */
    default void icmp(Flow flow, Side side, IcmpError error, List<TcpEvent> events) throws IOException {
        for (int i = 0; i < events.size(); i++) {
            event(flow, events.get(i));
        }
    }

    /**
     * Something happened without a segment: time has passed, or the flow ends.
     *
     * @param event given
     */
    void event(Flow flow, TcpEvent event) throws IOException;

    /**
     * A flow has ended. Flows come in the order of their streams, as far as {@link FlowOrder}'s window allows.
     *
     * @param flow given
     */
    void flow(Flow flow) throws IOException;

    /**
     * A flow has ended that went by the book; told, in the order of the ends, where no reporter {@linkplain #wantsPlain
     * wants} all of it.
     *
     * @param flow lent
     */
    default void plain(PlainFlow flow) {}

    /**
     * The capture has ended.
     *
     * @param summary given
     */
    void end(Summary summary) throws IOException;
}
