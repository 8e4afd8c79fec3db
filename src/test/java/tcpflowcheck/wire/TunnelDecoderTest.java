package tcpflowcheck.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static tcpflowcheck.wire.Envelopes.ETHERNET;
import static tcpflowcheck.wire.Envelopes.IP;
import static tcpflowcheck.wire.Envelopes.ethernet;
import static tcpflowcheck.wire.Envelopes.hex;
import static tcpflowcheck.wire.Envelopes.ipv4;
import static tcpflowcheck.wire.Envelopes.join;
import static tcpflowcheck.wire.Envelopes.udp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tcpflowcheck.capture.Frame;

/** Tunnels in tunnels, and the datagrams around them. */
class TunnelDecoderTest {
    private static final byte[] VXLAN = hex("0800000000002a00");

    private final PacketDecoder decoder = new PacketDecoder();
    private final Frame frame = new Frame();

    private Decoded decode(byte[] octets) {
        frame.wrap(Frame.words(octets), 0, octets.length, octets.length, LinkHeader.EN10MB, 1, 0);
        return decoder.decode(frame);
    }

    @Test
    void otherUdpIsNoTcp() {
        assertThat(decode(ethernet(0x0800, udp(53, IP)))).isEqualTo(Decoded.NOT_TCP);
        assertThat(decode(ethernet(0x0800, udp(4789, new byte[60])))).isEqualTo(Decoded.NOT_TCP);
        assertThat(decode(ethernet(0x0800, udp(4500, new byte[] {-1})))).isEqualTo(Decoded.NOT_TCP);
        assertThat(decode(ethernet(0x0800, udp(4500, new byte[60])))).isEqualTo(Decoded.NOT_TCP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0010000800000000", // a keep-alive
                "0010050000000000", // another radio than IEEE 802.11
                "1010000000000000", // version 1
                "0008000000000000", // a header that is too short
            })
    void whatCapwapDoesNotCarryIsNoTcp(String header) {
        assertThat(decode(ethernet(0x0800, udp(5247, join(hex(header), ETHERNET)))))
                .isEqualTo(Decoded.NOT_TCP);
    }

    @Test
    void answersComeFromThePortOfSome() {
        byte[] packet = udp(5000, join(hex("0010000000000000"), ETHERNET));
        ByteBuffer.wrap(packet).putShort(20, (short) 5247);
        assertThat(decode(ethernet(0x0800, packet))).isEqualTo(Decoded.TCP);
        packet = udp(5000, join(VXLAN, ETHERNET));
        ByteBuffer.wrap(packet).putShort(20, (short) 4789);
        assertThat(decode(ethernet(0x0800, packet))).isEqualTo(Decoded.NOT_TCP);
    }

    @Test
    void whoAsksAServiceFromATunnelsPortIsNoTunnel() {
        for (int port : new int[] {53, 500, 5000}) {
            byte[] packet = udp(port, hex("12340100 00010000"));
            ByteBuffer.wrap(packet).putShort(20, (short) 4500);
            assertThat(decode(ethernet(0x0800, packet))).isEqualTo(port == 5000 ? Decoded.OPAQUE : Decoded.NOT_TCP);
        }
    }

    @Test
    void nestingIsBounded() {
        byte[] packet = IP;
        for (int depth = 1; depth <= 6; depth++) {
            packet = ipv4(4, packet);
            boolean read = depth <= Encapsulation.MAX_TUNNELS;
            assertThat(decode(ethernet(0x0800, packet))).as("%d", depth).isEqualTo(read ? Decoded.TCP : Decoded.OPAQUE);
            assertThat(read || decoder.opaque().equals("ipip")).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"8903, 0001", "88e7, 00000001", "8847, 0006414000000000"})
    void framesInFramesAreBounded(String type, String header) {
        byte[] one = ethernet(Integer.parseInt(type, 16), hex(header));
        byte[] octets = new byte[262_144];
        for (int at = 0; at + one.length < octets.length; at += one.length) {
            System.arraycopy(one, 0, octets, at, one.length);
        }
        assertThat(decode(octets)).isEqualTo(Decoded.OPAQUE);
        assertThat(decoder.opaque()).isEqualTo("too-deep");
    }

    // ---- the checksum of the datagram around it

