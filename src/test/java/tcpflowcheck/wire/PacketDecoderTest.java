package tcpflowcheck.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.wire.DecodeFault.Reason;

class PacketDecoderTest {
    private final PacketDecoder decoder = new PacketDecoder();
    private final TcpSegment segment = decoder.segment();

    private static SegmentBuilder synAck() {
        return new SegmentBuilder()
                .ports(40000, 443)
                .seq(0xfedcba98L)
                .ack(7)
                .flags("S.")
                .window(512)
                .mss(1460)
                .payload("hello");
    }

    static Stream<SegmentBuilder> links() {
        SegmentBuilder four = synAck().ipv4("192.168.1.200", "10.0.0.2");
        SegmentBuilder six = synAck().ipv6("2001:db8::1", "fe80::2");
        Stream<SegmentBuilder> both = Stream.of(four, six)
                .flatMap(packet -> Stream.of(
                        packet.copy(),
                        packet.copy().snap(),
                        packet.copy().vlan(5),
                        packet.copy().vlan(5).snap(),
                        packet.copy().link(LinkHeader.RAW),
                        packet.copy().link(LinkHeader.RAW_12),
                        packet.copy().link(LinkHeader.RAW_14),
                        packet.copy().link(LinkHeader.LOOP),
                        packet.copy().link(LinkHeader.LINUX_SLL),
                        packet.copy().link(LinkHeader.LINUX_SLL).vlan(7),
                        packet.copy().link(LinkHeader.LINUX_SLL2),
                        packet.copy().link(LinkHeader.LINUX_SLL2).vlan(7)));
        Stream<SegmentBuilder> own = Stream.of(
                four.copy().link(LinkHeader.IPV4), six.copy().link(LinkHeader.IPV6),
                four.copy().link(LinkHeader.NULL),
                        four.copy().link(LinkHeader.NULL).family(Integer.reverseBytes(2)));
        Stream<SegmentBuilder> families = Stream.of(10, 23, 24, 28, 30)
                .flatMap(family -> Stream.of(
                        six.copy().link(LinkHeader.NULL).family(family),
                        six.copy().link(LinkHeader.NULL).family(Integer.reverseBytes(family))));
        return Stream.of(both, own, families).flatMap(stream -> stream);
    }

    @ParameterizedTest
    @MethodSource("links")
    void everyLinkTypeLeadsToTheSegment(SegmentBuilder builder) {
        assertThat(decoder.decode(builder.frame(3, 99))).isEqualTo(Decoded.TCP);
        assertThat(segment.frame()).isEqualTo(3);
        assertThat(segment.time()).isEqualTo(99);
        assertThat(segment.sourcePort()).isEqualTo(40000);
        assertThat(segment.destinationPort()).isEqualTo(443);
        assertThat(segment.seq()).isEqualTo(0xfedcba98);
        assertThat(segment.ack()).isEqualTo(7);
        assertThat(segment.flags()).isEqualTo(TcpSegment.SYN | TcpSegment.ACK);
        assertThat(segment.window()).isEqualTo(512);
        assertThat(segment.headerLength()).isEqualTo(24);
        assertThat(segment.options().mss()).isEqualTo(1460);
        assertThat(segment.length()).isEqualTo(5);
        assertThat(segment.capturedLength()).isEqualTo(5);
        assertThat(Arrays.copyOfRange(segment.buffer(), segment.payloadOffset(), segment.payloadOffset() + 5))
                .isEqualTo("hello".getBytes(StandardCharsets.US_ASCII));
        assertThat(Checksum.tcp(segment)).isEqualTo(Checksum.Verdict.GOOD);
        if (segment.ipVersion() == 4) {
            assertThat(segment.sourceHigh()).isZero();
            assertThat(segment.sourceLow()).isEqualTo(0xc0a801c8L);
            assertThat(segment.destinationLow()).isEqualTo(0x0a000002L);
            assertThat(segment.identification()).isEqualTo(1);
        } else {
            assertThat(segment.sourceHigh()).isEqualTo(0x2001_0db8_0000_0000L);
            assertThat(segment.sourceLow()).isEqualTo(1);
            assertThat(segment.destinationHigh()).isEqualTo(0xfe80_0000_0000_0000L);
            assertThat(segment.destinationLow()).isEqualTo(2);
            assertThat(segment.identification()).isEqualTo(-1);
        }
    }

