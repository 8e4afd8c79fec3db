package tcpflowcheck.wire;

/**
 * Reads tunnels over UDP. They are known by their ports alone, so what does not fit there is just other UDP.
 */
final class UdpTunnelDecoder {
    private static final int UDP_HEADER = 8;
    /** Below it are services: who asks one may well have a tunnel's number for its own port. */
    private static final int LEAST_UNPRIVILEGED = 1024;

    private static final int L2TP = 1701;
    private static final int GTP_U = 2152;
    private static final int TEREDO = 3544;
    private static final int LISP = 4341;
    private static final int IPSEC = 4500;
    private static final int GRE = 4754;
    private static final int GRE_DTLS = 4755;
    private static final int VXLAN = 4789;
    private static final int VXLAN_GPE = 4790;
    private static final int AYIYA = 5072;
    private static final int CAPWAP = 5247;
    private static final int GENEVE = 6081;
    private static final int MPLS = 6635;
    private static final int VXLAN_LINUX = 8472;
    private static final int TZSP = 37008;

    private static final int DTLS_APPLICATION = 23;

    private final PacketDecoder packet;
    private final TcpSegment segment;
    private final TunnelDecoder tunnels;
    private byte[] buffer = new byte[0];

    UdpTunnelDecoder(PacketDecoder packet, TcpSegment segment, TunnelDecoder tunnels) {
        this.packet = packet;
        this.segment = segment;
        this.tunnels = tunnels;
    }

    private boolean has(int at, int octets) {
        return packet.has(at, octets);
    }

    /** RFC 768: the datagram at {@code at} of a packet that ends there. */
    Decoded datagram(int at, int packetEnd) {
        packet.narrow(packetEnd);
        buffer = packet.buffer();
        if (!has(at, UDP_HEADER)) {
            return Decoded.NOT_TCP;
        }
        int source = Octets.u16(buffer, at);
        int destination = Octets.u16(buffer, at + 2);
        boolean answers = isTunnelEitherWay(source) && destination >= LEAST_UNPRIVILEGED;
        int port = isTunnel(destination) ? destination : answers ? source : 0;
        if (port == 0) {
            return Decoded.NOT_TCP;
        }
        int before = segment.encapsulation.tunnelCount();
        int length = Octets.u16(buffer, at + 4);
        if (length >= UDP_HEADER) { // 0 is what segmentation offload leaves
            if (has(at, length)) {
                Checksum.around(segment, at, length);
            }
            packet.narrow(at + length);
        }
        Decoded decoded = inside(port, at + UDP_HEADER);
        if (decoded == Decoded.MALFORMED) {
            decoded = Decoded.NOT_TCP;
        }
        if (decoded == Decoded.NOT_TCP) {
            segment.encapsulation.keepTunnels(before);
        }
        return decoded;
    }

    private static boolean isTunnel(int port) {
        return switch (port) {
            case LISP, GRE, GRE_DTLS, VXLAN, VXLAN_GPE, VXLAN_LINUX, GTP_U, GENEVE, MPLS, TZSP -> true;
            default -> isTunnelEitherWay(port);
        };
    }

    /** Those whose answers come from that port. */
    private static boolean isTunnelEitherWay(int port) {
        return switch (port) {
            case L2TP, TEREDO, IPSEC, AYIYA, CAPWAP -> true;
            default -> false;
        };
    }

    private Decoded inside(int port, int at) {
        return switch (port) {
            case VXLAN, VXLAN_LINUX -> vxlan(at);
            case VXLAN_GPE -> vxlanGpe(at);
            case GENEVE -> geneve(at);
            case GTP_U -> gtp(at);
            case TEREDO -> teredo(at);
            case L2TP -> l2tp(at);
            case CAPWAP -> capwap(at);
            case AYIYA -> ayiya(at);
            case GRE -> // RFC 8086
                has(at, 4) ? tunnels.gre(at, Tunnel.GRE_IN_UDP) : Decoded.NOT_TCP;
            case MPLS -> // RFC 7510
                tunnels.mpls(at);
            case LISP -> // RFC 9300, section 5.1
                has(at, 9) && tunnels.enters(Tunnel.LISP, 0) ? packet.raw(at + 8) : refused(at, 9);
            case TZSP -> tzsp(at);
            default -> closed(port, at);
        };
    }

