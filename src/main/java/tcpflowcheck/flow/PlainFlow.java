package tcpflowcheck.flow;

import tcpflowcheck.tcp.Closing;
import tcpflowcheck.tcp.Side;

/**
 * Lent, until the next call: a connection that has ended and that went by the book from its three-way handshake to its
 * close, so that no more is known of it than this, and nothing is to be found in it.
 */
public final class PlainFlow implements FlowEnds {
    private final FlowKey key = new FlowKey(0);
    private final PlainMeasures measures = new PlainMeasures();
    private long stream;
    private Closing.Kind closing = Closing.Kind.NONE;
    private boolean certain;

    /** Goes to the flow at hand, whose key is as its first segment has it. */
    void wrap(TakenFlows taken) {
        taken.key(key);
        stream = taken.stream();
        closing = taken.closing();
        certain = taken.isCertain();
        taken.measures(measures);
    }

    /** From 0, in the order of the first frames. */
    public long stream() {
        return stream;
    }

    /** By three segments or by four. */
    public Closing.Kind closing() {
        return closing;
    }

    /** Whether its last segment must have arrived: where the capture ends too soon behind it that is in doubt. */
    public boolean certain() {
        return certain;
    }

    @Override
    public int ipVersion() {
        return (int) (key.ports >>> 32);
    }

    @Override
    public long addressHigh(Side side) {
        return isLow(side) ? key.lowHigh : key.highHigh;
    }

    @Override
    public long addressLow(Side side) {
        return isLow(side) ? key.lowLow : key.highLow;
    }

    @Override
    public int port(Side side) {
        return (int) (isLow(side) ? key.ports >>> 16 : key.ports) & 0xffff;
    }

    @Override
    public long start() {
        return measures.start();
    }

    /** The time of its last segment, nanoseconds since the epoch. */
    public long end() {
        return measures.end();
    }

    // ---- where its listener measures it

    public long firstFrame() {
        return measures.firstFrame();
    }

    public long lastFrame() {
        return measures.lastFrame();
    }

    /** As {@link tcpflowcheck.tcp.Timing#connectNanos}. */
    public long connectNanos() {
        return measures.connectNanos();
    }

    /** As {@link tcpflowcheck.tcp.Timing#firstOctetNanos}. */
    public long firstOctetNanos() {
        return measures.firstOctetNanos();
    }

    /** Octets of text that an end sent. */
    public long octets(Side side) {
        return measures.octets(side);
    }

    /** Segments of both ends. */
    public long segments() {
        return measures.segments();
    }

    private boolean isLow(Side side) {
        return (side == Side.CLIENT) == key.fromLow;
    }
}
