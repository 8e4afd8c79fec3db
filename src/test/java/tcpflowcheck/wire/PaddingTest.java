package tcpflowcheck.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static tcpflowcheck.wire.Envelopes.ethernet;
import static tcpflowcheck.wire.Envelopes.hex;
import static tcpflowcheck.wire.Envelopes.ipv4;
import static tcpflowcheck.wire.Envelopes.join;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tcpflowcheck.capture.Frame;

/** Where a link says how long its payload is, what is beyond is padding, also where the packet claims it. */
class PaddingTest {
    private static final int HEADERS = 40;
    private static final int TEXT = 10;
    private static final byte[] PACKET =
            new SegmentBuilder().flags("A").payload(TEXT).packet();

    private final PacketDecoder decoder = new PacketDecoder();
    private final TcpSegment segment = decoder.segment();
    private final Frame frame = new Frame();

    private Decoded decode(byte[] octets) {
        frame.wrap(Frame.words(octets), 0, octets.length, octets.length, LinkHeader.EN10MB, 1, 0);
        return decoder.decode(frame);
    }

    private static byte[] pppoe(int length, byte[] packet) {
        return ethernet(0x8864, join(hex("11000001"), new byte[] {0, (byte) length}, hex("0021"), packet));
    }

    private static byte[] length(int length, byte[] packet) {
        return ethernet(length, join(hex("aaaa03 000000 0800"), packet));
    }

    private static byte[] macsec(int length, byte[] packet) {
        return ethernet(0x88e5, join(new byte[] {0, (byte) length}, hex("00000001 0800"), packet, new byte[20]));
    }

    private static byte[] link(String link, int octetsOfPacket) {
        return switch (link) {
            case "pppoe" -> pppoe(2 + octetsOfPacket, PACKET);
            case "802.3" -> length(8 + octetsOfPacket, PACKET);
            default -> macsec(2 + octetsOfPacket, Arrays.copyOf(PACKET, PACKET.length + 30));
        };
    }

    @ParameterizedTest
    @CsvSource({"pppoe", "802.3"})
    void thePayloadEndsWithItsLink(String link) {
        for (int there = 0; there <= TEXT; there++) {
            assertThat(decode(link(link, HEADERS + there))).isEqualTo(Decoded.TCP);
            assertThat(segment.length()).isEqualTo(there);
            assertThat(segment.capturedLength()).isEqualTo(there);
            assertThat(segment.missingLength()).isEqualTo(TEXT - there);
            assertThat(segment.segLen()).isEqualTo(there);
            assertThat(Checksum.tcp(segment))
                    .isEqualTo(there == TEXT ? Checksum.Verdict.GOOD : Checksum.Verdict.UNKNOWN);
            assertThat(segment.copy().missingLength()).isEqualTo(TEXT - there);
        }
        for (int there = 1; there < HEADERS; there++) {
            assertThat(decode(link(link, there))).as("%d", there).isEqualTo(Decoded.MALFORMED);
        }
    }

    @Test
    void macsecTellsALengthBelow48() {
        byte[] packet = new SegmentBuilder().flags("A").packet();
        assertThat(decode(macsec(2 + HEADERS, packet))).isEqualTo(Decoded.TCP);
        assertThat(segment.missingLength()).isZero();
        assertThat(decode(macsec(2 + HEADERS - 1, packet))).isEqualTo(Decoded.MALFORMED);
        assertThat(decode(macsec(0, PACKET))).isEqualTo(Decoded.TCP);
        assertThat(segment.length()).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @CsvSource({"pppoe", "802.3", "macsec"})
    void whatIsBeyondThePacketIsPadding(String link) {
        int beyond = link.equals("macsec") ? -2 - PACKET.length : 0; // no length: all is the frame's
        assertThat(decode(join(link(link, PACKET.length + beyond), new byte[20])))
                .isEqualTo(Decoded.TCP);
        assertThat(segment.length()).isEqualTo(TEXT);
        assertThat(segment.missingLength()).isZero();
        assertThat(Checksum.tcp(segment)).isEqualTo(Checksum.Verdict.GOOD);
    }

    @ParameterizedTest
    @CsvSource({"pppoe", "802.3"})
    void aLengthBeyondTheFrameIsNone(String link) {
        byte[] octets = link(link, PACKET.length + 20);
        assertThat(decode(octets)).isEqualTo(Decoded.TCP);
        assertThat(segment.length()).isEqualTo(TEXT);
        assertThat(segment.missingLength()).isZero();
    }

    @Test
    void aMirrorThatCutTheFrameDoesNotShortenTheSegment() {
        byte[] mirrored = ethernet(0x0800, Arrays.copyOf(PACKET, HEADERS + 4));
        byte[] octets = ethernet(0x0800, ipv4(47, join(hex("100088be 00000001 10000003 00000000"), mirrored)));
        assertThat(decode(join(octets, new byte[6]))).isEqualTo(Decoded.TCP);
        assertThat(segment.length()).isEqualTo(TEXT);
        assertThat(segment.capturedLength()).isEqualTo(4);
        assertThat(segment.missingLength()).isEqualTo(6);
        assertThat(Checksum.tcp(segment)).isEqualTo(Checksum.Verdict.UNKNOWN);
    }
}
