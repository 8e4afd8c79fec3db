package tcpflowcheck.wire;

import tcpflowcheck.wire.DecodeFault.Reason;

/**
 * Reads IPv4 (RFC 791) and IPv6 (RFC 8200) headers. The packet ends where its own header says, not where the frame does;
 * a length of 0 is what segmentation offload leaves, and then the frame's length on the wire counts.
 */
final class IpDecoder {
    static final int IPV4_HEADER = 20;
    static final int IPV6_HEADER = 40;
    static final int TCP = 6;

    static final int HOP_BY_HOP = 0;
    static final int ROUTING = 43;
    static final int FRAGMENT = 44;
    static final int AUTHENTICATION = 51;
    static final int DESTINATION_OPTIONS = 60;
    static final int MOBILITY = 135;
    static final int HOST_IDENTITY = 139;
    static final int SHIM6 = 140;

    private static final int MORE_FRAGMENTS = 0x2000;
    private static final int FRAGMENT_OFFSET = 0x1fff;
    private static final int FRAGMENTED = MORE_FRAGMENTS | FRAGMENT_OFFSET;
    /** Offset and more fragments in an IPv6 fragment header. */
    private static final int FRAGMENTED_6 = 0xfff9;

    private static final int EXTENSION_UNIT = 8;
    private static final int LEAST_AUTHENTICATION = 12;
    /** Twice what RFC 8200, section 4.1, has a use for. */
    private static final int MAX_EXTENSIONS = 16;

    private static final int PAD1 = 0;
    private static final int JUMBO_PAYLOAD = 0xc2;
    private static final int MAX_JUMBO = 1 << 29;

    private final TcpSegment segment;
    private final DecodeFault fault;
    private final TunnelDecoder tunnels;
    private final IcmpDecoder icmp;
    private final PacketDecoder packet;
    private final IpReassembler fragments = new IpReassembler();
    private boolean leavesFragments;

    IpDecoder(PacketDecoder packet, TcpSegment segment, DecodeFault fault, TunnelDecoder tunnels, IcmpDecoder icmp) {
        this.packet = packet;
        this.segment = segment;
        this.fault = fault;
        this.tunnels = tunnels;
        this.icmp = icmp;
    }

    void leaveFragments() {
        leavesFragments = true;
    }

    IpReassembler fragments() {
        return fragments;
    }

    /** Reads the packet at {@code at} of a frame that was captured to {@code capturedEnd} and went to {@code wireEnd}. */
    Decoded version4(byte[] buffer, int at, int capturedEnd, int wireEnd) {
        if (capturedEnd - at < IPV4_HEADER) {
            return fault.missing(Reason.IPV4_HEADER, at, IPV4_HEADER, capturedEnd, wireEnd);
        }
        int version = Octets.u8(buffer, at) >>> 4;
        if (version != 4) {
            return fault.malformed(Reason.IP_VERSION, at, 4, version);
        }
        int headerLength = (buffer[at] & 0xf) << 2;
        if (headerLength < IPV4_HEADER) {
            return fault.malformed(Reason.IPV4_HEADER_LENGTH, at, IPV4_HEADER, headerLength);
        }
        int totalLength = Octets.u16(buffer, at + 2);
        boolean presumed = totalLength == 0;
        if (presumed) {
            totalLength = wireEnd - at;
        }
        if (totalLength < headerLength) {
            return fault.malformed(Reason.IPV4_TOTAL_LENGTH, at + 2, headerLength, totalLength);
        }
        int protocol = Octets.u8(buffer, at + 9);
        boolean read = protocol == TCP || protocol == AUTHENTICATION || protocol == IcmpDecoder.ICMP;
        if (!read && !TunnelDecoder.carries(protocol)) {
            return other(protocol);
        }
        if (capturedEnd - at < headerLength) {
            return fault.missing(Reason.IPV4_HEADER, at, headerLength, capturedEnd, at + totalLength);
        }
        segment.ipVersion = 4;
        segment.ipOffset = at;
        segment.ipLength = totalLength;
        segment.ipLengthPresumed = presumed;
        segment.moreFragments = false;
        segment.timeToLive = Octets.u8(buffer, at + 8);
        segment.identification = Octets.u16(buffer, at + 4);
        segment.sourceHigh = 0;
        segment.sourceLow = SeqNumber.unsigned(Octets.i32(buffer, at + 12));
        segment.destinationHigh = 0;
        segment.destinationLow = SeqNumber.unsigned(Octets.i32(buffer, at + 16));
        int fragment = Octets.u16(buffer, at + 6);
        if ((fragment & FRAGMENTED) != 0) {
            return fragment4(buffer, protocol, headerLength, fragment, capturedEnd);
        }
        return payload(protocol, buffer, at + headerLength, capturedEnd, at + totalLength);
    }

