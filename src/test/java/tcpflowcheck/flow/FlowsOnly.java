package tcpflowcheck.flow;

import java.util.List;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.wire.TcpSegment;

/** A listener to flows that have ended, which are held until then. */
public interface FlowsOnly extends FlowListener {
    @Override
    default boolean wantsEvents() {
        return false;
    }

    @Override
    default void segment(Flow flow, Side side, TcpSegment segment, List<TcpEvent> events) {}

    @Override
    default void event(Flow flow, TcpEvent event) {}
}
