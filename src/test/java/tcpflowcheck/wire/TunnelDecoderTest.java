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
}
