package tcpflowcheck.wire;

/**
 * Lent: an ICMP error (RFC 792, RFC 4443) that quotes a TCP segment, and of that what it quotes; valid until the next call
 * of {@link PacketDecoder#decode}. Eight octets of the segment are enough, its ports and its sequence number; where it
 * was in a tunnel, it is the innermost one.
 */
public final class IcmpError {
    private static final int UNREACHABLE = 3;
    private static final int FRAGMENTATION_NEEDED = 4;
    private static final int SOURCE_QUENCH = 4;
    private static final int REDIRECT = 5;
    private static final int TIME_EXCEEDED = 11;
    private static final int PARAMETER_PROBLEM = 12;

    private static final int UNREACHABLE_6 = 1;
    private static final int PACKET_TOO_BIG = 2;
    private static final int PARAMETER_PROBLEM_6 = 4;

    byte[] buffer = new byte[0];
    long frame;
    long time;
    int ipVersion;
    long sourceHigh;
    long sourceLow;
    long destinationHigh;
    long destinationLow;
    int identification;
    int missingLength;
    /** Where the ICMP header starts, and the octets from there to the end of the packet. */
    int offset;

    int length;

    int type;
    int code;
    int rest;

    private boolean isTunnelled;
    int quotedVersion;
    int quotedIpLength;
    int quotedIdentification;
    long quotedSourceHigh;
    long quotedSourceLow;
    long quotedDestinationHigh;
    long quotedDestinationLow;
    int quotedSourcePort;
    int quotedDestinationPort;
    int quotedSeq;

    static boolean isError(int ipVersion, int type) {
        if (ipVersion == 6) {
            return type >= UNREACHABLE_6 && type <= PARAMETER_PROBLEM_6;
        }
        return (type >= UNREACHABLE && type <= REDIRECT) || type == TIME_EXCEEDED || type == PARAMETER_PROBLEM;
    }

    /** Its headers are those of the segment at hand, which so far is the packet around the ICMP message. */
    void begin(TcpSegment around, int at, int packetEnd) {
        if (buffer != around.buffer) { // storing a reference has a price that comparing has not
            buffer = around.buffer;
        }
        frame = around.frame;
        time = around.time;
        ipVersion = around.ipVersion;
        sourceHigh = around.sourceHigh;
        sourceLow = around.sourceLow;
        destinationHigh = around.destinationHigh;
        destinationLow = around.destinationLow;
        identification = around.identification;
        missingLength = around.missingLength();
        offset = at;
        length = packetEnd - at;
        type = Octets.u8(buffer, at);
        code = Octets.u8(buffer, at + 1);
        rest = Octets.i32(buffer, at + 4);
    }

    /** What it quotes are the addresses of the segment at hand, and the eight octets at {@code tcp}. */
    void quotes(TcpSegment quoted, int tcp) {
        isTunnelled = quoted.ipOffset != outer(0);
        quotedVersion = quoted.ipVersion;
        quotedIpLength = quoted.ipLengthPresumed ? 0 : quoted.ipLength;
        quotedIdentification = quoted.identification;
        quotedSourceHigh = quoted.sourceHigh;
        quotedSourceLow = quoted.sourceLow;
        quotedDestinationHigh = quoted.destinationHigh;
        quotedDestinationLow = quoted.destinationLow;
        quotedSourcePort = Octets.u16(buffer, tcp);
        quotedDestinationPort = Octets.u16(buffer, tcp + 2);
        quotedSeq = Octets.i32(buffer, tcp + 4);
    }

    /** The number of its frame in the capture, from 1. */
    public long frame() {
        return frame;
    }

    /** Nanoseconds since the epoch. */
    public long time() {
        return time;
    }

    /** 4 for ICMP, 6 for ICMPv6. */
    public int ipVersion() {
        return ipVersion;
    }

    /** Who sent it: the first eight octets of an IPv6 address, 0 for IPv4. */
    public long sourceHigh() {
        return sourceHigh;
    }

