package tcpflowcheck.wire;

/**
 * Reads what a packet carries in place of TCP: another packet or frame. A tunnel over UDP is known by its port alone, so
 * what does not fit there is just other UDP; and no tunnel is looked into deeper than {@value #MAX_DEPTH}.
 */
final class TunnelDecoder {
    static final int IP_IN_IP = 4;
    static final int UDP = 17;
    static final int IPV6_IN_IP = 41;
    static final int GRE = 47;
    static final int MPLS_IN_IP = 137;

    private static final int MAX_DEPTH = Encapsulation.MAX_TUNNELS;
    private static final int UDP_HEADER = 8;

    private static final int PORT_L2TP = 1701;
    private static final int PORT_GTP_U = 2152;
    private static final int PORT_TEREDO = 3544;
    private static final int PORT_VXLAN = 4789;
    private static final int PORT_VXLAN_LINUX = 8472;
    private static final int PORT_GENEVE = 6081;

    private static final int TYPE_BRIDGED_ETHERNET = 0x6558;
    private static final int TYPE_ERSPAN_2 = 0x88be;
    private static final int TYPE_ERSPAN_3 = 0x22eb;
    private static final int TYPE_PPP = 0x880b;

    private final PacketDecoder packet;
    private final TcpSegment segment;
    private boolean off;
    private byte[] buffer;
    private int end;

    TunnelDecoder(PacketDecoder packet, TcpSegment segment) {
        this.packet = packet;
        this.segment = segment;
    }

    void off() {
        off = true;
    }

    /** Whether packets are looked for in payloads of this protocol. */
    boolean carries(int protocol) {
        switch (protocol) {
            case IP_IN_IP:
            case IPV6_IN_IP:
            case GRE:
            case MPLS_IN_IP:
            case UDP:
                return !off;
            default:
                return false;
        }
    }

    /**
     * Reads the payload at {@code at} of a packet with this protocol number.
     *
     * @param packetEnd where the packet ends
     */
    Decoded ip(int protocol, byte[] octets, int at, int capturedEnd, int packetEnd) {
        if (off || segment.encapsulation.tunnelCount() == MAX_DEPTH) {
            return Decoded.NOT_TCP;
        }
        buffer = octets;
        end = Math.min(capturedEnd, packetEnd);
        switch (protocol) {
            case IP_IN_IP:
            case IPV6_IN_IP:
                segment.encapsulation.addTunnel(protocol == IP_IN_IP ? Tunnel.IPIP : Tunnel.IPV6_IN_IP, 0);
                packet.narrow(packetEnd);
                return packet.raw(at);
            case GRE:
                return gre(at, packetEnd);
            case MPLS_IN_IP:
                packet.narrow(packetEnd);
                return packet.tags().mpls(at);
            case UDP:
                return udp(at, packetEnd);
            default:
                return Decoded.NOT_TCP;
        }
    }

    private boolean has(int at, int octets) {
        return end - at >= octets;
    }

    // ---- GRE (RFC 2784, RFC 2890; version 1 is PPTP's, RFC 2637)

    private Decoded gre(int at, int packetEnd) {
        if (!has(at, 4)) {
            return Decoded.NOT_TCP;
        }
        int flags = Octets.u16(buffer, at);
        int type = Octets.u16(buffer, at + 2);
        int key = at + 4 + ((flags & 0xc000) != 0 ? 4 : 0);
        int header = key + ((flags & 0x2000) != 0 ? 4 : 0) + ((flags & 0x1000) != 0 ? 4 : 0);
        boolean pptp = (flags & 7) == 1;
        if (pptp && (flags & 0x80) != 0) {
            header += 4;
        }
        boolean routed = (flags & 0x4000) != 0;
        if (routed || (flags & 7) > 1 || !has(at, header - at)) {
            return Decoded.NOT_TCP;
        }
        int id = (flags & 0x2000) != 0 ? Octets.i32(buffer, key) : 0;
        packet.narrow(packetEnd);
        switch (type) {
            case TYPE_ERSPAN_2:
            case TYPE_ERSPAN_3:
                return erspan(type, (flags & 0x1000) != 0, header);
            case TYPE_PPP:
                segment.encapsulation.addTunnel(Tunnel.GRE, pptp ? id & 0xffff : id);
                return packet.ppp().ppp(header);
            default:
                segment.encapsulation.addTunnel(Tunnel.GRE, id);
                return type == TYPE_BRIDGED_ETHERNET ? packet.ethernet(header) : packet.etherType(type, header);
        }
    }