    /** What a tunnel that was not entered is: too short to be one, or not looked into. */
    private Decoded refused(int at, int least) {
        return has(at, least) ? Decoded.OPAQUE : Decoded.NOT_TCP;
    }

    /** ESP on the port of IPsec behind a NAT, where keep-alives and IKE are too (RFC 3948, section 2); DTLS. */
    private Decoded closed(int port, int at) {
        if (port == IPSEC) {
            return has(at, 8) && Octets.i32(buffer, at) != 0 ? packet.opaque("esp") : Decoded.NOT_TCP;
        }
        boolean text = has(at, 1) && buffer[at] == DTLS_APPLICATION;
        return text ? packet.opaque("gre-in-udp-dtls") : Decoded.NOT_TCP;
    }

    /** RFC 7348, section 5. */
    private Decoded vxlan(int at) {
        if (!has(at, 8) || (buffer[at] & 0x08) == 0) {
            return Decoded.NOT_TCP;
        }
        boolean enters = tunnels.enters(Tunnel.VXLAN, Octets.i32(buffer, at + 4) >>> 8);
        return enters ? packet.ethernet(at + 8) : Decoded.OPAQUE;
    }

    /** draft-ietf-nvo3-vxlan-gpe, section 3: a next protocol. */
    private Decoded vxlanGpe(int at) {
        if (!has(at, 8) || (buffer[at] & 0x08) == 0) {
            return Decoded.NOT_TCP;
        }
        int next = (buffer[at] & 0x04) != 0 ? Octets.u8(buffer, at + 3) : 3;
        if (!tunnels.enters(Tunnel.VXLAN_GPE, Octets.i32(buffer, at + 4) >>> 8)) {
            return Decoded.OPAQUE;
        }
        return switch (next) {
            case 1, 2 -> packet.raw(at + 8);
            case 3 -> packet.ethernet(at + 8);
            case 4 -> packet.tags().serviceHeader(at + 8);
            case 5 -> packet.tags().mpls(at + 8);
            default -> Decoded.NOT_TCP;
        };
    }

    /** RFC 8926, section 3.4. */
    private Decoded geneve(int at) {
        if (!has(at, 8) || (buffer[at] & 0xc0) != 0) {
            return Decoded.NOT_TCP;
        }
        int inner = at + 8 + 4 * (buffer[at] & 0x3f);
        if (!has(inner, 0)) {
            return Decoded.NOT_TCP;
        }
        int type = Octets.u16(buffer, at + 2);
        if (!tunnels.enters(Tunnel.GENEVE, Octets.i32(buffer, at + 4) >>> 8)) {
            return Decoded.OPAQUE;
        }
        return type == EtherType.BRIDGED_ETHERNET ? packet.ethernet(inner) : packet.etherType(type, inner);
    }

    /** 3GPP TS 29.281, section 5: version 1, a G-PDU. */
    private Decoded gtp(int at) {
        if (!has(at, 12) || (buffer[at] & 0xf0) != 0x30 || Octets.u8(buffer, at + 1) != 0xff) {
            return Decoded.NOT_TCP;
        }
        int inner = at + 8;
        if ((buffer[at] & 7) != 0) {
            int next = (buffer[at] & 4) != 0 ? Octets.u8(buffer, at + 11) : 0;
            inner += 4;
            while (next != 0 && has(inner, 4)) {
                int length = 4 * Octets.u8(buffer, inner);
                if (length == 0 || !has(inner, length)) {
                    return Decoded.NOT_TCP;
                }
                next = Octets.u8(buffer, inner + length - 1);
                inner += length;
            }
        }
        boolean enters = tunnels.enters(Tunnel.GTP_U, Octets.i32(buffer, at + 4));
        return enters ? packet.raw(inner) : Decoded.OPAQUE;
    }

    /** RFC 4380, section 5.1.1: authentication and origin indications may stand in front. */
    private Decoded teredo(int at) {
        int inner = at;
        if (has(inner, 13) && Octets.u16(buffer, inner) == 1) {
            inner += 13 + Octets.u8(buffer, inner + 2) + Octets.u8(buffer, inner + 3);
        }
        if (has(inner, 8) && Octets.u16(buffer, inner) == 0) {
            inner += 8;
        }
        if (!has(inner, 1) || (buffer[inner] & 0xf0) != 0x60) {
            return Decoded.NOT_TCP;
        }
        return tunnels.enters(Tunnel.TEREDO, 0) ? packet.raw(inner) : Decoded.OPAQUE;
    }

