package tcpflowcheck.wire;

import org.jspecify.annotations.Nullable;
import tcpflowcheck.wire.DecodeFault.Reason;

/**
 * Reads what a packet carries in place of TCP: another packet or frame, or what can't be looked into. No tunnel is looked
 * into deeper than {@value #MAX_DEPTH}.
 */
final class TunnelDecoder {
    static final int IP_IN_IP = 4;
    static final int UDP = 17;
    private static final int IPV6_IN_IP = 41;
    private static final int GRE = 47;
    private static final int ESP = 50;
    private static final int ETHERIP = 97;
    private static final int IPCOMP = 108;
    private static final int L2TP_3 = 115;
    private static final int MPLS_IN_IP = 137;

    private static final int MAX_DEPTH = Encapsulation.MAX_TUNNELS;
    private static final int ETHERIP_HEADER = 2;

    private static final int GRE_CHECKSUM = 0x8000;
    private static final int GRE_ROUTED = 0x4000;
    private static final int GRE_KEY = 0x2000;
    private static final int GRE_NUMBERED = 0x1000;
    private static final int GRE_ACKNOWLEDGED = 0x80;
    private static final int GRE_VERSION = 7;

    private static final int TYPE_ERSPAN_2 = 0x88be;
    private static final int TYPE_ERSPAN_3 = 0x22eb;
    private static final int TYPE_PPP = 0x880b;
    private static final int TYPE_FRAME_RELAY = 0x6559;
    private static final int TYPE_MIKROTIK = 0x6400;
    private static final int TYPE_WCCP = 0x883e;
    /** Aruba's access points: sixteen apart, by the queue of the frame; IEEE 802.11 follows. */
    private static final int TYPE_ARUBA_FIRST = 0x8200;

    private static final int TYPE_ARUBA_LAST = 0x8370;

    private final PacketDecoder packet;
    private final TcpSegment segment;
    private final UdpTunnelDecoder overUdp;
    private boolean off;

    TunnelDecoder(PacketDecoder packet, TcpSegment segment) {
        this.packet = packet;
        this.segment = segment;
        overUdp = new UdpTunnelDecoder(packet, segment, this);
    }

    void off() {
        off = true;
    }

    boolean isOn() {
        return !off;
    }

    /** What is never looked into, by its protocol number; null if it is something else. */
    static @Nullable String closed(int protocol) {
        return switch (protocol) {
            case ESP -> // RFC 4303
                "esp";
            case IPCOMP -> // RFC 3173
                "ipcomp";
            case L2TP_3 -> // RFC 3931: nothing in it says what a session carries
                "l2tpv3";
            default -> null;
        };
    }

    /** Whether packets are looked for in payloads of this protocol. */
    static boolean carries(int protocol) {
        return isTunnel(protocol) || protocol == UDP;
    }

    /** Whether payloads of this protocol are packets. */
    static boolean isTunnel(int protocol) {
        return switch (protocol) {
            case IP_IN_IP, IPV6_IN_IP, GRE, ETHERIP, MPLS_IN_IP -> true;
            default -> false;
        };
    }

    /**
     * Reads the payload at {@code at} of a packet with this protocol number.
     *
     * @param packetEnd where the packet ends
     */
    Decoded ip(int protocol, int at, int packetEnd) {
        return switch (protocol) {
            case IP_IN_IP, IPV6_IN_IP -> {
                packet.narrow(packetEnd);
                yield enters(protocol == IP_IN_IP ? Tunnel.IPIP : Tunnel.IPV6_IN_IP, 0)
                        ? packet.raw(at)
                        : Decoded.OPAQUE;
            }
            case GRE -> {
                packet.narrow(packetEnd);
                yield gre(at, Tunnel.GRE);
            }
            case ETHERIP -> { // RFC 3378
                packet.narrow(packetEnd);
                yield enters(Tunnel.ETHERIP, 0) ? packet.ethernet(at + ETHERIP_HEADER) : Decoded.OPAQUE;
            }
            case MPLS_IN_IP -> { // RFC 4023
                packet.narrow(packetEnd);
                yield mpls(at);
            }
            case UDP -> overUdp.datagram(at, packetEnd);
            default -> Decoded.NOT_TCP;
        };
    }

