package tcpflowcheck.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tcpflowcheck.capture.Frame;

/** One segment in every envelope. */
class TunnelDecoderTest {
    private static final byte[] ETHERNET = new SegmentBuilder()
            .ipv4("10.0.0.1", "10.0.0.2")
            .ports(40000, 80)
            .seq(7)
            .flags("A")
            .ack(1)
            .build();
    private static final byte[] ETHERNET_6 = new SegmentBuilder()
            .ipv6("fd00::1", "fd00::2")
            .ports(40000, 80)
            .seq(7)
            .flags("A")
            .ack(1)
            .build();
    private static final byte[] IP = Arrays.copyOfRange(ETHERNET, 14, ETHERNET.length);
    private static final byte[] IP_6 = Arrays.copyOfRange(ETHERNET_6, 14, ETHERNET_6.length);

    private final PacketDecoder decoder = new PacketDecoder();
    private final Frame frame = new Frame();

    private static byte[] join(byte[]... parts) {
        ByteBuffer joined = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        for (byte[] part : parts) {
            joined.put(part);
        }
        return joined.array();
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    private static byte[] ipv4(int protocol, byte[] payload) {
        ByteBuffer header = ByteBuffer.allocate(20).put((byte) 0x45).put((byte) 0);
        header.putShort((short) (20 + payload.length)).putInt(0).put((byte) 64).put((byte) protocol);
        header.putShort((short) 0).putInt(0xc0000201).putInt(0xc0000202);
        return join(header.array(), payload);
    }

    private static byte[] udp(int port, byte[] payload) {
        ByteBuffer header = ByteBuffer.allocate(8).putShort((short) 5000).putShort((short) port);
        header.putShort((short) (8 + payload.length));
        return ipv4(17, join(header.array(), payload));
    }

    private static byte[] ethernet(int type, byte[] payload) {
        return join(hex("020000000002 020000000001"), new byte[] {(byte) (type >> 8), (byte) type}, payload);
    }

    private Decoded decode(int linkType, byte[] octets) {
        frame.wrap(Frame.words(octets), 0, octets.length, octets.length, linkType, 1, 0);
        return decoder.decode(frame);
    }

    private static byte[] inner(String name) {
        return switch (name) {
            case "ip" -> IP;
            case "ip6" -> IP_6;
            default -> ETHERNET;
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4  |                                        | ip  | ipip 0",
                "41 |                                        | ip6 | 6in4 0",
                "47 | 00000800                               | ip  | gre 0",
                "47 | 200086dd 00000007                      | ip6 | gre 7",
                "47 | b0000800 00000000 00000007 00000001    | ip  | gre 7",
                "47 | 00006558                               | eth | gre 0",
                "47 | 100088be 00000001 10000003 00000000    | eth | erspan 3",
                "47 | 000088be                               | eth | erspan 0",
                "47 | 100022eb 00000001 10000003 00000000 00000000 | eth | erspan 3",
                "47 | 3081880b 00240005 00000001 00000000 ff03 0021 | ip | gre 5",
                "137 | 00064140                              | ip  | ''",
            })
    void insideIp(int protocol, String header, String inner, String tunnel) {
        byte[] octets = ipv4(protocol, join(hex(header == null ? "" : header), inner(inner)));
        assertThat(decode(1, ethernet(0x0800, octets))).isEqualTo(Decoded.TCP);
        holds(tunnel);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4789 | 08000000 00002a00 | eth | vxlan 42",
                "8472 | 08000000 00002a00 | eth | vxlan 42",
                "6081 | 00006558 00002a00 | eth | geneve 42",
                "6081 | 01000800 00002a00 00000000 | ip | geneve 42",
                "2152 | 30ff0028 00000009 | ip | gtp-u 9",
                "2152 | 34ff0028 00000009 00000085 01100900 | ip | gtp-u 9",
                "3544 |  | ip6 | teredo 0",
                "3544 | 0000ffff 12345678 | ip6 | teredo 0",
                "1701 | 4002 0030 0001 0003 ff03 0021 | ip | l2tp 3",
                "1701 | 0002 0001 0003 0057 | ip6 | l2tp 3",
            })
    void overUdp(int port, String header, String inner, String tunnel) {
        byte[] octets = udp(port, join(hex(header == null ? "" : header), inner(inner)));
        assertThat(decode(1, ethernet(0x0800, octets))).isEqualTo(Decoded.TCP);
        holds(tunnel);
    }

    private void holds(String tunnel) {
        TcpSegment segment = decoder.segment();
        assertThat(segment.sourcePort()).isEqualTo(40000);
        assertThat(segment.seq()).isEqualTo(7);
        assertThat(Checksum.tcp(segment)).isEqualTo(Checksum.Verdict.GOOD);
        List<String> tunnels = IntStream.range(0, segment.encapsulation().tunnelCount())
                .mapToObj(i -> segment.encapsulation().tunnel(i) + " "
                        + segment.encapsulation().tunnelId(i))
                .toList();
        assertThat(String.join(", ", tunnels)).isEqualTo(tunnel);
    }

    @Test
    void otherUdpIsNoTcp() {
        assertThat(decode(1, ethernet(0x0800, udp(53, IP)))).isEqualTo(Decoded.NOT_TCP);
        assertThat(decode(1, ethernet(0x0800, udp(4789, new byte[60])))).isEqualTo(Decoded.NOT_TCP);
    }

    @Test
    void tunnelsCanBeLeftClosed() {
        decoder.withoutTunnels();
        assertThat(decode(1, ethernet(0x0800, ipv4(4, IP)))).isEqualTo(Decoded.NOT_TCP);
    }

    @Test
    void nestingIsBounded() {
        byte[] packet = IP;
        for (int depth = 1; depth <= 6; depth++) {
            packet = ipv4(4, packet);
            Decoded expected = depth <= Encapsulation.MAX_TUNNELS ? Decoded.TCP : Decoded.NOT_TCP;
            assertThat(decode(1, ethernet(0x0800, packet))).as("%d", depth).isEqualTo(expected);
        }
    }

    @Test
    void nothingCutOrFlippedIsTooMuch() {
        Random random = new Random(9293);
        List<byte[]> packets = List.of(
                ethernet(0x0800, udp(4789, join(hex("0800000000002a00"), ETHERNET))),
                ethernet(0x0800, udp(2152, join(hex("34ff00280000000900000085 01100900"), IP))),
                ethernet(0x0800, udp(1701, join(hex("400200300001 0003ff030021"), IP))),
                ethernet(0x0800, ipv4(47, join(hex("100022eb00000001100000030000000000000001"), ETHERNET))));
        for (int round = 0; round < 200_000; round++) {
            byte[] packet = packets.get(round % packets.size()).clone();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                packet[random.nextInt(packet.length)] = (byte) random.nextInt();
            }
            int captured = random.nextInt(3) == 0 ? random.nextInt(packet.length + 1) : packet.length;
            int[] links = {1, 9, 50, 51, 104, 105, 119, 127, 163, 166, 192, 219, 239, 258};
            int link = random.nextInt(3) == 0 ? links[random.nextInt(links.length)] : 1;
            byte[] exact = Arrays.copyOf(packet, captured);
            frame.wrap(Frame.words(exact), 0, captured, packet.length, link, 1, 0);
            assertThat(decoder.decode(frame)).isNotNull();
        }
    }
}