    /** A protocol that is neither TCP nor carries packets. */
    private Decoded other(int protocol) {
        String closed = TunnelDecoder.closed(protocol);
        return closed == null ? Decoded.NOT_TCP : packet.opaque(closed);
    }

    private Decoded payload(int protocol, byte[] buffer, int at, int capturedEnd, int packetEnd) {
        int end = packet.within(packetEnd);
        if (protocol == TCP) {
            return segment.header(at, capturedEnd, end, fault);
        }
        if (protocol == AUTHENTICATION) {
            return authenticated(buffer, at, capturedEnd, end);
        }
        if (IcmpDecoder.is(protocol, segment.ipVersion)) {
            return icmp.read(buffer, at, capturedEnd, end);
        }
        return TunnelDecoder.carries(protocol) ? tunnels.ip(protocol, at, end) : other(protocol);
    }

    /** RFC 4302, section 2, in IPv4: what it covers is in clear, and may be another one. */
    private Decoded authenticated(byte[] buffer, int first, int capturedEnd, int packetEnd) {
        int protocol = AUTHENTICATION;
        int at = first;
        for (int count = 0; protocol == AUTHENTICATION; count++) {
            int available = Math.min(capturedEnd, packetEnd) - at;
            if (available < LEAST_AUTHENTICATION) {
                return fault.missing(Reason.AUTHENTICATION_HEADER, at, LEAST_AUTHENTICATION, capturedEnd, packetEnd);
            }
            int length = extensionLength(buffer, AUTHENTICATION, at);
            if (length < LEAST_AUTHENTICATION || count == MAX_EXTENSIONS) {
                return fault.malformed(Reason.AUTHENTICATION_HEADER, at, LEAST_AUTHENTICATION, length);
            }
            if (available < length) {
                return fault.missing(Reason.AUTHENTICATION_HEADER, at, length, capturedEnd, packetEnd);
            }
            protocol = Octets.u8(buffer, at);
            at += length;
        }
        return payload(protocol, buffer, at, capturedEnd, packetEnd);
    }

    /** Whether a packet is read as far as it has come: one that is quoted, or an ICMP error, which no router splits. */
    private boolean isReadAlone(int protocol) {
        return icmp.isQuoting() || IcmpDecoder.is(protocol, segment.ipVersion);
    }

    private Decoded fragment4(byte[] buffer, int protocol, int headerLength, int fragment, int capturedEnd) {
        int at = segment.ipOffset;
        int end = at + segment.ipLength;
        boolean first = (fragment & FRAGMENT_OFFSET) == 0;
        if (first && (capturedEnd < end || isReadAlone(protocol))) {
            segment.moreFragments = true;
            return payload(protocol, buffer, at + headerLength, capturedEnd, end);
        }
        if (isReadAlone(protocol)) {
            return Decoded.NOT_TCP;
        }
        if (capturedEnd < end || !isRead(protocol)) {
            return unfinished(protocol);
        }
        if (leavesFragments) {
            return Decoded.FRAGMENT;
        }
        byte[] whole = fragments.version4(segment, protocol, headerLength, fragment, end);
        if (whole == null) {
            return unfinished(protocol);
        }
        packet.reassembled(whole);
        return version4(whole, 0, whole.length, whole.length);
    }

    /** Whether fragments of this protocol are put together. */
    private boolean isRead(int protocol) {
        return protocol == TCP || protocol == AUTHENTICATION || (tunnels.isOn() && TunnelDecoder.carries(protocol));
    }

    /** Of UDP there is more that is no tunnel. */
    private Decoded unfinished(int protocol) {
        if (protocol == TCP || protocol == AUTHENTICATION || isExtension(protocol)) {
            return Decoded.FRAGMENT;
        }
        return TunnelDecoder.isTunnel(protocol) ? Decoded.FRAGMENT : other(protocol);
    }

    /** As {@link #version4}. */
    Decoded version6(byte[] buffer, int at, int capturedEnd, int wireEnd) {
        if (capturedEnd - at < IPV6_HEADER) {
            return fault.missing(Reason.IPV6_HEADER, at, IPV6_HEADER, capturedEnd, wireEnd);
        }
        int first = Octets.u8(buffer, at);
        if (first >> 4 != 6) {
            return fault.malformed(Reason.IP_VERSION, at, 6, first >> 4);
        }
        int payloadLength = Octets.u16(buffer, at + 4);
        int nextHeader = Octets.u8(buffer, at + 6);
        boolean presumed = payloadLength == 0;
        segment.ipVersion = 6;
        segment.ipOffset = at;
        segment.ipLength = presumed ? wireEnd - at : IPV6_HEADER + payloadLength;
        segment.ipLengthPresumed = presumed;
        segment.moreFragments = false;
        segment.timeToLive = Octets.u8(buffer, at + 7);
        segment.identification = -1;
        segment.sourceHigh = Octets.i64(buffer, at + 8);
        segment.sourceLow = Octets.i64(buffer, at + 16);
        segment.destinationHigh = Octets.i64(buffer, at + 24);
        segment.destinationLow = Octets.i64(buffer, at + 32);
        return nextHeader == TCP
                ? segment.header(at + IPV6_HEADER, capturedEnd, packet.within(at + segment.ipLength), fault)
                : extensions(buffer, nextHeader, capturedEnd);
    }