    @Test
    void aFrameInsideALargerBufferIsReadWithinItsBounds() {
        byte[] octets = synAck().build();
        byte[] buffer = new byte[1000];
        Arrays.fill(buffer, (byte) 0xee);
        System.arraycopy(octets, 0, buffer, 333, octets.length);
        Frame frame = new Frame();
        frame.wrap(Frame.words(buffer), 333, octets.length, octets.length, LinkHeader.EN10MB, 1, 0);
        assertThat(decoder.decode(frame)).isEqualTo(Decoded.TCP);
        assertThat(segment.ipOffset()).isEqualTo(347);
        assertThat(segment.tcpOffset()).isEqualTo(367);
        assertThat(segment.payloadOffset()).isEqualTo(391);

        frame.wrap(Frame.words(buffer), 333, 40, 40, LinkHeader.EN10MB, 1, 0);
        assertThat(decoder.decode(frame)).isEqualTo(Decoded.SNAPPED);
        assertThat(decoder.fault().offset()).isEqualTo(34);
    }

    @Test
    void tagsAreKeptOutermostFirstAndOnlyTheirIdentifiers() {
        SegmentBuilder tagged =
                synAck().tag(0x88a8, 0xe000 | 100).tag(0x9100, 4095).tag(0x8100, 0x3000);
        assertThat(decoder.decode(tagged.frame(1, 0))).isEqualTo(Decoded.TCP);
        assertThat(segment.encapsulation().vlanCount()).isEqualTo(3);
        assertThat(segment.encapsulation().vlan(0)).isEqualTo(100);
        assertThat(segment.encapsulation().vlan(1)).isEqualTo(4095);
        assertThat(segment.encapsulation().vlan(2)).isZero();

        assertThat(decoder.decode(synAck().vlan(1, 2, 3, 4, 5, 6).frame(1, 0))).isEqualTo(Decoded.TCP);
        assertThat(segment.encapsulation().vlanCount()).isEqualTo(4);
        assertThat(segment.encapsulation().vlan(3)).isEqualTo(4);

        assertThat(decoder.decode(synAck().frame(1, 0))).isEqualTo(Decoded.TCP);
        assertThat(segment.encapsulation().vlanCount()).isZero();
    }

    @Test
    void anEndlessRowOfTagsAndLlcHeadersEnds() {
        byte[] octets = new byte[200_000];
        Frame frame = new Frame();
        for (int at = 12; at + 12 < octets.length; at += 12) {
            byte[] link = {(byte) 0x81, 0, 0, 1, 0, 40, (byte) 0xaa, (byte) 0xaa, 3, 0, 0, 0};
            System.arraycopy(link, 0, octets, at, 12);
        }
        frame.wrap(Frame.words(octets), 0, octets.length, octets.length, LinkHeader.EN10MB, 1, 0);
        assertThat(decoder.decode(frame)).isEqualTo(Decoded.NOT_TCP);
    }

    @ParameterizedTest
    @CsvSource({
        "0x0806, 28", // ARP
        "0x86de, 28",
        "1500, 28", // 802.3 with another LLC
        "38, 7", // too short for SNAP
        "1501, 28", // neither a length nor a type
    })
    void otherEthernetTypesAreNotTcp(int type, int payload) {
        byte[] octets = new byte[14 + payload];
        octets[12] = (byte) (type >> 8);
        octets[13] = (byte) type;
        assertThat(decode(octets, octets.length, LinkHeader.EN10MB)).isEqualTo(Decoded.NOT_TCP);
    }

