package tcpflowcheck.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.capture.LinkType;

/** Each envelope leads to its segment or is named, and none is too much, wherever it is cut or changed. */
class EnvelopesTest {
    private final PacketDecoder decoder = new PacketDecoder();
    private final Frame frame = new Frame();

    static List<Envelope> open() {
        return Envelopes.open();
    }

    static List<Envelope> closed() {
        return Envelopes.closed();
    }

    private Decoded decode(int linkType, byte[] octets, int wireLength) {
        frame.wrap(Frame.words(octets), 0, octets.length, wireLength, linkType, 1, 0);
        return decoder.decode(frame);
    }

    @ParameterizedTest
    @MethodSource("open")
    void anOpenOneLeadsToItsSegment(Envelope envelope) {
        byte[] octets = envelope.octets();
        assertThat(decode(envelope.linkType(), octets, octets.length)).isEqualTo(Decoded.TCP);
        TcpSegment segment = decoder.segment();
        assertThat(segment.sourcePort()).isEqualTo(40000);
        assertThat(segment.seq()).isEqualTo(7);
        assertThat(segment.missingLength()).isZero();
        assertThat(Checksum.tcp(segment)).isEqualTo(Checksum.Verdict.GOOD);
        assertThat(Checksum.tcp(segment.copy())).isEqualTo(Checksum.Verdict.GOOD);
        Encapsulation encapsulation = segment.encapsulation();
        assertThat(encapsulation.sumIsWrong()).isFalse();
        List<String> tunnels = IntStream.range(0, encapsulation.tunnelCount())
                .mapToObj(i -> encapsulation.tunnel(i) + " " + encapsulation.tunnelId(i))
                .toList();
        assertThat(String.join(", ", tunnels)).isEqualTo(envelope.tunnel());
    }

    @ParameterizedTest
    @MethodSource("closed")
    void aClosedOneIsNamed(Envelope envelope) {
        byte[] octets = envelope.octets();
        assertThat(decode(envelope.linkType(), octets, octets.length)).isEqualTo(Decoded.OPAQUE);
        assertThat(decoder.opaque()).isEqualTo(envelope.tunnel());
    }

    @ParameterizedTest
    @MethodSource("open")
    void aTunnelThatIsNotLookedIntoIsNamed(Envelope envelope) {
        decoder.withoutTunnels();
        byte[] octets = envelope.octets();
        Decoded decoded = decode(envelope.linkType(), octets, octets.length);
        if (envelope.tunnel().isEmpty()) {
            assertThat(decoded).isEqualTo(Decoded.TCP);
        } else {
            assertThat(decoded).isEqualTo(Decoded.OPAQUE);
            assertThat(envelope.tunnel()).startsWith(decoder.opaque() + " ");
        }
    }

    @Test
    void everyLinkTypeThatIsReadIsHere() {
        Set<Integer> here = open().stream().map(Envelope::linkType).collect(Collectors.toSet());
        for (LinkType type : LinkType.values()) {
            assertThat(here.contains(type.number())).as(type.name()).isEqualTo(type.header() != LinkType.Header.NONE);
        }
    }

    @ParameterizedTest
    @MethodSource("open")
    void cutAnywhereItIsSnappedOrTcp(Envelope envelope) {
        byte[] octets = envelope.octets();
        decode(envelope.linkType(), octets, octets.length);
        int header = decoder.segment().tcpOffset() + TcpSegment.FIXED_HEADER;
        for (int captured = 0; captured < octets.length; captured++) {
            Decoded decoded = decode(envelope.linkType(), Arrays.copyOf(octets, captured), octets.length);
            if (captured >= header) {
                assertThat(decoded).as("cut at %d", captured).isEqualTo(Decoded.TCP);
            } else if (!envelope.row().startsWith("udp")) { // a port alone does not make a tunnel
                assertThat(decoded).as("cut at %d", captured).isEqualTo(Decoded.SNAPPED);
            }
        }
    }

    @Test
    void anyOctetsOnAnyLinkHaveAnAnswerWithinTheirBounds() {
        Random random = new Random(9293);
        List<Envelope> all = Stream.of(open(), closed()).flatMap(List::stream).toList();
        int[] links =
                all.stream().mapToInt(Envelope::linkType).sorted().distinct().toArray();
        for (int round = 0; round < 400_000; round++) {
            Envelope envelope = all.get(round % all.size());
            byte[] octets = envelope.octets().clone();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt();
            }
            int captured = random.nextInt(3) == 0 ? random.nextInt(octets.length + 1) : octets.length;
            int link = random.nextInt(3) == 0 ? links[random.nextInt(links.length)] : envelope.linkType();
            byte[] exact = Arrays.copyOf(octets, captured);
            Decoded decoded = decode(link, exact, random.nextInt(9) == 0 ? captured : octets.length);
            if (decoded == Decoded.TCP) {
                TcpSegment segment = decoder.segment();
                assertThat(segment.capturedLength()).isBetween(0, segment.length());
                assertThat(segment.payloadOffset() - segment.headerCut() + segment.capturedLength())
                        .isLessThanOrEqualTo(segment.buffer().length);
                assertThat(Checksum.tcp(segment)).isNotNull();
                assertThat(segment.copy().seq()).isEqualTo(segment.seq());
            } else if (decoded == Decoded.SNAPPED || decoded == Decoded.MALFORMED) {
                assertThat(decoder.fault().offset()).isNotNegative();
            }
        }
    }

    @Test
    void nothingIsAllocated() {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        List<Envelope> all = Stream.of(open(), closed()).flatMap(List::stream).toList();
        Frame[] frames = new Frame[all.size()];
        for (int i = 0; i < frames.length; i++) {
            byte[] octets = all.get(i).octets();
            frames[i] = new Frame();
            frames[i].wrap(
                    Frame.words(octets),
                    0,
                    octets.length,
                    octets.length,
                    all.get(i).linkType(),
                    1,
                    0);
        }
        long warm = run(frames, 200_000);
        long before = threads.getCurrentThreadAllocatedBytes();
        long sum = run(frames, 500_000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(warm + sum).isNotZero();
        assertThat(allocated).isZero();
    }

    private long run(Frame[] frames, int times) {
        long sum = 0;
        int next = 0;
        for (int i = 0; i < times; i++) {
            next = next + 1 == frames.length ? 0 : next + 1;
            sum += decoder.decode(frames[next]).ordinal() + decoder.segment().seq();
        }
        return sum;
    }
}
