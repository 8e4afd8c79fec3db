package tcpflowcheck.report;

import java.io.IOException;
import java.util.List;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.wire.IcmpError;
import tcpflowcheck.wire.TcpSegment;

/** One way to show flows as text; told what a {@link Reporter} is, of the flows that were chosen. */
interface TextView {
    void segment(Flow flow, Side side, TcpSegment segment, List<TcpEvent> events) throws IOException;

    void icmp(Flow flow, Side side, IcmpError error, List<TcpEvent> events) throws IOException;

    void event(Flow flow, TcpEvent event) throws IOException;

    void flow(Flow flow) throws IOException;

    /** The capture has ended, and the summary comes next. */
    default void end() throws IOException {}
}
