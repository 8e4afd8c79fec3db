package tcpflowcheck.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.wire.DecodeFault.Reason;

class IpDecoderTest {
    private static final int UDP = 17;

    private final PacketDecoder decoder = new PacketDecoder();
    private final TcpSegment segment = decoder.segment();

    private static SegmentBuilder four() {
        return new SegmentBuilder()
                .link(LinkHeader.RAW)
                .flags("P.")
                .payload(100)
                .ttl(33)
                .id(0xbeef);
    }

    private static SegmentBuilder six() {
        return four().ipv6("2001:db8::1", "2001:db8::2");
    }

    private Decoded decode(SegmentBuilder builder) {
        return decoder.decode(builder.frame(1, 0));
    }

    @Test
    void ipv4FieldsAndOptions() {
        assertThat(decode(four().ipOptions(
                                (byte) 7, (byte) 7, (byte) 4, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0)))
                .isEqualTo(Decoded.TCP);
        assertThat(segment.tcpOffset()).isEqualTo(28);
        assertThat(segment.timeToLive()).isEqualTo(33);
        assertThat(segment.identification()).isEqualTo(0xbeef);
        assertThat(segment.ipLength()).isEqualTo(148);
        assertThat(segment.ipLengthPresumed()).isFalse();
        assertThat(segment.length()).isEqualTo(100);
        assertThat(Checksum.tcp(segment)).isEqualTo(Checksum.Verdict.GOOD);
        assertThat(Checksum.ip(segment)).isEqualTo(Checksum.Verdict.GOOD);
    }

    @Test
    void paddingEndsWithTheTotalLength() {
        SegmentBuilder ack = new SegmentBuilder().flags(".").padding(6);
        assertThat(decode(ack)).isEqualTo(Decoded.TCP);
        assertThat(segment.length()).isZero();
        assertThat(segment.capturedLength()).isZero();
        assertThat(segment.segLen()).isZero();
        assertThat(decode(six().padding(9))).isEqualTo(Decoded.TCP);
        assertThat(segment.length()).isEqualTo(100);
        assertThat(segment.capturedLength()).isEqualTo(100);
    }

    @Test
    void lengthZeroIsTheFramesLengthOnTheWire() {
        for (SegmentBuilder builder : new SegmentBuilder[] {four(), six()}) {
            byte[] octets = builder.payload(70_000).ipLength(0).build();
            Frame frame = new Frame();
            frame.wrap(Frame.words(octets), 0, 200, octets.length, LinkHeader.RAW, 1, 0);
            assertThat(decoder.decode(frame)).isEqualTo(Decoded.TCP);
            assertThat(segment.ipLengthPresumed()).isTrue();
            assertThat(segment.length()).isEqualTo(70_000);
            assertThat(segment.capturedLength()).isEqualTo(200 - segment.payloadOffset());
        }
    }

    @Test
    void aLengthBeyondTheFrameIsPromisedButNotCaptured() {
        assertThat(decode(four().ipLength(1500))).isEqualTo(Decoded.TCP);
        assertThat(segment.length()).isEqualTo(1460);
        assertThat(segment.capturedLength()).isEqualTo(100);
        assertThat(decode(six().ipLength(1480))).isEqualTo(Decoded.TCP);
        assertThat(segment.length()).isEqualTo(1460);
        assertThat(segment.capturedLength()).isEqualTo(100);
        byte[] cutHeader = Arrays.copyOf(four().build(), 30);
        assertThat(decode(cutHeader)).isEqualTo(Decoded.SNAPPED);
    }

