package tcpflowcheck.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import tcpflowcheck.wire.Checksum.Verdict;

class ChecksumTest {
    private final PacketDecoder decoder = new PacketDecoder();
    private final TcpSegment segment = decoder.segment();

    private void decode(SegmentBuilder builder) {
        assertThat(decoder.decode(builder.frame(1, 0))).isEqualTo(Decoded.TCP);
    }

    /** RFC 1071, section 3: the sum of dd f2 and its neighbours is 2ddf0, folded ddf2. */
    @Test
    void theExampleOfRfc1071() {
        byte[] octets = {0x00, 0x01, (byte) 0xf2, 0x03, (byte) 0xf4, (byte) 0xf5, (byte) 0xf6, (byte) 0xf7};
        assertThat(Checksum.sum(octets, 0, 8)).isEqualTo(0xddf2);
    }

    @Test
    void anyLengthAndPlaceAsTheSlowSum() {
        Random random = new Random(1071);
        byte[] octets = new byte[300];
        for (int round = 0; round < 2000; round++) {
            random.nextBytes(octets);
            if (round % 3 == 0) {
                java.util.Arrays.fill(octets, (byte) -1);
            }
            int offset = random.nextInt(40);
            int length = random.nextInt(260);
            byte[] part = java.util.Arrays.copyOfRange(octets, offset, offset + length);
            assertThat(Checksum.sum(octets, offset, length)).isEqualTo(~SegmentBuilder.checksum(part, 0) & 0xffff);
        }
    }

    @Test
    void goodAndBadAndWhatWasExpected() {
        Random random = new Random(793);
        for (int length = 0; length < 200; length++) {
            SegmentBuilder builder =
                    new SegmentBuilder().seq(random.nextInt()).timestamps(1, 2).payload(length);
            if (length % 2 == 0) {
                builder.ipv6("2001:db8::ff", "fe80::1");
            }
            decode(builder);
            int right = segment.checksum();
            assertThat(Checksum.tcp(segment)).isEqualTo(Verdict.GOOD);
            assertThat(Checksum.tcpExpected(segment)).isEqualTo(right);
            assertThat(Checksum.pseudoHeaderOnly(segment)).isFalse();

            int wrong = right ^ 1 << random.nextInt(16);
            decode(builder.checksum(wrong));
            assertThat(segment.checksum()).isEqualTo(wrong);
            assertThat(Checksum.tcp(segment)).isEqualTo(Verdict.BAD);
            assertThat(Checksum.tcpExpected(segment)).isEqualTo(right);
        }
    }

    @Test
    void theFieldOfAnOffloadingSender() {
        // 10.0.0.1 > 10.0.0.2, protocol 6, segment of 30 octets: 0a00 + 0001 + 0a00 + 0002 + 0006 + 001e
        SegmentBuilder builder =
                new SegmentBuilder().ipv4("10.0.0.1", "10.0.0.2").payload(10);
        decode(builder.copy().checksum(0x1427));
        assertThat(Checksum.pseudoHeaderOnly(segment)).isTrue();
        assertThat(Checksum.tcp(segment)).isEqualTo(Verdict.BAD);
        decode(builder.copy().checksum(0x1409));
        assertThat(Checksum.pseudoHeaderOnly(segment)).isTrue();
        decode(builder.copy().checksum(0x1428));
        assertThat(Checksum.pseudoHeaderOnly(segment)).isFalse();
        decode(builder.copy().ipv6("::1", "::2").checksum(0x0027));
        assertThat(Checksum.pseudoHeaderOnly(segment)).isTrue();
    }

    @Test
    void zeroAndItsOtherForm() {
        SegmentBuilder builder = new SegmentBuilder().payload(new byte[] {0, 0});
        decode(builder);
        int missing = segment.checksum();
        builder.payload(new byte[] {(byte) (missing >> 8), (byte) missing});
        decode(builder);
        assertThat(segment.checksum()).isZero();
        assertThat(Checksum.tcp(segment)).isEqualTo(Verdict.GOOD);
        assertThat(Checksum.tcpExpected(segment)).isZero();
        decode(builder.checksum(0xffff));
        assertThat(Checksum.tcp(segment)).isEqualTo(Verdict.GOOD);
    }