    /** RFC 2661, section 3.1: a data message of version 2, which carries PPP. */
    private Decoded l2tp(int at) {
        if (!has(at, 6)) {
            return Decoded.NOT_TCP;
        }
        int flags = Octets.u16(buffer, at);
        if ((flags & 0x800f) != 2) {
            return Decoded.NOT_TCP;
        }
        int session = at + 2 + ((flags & 0x4000) != 0 ? 2 : 0) + 2;
        int inner = session + 2 + ((flags & 0x0800) != 0 ? 4 : 0);
        if ((flags & 0x0200) != 0) {
            if (!has(inner, 2)) {
                return Decoded.NOT_TCP;
            }
            inner += 2 + Octets.u16(buffer, inner);
        }
        if (!has(session, 2)) {
            return Decoded.NOT_TCP;
        }
        boolean enters = tunnels.enters(Tunnel.L2TP, Octets.u16(buffer, session));
        return enters ? packet.ppp().ppp(inner) : Decoded.OPAQUE;
    }

    /**
     * RFC 5415, section 4: a frame of IEEE 802.3, or of 802.11 where a bit says that it is the radio's own; DTLS has a
     * preamble of its own, and some controllers swap the octets of the radio's frame control.
     */
    private Decoded capwap(int at) {
        if (!has(at, 8) || (buffer[at] & 0xf0) != 0) {
            return Decoded.NOT_TCP;
        }
        if ((buffer[at] & 0xf) == 1) {
            return packet.opaque("capwap-dtls");
        }
        int header = Octets.i32(buffer, at);
        boolean radio = (header & 0x100) != 0;
        boolean fragment = (header & 0x80) != 0;
        boolean keepAlive = (header & 0x08) != 0;
        int binding = header >>> 9 & 0x1f;
        int inner = at + 4 * (header >>> 19 & 0x1f);
        if ((buffer[at] & 0xf) != 0 || inner < at + 8 || keepAlive || (radio && binding > 1)) {
            return Decoded.NOT_TCP;
        }
        if (fragment) {
            return packet.opaque("capwap-fragment");
        }
        if (!tunnels.enters(Tunnel.CAPWAP, 0)) {
            return Decoded.OPAQUE;
        }
        return radio ? packet.wlan().frameOrSwapped(inner) : packet.ethernet(inner);
    }

    /** draft-massar-v6ops-ayiya, section 4: an identity and a signature of the lengths that it says, then a packet. */
    private Decoded ayiya(int at) {
        if (!has(at, 8) || (buffer[at + 2] & 0xf) != 1) {
            return Decoded.NOT_TCP;
        }
        int identity = 1 << (buffer[at] >> 4 & 0xf);
        int signature = 4 * (buffer[at + 1] >> 4 & 0xf);
        int inner = at + 8 + identity + signature;
        int next = Octets.u8(buffer, at + 3);
        if (next != 4 && next != 41) {
            return Decoded.NOT_TCP;
        }
        return tunnels.enters(Tunnel.AYIYA, 0) ? packet.raw(inner) : Decoded.OPAQUE;
    }

    /** TaZmen's sniffer protocol, version 1: what was received, as tagged fields and a frame of the type that it says. */
    private Decoded tzsp(int at) {
        boolean received = has(at, 5) && buffer[at] == 1 && buffer[at + 1] <= 1 && buffer[at + 1] >= 0;
        if (!received) {
            return Decoded.NOT_TCP;
        }
        int type = Octets.u16(buffer, at + 2);
        int tag = at + 4;
        while (has(tag, 2) && buffer[tag] != 1) {
            tag += buffer[tag] == 0 ? 1 : 2 + Octets.u8(buffer, tag + 1);
        }
        if (!has(tag, 1) || buffer[tag] != 1 || (type != 1 && type != 0x12)) {
            return Decoded.NOT_TCP;
        }
        if (!tunnels.enters(Tunnel.TZSP, 0)) {
            return Decoded.OPAQUE;
        }
        return type == 1 ? packet.ethernet(tag + 1) : packet.wlan().frame(tag + 1);
    }
}