    /** Whether a tunnel is looked into, which is noted; if it is not, it is what the frame holds. */
    boolean enters(Tunnel tunnel, int identifier) {
        if (off || segment.encapsulation.tunnelCount() == MAX_DEPTH) {
            packet.opaque(tunnel.toString());
            return false;
        }
        segment.encapsulation.addTunnel(tunnel, identifier);
        return true;
    }

    Decoded mpls(int at) {
        return enters(Tunnel.MPLS_IN_IP, 0) ? packet.tags().mpls(at) : Decoded.OPAQUE;
    }

    // ---- GRE (RFC 2784, RFC 2890; version 1 is PPTP's, RFC 2637)

    Decoded gre(int at, Tunnel tunnel) {
        if (!packet.has(at, 4)) {
            return packet.missing(Reason.TUNNEL_HEADER, at, 4);
        }
        byte[] buffer = packet.buffer();
        int flags = Octets.u16(buffer, at);
        int type = Octets.u16(buffer, at + 2);
        int key = at + 4 + ((flags & (GRE_CHECKSUM | GRE_ROUTED)) != 0 ? 4 : 0);
        int header = key + ((flags & GRE_KEY) != 0 ? 4 : 0) + ((flags & GRE_NUMBERED) != 0 ? 4 : 0);
        boolean pptp = (flags & GRE_VERSION) == 1;
        if (pptp && (flags & GRE_ACKNOWLEDGED) != 0) {
            header += 4;
        }
        if ((flags & GRE_VERSION) > 1) {
            return packet.opaque(tunnel.toString());
        }
        if (!packet.has(at, header - at)) {
            return packet.missing(Reason.TUNNEL_HEADER, at, header - at);
        }
        int id = (flags & GRE_KEY) != 0 ? Octets.i32(buffer, key) : 0;
        if ((flags & GRE_ROUTED) != 0) {
            header = behindRoutes(buffer, header);
            if (!packet.has(header, 0)) {
                return packet.missing(Reason.TUNNEL_HEADER, at, header - at);
            }
        }
        if (type == TYPE_ERSPAN_2 || type == TYPE_ERSPAN_3) {
            return erspan(type, (flags & GRE_NUMBERED) != 0, header);
        }
        return enters(tunnel, pptp ? id & 0xffff : id) ? insideGre(type, header) : Decoded.OPAQUE;
    }

    /** RFC 1701's list of routes, which an empty one ends: where it ends, or would. */
    private int behindRoutes(byte[] buffer, int first) {
        int at = first;
        while (packet.has(at, 4)) {
            int length = Octets.u8(buffer, at + 3);
            boolean last = Octets.u16(buffer, at) == 0 && length == 0;
            at += 4 + length;
            if (last) {
                return at;
            }
        }
        return at + 4;
    }

    private Decoded insideGre(int type, int at) {
        return switch (type) {
            case TYPE_PPP -> packet.ppp().ppp(at);
            case TYPE_FRAME_RELAY -> packet.ppp().frameRelay(at);
            case EtherType.BRIDGED_ETHERNET, TYPE_MIKROTIK -> packet.ethernet(at);
            case TYPE_WCCP -> { // version 2 has a header of four octets before the packet, version 1 has none
                boolean first = packet.has(at, 1) && packet.buffer()[at] >> 4 == 4;
                yield packet.raw(first ? at : at + 4);
            }
            default -> {
                boolean aruba = type >= TYPE_ARUBA_FIRST && type <= TYPE_ARUBA_LAST && (type & 0xf) == 0;
                yield aruba ? packet.wlan().frame(at) : packet.etherType(type, at);
            }
        };
    }

    /** draft-foschiano-erspan: type I has no header of its own and no GRE sequence number. */
    private Decoded erspan(int type, boolean numbered, int at) {
        int length = type == TYPE_ERSPAN_3 ? 12 : numbered ? 8 : 0;
        if (!packet.has(at, length)) {
            return packet.missing(Reason.TUNNEL_HEADER, at, length);
        }
        byte[] buffer = packet.buffer();
        if (type == TYPE_ERSPAN_3 && (buffer[at + 11] & 1) != 0) {
            length += 8;
        }
        int session = length == 0 ? 0 : Octets.u16(buffer, at + 2) & 0x3ff;
        return enters(Tunnel.ERSPAN, session) ? packet.ethernet(at + length) : Decoded.OPAQUE;
    }
}
