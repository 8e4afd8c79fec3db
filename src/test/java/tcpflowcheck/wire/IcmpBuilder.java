package tcpflowcheck.wire;

import java.util.Arrays;
import tcpflowcheck.capture.Frame;

/** Builds frames that hold an ICMP error, which quotes a packet; its version is that of the address it comes from. */
public final class IcmpBuilder {
    private final byte[] quoted;
    private final byte[] from;
    private final byte[] to;
    private final int type;
    private final int code;
    private long rest;
    private int quoteOctets = Integer.MAX_VALUE;
    private int identification = 1;
    private final LinkHeader link = new LinkHeader();

    private IcmpBuilder(byte[] from, byte[] to, int type, int code, byte[] quoted) {
        this.from = from;
        this.to = to;
        this.type = type;
        this.code = code;
        this.quoted = quoted;
    }

    /** An error about {@code packet}, an IP header and what follows. */
    public static IcmpBuilder error(String from, String to, int type, int code, byte[] packet) {
        return new IcmpBuilder(octets(from), octets(to), type, code, packet);
    }

    /** An error about {@code packet}, to who sent that. */
    public static IcmpBuilder answer(String from, int type, int code, byte[] packet) {
        boolean six = packet[0] >> 4 == 6;
        byte[] to = Arrays.copyOfRange(packet, six ? 8 : 12, six ? 24 : 16);
        return new IcmpBuilder(octets(from), to, type, code, packet);
    }

    private static byte[] octets(String address) {
        int length = address.indexOf(':') < 0 ? 4 : 16;
        SegmentBuilder builder = new SegmentBuilder();
        byte[] packet = length == 4
                ? builder.ipv4(address, address).packet()
                : builder.ipv6(address, address).packet();
        int at = length == 4 ? 12 : 8;
        return Arrays.copyOfRange(packet, at, at + length);
    }

    /** The second four octets of its header: a size, a pointer, or a router's address. */
    public IcmpBuilder rest(long rest) {
        this.rest = rest;
        return this;
    }

    /** How much of the packet is quoted, in octets; all of it if not said. */
    public IcmpBuilder quote(int octets) {
        quoteOctets = octets;
        return this;
    }

    /** IPv4 identification of its own packet. */
    public IcmpBuilder id(int identification) {
        this.identification = identification;
        return this;
    }

    public IcmpBuilder vlan(int... identifiers) {
        link.vlan(identifiers);
        return this;
    }

    public IcmpBuilder link(int linkType) {
        link.linkType = linkType;
        return this;
    }

    public int linkType() {
        return link.linkType;
    }

    /** The IP packet alone. */
    public byte[] packet() {
        byte[] quote = Arrays.copyOf(quoted, Math.min(quoted.length, quoteOctets));
        byte[] message = SegmentBuilder.concat(LinkHeader.ints((long) type << 24 | code << 16, rest), quote);
        boolean six = from.length == 16;
        int protocol = six ? IcmpDecoder.ICMP_6 : IcmpDecoder.ICMP;
        byte[] pseudo = six ? SegmentBuilder.concat(from, to, LinkHeader.ints(message.length, protocol)) : new byte[0];
        int sum = SegmentBuilder.checksum(SegmentBuilder.concat(pseudo, message), 0);
        message[2] = (byte) (sum >> 8);
        message[3] = (byte) sum;
        IpHeader ip = new IpHeader();
        ip.protocol = protocol;
        ip.identification = identification;
        return SegmentBuilder.concat(ip.build(from, to, message.length), message);
    }

    /** The frame from its link header on. */
    public byte[] build() {
        byte[] packet = packet();
        return SegmentBuilder.concat(link.build(from.length == 4, packet.length), packet);
    }

    public Frame frame(long number, long time) {
        byte[] octets = build();
        Frame frame = new Frame();
        frame.wrap(Frame.words(octets), 0, octets.length, octets.length, link.linkType, number, time);
        return frame;
    }
}
