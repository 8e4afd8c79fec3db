package tcpflowcheck.wire;

/**
 * Reads ICMP errors as far as they quote a TCP segment. What is quoted is read as any packet is, tunnels too; but it may be cut
 * anywhere, and its lengths may be those of the router's own byte order.
 */
final class IcmpDecoder {
    static final int ICMP = 1;
    static final int ICMP_6 = 58;

    /** Octets of the ICMP header in front of the quote. */
    static final int HEADER = 8;

    /** What is quoted of a segment at least (RFC 792): its ports and its sequence number. */
    private static final int LEAST_QUOTE = 8;

    private static final int NOWHERE = -1;

    private final PacketDecoder packet;
    private final TcpSegment segment;
    private final IcmpError error = new IcmpError();
    private boolean quoting;

    IcmpDecoder(PacketDecoder packet, TcpSegment segment) {
        this.packet = packet;
        this.segment = segment;
    }

    IcmpError error() {
        return error;
    }

    /** Whether a protocol is ICMP, of the version of the packet. */
    static boolean is(int protocol, int ipVersion) {
        return protocol == (ipVersion == 6 ? ICMP_6 : ICMP);
    }

    /** Whether what is read now is the quote in an ICMP error. */
    boolean isQuoting() {
        return quoting;
    }

    /**
     * Reads the message at {@code at}, the packet around which is in the segment at hand.
     *
     * @param packetEnd where the packet ends
     */
    Decoded read(byte[] buffer, int at, int capturedEnd, int packetEnd) {
        int end = Math.min(capturedEnd, packetEnd);
        if (quoting || end - at < HEADER || !IcmpError.isError(segment.ipVersion, Octets.u8(buffer, at))) {
            return Decoded.NOT_TCP;
        }
        error.begin(segment, at, packetEnd);
        segment.tcpOffset = NOWHERE;
        quoting = true;
        packet.narrow(packetEnd);
        packet.raw(at + HEADER); // whatever it is: it is enough if a TCP header began
        quoting = false;
        int tcp = segment.tcpOffset;
        if (tcp == NOWHERE || end - tcp < LEAST_QUOTE) {
            return Decoded.NOT_TCP;
        }
        error.quotes(segment, tcp);
        return Decoded.ICMP;
    }
}
