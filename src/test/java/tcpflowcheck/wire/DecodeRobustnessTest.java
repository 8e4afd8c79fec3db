package tcpflowcheck.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tcpflowcheck.capture.Frame;

/** Whatever a network or a broken file brings: one of the answers, within the frame, and nothing allocated. */
class DecodeRobustnessTest {
    private final PacketDecoder decoder = new PacketDecoder();
    private final Frame frame = new Frame();

    private static List<SegmentBuilder> frames() {
        SegmentBuilder four = new SegmentBuilder()
                .flags("S.")
                .mss(1460)
                .sackPermitted()
                .timestamps(5, 6)
                .windowScale(7)
                .fastOpen((byte) 1, (byte) 2, (byte) 3, (byte) 4)
                .payload(30);
        SegmentBuilder six = four.copy().ipv6("2001:db8::1", "2001:db8::2");
        SegmentBuilder extended = six.copy()
                .extension(
                        IpHeader.HOP_BY_HOP,
                        SegmentBuilder.concat(new byte[] {(byte) 0xc2, 4}, LinkHeader.ints(52 + 48 + 30)))
                .extension(IpHeader.ROUTING, new byte[22])
                .extension(IpHeader.AUTHENTICATION)
                .fragment(0, false);
        return List.of(
                four.copy().vlan(5, 6).padding(4),
                four.copy().snap(),
                four.copy().ipOptions((byte) 131, (byte) 7, (byte) 4, (byte) 1, (byte) 2, (byte) 3, (byte) 4, (byte) 0),
                four.copy().link(LinkHeader.NULL),
                four.copy().link(LinkHeader.LINUX_SLL),
                four.copy().options().timestamps(1, 2).sack(1, 2, 3, 4),
                extended.copy().link(LinkHeader.RAW),
                extended.copy().ipLength(0).link(LinkHeader.IPV6),
                six.copy().link(LinkHeader.LINUX_SLL2));
    }

    @Test
    void cutAnywhereByTheSnapLengthItIsSnappedOrTcp() {
        for (SegmentBuilder builder : frames()) {
            byte[] octets = builder.build();
            Decoded whole = decode(builder, octets, octets.length, octets.length);
            assertThat(whole).isEqualTo(Decoded.TCP);
            int header = decoder.segment().tcpOffset() + TcpSegment.FIXED_HEADER;
            for (int captured = 0; captured <= octets.length; captured++) {
                assertThat(decode(builder, octets, captured, octets.length))
                        .as("cut at %d of %d", captured, octets.length)
                        .isEqualTo(captured < header ? Decoded.SNAPPED : Decoded.TCP);
            }
        }
    }

    @Test
    void cutAnywhereOnTheWireItIsNeverNotTcp() {
        for (SegmentBuilder builder : frames()) {
            byte[] octets = builder.build();
            for (int length = 0; length < octets.length; length++) {
                Decoded decoded = decode(builder, octets, length, length);
                Set<Decoded> answers = EnumSet.of(Decoded.TCP, Decoded.SNAPPED, Decoded.MALFORMED);
                if (octets[12] < 6 && length < 22) {
                    answers.add(Decoded.NOT_TCP); // a length field before too few octets for SNAP
                }
                assertThat(decoded).as("%d of %d", length, octets.length).isIn(answers);
            }
        }
    }

    @Test
    void everyValueOfEveryOctet() {
        for (SegmentBuilder builder : frames()) {
            byte[] octets = builder.build();
            for (int at = 0; at < octets.length; at++) {
                byte right = octets[at];
                for (int value = 0; value < 256; value++) {
                    octets[at] = (byte) value;
                    decode(builder, octets, octets.length, octets.length);
                    decode(builder, octets, octets.length - 31, octets.length);
                }
                octets[at] = right;
            }
        }
    }