    /** RFC 768, over the pseudo-header of its addresses. */
    private static int right(byte[] packet) {
        boolean four = packet[0] == 0x45;
        int udp = four ? 20 : 40;
        int length = packet.length - udp;
        ByteBuffer summed = ByteBuffer.allocate(packet.length + 40);
        summed.put(packet, four ? 12 : 8, four ? 8 : 32).putInt(17).putInt(length);
        summed.put(packet, udp, 6).putShort((short) 0).put(packet, udp + 8, length - 8);
        int sum = ~Checksum.sum(summed.array(), 0, summed.position()) & 0xffff;
        return sum == 0 ? 0xffff : sum;
    }

    private static byte[] ipv6(byte[] ipv4) {
        ByteBuffer header = ByteBuffer.allocate(40).putInt(0x6000_0000);
        header.putShort((short) (ipv4.length - 20)).put((byte) 17).put((byte) 64);
        header.putLong(0x2001_0db8_0000_0000L)
                .putLong(1)
                .putLong(0x2001_0db8_0000_0000L)
                .putLong(2);
        return join(header.array(), Arrays.copyOfRange(ipv4, 20, ipv4.length));
    }

    private Encapsulation around(byte[] packet, int checksum) {
        int udp = packet[0] == 0x45 ? 20 : 40;
        ByteBuffer.wrap(packet).putShort(udp + 6, (short) checksum);
        assertThat(decode(ethernet(udp == 20 ? 0x0800 : 0x86dd, packet))).isEqualTo(Decoded.TCP);
        return decoder.segment().encapsulation();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 6})
    void aWrongChecksumAroundItIsSeen(int version) {
        byte[] packet = udp(4789, join(VXLAN, ETHERNET));
        packet = version == 4 ? packet : ipv6(packet);
        int right = right(packet);
        assertThat(around(packet, right).sumIsWrong()).isFalse();
        assertThat(around(packet, 0).sumIsWrong()).as("none").isFalse();
        assertThat(around(packet, 0xffff).sumIsWrong()).isTrue();
        Encapsulation around = around(packet, right ^ 0x1000);
        assertThat(around.sumIsWrong()).isTrue();
        assertThat(around.sumThere()).isEqualTo(right ^ 0x1000);
        assertThat(around.sumExpected()).isEqualTo(right);
        assertThat(decoder.segment().copy().encapsulation().sumThere()).isEqualTo(right ^ 0x1000);
        assertThat(around(packet, right).sumIsWrong()).as("the next").isFalse();
    }

    @Test
    void aChecksumThatComesOutAsZeroIsAllOnes() {
        byte[] packet = udp(4789, join(VXLAN, ETHERNET));
        ByteBuffer octets = ByteBuffer.wrap(packet);
        int spare = 20 + 8 + 2; // reserved in VXLAN's header
        octets.putShort(spare, (short) right(packet));
        assertThat(right(packet)).isEqualTo(0xffff);
        assertThat(around(packet, 0xffff).sumIsWrong()).isFalse();
    }

    @Test
    void onlyThePseudoHeaderIsACardsToComplete() {
        byte[] packet = udp(6081, join(hex("0000655800002a00"), ETHERNET));
        ByteBuffer pseudoHeader = ByteBuffer.allocate(16).put(packet, 12, 8).putInt(17);
        pseudoHeader.putInt(packet.length - 20);
        Encapsulation around = around(packet, Checksum.sum(pseudoHeader.array(), 0, 16));
        assertThat(around.sumIsWrong()).isFalse();
        assertThat(around.sumIsUnfinished()).isTrue();
    }

    @Test
    void aDatagramThatWasCutIsNotJudged() {
        byte[] packet = ethernet(0x0800, udp(4789, join(VXLAN, ETHERNET, new byte[4])));
        ByteBuffer.wrap(packet).putShort(14 + 26, (short) 0x1234);
        assertThat(decode(packet)).isEqualTo(Decoded.TCP);
        assertThat(decoder.segment().encapsulation().sumIsWrong()).isTrue();
        frame.wrap(Frame.words(packet), 0, packet.length - 1, packet.length, LinkHeader.EN10MB, 1, 0);
        assertThat(decoder.decode(frame)).isEqualTo(Decoded.TCP);
        assertThat(decoder.segment().encapsulation().sumIsWrong()).isFalse();
    }

    @Test
    void theOutermostWrongOneIsTold() {
        byte[] inner = ethernet(0x0800, udp(4789, join(VXLAN, ETHERNET)));
        ByteBuffer.wrap(inner).putShort(14 + 26, (short) 0x1111);
        byte[] packet = udp(6081, join(hex("0000655800002a00"), inner));
        assertThat(around(packet, 0).sumThere()).isEqualTo(0x1111);
        assertThat(around(packet, 0x2222).sumThere()).isEqualTo(0x2222);
    }
}
