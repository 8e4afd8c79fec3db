package tcpflowcheck.cluster;

import tcpflowcheck.wire.Decoded;
import tcpflowcheck.wire.IcmpError;
import tcpflowcheck.wire.PacketDecoder;
import tcpflowcheck.wire.TcpSegment;

/** What decides where something goes. */
final class Hash {
    private Hash() {}

    /** Whether the flow of what was decoded last is known. */
    static boolean isKnown(Decoded decoded, PacketDecoder decoder) {
        boolean whole = decoded == Decoded.TCP || decoded == Decoded.ICMP;
        return whole
                || (decoded == Decoded.MALFORMED && decoder.fault().reason().segmentKnown());
    }

    /** Of the flow of what was decoded last, which {@link #isKnown}. */
    static int of(Decoded decoded, PacketDecoder decoder) {
        return decoded == Decoded.ICMP ? of(decoder.icmp()) : of(decoder.segment());
    }

    /** Of a segment's flow: the same for both directions. */
    private static int of(TcpSegment segment) {
        return of(end(segment.sourceHigh(), segment.sourceLow(), segment.sourcePort())
                + end(segment.destinationHigh(), segment.destinationLow(), segment.destinationPort())
                + segment.ipVersion());
    }

    /** Of the flow that an ICMP error quotes. */
    private static int of(IcmpError error) {
        return of(end(error.quotedSourceHigh(), error.quotedSourceLow(), error.quotedSourcePort())
                + end(error.quotedDestinationHigh(), error.quotedDestinationLow(), error.quotedDestinationPort())
                + error.quotedVersion());
    }

    /** Of an address and a port. */
    static long end(long high, long low, int port) {
        return mix(mix(mix(high) ^ low) + port);
    }

    /** Of any number. */
    static int of(long number) {
        return (int) (mix(number) >>> Integer.SIZE);
    }

    /** The finalizer of MurmurHash3. */
    private static long mix(long number) {
        long mixed = (number ^ (number >>> 33)) * 0xFF51_AFD7_ED55_8CCDL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xC4CE_B9FE_1A85_EC53L;
        return mixed ^ (mixed >>> 33);
    }
}
