package tcpflowcheck.wire;

import tcpflowcheck.capture.Frame;
import tcpflowcheck.capture.Frame.Direction;
import tcpflowcheck.capture.LinkType;
import tcpflowcheck.wire.DecodeFault.Reason;

/**
 * Reads a frame down to its TCP segment without copying or allocating. Link headers are walked here, {@link IpDecoder}
 * goes on from there.
 */
public final class PacketDecoder {
    /** The pseudo-type that Linux cooked captures have for 802.2 LLC; the others below 1536 carry no IP. */
    private static final int SLL_8022 = 4;

    private static final int ETHERNET_HEADER = 14;
    private static final int VLAN_TAG = 4;
    private static final int LLC_HEADER = 3;
    /** Unnumbered information, between the service access points of IP, or of SNAP. */
    private static final int LLC_UNNUMBERED = 3;

    private static final int LLC_IP = 0x0606;
    private static final int LLC_SNAP = 0xaaaa;
    private static final int SNAP_HEADER = 8;
    private static final int FAMILY_HEADER = 4;
    private static final int SLL_HEADER = 16;
    private static final int SLL2_HEADER = 20;
    /** A global route header, and RFC 4391's of four octets. */
    private static final int IPOIB_HEADER = 44;

    /** Frames that are looked for one in another, more than any network nests. */
    private static final int MAX_FRAMES = 16;

    private static final String TOO_DEEP = "too-deep";

    /** Above any frame, and far enough below 2^31 for offsets to be added to it. */
    private static final int MAX_WIRE_LENGTH = 1 << 30;

    private final TcpSegment segment = new TcpSegment();
    private final DecodeFault fault = new DecodeFault();
    private final TunnelDecoder tunnels = new TunnelDecoder(this, segment);
    private final IcmpDecoder icmp = new IcmpDecoder(this, segment);
    private final IpDecoder ip = new IpDecoder(this, segment, fault, tunnels, icmp);
    private final LinkDecoder links = new LinkDecoder(this);
    private final PppDecoder ppp = new PppDecoder(this);
    private final WlanDecoder wlan = new WlanDecoder(this);
    private final TagDecoder tags = new TagDecoder(this);
    private byte[] buffer = new byte[0];
    private int capturedEnd;
    private int wireEnd;
    /** Where what is read now ends by the length of the link that carries it, if that has one. */
    private int carriedEnd;

    /** How many were looked into so far, one in another. */
    private int frames;

    private String opaque = "";

    /** The segment of the last frame that was {@link Decoded#TCP}; also see {@link Reason#segmentKnown}. */
    public TcpSegment segment() {
        return segment;
    }

    /** The error of the last frame that was {@link Decoded#ICMP}. */
    public IcmpError icmp() {
        return icmp.error();
    }

    /** Why the last frame was {@link Decoded#SNAPPED}, {@link Decoded#MALFORMED} or {@link Decoded#UNKNOWN_LINK}. */
    public DecodeFault fault() {
        return fault;
    }

    /**
     * What kept the last frame closed that was {@link Decoded#OPAQUE}: {@code esp}, or the name of a {@link Tunnel} that is
     * not looked into.
     */
    public String opaque() {
        return opaque;
    }

    /** What became of fragments. */
    public IpReassembler fragments() {
        return ip.fragments();
    }

    /** From now on no packet is looked for in another. */
    public void withoutTunnels() {
        tunnels.off();
    }

    /** From now on a fragment that could become part of a packet is {@link Decoded#FRAGMENT}, and nothing is put together. */
    public void leaveFragments() {
        ip.leaveFragments();
    }

    public Decoded decode(Frame frame) {
        int start = frame.offset();
        int captured = frame.capturedLength();
        if (buffer != frame.buffer()) { // storing a reference has a price that comparing has not
            buffer = frame.buffer();
        }
        capturedEnd = start + captured;
        wireEnd = start + Math.max(captured, Math.min(frame.wireLength(), MAX_WIRE_LENGTH));
        carriedEnd = Integer.MAX_VALUE;
        frames = 0;
        fault.begin(start);
        segment.begin(frame);
        return link(frame.linkType(), start);
    }

