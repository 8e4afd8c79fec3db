package tcpflowcheck.wire;

import tcpflowcheck.capture.Frame;
import tcpflowcheck.capture.Frame.Direction;
import tcpflowcheck.wire.DecodeFault.Reason;

/**
 * Reads a frame down to its TCP segment without copying or allocating. Link headers are walked here, {@link IpDecoder}
 * goes on from there.
 */
public final class PacketDecoder {
    private static final int DLT_NULL = 0;
    private static final int DLT_EN10MB = 1;
    private static final int DLT_RAW_12 = 12;
    private static final int DLT_RAW_14 = 14;
    private static final int DLT_RAW = 101;
    private static final int DLT_LOOP = 108;
    private static final int DLT_LINUX_SLL = 113;
    private static final int DLT_IPV4 = 228;
    private static final int DLT_IPV6 = 229;
    private static final int DLT_LINUX_SLL2 = 276;
    private static final int DLT_PPP = 9;
    private static final int DLT_PPP_SERIAL = 50;
    private static final int DLT_PPP_ETHER = 51;
    private static final int DLT_C_HDLC = 104;
    private static final int DLT_IEEE802_11 = 105;
    private static final int DLT_PRISM = 119;
    private static final int DLT_IEEE802_11_RADIO = 127;
    private static final int DLT_IEEE802_11_AVS = 163;
    private static final int DLT_PPP_WITH_DIR = 166;
    private static final int DLT_PPI = 192;
    private static final int DLT_MPLS = 219;
    private static final int DLT_NFLOG = 239;
    private static final int DLT_IPOIB = 242;
    private static final int DLT_PKTAP = 258;
    private static final int DLT_PKTAP_APPLE = 149;

    private static final int TYPE_IPV4 = 0x0800;
    private static final int TYPE_IPV6 = 0x86dd;
    private static final int TYPE_8021Q = 0x8100;
    private static final int TYPE_8021AD = 0x88a8;
    private static final int TYPE_QINQ_OLD = 0x9100;
    private static final int TYPE_MPLS = 0x8847;
    private static final int TYPE_MPLS_MULTICAST = 0x8848;
    private static final int TYPE_PPPOE_SESSION = 0x8864;
    /** Cisco's FabricPath: addresses of its own, a tag, then the frame. */
    private static final int TYPE_FABRICPATH = 0x8903;

    private static final int FABRICPATH_TAG = 2;
    /** Up to here the field is the length of an IEEE 802.3 frame, and LLC follows. */
    private static final int MAX_8023_LENGTH = 1500;
    /** The pseudo-type that Linux cooked captures have for 802.2 LLC; the others below 1536 carry no IP. */
    private static final int SLL_8022 = 4;

    private static final int ETHERNET_HEADER = 14;
    private static final int VLAN_TAG = 4;
    private static final int SNAP_HEADER = 8;
    private static final int FAMILY_HEADER = 4;
    private static final int SLL_HEADER = 16;
    private static final int SLL2_HEADER = 20;
    /** A global route header, and RFC 4391's of four octets. */
    private static final int IPOIB_HEADER = 44;

    /** Above any frame, and far enough below 2^31 for offsets to be added to it. */
    private static final int MAX_WIRE_LENGTH = 1 << 30;

    private final TcpSegment segment = new TcpSegment();
    private final DecodeFault fault = new DecodeFault();
    private final TunnelDecoder tunnels = new TunnelDecoder(this, segment);
    private final IpDecoder ip = new IpDecoder(this, segment, fault, tunnels);
    private final LinkDecoder links = new LinkDecoder(this);
    private byte[] buffer = new byte[0];
    private int capturedEnd;
    private int wireEnd;

    /** The segment of the last frame that was {@link Decoded#TCP}; also see {@link Reason#segmentKnown}. */
    public TcpSegment segment() {
        return segment;
    }

    /** Why the last frame was {@link Decoded#SNAPPED}, {@link Decoded#MALFORMED} or {@link Decoded#UNKNOWN_LINK}. */
    public DecodeFault fault() {
        return fault;
    }

