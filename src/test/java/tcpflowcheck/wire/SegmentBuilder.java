package tcpflowcheck.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tcpflowcheck.capture.Frame;

/**
 * Builds frames that hold one TCP segment, with right lengths and checksums unless a setter says otherwise. Setters
 * change this builder, {@link #build} does not: it may be called again. {@link #copy} keeps a template.
 */
public final class SegmentBuilder {
    private byte[] source = {10, 0, 0, 1};
    private byte[] destination = {10, 0, 0, 2};
    private int sourcePort = 1000;
    private int destinationPort = 80;
    private int seq;
    private int ack;
    private int flags;
    private int window = 65535;
    private int urgentPointer;
    private byte[] options = {};
    private byte[] payload = {};
    private boolean payloadBySeq;
    private int dataOffset = -1;
    private int tcpChecksum = -1;
    private boolean unfinished;
    private IpHeader ip = new IpHeader();
    private LinkHeader link = new LinkHeader();

    public SegmentBuilder copy() {
        SegmentBuilder copy = new SegmentBuilder();
        copy.source = source;
        copy.destination = destination;
        copy.sourcePort = sourcePort;
        copy.destinationPort = destinationPort;
        copy.seq = seq;
        copy.ack = ack;
        copy.flags = flags;
        copy.window = window;
        copy.urgentPointer = urgentPointer;
        copy.options = options;
        copy.payload = payload;
        copy.payloadBySeq = payloadBySeq;
        copy.dataOffset = dataOffset;
        copy.tcpChecksum = tcpChecksum;
        copy.unfinished = unfinished;
        copy.ip = ip.copy();
        copy.link = link.copy();
        return copy;
    }

    public SegmentBuilder ipv4(String source, String destination) {
        return addresses(source, destination, 4);
    }

    public SegmentBuilder ipv6(String source, String destination) {
        return addresses(source, destination, 16);
    }

    private SegmentBuilder addresses(String from, String to, int length) {
        source = address(from, length);
        destination = address(to, length);
        return this;
    }