    /** What a frame of this link type holds. */
    Decoded link(int linkType, int start) {
        if (++frames > MAX_FRAMES) {
            return opaque(TOO_DEEP);
        }
        LinkType.Header header = LinkType.header(linkType);
        return switch (header) {
            case ETHERNET -> ethernet(start);
            case SLL -> {
                if (has(start, SLL_HEADER)) {
                    cookedDirection(Octets.u16(buffer, start));
                }
                yield cooked(start, start + 14, SLL_HEADER);
            }
            case SLL2 -> {
                if (has(start, SLL2_HEADER)) {
                    cookedDirection(Octets.u8(buffer, start + 10));
                }
                yield cooked(start, start, SLL2_HEADER);
            }
            case IP -> raw(start);
            case IPV4 -> ip.version4(buffer, start, capturedEnd, wireEnd);
            case IPV6 -> ip.version6(buffer, start, capturedEnd, wireEnd);
            case FAMILY -> family(start, start + FAMILY_HEADER);
            case LLC -> llc(start);
            case IPOIB -> cooked(start, start + 40, IPOIB_HEADER);
            case NONE -> fault.unknownLink(linkType);
            default -> rareLink(header, start);
        };
    }

    private Decoded rareLink(LinkType.Header header, int start) {
        return switch (header) {
            case HDLC, HDLC_WITH_DIR, PPP_PPPD, PPP_WITH_DIR, PPPOE, FRAME_RELAY, FRAME_RELAY_WITH_DIR ->
                ppp.link(header, start);
            case WLAN, RADIOTAP, PRISM, PPI -> wlan.link(header, start);
            case MPLS -> tags.mpls(start);
            default -> links.link(header, start);
        };
    }

    // ---- for the decoders of what lies between link and IP

    PppDecoder ppp() {
        return ppp;
    }

    WlanDecoder wlan() {
        return wlan;
    }

    TagDecoder tags() {
        return tags;
    }

    /** The frame holds something that can't be looked into, or is not. */
    Decoded opaque(String name) {
        opaque = name;
        return Decoded.OPAQUE;
    }

    /** Which way the frame went, as its own link header says. */
    void direction(Direction direction) {
        segment.direction = direction;
    }

    int wireEnd() {
        return wireEnd;
    }

    /** The least of {@code end} and of where what carries the packet ends. */
    int within(int end) {
        return Math.min(end, carriedEnd);
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
        carriedEnd = Integer.MAX_VALUE;
        segment.buffer = whole;
        segment.words = Frame.words(whole);
        segment.wireEnd = whole.length;
        segment.encapsulation.fragments(fragments().framesOfLast());
        fault.begin(0);
    }

    /** What is read from now on lies in a packet that ends there, which may hold less than there was: mirrors cut. */
    void narrow(int end) {
        carriedEnd = Integer.MAX_VALUE;
        wireEnd = Math.min(wireEnd, end);
        capturedEnd = Math.min(capturedEnd, end);
        segment.wireEnd = Math.min(segment.wireEnd, end);
    }

    /** What is read from now on ends there by its link's own length: beyond is padding, whatever the packet says. */
    void pad(int end) {
        narrow(end);
        carriedEnd = wireEnd;
    }

    Decoded ethernet(int at) {
        if (++frames > MAX_FRAMES) {
            return opaque(TOO_DEEP);
        }
        if (capturedEnd - at < ETHERNET_HEADER) {
            return missing(Reason.LINK_HEADER, at, ETHERNET_HEADER);
        }
        int type = Octets.u16(buffer, at + 12);
        return type == EtherType.IPV4
                ? ip.version4(buffer, at + ETHERNET_HEADER, capturedEnd, wireEnd)
                : etherType(type, at + ETHERNET_HEADER);
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
        if (type <= EtherType.MAX_LENGTH) {
            return type == SLL_8022 ? llc(at + headerLength) : Decoded.NOT_TCP;
        }
        return etherType(type, at + headerLength);
    }

