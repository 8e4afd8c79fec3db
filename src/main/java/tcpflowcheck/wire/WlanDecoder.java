package tcpflowcheck.wire;

import tcpflowcheck.capture.LinkType;
import tcpflowcheck.wire.DecodeFault.Reason;

/** Reads IEEE 802.11 frames and what captures put in front of them. */
final class WlanDecoder {
    private static final int ADDRESSES = 24;
    private static final int ADDRESS = 6;
    private static final int SNAP_HEADER = 8;
    private static final int PRISM_HEADER = 144;
    private static final int CAPTURE_HEADER = 8;
    private static final int AGGREGATE_HEADER = 14;
    private static final String PROTECTED = "wlan-protected";

    private final PacketDecoder packet;

    WlanDecoder(PacketDecoder packet) {
        this.packet = packet;
    }

    private byte[] buffer() {
        return packet.buffer();
    }

    Decoded link(LinkType.Header header, int at) {
        if (header == LinkType.Header.WLAN) {
            return frame(at);
        }
        if (!packet.has(at, CAPTURE_HEADER)) {
            return packet.missing(Reason.LINK_HEADER, at, CAPTURE_HEADER);
        }
        return switch (header) {
            case RADIOTAP -> // radiotap.org; flags may say that an FCS follows the frame
                behind(at, Octets.little16(buffer(), at + 2));
            case PPI -> {
                boolean wlan = Octets.little32(buffer(), at + 4) == LinkType.IEEE802_11.number();
                yield wlan ? behind(at, Octets.little16(buffer(), at + 2)) : Decoded.NOT_TCP;
            }
            default -> { // Prism's header of 144 octets, or the AVS header, which tells its length
                boolean avs = Octets.u16(buffer(), at) == 0x8021;
                yield behind(at, avs ? Octets.i32(buffer(), at + 4) : PRISM_HEADER);
            }
        };
    }

    private Decoded behind(int at, int length) {
        if (length < CAPTURE_HEADER || !packet.has(at, length)) {
            return packet.missing(Reason.LINK_HEADER, at, Math.max(length, CAPTURE_HEADER));
        }
        return frame(at + length);
    }

    /** A data frame that is not protected, from its frame control on; IEEE 802.11-2020, section 9.3.2.1. */
    Decoded frame(int at) {
        if (!packet.has(at, 2)) {
            return packet.missing(Reason.LINK_HEADER, at, ADDRESSES);
        }
        return frame(at, Octets.u8(buffer(), at), Octets.u8(buffer(), at + 1));
    }

    /** The same of controllers that have its first two octets in either order. */
    Decoded frameOrSwapped(int at) {
        if (!packet.has(at, 2)) {
            return packet.missing(Reason.LINK_HEADER, at, ADDRESSES);
        }
        int first = Octets.u8(buffer(), at);
        int second = Octets.u8(buffer(), at + 1);
        return isData(second) && !isData(first) ? frame(at, second, first) : frame(at, first, second);
    }

    /** Version 0, type 2. */
    private static boolean isData(int control) {
        return (control & 0xf) == 8;
    }

    private Decoded frame(int at, int typeAndSubtype, int flags) {
        int subtype = typeAndSubtype >> 4;
        boolean text = (typeAndSubtype >> 2 & 3) == 2 && (subtype & 4) == 0;
        if (!text) {
            return Decoded.NOT_TCP;
        }
        if ((flags & 0x40) != 0) {
            return packet.opaque(PROTECTED);
        }
        boolean quality = (subtype & 8) != 0;
        int length = ADDRESSES + ((flags & 3) == 3 ? ADDRESS : 0);
        int control = at + length;
        length += quality ? 2 + ((flags & 0x80) != 0 ? 4 : 0) : 0;
        if (!packet.has(at, length + SNAP_HEADER)) {
            return packet.hasOnWire(at, length + SNAP_HEADER)
                    ? packet.missing(Reason.LINK_HEADER, at, length + SNAP_HEADER)
                    : Decoded.NOT_TCP;
        }
        boolean aggregate = quality && (buffer()[control] & 0x80) != 0;
        // The first of an A-MSDU has destination, source and length before it.
        return packet.llc(at + length + (aggregate ? AGGREGATE_HEADER : 0));
    }
}
