package tcpflowcheck.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** One segment in every envelope that is opened, and in those that are not. */
final class Envelopes {
    /** Where it lies, the number there in hexadecimal for types of Ethernet, its header, what is in it, the tunnel. */
    private static final String OPEN = """
            link | 0   | 00000002 | ip |
            link | 1   | 020000000002 020000000001 0800 | ip |
            link | 1   | 020000000002 020000000001 002b 060603 | ip |
            link | 6   | 1040 020000000002 020000000001 aaaa03 000000 0800 | ip |
            link | 6   | 1040 020000000002 820000000001 0630 00110022 aaaa03 000000 0800 | ip |
            link | 7   | 0102 d4 00 0001 | ip |
            link | 7   | 0102 f0 | ip |
            link | 7   | 0102 c4 00 0001 | ip6 |
            link | 7   | 0102 d4 ff ffff d4 00 0001 | ip |
            link | 8   | 01 45 00x14 | ip |
            link | 9   | ff03 0021 | ip |
            link | 9   | 21 | ip |
            link | 9   | ff03 003d c0000001 0021 | ip |
            link | 10  | 50 020000000002 020000000001 aaaa03 000000 0800 | ip |
            link | 10  | 57 020000000002 020000000001 aaaa03 000000 86dd | ip6 |
            link | 12  | | ip |
            link | 14  | | ip6 |
            link | 50  | 0f00 0800 | ip |
            link | 51  | 1100 0001 002a 0021 | ip |
            link | 99  | 00x6 0800 00x36 | ip |
            link | 100 | aaaa03 000000 0800 | ip |
            link | 101 | | ip |
            link | 104 | 0f00 86dd | ip6 |
            link | 105 | 0801 0000 020000000001 020000000002 020000000003 0000 aaaa03 000000 0800 | ip |
            link | 105 | 8801 0000 020000000001 020000000002 020000000003 0000 0000 aaaa03 000000 86dd | ip6 |
            link | 106 | aaaa03 000000 0800 | ip |
            link | 106 | | ip |
            link | 107 | 1841 03 cc | ip |
            link | 107 | 1840 0001 03 00 8e | ip6 |
            link | 107 | 1841 03 00 80 000000 0800 | ip |
            link | 107 | 1841 0800 | ip |
            link | 107 | 1841 03 cf 0021 | ip |
            link | 108 | 00000018 | ip6 |
            link | 109 | 02000000 00000000 00000000 | ip |
            link | 109 | 00000018 00001234 00000800 | ip6 |
            link | 113 | 0000 0001 0006 020000000001 0000 0800 | ip |
            link | 113 | 0004 0001 0006 020000000001 0000 0004 aaaa03 000000 0800 | ip |
            link | 117 | 3d020000 656d30 00x53 01 000000 | ip |
            link | 117 | 301e0000 656d30 00x41 | ip6 |
            link | 119 | 80211001 00000040 00x56 0801 0000 020000000001 020000000002 020000000003 0000 aaaa03 000000 0800 | ip |
            link | 119 | 00000044 00x140 0801 0000 020000000001 020000000002 020000000003 0000 aaaa03 000000 0800 | ip |
            link | 122 | 0000020000000002 0000020000000001 aaaa03 000000 0800 | ip |
            link | 123 | 02 00 0021 aaaa03 000000 0800 | ip |
            link | 127 | 00000c00 00000000 00000000 0801 0000 020000000001 020000000002 020000000003 0000 aaaa03 000000 0800 | ip |
            link | 129 | 0102 0000 d4 00 0001 | ip |
            link | 129 | 0102 0000 f0 | ip |
            link | 129 | 0102 0000 c4 02 0001 | ip6 |
            link | 138 | 0200000000000002 0200000000000001 0800 | ip |
            link | 163 | 80210001 00000008 0801 0000 020000000001 020000000002 020000000003 0000 aaaa03 000000 0800 | ip |
            link | 166 | 0003 0021 | ip |
            link | 166 | 0100 0057 | ip6 |
            link | 166 | ff03 0021 | ip |
            link | 192 | 00000800 69000000 0801 0000 020000000001 020000000002 020000000003 0000 aaaa03 000000 0800 | ip |
            link | 204 | 00 ff03 0057 | ip6 |
            link | 204 | 01 ff03 0021 | ip |
            link | 205 | 01 0f00 0800 | ip |
            link | 206 | 00 1841 03 cc | ip |
            link | 219 | 00064140 | ip |
            link | 219 | 00064040 00064140 00000000 | eth |
            link | 226 | 0102 0000 00000028 00000001 00000000 00000000 00000000 | ip |
            link | 226 | 011a 0000 0000003c 00000001 00000000 00000000 00000000 | ip6 |
            link | 228 | | ip |
            link | 229 | | ip6 |
            link | 239 | 02000000 0800 0100 00000000 2c00 0900 | ip |
            link | 240 | 00000000 | eth |
            link | 241 | 00000000 55555555555555d5 | eth |
            link | 242 | 00x40 0800 0000 | ip |
            link | 258 | 6c000000 01000000 01000000 00x96 | eth |
            link | 149 | 6c000000 01000000 0c000000 00x96 | ip |
            link | 259 | 5555555555d50001 | eth |
            link | 276 | 0800 0000 00000003 0001 00 06 020000000001 0000 | ip |
            type | 8847 | 00064140 | ip |
            type | 8848 | 00064140 | ip |
            type | 8864 | 11000001002a 0021 | ip |
            type | 8100 | 0007 8847 00064140 | ip |
            type | 88e5 | 0000 00000001 0800 | ip+check |
            type | 88e5 | 002a 00000001 0800 | ip+check |
            type | 88e5 | 2000 00000001 0200000000010001 86dd | ip6+check |
            type | 88e7 | 00000001 | eth |
            type | 8903 | 0001 | eth |
            type | 8909 | 0101 0001 0007 0800 | ip |
            type | 8926 | 00010002 0800 | ip |
            type | 893f | 000100020003 0800 | ip |
            type | 894f | 0fc6 0101 00000001 00000000000000000000000000000000 | ip |
            type | 894f | 0fc2 0203 00000001 | eth |
            ip   | 4   | | ip | ipip 0
            ip   | 41  | | ip6 | 6in4 0
            ip   | 47  | 00000800 | ip | gre 0
            ip   | 47  | 200086dd 00000007 | ip6 | gre 7
            ip   | 47  | b0000800 00000000 00000007 00000001 | ip | gre 7
            ip   | 47  | 40000800 00000000 0800 00 04 c0000209 0000 00 00 | ip | gre 0
            ip   | 47  | 00006558 | eth | gre 0
            ip   | 47  | 00006559 1841 03 cc | ip | gre 0
            ip   | 47  | 20016400 002a0007 | eth | gre 7
            ip   | 47  | 0000883e | ip | gre 0
            ip   | 47  | 0000883e 00000001 | ip | gre 0
            ip   | 47  | 00008200 0801 0000 020000000001 020000000002 020000000003 0000 aaaa03 000000 0800 | ip | gre 0
            ip   | 47  | 00008370 0802 0000 020000000001 020000000002 020000000003 0000 aaaa03 000000 86dd | ip6 | gre 0
            ip   | 47  | 100088be 00000001 10000003 00000000 | eth | erspan 3
            ip   | 47  | 000088be | eth | erspan 0
            ip   | 47  | 100022eb 00000001 20000003 00000000 00000000 | eth | erspan 3
            ip   | 47  | 3081880b 00240005 00000001 00000000 ff03 0021 | ip | gre 5
            ip   | 51  | 04040000 00000100 00000001 000102030405060708090a0b | ip | ipip 0
            ip   | 51  | 33040000 00000100 00000001 000102030405060708090a0b 04010000 00000101 00000002 | ip | ipip 0
            ip   | 97  | 3000 | eth | etherip 0
            ip   | 137 | 00064140 | ip | mpls-in-ip 0
            udp  | 1701 | 4002 0030 0001 0003 ff03 0021 | ip | l2tp 3
            udp  | 1701 | 0002 0001 0003 0057 | ip6 | l2tp 3
            udp  | 2152 | 30ff0028 00000009 | ip | gtp-u 9
            udp  | 2152 | 34ff0030 00000009 00000085 01100900 | ip | gtp-u 9
            udp  | 3544 | | ip6 | teredo 0
            udp  | 3544 | 0000ffff 12345678 | ip6 | teredo 0
            udp  | 4341 | 80000001 00000001 | ip6 | lisp 0
            udp  | 4754 | 20000800 00000007 | ip | gre-in-udp 7
            udp  | 4789 | 08000000 00002a00 | eth | vxlan 42
            udp  | 8472 | 08000000 00002a00 | eth | vxlan 42
            udp  | 4790 | 0c000001 00002a00 | ip | vxlan-gpe 42
            udp  | 4790 | 0c000004 00002a00 0fc2 0202 00000001 | ip6 | vxlan-gpe 42
            udp  | 5072 | 44521129 5365f100 00000000000000000000000000000001 0000000000000000000000000000000000000000 | ip6 | ayiya 0
            udp  | 5247 | 00100000 00000000 | eth | capwap 0
            udp  | 5247 | 00200310 00000000 06020000 00000100 0801 0000 020000000001 020000000002 020000000003 0000 aaaa03 000000 0800 | ip | capwap 0
            udp  | 5247 | 00100300 00000000 0108 0000 020000000001 020000000002 020000000003 0000 aaaa03 000000 0800 | ip | capwap 0
            udp  | 6081 | 00006558 00002a00 | eth | geneve 42
            udp  | 6081 | 01000800 00002a00 00000000 | ip | geneve 42
            udp  | 6635 | 00064140 | ip | mpls-in-ip 0
            udp  | 37008 | 01000001 0a010000 01 | eth | tzsp 0
            """;