    private Decoded extensions(byte[] buffer, int firstHeader, int capturedEnd) {
        int header = firstHeader;
        int nextAt = segment.ipOffset + 6;
        int at = segment.ipOffset + IPV6_HEADER;
        for (int count = 0; isExtension(header); count++) {
            int packetEnd = segment.ipOffset + segment.ipLength;
            if (count == MAX_EXTENSIONS) {
                return fault.malformed(Reason.IPV6_EXTENSION_COUNT, at, MAX_EXTENSIONS, count + 1);
            }
            if (Math.min(capturedEnd, packetEnd) - at < EXTENSION_UNIT) {
                return fault.missing(Reason.IPV6_EXTENSION, at, EXTENSION_UNIT, capturedEnd, packetEnd);
            }
            int length = extensionLength(buffer, header, at);
            if (Math.min(capturedEnd, packetEnd) - at < length) {
                return fault.missing(Reason.IPV6_EXTENSION, at, length, capturedEnd, packetEnd);
            }
            int next = Octets.u8(buffer, at);
            if (header == FRAGMENT) {
                if ((Octets.u16(buffer, at + 2) & FRAGMENTED_6) != 0) {
                    return fragment6(buffer, at, nextAt, capturedEnd);
                }
            } else if (header == HOP_BY_HOP && segment.ipLengthPresumed) {
                long jumbo = jumboPayload(buffer, at + 2, at + length);
                if (jumbo > MAX_JUMBO) {
                    return fault.malformed(Reason.IPV6_JUMBO_LENGTH, at, MAX_JUMBO, jumbo);
                }
                if (jumbo > 0) {
                    segment.ipLength = IPV6_HEADER + (int) jumbo;
                    segment.ipLengthPresumed = false;
                }
            }
            header = next;
            nextAt = at;
            at += length;
        }
        return payload(header, buffer, at, capturedEnd, segment.ipOffset + segment.ipLength);
    }

    private Decoded fragment6(byte[] buffer, int header, int nextAt, int capturedEnd) {
        int end = segment.ipOffset + segment.ipLength;
        int protocol = Octets.u8(buffer, header);
        boolean first = Octets.u16(buffer, header + 2) >>> 3 == 0;
        if (first && (capturedEnd < end || isReadAlone(protocol)) && !isExtension(protocol)) {
            segment.moreFragments = true;
            return payload(protocol, buffer, header + EXTENSION_UNIT, capturedEnd, end);
        }
        if (isReadAlone(protocol)) {
            return Decoded.NOT_TCP;
        }
        if (capturedEnd < end || (!isRead(protocol) && !isExtension(protocol))) {
            return unfinished(protocol);
        }
        if (leavesFragments) {
            return Decoded.FRAGMENT;
        }
        byte[] whole = fragments.version6(segment, header, nextAt, end);
        if (whole == null) {
            return unfinished(protocol);
        }
        packet.reassembled(whole);
        return version6(whole, 0, whole.length, whole.length);
    }

    static boolean isExtension(int header) {
        return switch (header) {
            case HOP_BY_HOP, ROUTING, FRAGMENT, AUTHENTICATION, DESTINATION_OPTIONS, MOBILITY, HOST_IDENTITY, SHIM6 ->
                true;
            default -> false;
        };
    }

    /** Octets of the extension header, 8 at least. */
    static int extensionLength(byte[] buffer, int header, int at) {
        int length = Octets.u8(buffer, at + 1);
        return switch (header) {
            case FRAGMENT -> EXTENSION_UNIT;
            case AUTHENTICATION -> // RFC 4302, section 2.2: words of four octets, less two
                (length + 2) * 4;
            default -> (length + 1) * EXTENSION_UNIT;
        };
    }

    /** The jumbo payload length (RFC 2675, section 2) among hop-by-hop options, 0 if there is none. */
    private static long jumboPayload(byte[] buffer, int from, int to) {
        int at = from;
        while (at + 1 < to) {
            if (buffer[at] == PAD1) {
                at++;
                continue;
            }
            int length = Octets.u8(buffer, at + 1);
            if (Octets.u8(buffer, at) == JUMBO_PAYLOAD && length == 4 && at + 6 <= to) {
                return SeqNumber.unsigned(Octets.i32(buffer, at + 2));
            }
            at += 2 + length;
        }
        return 0;
    }
}