    @Test
    void aSegmentThatIsNotWholeHasNoVerdict() {
        SegmentBuilder builder = new SegmentBuilder().payload(100);
        decoder.decode(builder.frame(1, 0, 100));
        assertThat(Checksum.tcp(segment)).isEqualTo(Verdict.UNKNOWN);
        assertThat(Checksum.tcpExpected(segment)).isEqualTo(-1);
        decoder.decode(builder.fragment(0, true).frame(1, 0, 100));
        assertThat(segment.moreFragments()).isTrue();
        assertThat(Checksum.tcp(segment)).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void theIpv4Header() {
        decode(new SegmentBuilder().ipOptions((byte) 1, (byte) 1, (byte) 1, (byte) 0));
        assertThat(Checksum.ip(segment)).isEqualTo(Verdict.GOOD);
        int right = Octets.u16(segment.buffer(), segment.ipOffset() + 10);
        assertThat(Checksum.ipExpected(segment)).isEqualTo(right);
        segment.buffer()[segment.ipOffset() + 11] ^= 0x10;
        assertThat(Checksum.ip(segment)).isEqualTo(Verdict.BAD);
        assertThat(Checksum.ipExpected(segment)).isEqualTo(right);
        decode(new SegmentBuilder().ipv6("::1", "::2"));
        assertThat(Checksum.ip(segment)).isEqualTo(Verdict.GOOD);
        assertThat(Checksum.ipExpected(segment)).isEqualTo(-1);
    }

    /** The checksum is of the last address of the route while the packet is under way to an earlier one. */
    @Test
    void sourceRoutesEndInTheFinalDestination() {
        byte[] last = {10, 9, 9, 9};
        SegmentBuilder toLast =
                new SegmentBuilder().ipv4("10.0.0.1", "10.9.9.9").payload(9);
        decode(toLast);
        int right = segment.checksum();
        byte[] route = SegmentBuilder.concat(new byte[] {1, (byte) 131, 7, 4}, last);
        decode(toLast.copy().ipv4("10.0.0.1", "10.5.5.5").ipOptions(route).checksum(right));
        assertThat(Checksum.tcp(segment)).isEqualTo(Verdict.GOOD);
        route[3] = 8;
        decode(toLast.copy().ipv4("10.0.0.1", "10.5.5.5").ipOptions(route).checksum(right));
        assertThat(Checksum.tcp(segment)).isEqualTo(Verdict.BAD);
    }

    @Test
    void routingHeadersEndInTheFinalDestination() {
        decode(new SegmentBuilder().ipv6("2001:db8::1", "2001:db8::99").payload(9));
        int right = segment.checksum();
        byte[] final99 = LinkHeader.ints(0x20010db8L, 0, 0, 0x99);
        byte[] other = LinkHeader.ints(0x20010db8L, 0, 0, 0x55);
        byte[] type0 = SegmentBuilder.concat(new byte[] {0, 1, 0, 0, 0, 0}, other, final99);
        byte[] type4 = SegmentBuilder.concat(new byte[] {4, 1, 1, 0, 0, 0}, final99, other);
        for (byte[] routing : new byte[][] {type0, type4}) {
            SegmentBuilder under =
                    new SegmentBuilder().ipv6("2001:db8::1", "2001:db8::77").payload(9);
            decode(under.copy().extension(IpHeader.ROUTING, routing).checksum(right));
            assertThat(Checksum.tcp(segment)).isEqualTo(Verdict.GOOD);
            byte[] arrived = routing.clone();
            arrived[1] = 0;
            decode(under.copy().extension(IpHeader.ROUTING, arrived).checksum(right));
            assertThat(Checksum.tcp(segment)).isEqualTo(Verdict.BAD);
        }
    }
}