    /** The same of what is not opened, and how it is named. */
    private static final String CLOSED = """
            link | 7   | 0102 d4 02 0001 | ip | arcnet-fragment
            link | 9   | ff03 002d | ip | ppp-vj
            link | 9   | ff03 002f | ip | ppp-vj
            link | 9   | ff03 003d 80000001 0021 | ip | ppp-multilink
            link | 9   | ff03 0053 | ip | ppp-encrypted
            link | 9   | ff03 00fd | ip | ppp-compressed
            link | 105 | 0841 0000 020000000001 020000000002 020000000003 0000 0011223344556677 | ip | wlan-protected
            link | 219 | 00064140 90 | ip | mpls
            type | 88e5 | 2c00 00000001 0200000000010001 | ip+check | macsec
            type | 88e5 | 0400 00000001 0800 | ip+check | macsec
            ip   | 47  | 00020800 | ip | gre
            ip   | 50  | 00000100 00000001 | ip | esp
            ip   | 51  | 32040000 00000100 00000001 000102030405060708090a0b 00000100 00000001 | ip | esp
            ip   | 108 | 06000002 | ip | ipcomp
            ip   | 115 | 00000001 | eth | l2tpv3
            udp  | 4500 | 00000100 00000001 | ip | esp
            udp  | 4755 | 17fefd 0000 | ip | gre-in-udp-dtls
            udp  | 5247 | 01000000 17fefd 0000 | ip | capwap-dtls
            udp  | 5247 | 00100080 00010000 | eth | capwap-fragment
            """;

