package tcpflowcheck.flow;

import tcpflowcheck.tcp.Side;

/** The addresses and ports of a flow's two ends, and when it began. */
public interface FlowEnds {
    /** 4 or 6. */
    int ipVersion();

    /** The first eight octets of an end's IPv6 address; 0 for IPv4. */
    long addressHigh(Side side);

    /** The last eight octets of an end's IPv6 address, or the four of an IPv4 one, unsigned. */
    long addressLow(Side side);

    int port(Side side);

    /** Nanoseconds since the epoch. */
    long start();
}