    /** Who sent it: the last eight octets of an IPv6 address, or the four of an IPv4 one, unsigned. */
    public long sourceLow() {
        return sourceLow;
    }

    public long destinationHigh() {
        return destinationHigh;
    }

    public long destinationLow() {
        return destinationLow;
    }

    /** Of the packet around it; -1 for IPv6. */
    public int identification() {
        return identification;
    }

    /** Octets by which the frame was too short for its packet. */
    public int missingLength() {
        return missingLength;
    }

    /** Octets of the ICMP message, as the IP header promises them. */
    public int length() {
        return length;
    }

    public int type() {
        return type;
    }

    public int code() {
        return code;
    }

    /** What its type and code mean: {@code administratively prohibited}. */
    public String words() {
        return IcmpWords.of(ipVersion, type, code);
    }

    /** The second four octets of its header: a size, a pointer, or a router's address. */
    public int rest() {
        return rest;
    }

    /** Fragmentation needed, or packet too big. */
    public boolean isTooBig() {
        return ipVersion == 6 ? type == PACKET_TOO_BIG : type == UNREACHABLE && code == FRAGMENTATION_NEEDED;
    }

    /** The largest packet that would pass (RFC 1191, RFC 8201), octets without sign; 0 if it does not say, or is another. */
    public long size() {
        return isTooBig() ? SeqNumber.unsigned(ipVersion == 6 ? rest : rest & 0xffff) : 0;
    }

    /** Whether it says that the segment did not get there, whatever its size; not so a redirect or a source quench. */
    public boolean isUnreachable() {
        return !isTooBig() && (ipVersion == 6 || (type != SOURCE_QUENCH && type != REDIRECT));
    }

    // ---- the packet that it quotes, the outermost one

    private int outer(int octet) {
        return offset + IcmpDecoder.HEADER + octet;
    }

    /** Where the quoted packet was to go. */
    public long outerDestinationHigh() {
        return ipVersion == 6 ? Octets.i64(buffer, outer(24)) : 0;
    }

    public long outerDestinationLow() {
        return ipVersion == 6 ? Octets.i64(buffer, outer(32)) : SeqNumber.unsigned(Octets.i32(buffer, outer(16)));
    }

    /** Where the quoted packet came from, of ICMPv6. */
    public long outerSourceHigh() {
        return Octets.i64(buffer, outer(8));
    }

    public long outerSourceLow() {
        return Octets.i64(buffer, outer(16));
    }

    /** Its protocol: TCP, or what the segment was carried in. */
    public int outerProtocol() {
        return isTunnelled ? Octets.u8(buffer, outer(ipVersion == 6 ? 6 : 9)) : IpDecoder.TCP;
    }

    /** The third and fourth octet of its payload: the port it was to go to, if its protocol has ports. */
    public int outerDestinationPort() {
        int header = ipVersion == 6 ? IpDecoder.IPV6_HEADER : (buffer[outer(0)] & 0xf) << 2;
        return isTunnelled ? Octets.u16(buffer, outer(header + 2)) : quotedDestinationPort;
    }

    // ---- the packet that it quotes, the innermost one

    /** 4 or 6. */
    public int quotedVersion() {
        return quotedVersion;
    }

    /** Octets of the packet, 0 if its header does not say. */
    public int quotedIpLength() {
        return quotedIpLength;
    }

    /** -1 for IPv6. */
    public int quotedIdentification() {
        return quotedIdentification;
    }

    public long quotedSourceHigh() {
        return quotedSourceHigh;
    }

    public long quotedSourceLow() {
        return quotedSourceLow;
    }

    public long quotedDestinationHigh() {
        return quotedDestinationHigh;
    }

    public long quotedDestinationLow() {
        return quotedDestinationLow;
    }

    public int quotedSourcePort() {
        return quotedSourcePort;
    }

    public int quotedDestinationPort() {
        return quotedDestinationPort;
    }

    public int quotedSeq() {
        return quotedSeq;
    }
}