    @Test
    void aSnapHeaderOfAnotherOrganizationIsNotTcp() {
        byte[] octets = synAck().snap().build();
        octets[17] = 0x08;
        assertThat(decode(octets, octets.length, LinkHeader.EN10MB)).isEqualTo(Decoded.NOT_TCP);
        octets[17] = 0;
        assertThat(decode(octets, octets.length, LinkHeader.EN10MB)).isEqualTo(Decoded.TCP);
    }

    @ParameterizedTest
    @CsvSource({"4, TCP", "1, NOT_TCP", "12, NOT_TCP", "40, NOT_TCP", "1500, NOT_TCP"})
    void cookedCapturesHaveLlcUnderOneTypeOnly(int type, Decoded answer) {
        byte[] octets = synAck().link(LinkHeader.LINUX_SLL).snap().build();
        octets[14] = (byte) (type >> 8);
        octets[15] = (byte) type;
        assertThat(decode(octets, octets.length, LinkHeader.LINUX_SLL)).isEqualTo(answer);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 12, 0x2000, 11, 99})
    void otherFamiliesOfNullAreNotTcp(int family) {
        SegmentBuilder builder = synAck().link(LinkHeader.NULL).family(family);
        assertThat(decoder.decode(builder.frame(1, 0))).isEqualTo(Decoded.NOT_TCP);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 2, 147, 290, 65536})
    void anUnknownLinkTypeIsAnAnswerOfItsOwn(int linkType) {
        assertThat(decode(new byte[60], 60, linkType)).isEqualTo(Decoded.UNKNOWN_LINK);
        assertThat(decoder.fault().reason()).isEqualTo(Reason.LINK_TYPE);
        assertThat(decoder.fault().toString())
                .isEqualTo("octet 0: link type " + linkType + ", expected one that is known");
    }

    @ParameterizedTest
    @CsvSource({
        "13, LINK_HEADER, 0, 14, 13",
        "33, IPV4_HEADER, 14, 20, 19",
        "34, TCP_HEADER, 34, 20, 0",
        "53, TCP_HEADER, 34, 20, 19",
    })
    void cutBeforeTheTcpHeaderIsWholeIsSnapped(int captured, Reason reason, int offset, int expected, int found) {
        assertThat(decoder.decode(synAck().frame(1, 0, captured))).isEqualTo(Decoded.SNAPPED);
        assertFault(reason, offset, expected, found);
    }

    @Test
    void aFrameThatWasTooShortOnTheWireIsMalformed() {
        byte[] octets = Arrays.copyOf(synAck().build(), 13);
        assertThat(decode(octets, 13, LinkHeader.EN10MB)).isEqualTo(Decoded.MALFORMED);
        assertFault(Reason.LINK_HEADER, 0, 14, 13);
        assertThat(decode(new byte[0], 0, LinkHeader.RAW)).isEqualTo(Decoded.MALFORMED);
        assertThat(decode(new byte[0], 60, LinkHeader.RAW)).isEqualTo(Decoded.SNAPPED);
        byte[] tag = Arrays.copyOf(synAck().vlan(5).build(), 16);
        assertThat(decode(tag, 16, LinkHeader.EN10MB)).isEqualTo(Decoded.MALFORMED);
        assertFault(Reason.VLAN_TAG, 14, 4, 2);
        byte[] llc = Arrays.copyOf(synAck().snap().build(), 20);
        assertThat(decode(llc, 60, LinkHeader.EN10MB)).isEqualTo(Decoded.SNAPPED);
        assertFault(Reason.LLC_HEADER, 14, 8, 6);
    }

    @Test
    void cutInsideTheOptionsIsStillTcp() {
        SegmentBuilder builder = synAck().sackPermitted().timestamps(1, 2);
        assertThat(decoder.decode(builder.frame(1, 0, 61))).isEqualTo(Decoded.TCP);
        assertThat(segment.headerLength()).isEqualTo(36);
        assertThat(segment.length()).isEqualTo(5);
        assertThat(segment.capturedLength()).isZero();
        assertThat(segment.options().cut()).isTrue();
        assertThat(segment.options().mss()).isEqualTo(1460);
        assertThat(segment.options().sackPermitted()).isTrue();
        assertThat(segment.options().timestamps()).isFalse();
        assertThat(segment.options().malformed()).isFalse();
        assertThat(Checksum.tcp(segment)).isEqualTo(Checksum.Verdict.UNKNOWN);
    }

    @Test
    void cutInsideThePayloadKeepsBothLengths() {
        assertThat(decoder.decode(synAck().frame(1, 0, 60))).isEqualTo(Decoded.TCP);
        assertThat(segment.length()).isEqualTo(5);
        assertThat(segment.capturedLength()).isEqualTo(2);
        assertThat(segment.segLen()).isEqualTo(6);
        assertThat(Checksum.tcp(segment)).isEqualTo(Checksum.Verdict.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "4, TCP_HEADER_LENGTH_SHORT, 20, 16, 'octet 46: TCP header length 16, expected at least 20'",
        "0, TCP_HEADER_LENGTH_SHORT, 20, 0, 'octet 46: TCP header length 0, expected at least 20'",
        "8, TCP_HEADER_LENGTH_LONG, 29, 32, 'octet 46: TCP header length 32, expected at most 29'",
        "15, TCP_HEADER_LENGTH_LONG, 29, 60, 'octet 46: TCP header length 60, expected at most 29'",
    })
    void aWrongDataOffsetIsMalformedAndItsPortsAreKnown(
            int words, Reason reason, int expected, int found, String text) {
        decoder.decode(synAck().frame(1, 0));
        SegmentBuilder builder = synAck().dataOffset(words).seq(5).payload("hello");
        assertThat(decoder.decode(builder.frame(1, 0))).isEqualTo(Decoded.MALFORMED);
        assertFault(reason, 46, expected, found);
        assertThat(decoder.fault().toString()).isEqualTo(text);
        assertThat(decoder.fault().reason().segmentKnown()).isTrue();
        assertThat(segment.sourcePort()).isEqualTo(40000);
        assertThat(segment.destinationPort()).isEqualTo(443);
        assertThat(segment.seq()).isEqualTo(5);
        assertThat(segment.sourceLow()).isEqualTo(0x0a000001);
        assertThat(segment.length()).isZero();
        assertThat(segment.options().kindCount()).isZero();
    }

    @Test
    void aDataOffsetOfTheWholeSegmentIsWellFormed() {
        SegmentBuilder builder = new SegmentBuilder().payload(40).dataOffset(15);
        assertThat(decoder.decode(builder.frame(1, 0))).isEqualTo(Decoded.TCP);
        assertThat(segment.headerLength()).isEqualTo(60);
        assertThat(segment.length()).isZero();
    }

    @Test
    void allNineFlagsAreRead() {
        for (int bit = 0; bit < 9; bit++) {
            assertThat(decoder.decode(new SegmentBuilder().flags(1 << bit).frame(1, 0)))
                    .isEqualTo(Decoded.TCP);
            assertThat(segment.flags()).isEqualTo(1 << bit);
        }
        assertThat(decoder.decode(
                        new SegmentBuilder().flags("FSRP.UEWe").urgentPointer(9).frame(1, 0)))
                .isEqualTo(Decoded.TCP);
        assertThat(segment.flags()).isEqualTo(0x1ff);
        assertThat(segment.urgentPointer()).isEqualTo(9);
        assertThat(segment.segLen()).isEqualTo(2);
    }

    private Decoded decode(byte[] octets, int wireLength, int linkType) {
        Frame frame = new Frame();
        frame.wrap(Frame.words(octets), 0, octets.length, wireLength, linkType, 1, 0);
        return decoder.decode(frame);
    }

    private void assertFault(Reason reason, int offset, int expected, int found) {
        DecodeFault fault = decoder.fault();
        assertThat(fault.reason()).isEqualTo(reason);
        assertThat(fault.offset()).isEqualTo(offset);
        assertThat(fault.expected()).isEqualTo(expected);
        assertThat(fault.found()).isEqualTo(found);
    }
}
