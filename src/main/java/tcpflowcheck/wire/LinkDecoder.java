package tcpflowcheck.wire;

import tcpflowcheck.wire.DecodeFault.Reason;

/** Reads the link headers that are rare on wires: PPP, PPPoE, MPLS, IEEE 802.11 and what captures put in front. */
final class LinkDecoder {
    private static final int TYPE_IPV4 = 0x0800;
    private static final int TYPE_IPV6 = 0x86dd;

    private static final int PPP_IPV4 = 0x0021;
    private static final int PPP_IPV6 = 0x0057;
    private static final int PPP_MPLS = 0x0281;
    private static final int PPPOE_HEADER = 6;
    private static final int MPLS_LABEL = 4;
    private static final int MAX_LABELS = 16;

    private static final int WLAN_HEADER = 24;
    private static final int WLAN_ADDRESS = 6;
    private static final int SNAP_HEADER = 8;
    private static final int PRISM_HEADER = 144;
    private static final int PPI_HEADER = 8;
    private static final int PKTAP_LEAST = 108;
    private static final int NFLOG_PAYLOAD = 9;

    private final PacketDecoder packet;

    LinkDecoder(PacketDecoder packet) {
        this.packet = packet;
    }

    private byte[] buffer() {
        return packet.buffer();
    }

    /** RFC 1661, section 2, with or without the address and control octets of RFC 1662; the protocol may be one octet. */
    Decoded ppp(int at) {
        int protocol = at;
        if (packet.has(at, 2) && Octets.u16(buffer(), at) == 0xff03) {
            protocol += 2;
        }
        if (!packet.has(protocol, 2)) {
            return packet.missing(Reason.LINK_HEADER, protocol, 2);
        }
        boolean compressed = (buffer()[protocol] & 1) != 0;
        int number = compressed ? Octets.u8(buffer(), protocol) : Octets.u16(buffer(), protocol);
        int inner = protocol + (compressed ? 1 : 2);
        switch (number) {
            case PPP_IPV4:
                return packet.etherType(TYPE_IPV4, inner);
            case PPP_IPV6:
                return packet.etherType(TYPE_IPV6, inner);
            case PPP_MPLS:
                return mpls(inner);
            default:
                return Decoded.NOT_TCP;
        }
    }

    /** Cisco HDLC: address, control, Ethernet type; or PPP in HDLC-like framing. */
    Decoded hdlc(int at) {
        if (!packet.has(at, 4)) {
            return packet.missing(Reason.LINK_HEADER, at, 4);
        }
        int address = Octets.u8(buffer(), at);
        return address == 0x0f || address == 0x8f ? packet.etherType(Octets.u16(buffer(), at + 2), at + 4) : ppp(at);
    }

    /** RFC 2516, section 4: a session's frame carries PPP. */
    Decoded pppoe(int at) {
        if (!packet.has(at, PPPOE_HEADER)) {
            return packet.missing(Reason.LINK_HEADER, at, PPPOE_HEADER);
        }
        return buffer()[at] == 0x11 && buffer()[at + 1] == 0 ? ppp(at + PPPOE_HEADER) : Decoded.NOT_TCP;
    }

    /** RFC 3032: labels up to the bottom of the stack; what follows is told by its first four bits (RFC 4928). */
    Decoded mpls(int first) {
        int at = first;
        for (int label = 0; label < MAX_LABELS; label++) {
            if (!packet.has(at, MPLS_LABEL + 1)) {
                return packet.missing(Reason.LINK_HEADER, at, MPLS_LABEL + 1);
            }
            boolean bottom = (buffer()[at + 2] & 1) != 0;
            at += MPLS_LABEL;
            if (bottom) {
                return behindLabels(at);
            }
        }
        return Decoded.NOT_TCP;
    }

    private Decoded behindLabels(int at) {
        switch (buffer()[at] >> 4 & 0xf) {
            case 4:
                return packet.etherType(TYPE_IPV4, at);
            case 6:
                return packet.etherType(TYPE_IPV6, at);
            case 0: // a pseudowire's control word (RFC 4448, section 4.6)
                return packet.has(at, 4 + 14) ? packet.ethernet(at + 4) : Decoded.NOT_TCP;
            default:
                return Decoded.NOT_TCP;
        }
    }

