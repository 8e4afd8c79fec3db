package tcpflowcheck.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tcpflowcheck.capture.Frame;

/** ICMP errors and what they quote, in every form in which a segment comes. */
class IcmpDecoderTest {
    private static final String ROUTER = "203.0.113.1";
    private static final String ROUTER_6 = "fd00::ffff";

    private final PacketDecoder decoder = new PacketDecoder();

    private static SegmentBuilder four() {
        return new SegmentBuilder()
                .ipv4("10.0.0.1", "10.0.0.2")
                .ports(40000, 80)
                .seq(0xfedc_ba98L)
                .flags("S")
                .mss(1460);
    }

    private static SegmentBuilder six() {
        return four().ipv6("fd00::1", "fd00::2");
    }

    private static IcmpBuilder about(SegmentBuilder quoted) {
        return IcmpBuilder.error(ROUTER, "10.0.0.1", 3, 13, quoted.packet());
    }

    private static IcmpBuilder about6(SegmentBuilder quoted) {
        return IcmpBuilder.error(ROUTER_6, "fd00::1", 1, 1, quoted.packet());
    }

    private IcmpError decode(IcmpBuilder builder) {
        assertThat(decoder.decode(builder.frame(7, 9))).isEqualTo(Decoded.ICMP);
        IcmpError error = decoder.icmp();
        assertThat(error.frame()).isEqualTo(7);
        assertThat(error.time()).isEqualTo(9);
        assertThat(error.quotedSourcePort()).isEqualTo(40000);
        assertThat(error.quotedDestinationPort()).isEqualTo(80);
        assertThat(error.quotedSeq()).isEqualTo(0xfedc_ba98);
        String from = IpAddress.text(error.quotedVersion(), error.quotedSourceHigh(), error.quotedSourceLow());
        String to = IpAddress.text(error.quotedVersion(), error.quotedDestinationHigh(), error.quotedDestinationLow());
        assertThat(from + " " + to).isEqualTo(error.quotedVersion() == 4 ? "10.0.0.1 10.0.0.2" : "fd00::1 fd00::2");
        return error;
    }

    @Test
    void saysWhoSaysWhat() {
        IcmpError error = decode(about(four()));
        assertThat(IpAddress.text(4, error.sourceHigh(), error.sourceLow())).isEqualTo(ROUTER);
        assertThat(IpAddress.text(4, error.destinationHigh(), error.destinationLow()))
                .isEqualTo("10.0.0.1");
        assertThat(error.type() + "/" + error.code()).isEqualTo("3/13");
        assertThat(error.length()).isEqualTo(8 + four().packet().length);
        assertThat(error.isUnreachable()).isTrue();
        error = decode(about6(six()));
        assertThat(IpAddress.text(6, error.sourceHigh(), error.sourceLow())).isEqualTo(ROUTER_6);
        assertThat(error.ipVersion()).isEqualTo(6);
        assertThat(error.quotedIpLength()).isEqualTo(six().packet().length);
    }

