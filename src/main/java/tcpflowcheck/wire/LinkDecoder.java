package tcpflowcheck.wire;

import tcpflowcheck.capture.Frame.Direction;
import tcpflowcheck.capture.LinkType;
import tcpflowcheck.wire.DecodeFault.Reason;

/** Reads the link headers that are rare on wires, and those that operating systems put in front of a packet. */
final class LinkDecoder {
    private static final int FDDI_HEADER = 13;
    private static final int TOKEN_RING_HEADER = 14;
    private static final int FIBRE_CHANNEL_HEADER = 16;
    private static final int FIREWIRE_HEADER = 18;
    private static final int SUN_ATM_HEADER = 4;
    private static final int SNAP = 0xaa;
    private static final int SLIP_HEADER = 16;

    private static final int ARCNET_IPV6 = 0xc4;
    private static final int ARCNET_IP = 0xd4;
    private static final int ARCNET_IP_OLD = 0xf0;
    /** Octets of a flag and a sequence number, which the old type does not have. */
    private static final int ARCNET_FRAGMENT = 3;

    private static final int ARCNET_EXCEPTION = 0xff;

    private static final int PFLOG_LEAST = 45;
    private static final int PFLOG_DIRECTION = 60;
    private static final int ENC_HEADER = 12;
    private static final int IPNET_HEADER = 24;
    private static final int PKTAP_LEAST = 108;
    private static final int PKTAP_PACKET = 1;
    private static final int NFLOG_PAYLOAD = 9;

    private static final int SYMANTEC_HEADER = 44;
    private static final int NETANALYZER_HEADER = 4;
    private static final int PREAMBLE = 8;

    private final PacketDecoder packet;

    LinkDecoder(PacketDecoder packet) {
        this.packet = packet;
    }

    private byte[] buffer() {
        return packet.buffer();
    }

    Decoded link(LinkType.Header header, int at) {
        return switch (header) {
            case FDDI -> fddi(at);
            case TOKEN_RING -> tokenRing(at);
            case ARCNET -> arcnet(at, at + 2, true);
            case ARCNET_LINUX -> // the offset of its buffer stands before the type, and fragments are put together
                arcnet(at, at + 4, false);
            case FIBRE_CHANNEL -> // RFC 2625: addresses of eight octets, padded
                has(at, FIBRE_CHANNEL_HEADER)
                        ? packet.llc(at + FIBRE_CHANNEL_HEADER)
                        : missing(at, FIBRE_CHANNEL_HEADER);
            case FIREWIRE -> // two EUI-64s and an Ethernet type
                typed(at, at + 16, FIREWIRE_HEADER);
            case ATM_CLIP -> has(at, 1) && Octets.u8(buffer(), at) == SNAP ? packet.llc(at) : packet.raw(at);
            case SUN_ATM -> sunAtm(at);
            case SLIP -> slip(at);
            case SYMANTEC -> typed(at, at + 6, SYMANTEC_HEADER);
            case NETANALYZER -> packet.ethernet(at + NETANALYZER_HEADER);
            case NETANALYZER_TRANSPARENT -> packet.ethernet(at + NETANALYZER_HEADER + PREAMBLE);
            case EPON -> packet.ethernet(at + PREAMBLE);
            default -> system(header, at);
        };
    }

    private Decoded system(LinkType.Header header, int at) {
        return switch (header) {
            case PFLOG -> pflog(at);
            case ENC -> // family, parameter index, flags; of four octets each
                packet.family(at, at + ENC_HEADER);
            case IPNET ->
                has(at, IPNET_HEADER)
                        ? packet.ofFamily(Octets.u8(buffer(), at + 1), at + IPNET_HEADER)
                        : missing(at, IPNET_HEADER);
            case NFLOG -> nflog(at);
            default -> pktap(at);
        };
    }

    private boolean has(int at, int octets) {
        return packet.has(at, octets);
    }

    private Decoded missing(int at, int octets) {
        return packet.missing(Reason.LINK_HEADER, at, octets);
    }

    private Decoded typed(int at, int typeAt, int header) {
        return has(at, header) ? packet.etherType(Octets.u16(buffer(), typeAt), at + header) : missing(at, header);
    }

    // ---- networks

    /** ISO 9314-2: frame control, destination, source; LLC where the control says so, whatever its priority. */
    private Decoded fddi(int at) {
        if (!has(at, FDDI_HEADER)) {
            return missing(at, FDDI_HEADER);
        }
        return (buffer()[at] & 0x70) == 0x50 ? packet.llc(at + FDDI_HEADER) : Decoded.NOT_TCP;
    }