    @Test
    void twoOctetsAtOnceInEveryHeader() {
        byte[] values = {0, 1, 2, 4, 5, 6, 8, 40, 44, 60, 0x45, 0x60, 0x7f, (byte) 0x81, (byte) 0xf0, -1};
        for (SegmentBuilder builder : frames()) {
            byte[] octets = builder.build();
            int headers = octets.length - 30;
            for (int first = 0; first < headers; first++) {
                for (int second = first + 1; second < headers; second++) {
                    byte before = octets[first];
                    byte after = octets[second];
                    octets[first] = values[(first * 31 + second) % values.length];
                    octets[second] = values[(first + second * 7) % values.length];
                    decode(builder, octets, octets.length, octets.length);
                    octets[first] = before;
                    octets[second] = after;
                }
            }
        }
    }

    /** Decodes a copy that ends where the capture does, so that a read behind it would throw; checks what is shown. */
    private Decoded decode(SegmentBuilder builder, byte[] octets, int captured, int wireLength) {
        byte[] exact = Arrays.copyOf(octets, captured);
        frame.wrap(Frame.words(exact), 0, captured, wireLength, builder.linkType(), 1, 0);
        Decoded decoded = decoder.decode(frame);
        TcpSegment segment = decoder.segment();
        if (decoded == Decoded.TCP) {
            assertThat(segment.tcpOffset() + TcpSegment.FIXED_HEADER).isLessThanOrEqualTo(captured);
            assertThat(segment.headerLength()).isBetween(20, 60);
            assertThat(segment.capturedLength()).isBetween(0, segment.length());
            assertThat(segment.payloadOffset() + segment.capturedLength())
                    .isLessThanOrEqualTo(Math.max(captured, segment.payloadOffset()));
            assertThat(readAll(segment)).isNotNull();
        } else if (decoded == Decoded.SNAPPED || decoded == Decoded.MALFORMED) {
            assertThat(decoder.fault().offset()).isBetween(0, captured);
            assertThat(decoder.fault().toString()).startsWith("octet ");
        }
        return decoded;
    }

    private static String readAll(TcpSegment segment) {
        TcpOptions options = segment.options();
        long seen =
                0L + options.tsVal() + options.tsEcr() + options.mss() + options.windowShift() + options.faultKind();
        for (int i = 0; i < options.kindCount(); i++) {
            seen += options.kind(i) + options.position(i) + options.optionLength(i);
        }
        for (int i = 0; i < options.sackCount(); i++) {
            seen += options.left(i) + options.right(i);
        }
        return seen + " " + Checksum.tcp(segment) + Checksum.tcpExpected(segment) + Checksum.ip(segment)
                + Checksum.ipExpected(segment) + Checksum.pseudoHeaderOnly(segment);
    }

    @Test
    void nothingIsAllocatedForAMillionFrames() {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        List<SegmentBuilder> builders = frames();
        Frame[] lent = new Frame[builders.size() + 2];
        for (int i = 0; i < builders.size(); i++) {
            lent[i] = builders.get(i).frame(i + 1, i);
        }
        lent[builders.size()] = new SegmentBuilder().dataOffset(3).frame(1, 0);
        lent[builders.size() + 1] =
                new SegmentBuilder().options((byte) 2, (byte) 0).frame(1, 0, 50);
        long warm = run(lent, 200_000);
        long before = threads.getCurrentThreadAllocatedBytes();
        long sum = run(lent, 1_000_000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(warm + sum).isNotZero();
        assertThat(allocated).isZero();
    }

    private long run(Frame[] lent, int times) {
        long sum = 0;
        int next = 0;
        for (int i = 0; i < times; i++) {
            next = next + 1 == lent.length ? 0 : next + 1;
            Decoded decoded = decoder.decode(lent[next]);
            TcpSegment segment = decoder.segment();
            sum += decoded.ordinal() + segment.seq() + segment.options().tsVal();
            if (decoded == Decoded.TCP) {
                sum += Checksum.tcp(segment).ordinal() + Checksum.tcpExpected(segment);
            }
        }
        return sum;
    }
}