    @ParameterizedTest
    @CsvSource({
        "3, 4, 0x00000578, 1400, true, false",
        "3, 4, 0, 0, true, false",
        "3, 3, 0x00000578, 0, false, true",
        "4, 0, 0, 0, false, false",
        "5, 1, 0x0a0000fe, 0, false, false",
        "11, 0, 0, 0, false, true",
        "12, 0, 0, 0, false, true",
    })
    void types(int type, int code, long rest, long size, boolean tooBig, boolean unreachable) {
        IcmpError error = decode(IcmpBuilder.error(ROUTER, "10.0.0.1", type, code, four().packet())
                .rest(rest));
        assertThat(error.size()).isEqualTo(size);
        assertThat(error.isTooBig()).isEqualTo(tooBig);
        assertThat(error.isUnreachable()).isEqualTo(unreachable);
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 0, false, true", "2, 0, 0xffffffff, true, false", "3, 0, 0, false, true", "4, 1, 0, false, true"
    })
    void types6(int type, int code, long rest, boolean tooBig, boolean unreachable) {
        IcmpError error = decode(IcmpBuilder.error(ROUTER_6, "fd00::1", type, code, six().packet())
                .rest(rest));
        assertThat(error.size()).isEqualTo(tooBig ? rest : 0);
        assertThat(error.isTooBig()).isEqualTo(tooBig);
        assertThat(error.isUnreachable()).isEqualTo(unreachable);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 9, 10, 13, 17, 30})
    void whatIsNoErrorQuotesNothing(int type) {
        assertThat(decoder.decode(IcmpBuilder.error(ROUTER, "10.0.0.1", type, 0, four().packet())
                        .frame(1, 0)))
                .isEqualTo(Decoded.NOT_TCP);
        assertThat(decoder.decode(IcmpBuilder.error(ROUTER_6, "fd00::1", 128 + type, 0, six().packet())
                        .frame(1, 0)))
                .isEqualTo(Decoded.NOT_TCP);
    }

    /** RFC 792 has eight octets quoted, RFC 1812 as many as fit; and any header may be cut. */
    @Test
    void cutAnywhere() {
        for (int cut = 0; cut <= four().packet().length; cut++) {
            IcmpBuilder cut4 = about(four()).quote(cut);
            if (cut < 28) {
                assertThat(decoder.decode(cut4.frame(1, 0))).isEqualTo(Decoded.NOT_TCP);
            } else {
                decode(cut4);
            }
            if (cut >= 48) {
                decode(about6(six()).quote(cut));
            }
        }
        byte[] whole = about(four()).build();
        for (int captured = 0; captured < whole.length; captured++) {
            Frame frame = new Frame();
            byte[] exact = Arrays.copyOf(whole, captured);
            frame.wrap(Frame.words(exact), 0, captured, whole.length, 1, 1, 0);
            Decoded expected = captured < 14 + 20 ? Decoded.SNAPPED : captured < 70 ? Decoded.NOT_TCP : Decoded.ICMP;
            assertThat(decoder.decode(frame)).as("%d octets", captured).isEqualTo(expected);
        }
    }

    @Test
    void headersInTheQuote() {
        decode(about(four().ipOptions((byte) 1, (byte) 1, (byte) 1, (byte) 0)).quote(32));
        decode(about6(six().extension(IpHeader.HOP_BY_HOP).extension(IpHeader.DESTINATION))
                .quote(64));
        decode(about6(six().extension(IpHeader.ROUTING, (byte) 0)));
        decode(about(four().dataOffset(15)));
        decode(about(four().dataOffset(2)));
        decode(about(four().ipLength(0)));
        decode(about(four().ipLength(0x2c00))); // of a router with the octets the other way round
        decode(about(four().ipLength(24))); // of one that has taken its header off
    }

    /** A quoted fragment is never put together with others, and has no TCP header but in the first. */
    @Test
    void fragments() {
        decode(about(four().fragment(0, true)));
        decode(about6(six().fragment(0, true)));
        assertThat(decoder.decode(about(four().fragment(8, true)).frame(1, 0))).isEqualTo(Decoded.NOT_TCP);
        assertThat(decoder.decode(about6(six().fragment(8, true)).frame(1, 0))).isEqualTo(Decoded.NOT_TCP);
        assertThat(decoder.fragments().incomplete()).isZero();
        assertThat(decoder.decode(four().fragment(24, false).frame(2, 0))).isEqualTo(Decoded.FRAGMENT);
    }

    @Test
    void ofAnotherProtocol() {
        assertThat(decoder.decode(about(four().protocol(17)).frame(1, 0))).isEqualTo(Decoded.NOT_TCP);
        assertThat(decoder.decode(about6(six().protocol(17)).frame(1, 0))).isEqualTo(Decoded.NOT_TCP);
        byte[] error = about(four()).packet();
        assertThat(decoder.decode(
                        IcmpBuilder.error(ROUTER, "10.0.0.1", 3, 1, error).frame(1, 0)))
                .isEqualTo(Decoded.NOT_TCP); // none is sent about an error
        assertThat(decoder.decode(four().protocol(58).frame(1, 0))).isEqualTo(Decoded.NOT_TCP);
        assertThat(decoder.decode(six().protocol(1).frame(1, 0))).isEqualTo(Decoded.NOT_TCP);
    }

    private static byte[] ipInIp(int protocol, byte[]... parts) {
        byte[] payload = SegmentBuilder.concat(parts);
        IpHeader ip = new IpHeader();
        ip.protocol = protocol;
        return SegmentBuilder.concat(
                ip.build(new byte[] {1, 1, 1, 1}, new byte[] {2, 2, 2, 2}, payload.length), payload);
    }

    @Test
    void tunnelsAndTags() {
        decode(about(four()).vlan(7));
        decode(about(four()).vlan(7, 8));
        decode(about(four()).link(LinkHeader.RAW));
        byte[] greHeader = {0, 0, 8, 0};
        byte[] udp = LinkHeader.ints(0x1388_12b5L, 0x0064_0000L, 0x0800_0000L, 0x2a00L);
        // the error in a tunnel
        Frame frame = new Frame();
        byte[] gre = SegmentBuilder.concat(
                new byte[12],
                new byte[] {8, 0},
                ipInIp(47, greHeader, about(four()).packet()));
        frame.wrap(Frame.words(gre), 0, gre.length, gre.length, 1, 7, 9);
        assertThat(decoder.decode(frame)).isEqualTo(Decoded.ICMP);
        // a tunnel in the error
        decode(IcmpBuilder.error("1.1.1.1", "2.2.2.2", 3, 4, ipInIp(4, four().packet()))
                .quote(48));
        decode(IcmpBuilder.error("1.1.1.1", "2.2.2.2", 3, 4, ipInIp(41, six().packet()))
                .quote(68));
        decode(IcmpBuilder.error("1.1.1.1", "2.2.2.2", 3, 4, ipInIp(47, greHeader, four().packet()))
                .quote(52));
        decode(IcmpBuilder.error(
                "1.1.1.1", "2.2.2.2", 3, 4, ipInIp(17, udp, four().vlan(5).build())));
        assertThat(decoder.decode(four().frame(8, 9))).isEqualTo(Decoded.TCP);
        assertThat(decoder.segment().encapsulation().tunnelCount()).isZero();
        decoder.withoutTunnels();
        assertThat(decoder.decode(IcmpBuilder.error("1.1.1.1", "2.2.2.2", 3, 4, ipInIp(4, four().packet()))
                        .frame(1, 0)))
                .isEqualTo(Decoded.NOT_TCP);
    }

    @Test
    void anyOctets() {
        Random random = new Random(1);
        byte[][] templates = {
            about(four()).build(),
            about6(six().extension(IpHeader.HOP_BY_HOP)).build(),
            IcmpBuilder.error("1.1.1.1", "2.2.2.2", 3, 4, ipInIp(4, four().packet()))
                    .build()
        };
        Frame frame = new Frame();
        for (int i = 0; i < 300_000; i++) {
            byte[] octets = templates[i % templates.length].clone();
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                octets[14 + random.nextInt(octets.length - 14)] = (byte) random.nextInt();
            }
            byte[] cut = Arrays.copyOf(octets, random.nextInt(octets.length + 1));
            frame.wrap(Frame.words(cut), 0, cut.length, octets.length, 1, 1, 0);
            decoder.decode(frame);
        }
    }

    @Test
    void nothingIsAllocated() {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        Frame[] frames = {about(four()).frame(1, 0), about6(six()).frame(2, 0), four().frame(3, 0)};
        long sum = run(frames, 200_000);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 4 && least > 0; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            sum += run(frames, 1_000_000);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).isZero();
        assertThat(sum).isNotZero();
    }

    private long run(Frame[] frames, int times) {
        long sum = 0;
        for (int i = 0; i < times; i++) {
            sum += decoder.decode(frames[i % frames.length]).ordinal()
                    + decoder.icmp().quotedSeq();
        }
        return sum;
    }
}
