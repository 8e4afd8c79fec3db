package tcpflowcheck.wire;

import tcpflowcheck.wire.DecodeFault.Reason;

/** Reads what stands between a frame's type and its packet: labels, tags of bridges, frames in frames. */
final class TagDecoder {
    private static final int MPLS_LABEL = 4;
    private static final int MAX_LABELS = 16;
    private static final int CONTROL_WORD = 4;
    private static final int ETHERNET_HEADER = 14;

    private static final int FABRICPATH_TAG = 2;
    private static final int BACKBONE_TAG = 4;

    private static final int MACSEC_TAG = 6;
    private static final int MACSEC_CHANNEL = 8;
    private static final int MACSEC_CHANNEL_PRESENT = 0x20;
    /** Encrypted, or changed in another way. */
    private static final int MACSEC_CHANGED = 0x0c;
    /** Octets of the integrity check value behind the frame. */
    private static final int MACSEC_CHECK = 16;

    private static final int SERVICE_HEADER = 8;

    private final PacketDecoder packet;

    TagDecoder(PacketDecoder packet) {
        this.packet = packet;
    }

    private byte[] buffer() {
        return packet.buffer();
    }

    /** Octets of a tag of this type, the type behind it among them; 0 if it is none. */
    static int length(int type) {
        return switch (type) {
            case EtherType.VN_TAG -> 6;
            case EtherType.E_TAG, EtherType.CISCO_META_DATA -> 8;
            default -> 0;
        };
    }

    /** What a type says that is neither IP nor a tag before another type. */
    Decoded etherType(int type, int at) {
        return switch (type) {
            case EtherType.MPLS, EtherType.MPLS_MULTICAST -> mpls(at);
            case EtherType.PPPOE_SESSION -> packet.ppp().pppoe(at);
            case EtherType.FABRICPATH -> packet.ethernet(at + FABRICPATH_TAG);
            case EtherType.BACKBONE -> packet.ethernet(at + BACKBONE_TAG);
            case EtherType.MACSEC -> macsec(at);
            case EtherType.SERVICE_HEADER -> serviceHeader(at);
            default -> Decoded.NOT_TCP;
        };
    }

    /**
     * IEEE 802.1AE, section 9: in clear only where neither bit says that the text was changed. A length below 48 octets is
     * told; else all is the frame's but the check value at the end.
     */
    private Decoded macsec(int at) {
        if (!packet.has(at, MACSEC_TAG)) {
            return packet.missing(Reason.LINK_HEADER, at, MACSEC_TAG);
        }
        int control = Octets.u8(buffer(), at);
        if ((control & MACSEC_CHANGED) != 0) {
            return packet.opaque("macsec");
        }
        int type = at + MACSEC_TAG + ((control & MACSEC_CHANNEL_PRESENT) != 0 ? MACSEC_CHANNEL : 0);
        if (!packet.has(type, 2)) {
            return packet.missing(Reason.LINK_HEADER, at, type + 2 - at);
        }
        int length = buffer()[at + 1] & 0x3f;
        packet.pad(length > 0 ? type + length : packet.wireEnd() - MACSEC_CHECK);
        return packet.etherType(Octets.u16(buffer(), type), type + 2);
    }

    /** RFC 8300, section 2. */
    Decoded serviceHeader(int at) {
        if (!packet.has(at, SERVICE_HEADER)) {
            return packet.missing(Reason.LINK_HEADER, at, SERVICE_HEADER);
        }
        int inner = at + 4 * (buffer()[at + 1] & 0x3f);
        if (inner < at + SERVICE_HEADER) {
            return Decoded.NOT_TCP;
        }
        return switch (Octets.u8(buffer(), at + 3)) {
            case 1 -> packet.etherType(EtherType.IPV4, inner);
            case 2 -> packet.etherType(EtherType.IPV6, inner);
            case 3 -> packet.ethernet(inner);
            case 5 -> mpls(inner);
            default -> Decoded.NOT_TCP;
        };
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
        return packet.opaque("mpls");
    }

    private Decoded behindLabels(int at) {
        return switch (buffer()[at] >> 4 & 0xf) {
            case 4 -> packet.etherType(EtherType.IPV4, at);
            case 6 -> packet.etherType(EtherType.IPV6, at);
            case 0 -> // a pseudowire's control word (RFC 4448, section 4.6)
                packet.hasOnWire(at, CONTROL_WORD + ETHERNET_HEADER)
                        ? packet.ethernet(at + CONTROL_WORD)
                        : packet.opaque("mpls");
            default -> packet.opaque("mpls");
        };
    }
}