    /** draft-foschiano-erspan: type I has no header of its own and no GRE sequence number. */
    private Decoded erspan(int type, boolean numbered, int at) {
        int length = type == TYPE_ERSPAN_3 ? 12 : numbered ? 8 : 0;
        if (!has(at, length)) {
            return Decoded.NOT_TCP;
        }
        if (type == TYPE_ERSPAN_3 && (buffer[at + 11] & 1) != 0) {
            length += 8;
        }
        segment.encapsulation.addTunnel(Tunnel.ERSPAN, length == 0 ? 0 : Octets.u16(buffer, at + 2) & 0x3ff);
        return packet.ethernet(at + length);
    }

    // ---- over UDP

    private Decoded udp(int at, int packetEnd) {
        if (!has(at, UDP_HEADER)) {
            return Decoded.NOT_TCP;
        }
        int source = Octets.u16(buffer, at);
        int destination = Octets.u16(buffer, at + 2);
        int before = segment.encapsulation.tunnelCount();
        packet.narrow(packetEnd);
        Decoded decoded = overUdp(source, destination, at + UDP_HEADER);
        if (decoded == Decoded.MALFORMED) {
            decoded = Decoded.NOT_TCP;
        }
        if (decoded == Decoded.NOT_TCP) {
            segment.encapsulation.keepTunnels(before);
        }
        return decoded;
    }

    private Decoded overUdp(int source, int destination, int at) {
        switch (destination) {
            case PORT_VXLAN:
            case PORT_VXLAN_LINUX:
                return vxlan(at);
            case PORT_GENEVE:
                return geneve(at);
            case PORT_GTP_U:
                return gtp(at);
            default:
                break;
        }
        if (destination == PORT_TEREDO || source == PORT_TEREDO) {
            return teredo(at);
        }
        return destination == PORT_L2TP || source == PORT_L2TP ? l2tp(at) : Decoded.NOT_TCP;
    }

    /** RFC 7348, section 5. */
    private Decoded vxlan(int at) {
        if (!has(at, 8) || (buffer[at] & 0x08) == 0) {
            return Decoded.NOT_TCP;
        }
        segment.encapsulation.addTunnel(Tunnel.VXLAN, Octets.i32(buffer, at + 4) >>> 8);
        return packet.ethernet(at + 8);
    }

    /** RFC 8926, section 3.4. */
    private Decoded geneve(int at) {
        if (!has(at, 8) || (buffer[at] & 0xc0) != 0) {
            return Decoded.NOT_TCP;
        }
        int header = 8 + 4 * (buffer[at] & 0x3f);
        if (!has(at, header)) {
            return Decoded.NOT_TCP;
        }
        int type = Octets.u16(buffer, at + 2);
        segment.encapsulation.addTunnel(Tunnel.GENEVE, Octets.i32(buffer, at + 4) >>> 8);
        return type == TYPE_BRIDGED_ETHERNET ? packet.ethernet(at + header) : packet.etherType(type, at + header);
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
        segment.encapsulation.addTunnel(Tunnel.GTP_U, Octets.i32(buffer, at + 4));
        return packet.raw(inner);
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
        segment.encapsulation.addTunnel(Tunnel.TEREDO, 0);
        return packet.raw(inner);
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
        segment.encapsulation.addTunnel(Tunnel.L2TP, Octets.u16(buffer, session));
        return packet.ppp().ppp(inner);
    }
}