    /** IEEE 802.5: access control, frame control, destination, source, and a route where the source has that bit. */
    private Decoded tokenRing(int at) {
        if (!has(at, TOKEN_RING_HEADER)) {
            return missing(at, TOKEN_RING_HEADER);
        }
        if ((buffer()[at + 1] & 0xc0) != 0x40) {
            return Decoded.NOT_TCP;
        }
        int length = TOKEN_RING_HEADER;
        if ((buffer()[at + 8] & 0x80) != 0) {
            if (!has(at, TOKEN_RING_HEADER + 2)) {
                return missing(at, TOKEN_RING_HEADER + 2);
            }
            length += buffer()[at + TOKEN_RING_HEADER] & 0x1f;
        }
        return packet.llc(at + length);
    }

    /**
     * RFC 1201: source, destination, type, and a flag that is 0 where the packet is in one piece, odd in the first of
     * several, even in the others; an exception frame has a second one. RFC 1051's old type has no flag.
     *
     * @param typeAt where the type stands
     */
    private Decoded arcnet(int at, int typeAt, boolean fragments) {
        if (!has(typeAt, 1)) {
            return missing(at, typeAt + 1 - at);
        }
        int type = Octets.u8(buffer(), typeAt);
        int inner = typeAt + 1;
        if (type != ARCNET_IP_OLD) {
            if (!has(inner, ARCNET_FRAGMENT)) {
                return missing(at, inner + ARCNET_FRAGMENT - at);
            }
            int flag = fragments ? Octets.u8(buffer(), inner) : 0;
            inner += ARCNET_FRAGMENT;
            if (flag == ARCNET_EXCEPTION) {
                if (!has(inner, 1 + ARCNET_FRAGMENT)) {
                    return missing(at, inner + 1 + ARCNET_FRAGMENT - at);
                }
                flag = Octets.u8(buffer(), inner + 1);
                inner += 1 + ARCNET_FRAGMENT;
            }
            if (flag != 0 && (flag & 1) == 0) {
                return packet.opaque("arcnet-fragment");
            }
        }
        return switch (type) {
            case ARCNET_IP, ARCNET_IP_OLD -> packet.etherType(EtherType.IPV4, inner);
            case ARCNET_IPV6 -> packet.etherType(EtherType.IPV6, inner);
            default -> Decoded.NOT_TCP;
        };
    }

    /** SunATM's header: the low bits of its first octet say that LLC follows. */
    private Decoded sunAtm(int at) {
        if (!has(at, SUN_ATM_HEADER)) {
            return missing(at, SUN_ATM_HEADER);
        }
        return (buffer()[at] & 0xf) == 2 ? packet.llc(at + SUN_ATM_HEADER) : Decoded.NOT_TCP;
    }

    /** BSD's: the direction, and the header as it was compressed on the line; the packet is whole. */
    private Decoded slip(int at) {
        if (!has(at, SLIP_HEADER)) {
            return missing(at, SLIP_HEADER);
        }
        packet.direction(buffer()[at] == 0 ? Direction.INBOUND : Direction.OUTBOUND);
        return packet.raw(at + SLIP_HEADER);
    }

    // ---- what operating systems put in front

    /** pf's log: its length, less the padding to four octets, and the family; the direction if it is that long. */
    private Decoded pflog(int at) {
        if (!has(at, 2)) {
            return missing(at, PFLOG_LEAST);
        }
        int length = Octets.u8(buffer(), at);
        int padded = length + 3 & ~3;
        if (length < PFLOG_LEAST || !has(at, padded)) {
            return missing(at, Math.max(padded, PFLOG_LEAST));
        }
        if (length > PFLOG_DIRECTION) {
            int direction = buffer()[at + PFLOG_DIRECTION];
            if (direction == 1 || direction == 2) {
                packet.direction(direction == 1 ? Direction.INBOUND : Direction.OUTBOUND);
            }
        }
        return packet.ofFamily(Octets.u8(buffer(), at + 1), at + padded);
    }

    /** Linux NFLOG: a family, then values with type and length in the host's order; one is the packet. */
    private Decoded nflog(int at) {
        if (!has(at, 4)) {
            return missing(at, 4);
        }
        int value = at + 4;
        while (has(value, 4)) {
            int length = Octets.little16(buffer(), value);
            int type = Octets.little16(buffer(), value + 2) & 0x7fff;
            if (length < 4) {
                return Decoded.NOT_TCP;
            }
            if (type == NFLOG_PAYLOAD) {
                return packet.raw(value + 4);
            }
            value += length + 3 & ~3;
        }
        return packet.hasOnWire(value, 4) ? missing(value, 4) : Decoded.NOT_TCP;
    }

    /** Apple's pktap: its length, whether it is a packet, and of which link type, least significant octets first. */
    private Decoded pktap(int at) {
        if (!has(at, PKTAP_LEAST)) {
            return missing(at, PKTAP_LEAST);
        }
        int length = Octets.little32(buffer(), at);
        if (length < PKTAP_LEAST || !has(at, length)) {
            return missing(at, Math.max(length, PKTAP_LEAST));
        }
        return Octets.little32(buffer(), at + 4) == PKTAP_PACKET
                ? packet.link(Octets.little32(buffer(), at + 8), at + length)
                : Decoded.NOT_TCP;
    }
}
