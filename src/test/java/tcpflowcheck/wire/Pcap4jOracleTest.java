package tcpflowcheck.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcap4j.packet.EthernetPacket;
import org.pcap4j.packet.IllegalRawDataException;
import org.pcap4j.packet.IpPacket;
import org.pcap4j.packet.IpV4Packet;
import org.pcap4j.packet.Packet;
import org.pcap4j.packet.TcpMaximumSegmentSizeOption;
import org.pcap4j.packet.TcpPacket;
import org.pcap4j.packet.TcpPacket.TcpHeader;
import org.pcap4j.packet.TcpPacket.TcpOption;
import org.pcap4j.packet.TcpSackOption;
import org.pcap4j.packet.TcpTimestampsOption;
import org.pcap4j.packet.TcpWindowScaleOption;

/** Another decoder reads the same frames; every field that both have must be the same. */
class Pcap4jOracleTest {
    private final PacketDecoder decoder = new PacketDecoder();
    private final TcpSegment segment = decoder.segment();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 9293})
    void everyFieldIsTheSame(long seed) throws IllegalRawDataException {
        Random random = new Random(seed);
        for (int round = 0; round < 2000; round++) {
            SegmentBuilder builder = builder(random);
            byte[] octets = builder.build();
            Packet packet = EthernetPacket.newPacket(octets, 0, octets.length);
            assertThat(decoder.decode(builder.frame(1, 0))).isEqualTo(Decoded.TCP);
            TcpPacket tcp = packet.get(TcpPacket.class);
            compareHeader(tcp.getHeader());
            compareOptions(tcp.getHeader().getOptions());
            compareIp(packet.get(IpPacket.class));
            assertThat(segment.length())
                    .isEqualTo(tcp.getPayload() == null ? 0 : tcp.getPayload().length());
        }
    }

    private static SegmentBuilder builder(Random random) {
        SegmentBuilder builder = new SegmentBuilder()
                .ports(random.nextInt(65536), random.nextInt(65536))
                .seq(random.nextInt())
                .ack(random.nextInt())
                .flags(random.nextInt(256))
                .window(random.nextInt(65536))
                .urgentPointer(random.nextInt(65536))
                .id(random.nextInt(65536))
                .ttl(random.nextInt(256))
                .payload(random.nextInt(100));
        if (random.nextBoolean()) {
            builder.ipv6("2001:db8::" + Integer.toHexString(random.nextInt(65536)), "fe80::1:2");
        } else {
            builder.ipv4("10.200.3." + random.nextInt(256), "255.1.2." + random.nextInt(256));
        }
        if (random.nextBoolean()) {
            builder.tag(0x8100, random.nextInt(4096));
        }
        options(builder, random);
        return builder;
    }

    private static void options(SegmentBuilder builder, Random random) {
        int room = 40;
        while (random.nextInt(6) > 0) {
            switch (random.nextInt(7)) {
                case 0 -> {
                    room -= 4;
                    builder = room < 0 ? builder : builder.mss(random.nextInt(65536));
                }
                case 1 -> {
                    room -= 3;
                    builder = room < 0 ? builder : builder.windowScale(random.nextInt(256));
                }
                case 2 -> {
                    room -= 2;
                    builder = room < 0 ? builder : builder.sackPermitted();
                }
                case 3 -> {
                    room -= 10;
                    builder = room < 0 ? builder : builder.timestamps(random.nextInt(), random.nextInt());
                }
                case 4 -> {
                    room -= 18;
                    builder = room < 0
                            ? builder
                            : builder.sack(random.nextInt(), random.nextInt(), random.nextInt(), random.nextInt());
                }
                default -> {
                    room -= 1;
                    builder = room < 0 ? builder : builder.nop();
                }
            }
            if (room < 0) {
                return;
            }
        }
    }

    private void compareHeader(TcpHeader header) {
        assertThat(segment.sourcePort()).isEqualTo(header.getSrcPort().valueAsInt());
        assertThat(segment.destinationPort()).isEqualTo(header.getDstPort().valueAsInt());
        assertThat(segment.seq()).isEqualTo(header.getSequenceNumber());
        assertThat(segment.ack()).isEqualTo(header.getAcknowledgmentNumber());
        assertThat(segment.headerLength()).isEqualTo(header.getDataOffsetAsInt() * 4);
        assertThat(segment.has(TcpSegment.FIN)).isEqualTo(header.getFin());
        assertThat(segment.has(TcpSegment.SYN)).isEqualTo(header.getSyn());
        assertThat(segment.has(TcpSegment.RST)).isEqualTo(header.getRst());
        assertThat(segment.has(TcpSegment.PSH)).isEqualTo(header.getPsh());
        assertThat(segment.has(TcpSegment.ACK)).isEqualTo(header.getAck());
        assertThat(segment.has(TcpSegment.URG)).isEqualTo(header.getUrg());
        assertThat(segment.flags() >> 6).isEqualTo(header.getReserved() & 3);
        assertThat(segment.window()).isEqualTo(header.getWindowAsInt());
        assertThat((short) segment.checksum()).isEqualTo(header.getChecksum());
        assertThat(segment.urgentPointer()).isEqualTo(header.getUrgentPointerAsInt());
    }

    private void compareOptions(List<TcpOption> theirs) {
        TcpOptions ours = segment.options();
        List<Integer> kinds = new ArrayList<>();
        int mss = -1;
        int shift = -1;
        for (TcpOption option : theirs) {
            kinds.add(Byte.toUnsignedInt(option.getKind().value()));
            if (option instanceof TcpMaximumSegmentSizeOption segmentSize) {
                mss = segmentSize.getMaxSegSizeAsInt();
            } else if (option instanceof TcpWindowScaleOption scale) {
                shift = scale.getShiftCountAsInt();
            }
        }
        List<Integer> ourKinds = new ArrayList<>();
        for (int i = 0; i < ours.kindCount(); i++) {
            ourKinds.add(ours.kind(i));
        }
        assertThat(ourKinds).isEqualTo(kinds);
        assertThat(ours.malformed()).isFalse();
        assertThat(ours.mss()).isEqualTo(mss);
        assertThat(ours.windowShift()).isEqualTo(shift);
        assertThat(ours.sackPermitted()).isEqualTo(kinds.contains(TcpOptions.SACK_PERMITTED));
        assertThat(ours.timestamps()).isEqualTo(kinds.contains(TcpOptions.TIMESTAMPS));
        compareLists(ours, theirs);
    }

    private static void compareLists(TcpOptions ours, List<TcpOption> theirs) {
        for (TcpOption option : theirs) {
            if (option instanceof TcpTimestampsOption stamps
                    && theirs.lastIndexOf(option) == lastOf(theirs, TcpTimestampsOption.class)) {
                assertThat(ours.tsVal()).isEqualTo(stamps.getTsValue());
                assertThat(ours.tsEcr()).isEqualTo(stamps.getTsEchoReply());
            }
            if (option instanceof TcpSackOption && theirs.lastIndexOf(option) == lastOf(theirs, TcpSackOption.class)) {
                ByteBuffer edges = ByteBuffer.wrap(option.getRawData()).position(2);
                assertThat(ours.sackCount()).isEqualTo(edges.remaining() / 8);
                for (int i = 0; i < ours.sackCount(); i++) {
                    assertThat(ours.left(i)).isEqualTo(edges.getInt());
                    assertThat(ours.right(i)).isEqualTo(edges.getInt());
                }
            }
        }
    }

    private static int lastOf(List<TcpOption> options, Class<?> type) {
        int last = -1;
        for (int i = 0; i < options.size(); i++) {
            last = type.isInstance(options.get(i)) ? i : last;
        }
        return last;
    }

    private void compareIp(IpPacket packet) {
        assertThat(IpAddress.text(segment.ipVersion(), segment.sourceHigh(), segment.sourceLow()))
                .isEqualTo(text(packet.getHeader().getSrcAddr().getHostAddress()));
        assertThat(IpAddress.text(segment.ipVersion(), segment.destinationHigh(), segment.destinationLow()))
                .isEqualTo(text(packet.getHeader().getDstAddr().getHostAddress()));
        if (packet instanceof IpV4Packet four) {
            IpV4Packet.IpV4Header header = four.getHeader();
            assertThat(segment.timeToLive()).isEqualTo(header.getTtlAsInt());
            assertThat(segment.identification()).isEqualTo(header.getIdentificationAsInt());
            assertThat(header.hasValidChecksum(true)).isTrue();
        }
        assertThat(Checksum.tcp(segment)).isEqualTo(Checksum.Verdict.GOOD);
    }

    /** The JDK writes every group: the one run of zeros that these addresses have is put short. */
    private static String text(String written) {
        return written.replaceFirst("(:0){2,}:", "::");
    }
}