    // ---- IEEE 802.11

    /** A data frame that is not protected, from its frame control on; IEEE 802.11-2020, section 9.3.2.1. */
    Decoded wlan(int at) {
        if (!packet.has(at, 2)) {
            return packet.missing(Reason.LINK_HEADER, at, WLAN_HEADER);
        }
        int type = Octets.u8(buffer(), at) >> 2 & 3;
        int subtype = Octets.u8(buffer(), at) >> 4;
        int flags = Octets.u8(buffer(), at + 1);
        boolean data = type == 2 && (subtype & 4) == 0;
        boolean cipher = (flags & 0x40) != 0;
        if (!data || cipher) {
            return Decoded.NOT_TCP;
        }
        boolean quality = (subtype & 8) != 0;
        int length = WLAN_HEADER + ((flags & 3) == 3 ? WLAN_ADDRESS : 0);
        int control = at + length;
        length += quality ? 2 + ((flags & 0x80) != 0 ? 4 : 0) : 0;
        if (!packet.has(at, length + SNAP_HEADER)) {
            return packet.hasOnWire(at, length + SNAP_HEADER)
                    ? packet.missing(Reason.LINK_HEADER, at, length + SNAP_HEADER)
                    : Decoded.NOT_TCP;
        }
        boolean aggregate = quality && (buffer()[control] & 0x80) != 0;
        if (aggregate) { // the first of an A-MSDU: destination, source, length
            length += 14;
        }
        return packet.etherType(SNAP_HEADER, at + length);
    }

    /** radiotap.org: its length is the third and fourth octet, least significant first; flags may say that an FCS follows. */
    Decoded radiotap(int at) {
        if (!packet.has(at, 8)) {
            return packet.missing(Reason.LINK_HEADER, at, 8);
        }
        return behindHeader(at, little16(at + 2));
    }

    Decoded ppi(int at) {
        if (!packet.has(at, PPI_HEADER)) {
            return packet.missing(Reason.LINK_HEADER, at, PPI_HEADER);
        }
        return little16(at + 4) == 105 ? behindHeader(at, little16(at + 2)) : Decoded.NOT_TCP;
    }

    /** Prism's header of 144 octets, or the AVS header, which tells its length. */
    Decoded prism(int at) {
        if (!packet.has(at, 8)) {
            return packet.missing(Reason.LINK_HEADER, at, 8);
        }
        boolean avs = Octets.u16(buffer(), at) == 0x8021;
        return behindHeader(at, avs ? Octets.i32(buffer(), at + 4) : PRISM_HEADER);
    }

    private Decoded behindHeader(int at, int length) {
        if (length < 8 || !packet.has(at, length)) {
            return packet.missing(Reason.LINK_HEADER, at, Math.max(length, 8));
        }
        return wlan(at + length);
    }

    private int little16(int at) {
        return Short.reverseBytes((short) Octets.u16(buffer(), at)) & 0xffff;
    }

    private int little32(int at) {
        return Integer.reverseBytes(Octets.i32(buffer(), at));
    }

    // ---- what operating systems put in front

    /** Linux NFLOG: a family, then values with type and length in the host's order; one is the packet. */
    Decoded nflog(int at) {
        if (!packet.has(at, 4)) {
            return packet.missing(Reason.LINK_HEADER, at, 4);
        }
        int value = at + 4;
        while (packet.has(value, 4)) {
            int length = little16(value);
            int type = little16(value + 2) & 0x7fff;
            if (length < 4) {
                return Decoded.NOT_TCP;
            }
            if (type == NFLOG_PAYLOAD) {
                return packet.raw(value + 4);
            }
            value += length + 3 & ~3;
        }
        return Decoded.NOT_TCP;
    }

    /** Apple's pktap: its length and the link type of what follows, least significant octet first. */
    Decoded pktap(int at) {
        if (!packet.has(at, PKTAP_LEAST)) {
            return packet.missing(Reason.LINK_HEADER, at, PKTAP_LEAST);
        }
        int length = little32(at);
        if (length < PKTAP_LEAST || !packet.has(at, length)) {
            return packet.missing(Reason.LINK_HEADER, at, Math.max(length, PKTAP_LEAST));
        }
        return packet.link(little32(at + 8), at + length);
    }
}