    /** What became of fragments. */
    public IpReassembler fragments() {
        return ip.fragments();
    }

    /** From now on no packet is looked for in another. */
    public void withoutTunnels() {
        tunnels.off();
    }

    public Decoded decode(Frame frame) {
        int start = frame.offset();
        int captured = frame.capturedLength();
        if (buffer != frame.buffer()) { // storing a reference has a price that comparing has not
            buffer = frame.buffer();
        }
        capturedEnd = start + captured;
        wireEnd = start + Math.max(captured, Math.min(frame.wireLength(), MAX_WIRE_LENGTH));
        fault.begin(start);
        segment.begin(frame);
        return link(frame.linkType(), start);
    }

    /** What a frame of this link type holds. */
    Decoded link(int linkType, int start) {
        switch (linkType) {
            case DLT_EN10MB:
                return ethernet(start);
            case DLT_LINUX_SLL:
                if (has(start, SLL_HEADER)) {
                    cookedDirection(Octets.u16(buffer, start));
                }
                return cooked(start, start + 14, SLL_HEADER);
            case DLT_LINUX_SLL2:
                if (has(start, SLL2_HEADER)) {
                    cookedDirection(Octets.u8(buffer, start + 10));
                }
                return cooked(start, start, SLL2_HEADER);
            case DLT_RAW:
            case DLT_RAW_12:
            case DLT_RAW_14:
                return raw(start);
            case DLT_IPV4:
                return ip.version4(buffer, start, capturedEnd, wireEnd);
            case DLT_IPV6:
                return ip.version6(buffer, start, capturedEnd, wireEnd);
            case DLT_NULL:
            case DLT_LOOP:
                return addressFamily(start);
            default:
                return rareLink(linkType, start);
        }
    }

    private Decoded rareLink(int linkType, int start) {
        switch (linkType) {
            case DLT_PPP_WITH_DIR:
                return links.ppp(start + 1);
            case DLT_PPP_ETHER:
                return links.pppoe(start);
            case DLT_PPP:
            case DLT_PPP_SERIAL:
            case DLT_C_HDLC:
                return links.hdlc(start);
            case DLT_IEEE802_11:
                return links.wlan(start);
            case DLT_IEEE802_11_RADIO:
                return links.radiotap(start);
            case DLT_PRISM:
            case DLT_IEEE802_11_AVS:
                return links.prism(start);
            case DLT_PPI:
                return links.ppi(start);
            case DLT_MPLS:
                return links.mpls(start);
            case DLT_NFLOG:
                return links.nflog(start);
            case DLT_IPOIB:
                return cooked(start, start + 40, IPOIB_HEADER);
            case DLT_PKTAP:
            case DLT_PKTAP_APPLE:
                return links.pktap(start);
            default:
                return fault.unknownLink(linkType);
        }
    }

    // ---- for the decoders of what lies between link and IP

    LinkDecoder links() {
        return links;
    }

    byte[] buffer() {
        return buffer;
    }

    boolean has(int at, int octets) {
        return capturedEnd - at >= octets;
    }

    boolean hasOnWire(int at, int octets) {
        return wireEnd - at >= octets;
    }

    /** What is read from now on lies in a packet of its own, which was put together from fragments. */
    void reassembled(byte[] whole) {
        buffer = whole;
        capturedEnd = whole.length;
        wireEnd = whole.length;
        segment.buffer = whole;
        segment.words = Frame.words(whole);
        segment.wireEnd = whole.length;
        segment.encapsulation.fragments(fragments().framesOfLast());
        fault.begin(0);
    }

    /** What is read from now on lies in a packet that ends there. */
    void narrow(int packetEnd) {
        wireEnd = Math.min(wireEnd, packetEnd);
        capturedEnd = Math.min(capturedEnd, packetEnd);
    }

    Decoded ethernet(int at) {
        if (capturedEnd - at < ETHERNET_HEADER) {
            return missing(Reason.LINK_HEADER, at, ETHERNET_HEADER);
        }
        return etherType(Octets.u16(buffer, at + 12), at + ETHERNET_HEADER);
    }

