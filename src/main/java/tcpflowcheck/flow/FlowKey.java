package tcpflowcheck.flow;

import tcpflowcheck.wire.IcmpError;
import tcpflowcheck.wire.TcpSegment;

/**
 * Lent: the addresses and ports of the segment at hand, lower end first, so that both directions have one key. VLAN
 * tags are no part of it: a trunk may tag one direction only. Nor are tunnels: their numbers differ by direction (GTP-U,
 * GRE keys, L2TP sessions), and Wireshark's streams do not know them either.
 */
final class FlowKey {
    /** Longs that {@link #write} writes. */
    static final int LONGS = 6;

    long lowHigh;
    long lowLow;
    long highHigh;
    long highLow;

    /** The IP version, the lower end's port and the higher end's, 16 bits each. */
    long ports;

    /** Whether the segment goes from the lower end to the higher. */
    boolean fromLow;

    int hash;

    private final long seed;

    /** With a seed of its own, so that nobody can aim at one place of the table. */
    FlowKey(long seed) {
        this.seed = seed;
    }

    void wrap(TcpSegment segment) {
        wrap(
                segment.ipVersion(),
                segment.sourceHigh(),
                segment.sourceLow(),
                segment.sourcePort(),
                segment.destinationHigh(),
                segment.destinationLow(),
                segment.destinationPort());
    }

    /** The key of the segment that an ICMP error quotes. */
    void wrap(IcmpError error) {
        wrap(
                error.quotedVersion(),
                error.quotedSourceHigh(),
                error.quotedSourceLow(),
                error.quotedSourcePort(),
                error.quotedDestinationHigh(),
                error.quotedDestinationLow(),
                error.quotedDestinationPort());
    }

    private void wrap(
            int ipVersion,
            long sourceHigh,
            long sourceLow,
            long sourcePort,
            long destinationHigh,
            long destinationLow,
            long destinationPort) {
        int order = Long.compareUnsigned(sourceHigh, destinationHigh);
        order = order != 0 ? order : Long.compareUnsigned(sourceLow, destinationLow);
        fromLow = order != 0 ? order < 0 : sourcePort <= destinationPort;
        long version = (long) ipVersion << 32;
        if (fromLow) {
            set(sourceHigh, sourceLow, destinationHigh, destinationLow);
            ports = version | sourcePort << 16 | destinationPort;
        } else {
            set(destinationHigh, destinationLow, sourceHigh, sourceLow);
            ports = version | destinationPort << 16 | sourcePort;
        }
        hash = mix();
    }

    /** Whether it is of the same ends as another, whichever of them sends. */
    boolean isBetween(FlowKey other) {
        return ports == other.ports
                && lowLow == other.lowLow
                && highLow == other.highLow
                && lowHigh == other.lowHigh
                && highHigh == other.highHigh;
    }

    /** Sets it to what it was for another segment. */
    void restore(long lowHigh, long lowLow, long highHigh, long highLow, long ports, boolean fromLow, int hash) {
        set(lowHigh, lowLow, highHigh, highLow);
        this.ports = ports;
        this.fromLow = fromLow;
        this.hash = hash;
    }

    /** Writes it for {@link #read}. */
    void write(long[] to, int at) {
        to[at] = lowHigh;
        to[at + 1] = lowLow;
        to[at + 2] = highHigh;
        to[at + 3] = highLow;
        to[at + 4] = ports;
        to[at + 5] = (long) hash << 32 | (fromLow ? 1 : 0);
    }

    void read(long[] from, int at) {
        restore(from[at], from[at + 1], from[at + 2], from[at + 3], from[at + 4], (from[at + 5] & 1) != 0, (int)
                (from[at + 5] >>> 32));
    }

    private void set(long lowHigh, long lowLow, long highHigh, long highLow) {
        this.lowHigh = lowHigh;
        this.lowLow = lowLow;
        this.highHigh = highHigh;
        this.highLow = highLow;
    }

    private int mix() {
        long mixed = (lowLow ^ seed) * 0x9E37_79B9_7F4A_7C15L;
        mixed = (mixed ^ mixed >>> 32 ^ highLow) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ mixed >>> 32 ^ ports) * 0x94D0_49BB_1331_11EBL;
        if ((lowHigh | highHigh) != 0) {
            mixed = (mixed ^ mixed >>> 32 ^ lowHigh) * 0x9E37_79B9_7F4A_7C15L;
            mixed = (mixed ^ mixed >>> 32 ^ highHigh) * 0xBF58_476D_1CE4_E5B9L;
        }
        return (int) (mixed ^ mixed >>> 32);
    }
}
