package tcpflowcheck.flow;

import org.jspecify.annotations.Nullable;
import tcpflowcheck.tcp.Endpoint;
import tcpflowcheck.tcp.Rule;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.wire.TcpSegment;

/** Of a flow another that has one end in common with it, and may be the same connection under another address. */
final class Twin {
    private final long[] key = new long[FlowKey.LONGS];
    private final boolean sharedIsLow;
    private final boolean low;
    private @Nullable Rule rule;
    private long stream;

    /**
     * Keeps a copy of the key.
     *
     * @param sharedIsLow whether the end in common is the other flow's lower
     * @param low whether it is this flow's lower
     */
    Twin(FlowKey of, boolean sharedIsLow, boolean low) {
        of.write(key, 0);
        this.sharedIsLow = sharedIsLow;
        this.low = low;
    }

    void key(FlowKey to) {
        to.read(key, 0);
    }

    boolean sharedIsLow() {
        return sharedIsLow;
    }

    boolean low() {
        return low;
    }

    /** The side of the other flow that is in common. */
    Side shared(Flow flow) {
        return flow.sender(sharedIsLow);
    }

    /** What is to be told. */
    void settle(Rule found, Flow flow) {
        rule = found;
        stream = flow.stream();
    }

    /** What is to be told, null until that is known. */
    @Nullable
    Rule rule() {
        return rule;
    }

    long stream() {
        return stream;
    }

    /** Whose segment of the other flow a segment of this one is. */
    Side sender(Flow flow, FlowKey of) {
        Side shared = shared(flow);
        return of.fromLow == low ? shared : shared.peer();
    }

    /** Whether a segment has the numbers of the other flow; one of them alone only where there can't be two. */
    boolean fits(Flow flow, FlowKey of, TcpSegment segment) {
        Side side = sender(flow, of);
        Endpoint sender = flow.connection().endpoint(side);
        Endpoint receiver = flow.connection().endpoint(side.peer());
        boolean sent = sender.traffic().packets() > 0;
        boolean received = receiver.traffic().packets() > 0;
        if (!segment.isAck()) {
            return sent && segment.seq() == sender.sentUpTo();
        }
        if (!sent) {
            return received && (segment.isSyn() || segment.isRst()) && segment.ack() == receiver.sentUpTo();
        }
        return received
                && Elsewhere.isNear(segment.seq(), sender.sentUpTo())
                && Elsewhere.isNear(segment.ack(), receiver.sentUpTo());
    }

    /** Whether it ends where the other flow's sender has come to. */
    boolean isLast(Flow flow, FlowKey of, TcpSegment segment) {
        Endpoint sender = flow.connection().endpoint(sender(flow, of));
        return sender.traffic().packets() > 0 && segment.end() == sender.sentUpTo();
    }
}