    /** Linux's packet types: to this host 0, from it 4; broadcasts and other hosts' have no side. */
    private void cookedDirection(int packetType) {
        if (packetType == 0) {
            segment.direction = Direction.INBOUND;
        } else if (packetType == 4) {
            segment.direction = Direction.OUTBOUND;
        }
    }

    private Decoded cooked(int at, int typeAt, int headerLength) {
        if (capturedEnd - at < headerLength) {
            return missing(Reason.LINK_HEADER, at, headerLength);
        }
        int type = Octets.u16(buffer, typeAt);
        return type <= MAX_8023_LENGTH && type != SLL_8022 ? Decoded.NOT_TCP : etherType(type, at + headerLength);
    }

    /** What follows a type field: any number of tags, at most one LLC header at a time, then a packet. */
    Decoded etherType(int etherType, int offset) {
        int type = etherType;
        int at = offset;
        while (true) {
            switch (type) {
                case TYPE_IPV4:
                    return ip.version4(buffer, at, capturedEnd, wireEnd);
                case TYPE_IPV6:
                    return ip.version6(buffer, at, capturedEnd, wireEnd);
                case TYPE_8021Q:
                case TYPE_8021AD:
                case TYPE_QINQ_OLD:
                    if (capturedEnd - at < VLAN_TAG) {
                        return missing(Reason.VLAN_TAG, at, VLAN_TAG);
                    }
                    segment.encapsulation.addVlan(Octets.u16(buffer, at) & 0xfff);
                    type = Octets.u16(buffer, at + 2);
                    at += VLAN_TAG;
                    break;
                case TYPE_MPLS:
                case TYPE_MPLS_MULTICAST:
                    return links.mpls(at);
                case TYPE_FABRICPATH:
                    return ethernet(at + FABRICPATH_TAG);
                case TYPE_PPPOE_SESSION:
                    return links.pppoe(at);
                default:
                    if (type > MAX_8023_LENGTH || wireEnd - at < SNAP_HEADER) {
                        return Decoded.NOT_TCP;
                    }
                    if (capturedEnd - at < SNAP_HEADER) {
                        return missing(Reason.LLC_HEADER, at, SNAP_HEADER);
                    }
                    if (!isSnap(at)) {
                        return Decoded.NOT_TCP;
                    }
                    type = Octets.u16(buffer, at + 6);
                    at += SNAP_HEADER;
                    break;
            }
        }
    }

    /** LLC AA AA 03 and the organization code of Ethernet types (RFC 1042), or the one of bridged Ethernet (0000f8). */
    private boolean isSnap(int at) {
        if (Octets.i32(buffer, at) != 0xaaaa_0300) {
            return false;
        }
        int organization = Octets.u16(buffer, at + 4);
        return organization == 0 || organization == 0xf8;
    }

    Decoded raw(int at) {
        if (capturedEnd <= at) {
            return missing(Reason.IPV4_HEADER, at, IpDecoder.IPV4_HEADER);
        }
        return buffer[at] >> 4 == 6
                ? ip.version6(buffer, at, capturedEnd, wireEnd)
                : ip.version4(buffer, at, capturedEnd, wireEnd);
    }

    /** The family is in the byte order of the machine that captured; no family reaches 65536. */
    private Decoded addressFamily(int at) {
        if (capturedEnd - at < FAMILY_HEADER) {
            return missing(Reason.LINK_HEADER, at, FAMILY_HEADER);
        }
        int written = Octets.i32(buffer, at);
        switch ((written & 0xffff_0000) == 0 ? written : Integer.reverseBytes(written)) {
            case 2:
                return ip.version4(buffer, at + FAMILY_HEADER, capturedEnd, wireEnd);
            case 10: // Linux
            case 23: // Windows
            case 24: // NetBSD, OpenBSD, Npcap
            case 28: // FreeBSD
            case 30: // macOS
                return ip.version6(buffer, at + FAMILY_HEADER, capturedEnd, wireEnd);
            default:
                return Decoded.NOT_TCP;
        }
    }

    Decoded missing(Reason reason, int at, int octets) {
        return fault.missing(reason, at, octets, capturedEnd, wireEnd);
    }
}
