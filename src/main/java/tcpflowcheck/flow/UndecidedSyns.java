package tcpflowcheck.flow;

import java.util.List;
import tcpflowcheck.tcp.Incarnation;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.wire.TcpSegment;

/** Segments with SYN, the first and the same again, that a flow keeps: what follows tells whether they open the next one. */
final class UndecidedSyns {
    /** More of them belong to the flow there. */
    private static final int MOST = 8;

    private UndecidedSyns() {}

    /** Whether a segment of the flow shows that they open the next. */
    static boolean areOfNext(Flow flow, FlowKey key, TcpSegment segment) {
        if (flow.undecided().isEmpty()) {
            return false;
        }
        TcpSegment first = flow.undecided().get(0);
        Side side = flow.sender(key.fromLow);
        if (segment.sourcePort() == first.sourcePort()) {
            return Incarnation.isContinued(flow.connection(), side, first, segment);
        }
        if (first.isAck()) {
            return Incarnation.confirms(first, segment);
        }
        return Incarnation.answers(flow.connection(), side, segment, first.seq(), first.end());
    }

    /** Whether a segment with SYN may be one more of them, or there is none. */
    static boolean mayGoOn(Flow flow, TcpSegment segment) {
        List<TcpSegment> waiting = flow.undecided();
        if (waiting.isEmpty()) {
            return true;
        }
        TcpSegment first = waiting.get(0);
        return segment.isAck() == first.isAck() && segment.seq() == first.seq() && waiting.size() < MOST;
    }

    /** Whether they open the next flow although nothing has come that shows it; the key becomes theirs. */
    static boolean openUnanswered(Flow flow, FlowKey key) {
        List<TcpSegment> waiting = flow.undecided();
        if (waiting.isEmpty()) {
            return false;
        }
        TcpSegment first = waiting.get(0);
        key.wrap(first);
        long last = waiting.get(waiting.size() - 1).time();
        return Incarnation.opensUnanswered(flow.connection(), flow.sender(key.fromLow), first, last);
    }
}