    @ParameterizedTest
    @CsvSource({
        "4, -1, IPV4_HEADER_LENGTH, 0, 20, 16",
        "0, -1, IPV4_HEADER_LENGTH, 0, 20, 0",
        "6, 23, IPV4_TOTAL_LENGTH, 2, 24, 23",
        "5, 19, IPV4_TOTAL_LENGTH, 2, 20, 19",
        "5, 20, TCP_HEADER, 20, 20, 0",
        "5, 39, TCP_HEADER, 20, 20, 19",
        "15, 70, TCP_HEADER, 60, 20, 10",
    })
    void ipv4Malformed(int words, int total, Reason reason, int offset, int expected, int found) {
        assertThat(decode(four().ipHeaderWords(words).ipLength(total))).isEqualTo(Decoded.MALFORMED);
        assertFault(reason, offset, expected, found);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 7, 15})
    void anotherVersionIsMalformed(int version) {
        byte[] octets = four().build();
        octets[0] = (byte) (version << 4 | 5);
        assertThat(decode(octets)).isEqualTo(Decoded.MALFORMED);
        assertFault(Reason.IP_VERSION, 0, 4, version);
        byte[] six = six().link(LinkHeader.IPV6).build();
        six[0] = (byte) (version << 4);
        Frame frame = new Frame();
        frame.wrap(Frame.words(six), 0, six.length, six.length, LinkHeader.IPV6, 1, 0);
        assertThat(decoder.decode(frame)).isEqualTo(Decoded.MALFORMED);
        assertFault(Reason.IP_VERSION, 0, 6, version);
    }

    @Test
    void fragments() {
        for (SegmentBuilder whole : new SegmentBuilder[] {four(), six()}) {
            assertThat(decode(whole.copy().fragment(0, false))).isEqualTo(Decoded.TCP);
            assertThat(segment.moreFragments()).isFalse();
            assertThat(Checksum.tcp(segment)).isEqualTo(Checksum.Verdict.GOOD);
            assertThat(decode(whole.copy().fragment(1480, true))).isEqualTo(Decoded.FRAGMENT);
            assertThat(decode(whole.copy().fragment(8, false))).isEqualTo(Decoded.FRAGMENT);
            assertThat(decode(whole.copy().fragment(65528, false))).isEqualTo(Decoded.FRAGMENT);
            assertThat(decode(whole.copy().protocol(UDP).fragment(1480, true))).isEqualTo(Decoded.NOT_TCP);
        }
        assertThat(decode(four())).isEqualTo(Decoded.TCP);
        assertThat(segment.moreFragments()).isFalse();
    }

    @Test
    void aFirstFragmentThatTheSnapLengthCutIsReadAtOnce() {
        for (SegmentBuilder whole : new SegmentBuilder[] {four().payload(102), six().payload(102)}) {
            assertThat(decoder.decode(whole.copy().fragment(0, true).frame(1, 0, 90)))
                    .isEqualTo(Decoded.TCP);
            assertThat(segment.moreFragments()).isTrue();
            assertThat(segment.length()).isEqualTo(102);
            assertThat(Checksum.tcp(segment)).isEqualTo(Checksum.Verdict.UNKNOWN);
        }
    }

    @Test
    void aFirstFragmentWithoutTheWholeHeaderIsAFragment() {
        assertThat(decode(four().fragment(0, true).ipLength(28))).isEqualTo(Decoded.FRAGMENT);
        assertThat(decode(four().mss(9).fragment(0, true).ipLength(40))).isEqualTo(Decoded.FRAGMENT);
        assertThat(decode(six().fragment(0, true).ipLength(16))).isEqualTo(Decoded.FRAGMENT);
        assertThat(decode(four().ipLength(28))).isEqualTo(Decoded.MALFORMED);
        assertThat(decoder.decode(four().fragment(0, true).frame(1, 0, 39))).isEqualTo(Decoded.SNAPPED);
    }

    @Test
    void otherProtocolsAreNotTcp() {
        assertThat(decode(four().protocol(UDP))).isEqualTo(Decoded.NOT_TCP);
        assertThat(decode(six().protocol(UDP))).isEqualTo(Decoded.NOT_TCP);
        assertThat(decode(six().protocol(59))).isEqualTo(Decoded.NOT_TCP);
        assertThat(decode(six().extension(IpHeader.DESTINATION).protocol(UDP))).isEqualTo(Decoded.NOT_TCP);
        assertThat(decoder.decode(four().protocol(UDP).frame(1, 0, 20))).isEqualTo(Decoded.NOT_TCP);
    }

    @ParameterizedTest
    @CsvSource({"50, esp", "108, ipcomp", "115, l2tpv3"})
    void whatIsEncryptedOrCompressedIsNamed(int protocol, String name) {
        for (SegmentBuilder builder : List.of(
                four().protocol(protocol),
                six().protocol(protocol),
                six().extension(IpHeader.DESTINATION).protocol(protocol),
                six().extension(IpHeader.AUTHENTICATION).protocol(protocol),
                four().protocol(protocol).fragment(8, true),
                six().protocol(protocol).fragment(8, true))) {
            assertThat(decode(builder)).isEqualTo(Decoded.OPAQUE);
            assertThat(decoder.opaque()).isEqualTo(name);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 16, 24, 1028})
    void whatIsBehindAnAuthenticationHeaderIsRead(int length) {
        byte[] authentication = new byte[length];
        authentication[0] = IpHeader.TCP;
        authentication[1] = (byte) (length / 4 - 2);
        byte[] packet = SegmentBuilder.concat(authentication, tcpOf(new SegmentBuilder().payload(1000)));
        byte[] octets = Envelopes.ethernet(0x0800, Envelopes.ipv4(IpHeader.AUTHENTICATION, packet));
        Frame frame = new Frame();
        frame.wrap(Frame.words(octets), 0, octets.length, octets.length, LinkHeader.EN10MB, 1, 0);
        assertThat(decoder.decode(frame)).isEqualTo(Decoded.TCP);
        assertThat(decoder.segment().tcpOffset()).isEqualTo(14 + 20 + length);
        octets[14 + 20 + 1] = 0; // eight octets
        assertThat(decoder.decode(frame)).isEqualTo(Decoded.MALFORMED);
        assertThat(decoder.fault().reason()).isEqualTo(Reason.AUTHENTICATION_HEADER);
        assertThat(decoder.fault().expected()).isEqualTo(12);
        ByteBuffer.wrap(octets).putShort(16, (short) (20 + length - 1));
        octets[14 + 20 + 1] = (byte) (length / 4 - 2);
        assertThat(decoder.decode(frame)).isEqualTo(Decoded.MALFORMED);
        assertThat(decoder.fault().found()).isEqualTo(length - 1);
    }

    private static byte[] tcpOf(SegmentBuilder builder) {
        byte[] octets = builder.build();
        return Arrays.copyOfRange(octets, 34, octets.length);
    }

    @Test
    void extensionHeadersOfEveryKindAndLength() {
        SegmentBuilder builder = six().extension(IpHeader.HOP_BY_HOP)
                .extension(IpHeader.DESTINATION, new byte[14])
                .extension(IpHeader.ROUTING, new byte[22])
                .extension(IpHeader.AUTHENTICATION, new byte[10])
                .extension(IpHeader.AUTHENTICATION, new byte[22])
                .extension(IpHeader.MOBILITY)
                .fragment(0, false);
        assertThat(decode(builder)).isEqualTo(Decoded.TCP);
        assertThat(segment.tcpOffset()).isEqualTo(40 + 8 + 16 + 24 + 12 + 24 + 8 + 8);
        assertThat(segment.length()).isEqualTo(100);
        assertThat(segment.timeToLive()).isEqualTo(33);
        assertThat(Checksum.tcp(segment)).isEqualTo(Checksum.Verdict.GOOD);
    }

    @Test
    void extensionHeadersAreBounded() {
        SegmentBuilder builder = six();
        for (int i = 0; i < 16; i++) {
            builder.extension(IpHeader.DESTINATION);
        }
        assertThat(decode(builder)).isEqualTo(Decoded.TCP);
        assertThat(decode(builder.extension(IpHeader.DESTINATION))).isEqualTo(Decoded.MALFORMED);
        assertFault(Reason.IPV6_EXTENSION_COUNT, 168, 16, 17);
    }

    @Test
    void extensionHeadersPastThePacketAreMalformedAndPastTheCaptureSnapped() {
        SegmentBuilder builder = six().extension(IpHeader.DESTINATION, new byte[14]);
        assertThat(decode(builder.copy().ipLength(4))).isEqualTo(Decoded.MALFORMED);
        assertFault(Reason.IPV6_EXTENSION, 40, 8, 4);
        assertThat(decode(builder.copy().ipLength(15))).isEqualTo(Decoded.MALFORMED);
        assertFault(Reason.IPV6_EXTENSION, 40, 16, 15);
        assertThat(decoder.decode(builder.frame(1, 0, 44))).isEqualTo(Decoded.SNAPPED);
        assertFault(Reason.IPV6_EXTENSION, 40, 8, 4);
        assertThat(decoder.decode(builder.frame(1, 0, 55))).isEqualTo(Decoded.SNAPPED);
        assertFault(Reason.IPV6_EXTENSION, 40, 16, 15);
    }

    @Test
    void jumboPayload() {
        SegmentBuilder builder = six().payload(70_000)
                .ipLength(0)
                .padding(3)
                .extension(
                        IpHeader.HOP_BY_HOP,
                        SegmentBuilder.concat(new byte[] {(byte) 0xc2, 4}, LinkHeader.ints(8 + 20 + 70_000)));
        assertThat(decode(builder)).isEqualTo(Decoded.TCP);
        assertThat(segment.length()).isEqualTo(70_000);
        assertThat(segment.ipLengthPresumed()).isFalse();
        assertThat(Checksum.tcp(segment)).isEqualTo(Checksum.Verdict.GOOD);
    }

    @Test
    void aJumboPayloadBeyondAllMeasureIsMalformed() {
        byte[] jumbo = SegmentBuilder.concat(new byte[] {0, 1, 0, (byte) 0xc2, 4}, LinkHeader.ints(0xffff_ffffL));
        assertThat(decode(six().ipLength(0).extension(IpHeader.HOP_BY_HOP, jumbo)))
                .isEqualTo(Decoded.MALFORMED);
        assertFault(Reason.IPV6_JUMBO_LENGTH, 40, 1 << 29, 0xffff_ffffL);
        assertThat(decode(six().extension(IpHeader.HOP_BY_HOP, jumbo))).isEqualTo(Decoded.TCP);
        assertThat(segment.length()).isEqualTo(100);
    }

    private Decoded decode(byte[] octets) {
        Frame frame = new Frame();
        frame.wrap(Frame.words(octets), 0, octets.length, octets.length, LinkHeader.RAW, 1, 0);
        return decoder.decode(frame);
    }

    private void assertFault(Reason reason, int offset, long expected, long found) {
        DecodeFault fault = decoder.fault();
        assertThat(fault.reason()).isEqualTo(reason);
        assertThat(fault.offset()).isEqualTo(offset);
        assertThat(fault.expected()).isEqualTo(expected);
        assertThat(fault.found()).isEqualTo(found);
    }
}