    static final byte[] ETHERNET = segment().ipv4("10.0.0.1", "10.0.0.2").build();
    private static final byte[] ETHERNET_6 =
            segment().ipv6("fd00::1", "fd00::2").build();
    static final byte[] IP = Arrays.copyOfRange(ETHERNET, 14, ETHERNET.length);
    static final byte[] IP_6 = Arrays.copyOfRange(ETHERNET_6, 14, ETHERNET_6.length);

    private Envelopes() {}

    private static SegmentBuilder segment() {
        return new SegmentBuilder().ports(40000, 80).seq(7).flags("A").ack(1);
    }

    static List<Envelope> open() {
        return OPEN.lines().map(Envelopes::of).toList();
    }

    static List<Envelope> closed() {
        return CLOSED.lines().map(Envelopes::of).toList();
    }

    private static Envelope of(String row) {
        String[] fields = row.split("\\|", -1);
        String number = fields[1].strip();
        byte[] octets = join(hex(fields[2]), inner(fields[3].strip()));
        String tunnel = fields.length > 4 ? fields[4].strip() : "";
        return switch (fields[0].strip()) {
            case "link" -> new Envelope(row, Integer.parseInt(number), octets, tunnel);
            case "type" -> new Envelope(row, LinkHeader.EN10MB, ethernet(Integer.parseInt(number, 16), octets), tunnel);
            case "ip" -> inEthernet(row, ipv4(Integer.parseInt(number), octets), tunnel);
            default -> inEthernet(row, udp(Integer.parseInt(number), octets), tunnel);
        };
    }

    private static Envelope inEthernet(String row, byte[] packet, String tunnel) {
        return new Envelope(row, LinkHeader.EN10MB, ethernet(0x0800, packet), tunnel);
    }

    private static byte[] inner(String name) {
        return switch (name) {
            case "ip" -> IP;
            case "ip6" -> IP_6;
            case "ip+check" -> join(IP, new byte[16]);
            case "ip6+check" -> join(IP_6, new byte[16]);
            default -> ETHERNET;
        };
    }

    static byte[] join(byte[]... parts) {
        ByteBuffer joined = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        for (byte[] part : parts) {
            joined.put(part);
        }
        return joined.array();
    }

    /** Octets in hexadecimal, {@code 00x3} for one three times. */
    static byte[] hex(String digits) {
        StringBuilder all = new StringBuilder();
        for (String part : digits.strip().split(" +")) {
            int times = part.indexOf('x');
            all.append(times < 0 ? part : part.substring(0, times).repeat(Integer.parseInt(part.substring(times + 1))));
        }
        return HexFormat.of().parseHex(all);
    }

    static byte[] ipv4(int protocol, byte[] payload) {
        ByteBuffer header = ByteBuffer.allocate(20).put((byte) 0x45).put((byte) 0);
        header.putShort((short) (20 + payload.length)).putInt(0).put((byte) 64).put((byte) protocol);
        header.putShort((short) 0).putInt(0xc0000201).putInt(0xc0000202);
        return join(header.array(), payload);
    }

    static byte[] udp(int port, byte[] payload) {
        ByteBuffer header = ByteBuffer.allocate(8).putShort((short) 5000).putShort((short) port);
        header.putShort((short) (8 + payload.length));
        return ipv4(17, join(header.array(), payload));
    }

    static byte[] ethernet(int type, byte[] payload) {
        return join(hex("020000000002 020000000001"), new byte[] {(byte) (type >> 8), (byte) type}, payload);
    }
}