    /** What follows a type field: any number of tags, then a packet, or LLC where it is the length of the frame. */
    Decoded etherType(int etherType, int offset) {
        int type = etherType;
        int at = offset;
        while (true) {
            switch (type) {
                case EtherType.IPV4 -> {
                    return ip.version4(buffer, at, capturedEnd, wireEnd);
                }
                case EtherType.IPV6 -> {
                    return ip.version6(buffer, at, capturedEnd, wireEnd);
                }
                case EtherType.C_VLAN, EtherType.S_VLAN, EtherType.S_VLAN_OLD -> {
                    if (capturedEnd - at < VLAN_TAG) {
                        return missing(Reason.VLAN_TAG, at, VLAN_TAG);
                    }
                    segment.encapsulation.addVlan(Octets.u16(buffer, at) & 0xfff);
                    type = Octets.u16(buffer, at + 2);
                    at += VLAN_TAG;
                }
                default -> {
                    int tag = TagDecoder.length(type);
                    if (tag == 0) {
                        return type > EtherType.MAX_LENGTH ? tags.etherType(type, at) : llc(type, at);
                    }
                    if (capturedEnd - at < tag) {
                        return missing(Reason.LINK_HEADER, at, tag);
                    }
                    type = Octets.u16(buffer, at + tag - 2);
                    at += tag;
                }
            }
        }
    }

    private Decoded llc(int length, int at) {
        pad(at + length);
        return llc(at);
    }

    /** IEEE 802.2: IP behind an Ethernet type (RFC 1042), or at once (RFC 948). */
    Decoded llc(int at) {
        if (wireEnd - at < LLC_HEADER) {
            return Decoded.NOT_TCP;
        }
        if (capturedEnd - at < LLC_HEADER) {
            return missing(Reason.LLC_HEADER, at, LLC_HEADER);
        }
        int access = Octets.u16(buffer, at);
        if (buffer[at + 2] != LLC_UNNUMBERED) {
            return Decoded.NOT_TCP;
        }
        return access == LLC_IP ? raw(at + LLC_HEADER) : access == LLC_SNAP ? snap(at) : Decoded.NOT_TCP;
    }

    private Decoded snap(int at) {
        if (wireEnd - at < SNAP_HEADER) {
            return Decoded.NOT_TCP;
        }
        if (capturedEnd - at < SNAP_HEADER) {
            return missing(Reason.LLC_HEADER, at, SNAP_HEADER);
        }
        return snapCode(at + LLC_HEADER);
    }

    /** The organization code of Ethernet types, or the one of bridged Ethernet (0000f8), then a type. */
    Decoded snapCode(int at) {
        if (capturedEnd - at < SNAP_HEADER - LLC_HEADER) {
            return missing(Reason.LLC_HEADER, at, SNAP_HEADER - LLC_HEADER);
        }
        int organization = Octets.u16(buffer, at) << 8 | Octets.u8(buffer, at + 2);
        int type = Octets.u16(buffer, at + 3);
        boolean types = organization == 0 || organization == 0xf8;
        return types && type > EtherType.MAX_LENGTH ? etherType(type, at + 5) : Decoded.NOT_TCP;
    }

    Decoded raw(int at) {
        if (capturedEnd <= at) {
            return missing(Reason.IPV4_HEADER, at, IpDecoder.IPV4_HEADER);
        }
        return buffer[at] >> 4 == 6
                ? ip.version6(buffer, at, capturedEnd, wireEnd)
                : ip.version4(buffer, at, capturedEnd, wireEnd);
    }

    /**
     * Reads the packet at {@code packet} as the address family at {@code at} has it. The family is in the byte order of the
     * machine that captured; none reaches 65536.
     */
    Decoded family(int at, int packet) {
        if (capturedEnd - at < packet - at) {
            return missing(Reason.LINK_HEADER, at, packet - at);
        }
        int written = Octets.i32(buffer, at);
        return ofFamily((written & 0xffff_0000) == 0 ? written : Integer.reverseBytes(written), packet);
    }

    Decoded ofFamily(int family, int packet) {
        return switch (family) {
            case 2 -> ip.version4(buffer, packet, capturedEnd, wireEnd);
            // Linux; Windows; NetBSD, OpenBSD and Npcap; Solaris; FreeBSD; macOS
            case 10, 23, 24, 26, 28, 30 -> ip.version6(buffer, packet, capturedEnd, wireEnd);
            default -> Decoded.NOT_TCP;
        };
    }

    Decoded missing(Reason reason, int at, int octets) {
        return fault.missing(reason, at, octets, capturedEnd, wireEnd);
    }
}