    /** The octets of a written address. {@code InetAddress} turns a mapped address to four octets; they get their prefix back. */
    private static byte[] address(String text, int length) {
        if (!text.matches("[0-9a-fA-F:.]+")) {
            throw new IllegalArgumentException("not an address: " + text);
        }
        byte[] octets;
        try {
            octets = InetAddress.getByName(text).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an address: " + text, e);
        }
        if (octets.length == 4 && length == 16 && text.indexOf(':') >= 0) {
            return concat(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1}, octets);
        }
        if (octets.length != length) {
            throw new IllegalArgumentException(text + " has not " + length + " octets");
        }
        return octets;
    }

    /** The other direction: addresses and ports change places. */
    public SegmentBuilder reverse() {
        byte[] from = source;
        source = destination;
        destination = from;
        int port = sourcePort;
        sourcePort = destinationPort;
        destinationPort = port;
        return this;
    }

    public SegmentBuilder ports(int source, int destination) {
        sourcePort = source;
        destinationPort = destination;
        return this;
    }

    public SegmentBuilder seq(long seq) {
        this.seq = (int) seq;
        return this;
    }

    public SegmentBuilder ack(long ack) {
        this.ack = (int) ack;
        return this;
    }

    /** Flags by letter, as tcpdump prints them: F S R P . U E W e; A is another name of the dot. */
    public SegmentBuilder flags(String letters) {
        int bits = 0;
        for (int i = 0; i < letters.length(); i++) {
            char letter = letters.charAt(i);
            int bit = TcpSegment.FLAG_LETTERS.indexOf(letter == 'A' ? '.' : letter);
            if (bit < 0) {
                throw new IllegalArgumentException("no TCP flag: " + letter);
            }
            bits |= 1 << bit;
        }
        return flags(bits);
    }

    /** The nine flag bits, FIN lowest. */
    public SegmentBuilder flags(int bits) {
        flags = bits;
        return this;
    }

    public SegmentBuilder window(int window) {
        this.window = window;
        return this;
    }

    public SegmentBuilder urgentPointer(int urgentPointer) {
        this.urgentPointer = urgentPointer;
        return this;
    }

    /** Replaces the options. What is short of four octets at the end is filled with EOL. */
    public SegmentBuilder options(byte... octets) {
        options = octets.clone();
        return this;
    }

    /** Appends one option of a kind with this value; the length octet is right. */
    public SegmentBuilder option(int kind, byte... value) {
        options = concat(options, new byte[] {(byte) kind, (byte) (value.length + 2)}, value);
        return this;
    }

    public SegmentBuilder nop() {
        options = concat(options, new byte[] {TcpOptions.NOP});
        return this;
    }

    public SegmentBuilder mss(int mss) {
        return option(TcpOptions.MSS, (byte) (mss >> 8), (byte) mss);
    }

    public SegmentBuilder windowScale(int shift) {
        return option(TcpOptions.WINDOW_SCALE, (byte) shift);
    }

    public SegmentBuilder sackPermitted() {
        return option(TcpOptions.SACK_PERMITTED);
    }

    public SegmentBuilder timestamps(long value, long echoReply) {
        return option(TcpOptions.TIMESTAMPS, LinkHeader.ints(value, echoReply));
    }

    /** SACK blocks: left, right, left, right. */
    public SegmentBuilder sack(long... edges) {
        return option(TcpOptions.SACK, LinkHeader.ints(edges));
    }

    public SegmentBuilder fastOpen(byte... cookie) {
        return option(TcpOptions.FAST_OPEN, cookie);
    }

    /** That many octets of a stream in which each octet is given by its sequence number: sent again, it is the same. */
    public SegmentBuilder payload(int length) {
        payload = new byte[length];
        payloadBySeq = true;
        return this;
    }

    public SegmentBuilder payload(byte[] octets) {
        payload = octets.clone();
        payloadBySeq = false;
        return this;
    }

    public SegmentBuilder payload(String ascii) {
        return payload(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    /** IPv4 identification. */
    public SegmentBuilder id(int identification) {
        ip.identification = identification;
        return this;
    }

    /** Time to live or hop limit. */
    public SegmentBuilder ttl(int timeToLive) {
        ip.timeToLive = timeToLive;
        return this;
    }

    /** IPv4 options, a multiple of four octets. */
    public SegmentBuilder ipOptions(byte... octets) {
        ip.options = octets.clone();
        return this;
    }

    /** Appends an IPv6 extension header: its body without the next-header octet, padded with zeros to its unit. */
    public SegmentBuilder extension(int nextHeader, byte... body) {
        ip.extension(nextHeader, body);
        return this;
    }

    /** A fragment: its offset in octets, a multiple of 8, and whether more follow. In IPv6 it adds the header. */
    public SegmentBuilder fragment(int offset, boolean more) {
        ip.fragment(offset, more);
        return this;
    }

    /** Another IP protocol, for packets that are not TCP. */
    public SegmentBuilder protocol(int protocol) {
        ip.protocol = protocol;
        return this;
    }

    /** A wrong IPv4 header length, in words of four octets. */
    public SegmentBuilder ipHeaderWords(int words) {
        ip.headerWords = words;
        return this;
    }

    /** A wrong IPv4 total length or IPv6 payload length; 0 is what offload leaves. */
    public SegmentBuilder ipLength(int length) {
        ip.lengthField = length;
        return this;
    }

    /** A wrong data offset, in words of four octets. */
    public SegmentBuilder dataOffset(int words) {
        dataOffset = words;
        return this;
    }

    /** A wrong checksum. */
    public SegmentBuilder checksum(int checksum) {
        tcpChecksum = checksum;
        return this;
    }

    /** The sum of the pseudo-header alone, as a sender leaves it for its network card to complete. */
    public SegmentBuilder unfinishedChecksum() {
        unfinished = true;
        return this;
    }

    /** VLAN tags, outermost first: 802.1Q when there is one, the outer ones 802.1ad when there are more. */
    public SegmentBuilder vlan(int... identifiers) {
        link.vlan(identifiers);
        return this;
    }

    /** A VLAN tag with a type of its own, inside those that are there. */
    public SegmentBuilder tag(int tagProtocol, int tagControl) {
        link.tag(tagProtocol, tagControl);
        return this;
    }

    /** 802.3 length, LLC and SNAP in place of the Ethernet type. */
    public SegmentBuilder snap() {
        link.snap = true;
        return this;
    }

    /** Octets after the packet, as Ethernet pads. */
    public SegmentBuilder padding(int octets) {
        link.padding = octets;
        return this;
    }

    /** The address family of NULL; its octets reversed are what a small-endian machine writes. */
    public SegmentBuilder family(int family) {
        link.family = family;
        return this;
    }

    /** The link type, by its number in the capture; EN10MB if not said. */
    public SegmentBuilder link(int linkType) {
        link.linkType = linkType;
        return this;
    }

    /** Carried in VXLAN, in a datagram with this checksum. */
    public SegmentBuilder vxlan(int checksum) {
        link.vxlan = checksum;
        return this;
    }

    public int linkType() {
        return link.linkType;
    }

    /** The frame from its link header on. */
    public byte[] build() {
        byte[] packet = packet();
        return concat(link.build(source.length == 4, packet.length), packet, new byte[link.padding]);
    }

    /** The IP packet alone. */
    public byte[] packet() {
        byte[] segment = segment();
        return concat(ip.build(source, destination, segment.length), segment);
    }

    /** A given frame, wholly captured. */
    public Frame frame(long number, long time) {
        return frame(number, time, Integer.MAX_VALUE);
    }

    /** A given frame, cut by a snap length. */
    public Frame frame(long number, long time, int snapLength) {
        byte[] octets = build();
        Frame frame = new Frame();
        int captured = Math.min(octets.length, snapLength);
        frame.wrap(Frame.words(octets), 0, captured, octets.length, link.linkType, number, time);
        return frame;
    }

    private byte[] segment() {
        byte[] padded = Arrays.copyOf(options, (options.length + 3) / 4 * 4);
        int words = dataOffset >= 0 ? dataOffset : 5 + padded.length / 4;
        ByteBuffer segment = ByteBuffer.allocate(20 + padded.length + payload.length);
        segment.putShort((short) sourcePort)
                .putShort((short) destinationPort)
                .putInt(seq)
                .putInt(ack);
        segment.putShort((short) (words << 12 | flags)).putShort((short) window);
        segment.putShort((short) 0).putShort((short) urgentPointer).put(padded);
        segment.put(payloadBySeq ? streamOctets() : payload);
        int sum = tcpChecksum >= 0 ? tcpChecksum : checksum(segment.array());
        if (unfinished) {
            sum = ~checksum(pseudoHeader(segment.capacity()), 0);
        }
        return segment.putShort(16, (short) sum).array();
    }

    private byte[] streamOctets() {
        byte[] octets = new byte[payload.length];
        int first = seq + ((flags & TcpSegment.SYN) >> 1);
        for (int i = 0; i < octets.length; i++) {
            int n = first + i;
            octets[i] = (byte) (n ^ n >>> 8 ^ n >>> 16 ^ n >>> 24);
        }
        return octets;
    }

    /** RFC 9293, section 3.1, as written there: one's complement sum of 16-bit words with the pseudo-header. */
    private int checksum(byte[] segment) {
        return checksum(concat(pseudoHeader(segment.length), segment), 0);
    }

    private byte[] pseudoHeader(int length) {
        ByteBuffer pseudo = ByteBuffer.allocate(2 * source.length + 8);
        return pseudo.put(source).put(destination).putInt(length).putInt(6).array();
    }

    static int checksum(byte[] octets, int start) {
        int sum = start;
        for (int i = 0; i < octets.length; i++) {
            sum += (octets[i] & 0xff) << (i % 2 == 0 ? 8 : 0);
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return ~sum & 0xffff;
    }

    static byte[] concat(byte[]... parts) {
        ByteBuffer whole = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        for (byte[] part : parts) {
            whole.put(part);
        }
        return whole.array();
    }
}
