package tcpflowcheck.flow;

import tcpflowcheck.tcp.Closing;
import tcpflowcheck.tcp.Side;

/**
 * Lent, until the next call: a connection that has ended and that went by the book from its three-way handshake to its
 * close, so that no more is known of it than this, and nothing is to be found in it.
 */
public final class PlainFlow {
    private final FlowKey key = new FlowKey(0);
    private long stream;
    private Closing.Kind closing;

    /** Goes to the flow at hand, whose key is as its first segment has it. */
    void wrap(TakenFlows taken) {
        taken.key(key);
        stream = taken.stream();
        closing = taken.closing();
    }

    /** From 0, in the order of the first frames. */
    public long stream() {
        return stream;
    }

    /** By three segments or by four. */
    public Closing.Kind closing() {
        return closing;
    }

    /** 4 or 6. */
    public int ipVersion() {
        return (int) (key.ports >>> 32);
    }

    /** The first eight octets of an end's IPv6 address; 0 for IPv4. */
    public long addressHigh(Side side) {
        return isLow(side) ? key.lowHigh : key.highHigh;
    }

    /** The last eight octets of an end's IPv6 address, or the four of an IPv4 one, unsigned. */
    public long addressLow(Side side) {
        return isLow(side) ? key.lowLow : key.highLow;
    }

    public int port(Side side) {
        return (int) (isLow(side) ? key.ports >>> 16 : key.ports) & 0xffff;
    }

    private boolean isLow(Side side) {
        return (side == Side.CLIENT) == key.fromLow;
    }
}
