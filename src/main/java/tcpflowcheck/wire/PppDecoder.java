package tcpflowcheck.wire;

import tcpflowcheck.capture.Frame.Direction;
import tcpflowcheck.capture.LinkType;
import tcpflowcheck.wire.DecodeFault.Reason;

/** Reads PPP and what it is carried in, and the framings of serial links that are its relatives. */
final class PppDecoder {
    private static final int ADDRESS_CONTROL = 0xff03;

    private static final int IPV4 = 0x0021;
    private static final int IPV6 = 0x0057;
    private static final int VJ_COMPRESSED = 0x002d;
    private static final int VJ_UNCOMPRESSED = 0x002f;
    private static final int MULTILINK = 0x003d;
    private static final int ENCRYPTED = 0x0053;
    private static final int ENCRYPTED_LINK = 0x0055;
    private static final int COMPRESSED_LINK = 0x00fb;
    private static final int COMPRESSED = 0x00fd;
    private static final int MPLS = 0x0281;

    private static final int PPPOE_HEADER = 6;
    private static final int MULTILINK_HEADER = 4;
    /** The first and the last fragment in one. */
    private static final int UNFRAGMENTED = 0xc0;

    private static final int NLPID_SNAP = 0x80;
    private static final int NLPID_IPV6 = 0x8e;
    private static final int NLPID_IPV4 = 0xcc;
    private static final int NLPID_PPP = 0xcf;

    private final PacketDecoder packet;

    PppDecoder(PacketDecoder packet) {
        this.packet = packet;
    }

    private byte[] buffer() {
        return packet.buffer();
    }

    Decoded link(LinkType.Header header, int at) {
        return switch (header) {
            case PPPOE -> pppoe(at);
            case FRAME_RELAY -> frameRelay(at);
            case HDLC -> hdlc(at);
            default -> directed(header, at);
        };
    }

    /** An octet tells the direction. */
    private Decoded directed(LinkType.Header header, int at) {
        if (!packet.has(at, 1)) {
            return packet.missing(Reason.LINK_HEADER, at, 1);
        }
        packet.direction(buffer()[at] == 0 ? Direction.INBOUND : Direction.OUTBOUND);
        return switch (header) {
            case PPP_PPPD -> // the direction stands in place of the address, and a control octet follows
                Octets.u8(buffer(), at) > 1 ? ppp(at) : protocol(at + 2, true);
            case PPP_WITH_DIR -> ppp(at + 1);
            case FRAME_RELAY_WITH_DIR -> frameRelay(at + 1);
            default -> hdlc(at + 1);
        };
    }

    /** RFC 1661, section 2, with or without the address and control octets of RFC 1662. */
    Decoded ppp(int at) {
        boolean framed = packet.has(at, 2) && Octets.u16(buffer(), at) == ADDRESS_CONTROL;
        return protocol(framed ? at + 2 : at, true);
    }

    /** The protocol may be one octet, an odd one. */
    private Decoded protocol(int at, boolean mayBeMultilink) {
        if (!packet.has(at, 2)) {
            return packet.missing(Reason.LINK_HEADER, at, 2);
        }
        boolean single = (buffer()[at] & 1) != 0;
        int number = single ? Octets.u8(buffer(), at) : Octets.u16(buffer(), at);
        int inner = at + (single ? 1 : 2);
        return switch (number) {
            case IPV4 -> packet.etherType(EtherType.IPV4, inner);
            case IPV6 -> packet.etherType(EtherType.IPV6, inner);
            case MPLS -> packet.tags().mpls(inner);
            case MULTILINK -> mayBeMultilink ? multilink(inner) : Decoded.NOT_TCP;
            case VJ_COMPRESSED, VJ_UNCOMPRESSED -> packet.opaque("ppp-vj");
            case COMPRESSED, COMPRESSED_LINK -> packet.opaque("ppp-compressed");
            case ENCRYPTED, ENCRYPTED_LINK -> packet.opaque("ppp-encrypted");
            default -> Decoded.NOT_TCP;
        };
    }

    /** RFC 1990, section 3, with sequence numbers of 24 bits: a packet in one piece, or a fragment. */
    private Decoded multilink(int at) {
        if (!packet.has(at, MULTILINK_HEADER)) {
            return packet.missing(Reason.LINK_HEADER, at, MULTILINK_HEADER);
        }
        return (buffer()[at] & 0xff) == UNFRAGMENTED
                ? protocol(at + MULTILINK_HEADER, false)
                : packet.opaque("ppp-multilink");
    }

    /** Cisco HDLC: address, control, Ethernet type; or PPP in HDLC-like framing. */
    private Decoded hdlc(int at) {
        if (!packet.has(at, 4)) {
            return packet.missing(Reason.LINK_HEADER, at, 4);
        }
        int address = Octets.u8(buffer(), at);
        return address == 0x0f || address == 0x8f ? packet.etherType(Octets.u16(buffer(), at + 2), at + 4) : ppp(at);
    }

    /** RFC 2516, section 4: a session's frame carries PPP, of the length that it says. */
    Decoded pppoe(int at) {
        if (!packet.has(at, PPPOE_HEADER)) {
            return packet.missing(Reason.LINK_HEADER, at, PPPOE_HEADER);
        }
        if (buffer()[at] != 0x11 || buffer()[at + 1] != 0) {
            return Decoded.NOT_TCP;
        }
        packet.pad(at + PPPOE_HEADER + Octets.u16(buffer(), at + 4));
        return ppp(at + PPPOE_HEADER);
    }

    /** RFC 2427, section 3, behind an address of two octets or more; or Cisco's, with an Ethernet type there. */
    Decoded frameRelay(int at) {
        int control = at;
        do {
            if (!packet.has(control, 2)) {
                return packet.missing(Reason.LINK_HEADER, at, control - at + 2);
            }
        } while ((buffer()[control++] & 1) == 0);
        if (!packet.has(control, 3)) {
            return packet.missing(Reason.LINK_HEADER, at, control - at + 3);
        }
        if (buffer()[control] != 3) {
            return packet.etherType(Octets.u16(buffer(), control), control + 2);
        }
        boolean padded = buffer()[control + 1] == 0;
        int identifier = control + (padded ? 2 : 1);
        return switch (Octets.u8(buffer(), identifier)) {
            case NLPID_IPV4, NLPID_IPV6 -> packet.raw(identifier + 1);
            case NLPID_PPP -> ppp(identifier + 1);
            case NLPID_SNAP -> packet.snapCode(identifier + 1);
            default -> Decoded.NOT_TCP;
        };
    }
}
