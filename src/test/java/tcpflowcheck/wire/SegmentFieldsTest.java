package tcpflowcheck.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.capture.Frame.Direction;

/**
 * A kept or packed segment shows what the lent one did, field by field. A field that is added to a segment fails here until
 * it is copied and packed (or {@link PackedSegment#fits} refuses what has it) and a sample below has it.
 */
class SegmentFieldsTest {
    /** Where the octets lie: a copy and a packed segment have a buffer of their own. */
    private static final Set<String> PLACES = Set.of(
            "TcpSegment.buffer",
            "TcpSegment.words",
            "TcpSegment.ipOffset",
            "TcpSegment.tcpOffset",
            "TcpSegment.wireEnd",
            "TcpOptions.buffer",
            "TcpOptions.offset");
    /** The owner of the packed segment says where its text is. */
    private static final Set<String> OWNERS = Set.of("TcpSegment.textPosition");
    /** What no segment has that may be packed; the checksums are those of a tunnel's datagrams. */
    private static final Set<String> NOT_PACKED = Set.of(
            "TcpSegment.ipLengthPresumed",
            "TcpSegment.moreFragments",
            "TcpSegment.comments",
            "TcpSegment.headerCut",
            "TcpOptions.faultOffset",
            "Encapsulation.tunnelCount",
            "Encapsulation.tunnels",
            "Encapsulation.tunnelIds",
            "Encapsulation.fragmentFrames",
            "Encapsulation.wrongSum",
            "Encapsulation.unfinishedSum");

    /** A segment's fields and those of its options and encapsulation, as {@code Class.field} and a value that can be compared. */
    private static List<String> fields(Object of) throws IllegalAccessException {
        List<String> all = new ArrayList<>();
        for (Field field : of.getClass().getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                continue;
            }
            field.setAccessible(true);
            Object value = field.get(of);
            if (value instanceof Encapsulation || value instanceof TcpOptions) {
                all.addAll(fields(value));
                continue;
            }
            if (of instanceof TcpOptions options && field.getName().endsWith("At") && (int) value != 0) {
                value = (int) value - options.offset();
            }
            String text = Arrays.deepToString(new Object[] {value});
            all.add(of.getClass().getSimpleName() + "." + field.getName() + "=" + text);
        }
        return all;
    }

    private static List<String> without(Set<String> names, List<String> fields) {
        List<String> left = new ArrayList<>(fields);
        left.removeIf(each -> names.contains(each.substring(0, each.indexOf('='))));
        return left;
    }

    private static SegmentBuilder four() {
        return new SegmentBuilder()
                .ipv4("192.0.2.7", "198.51.100.9")
                .ports(40_000, 443)
                .seq(0xfedcba98L)
                .ack(0x89abcdefL)
                .flags("SFRP.UEWe")
                .window(0xfffe)
                .urgentPointer(3)
                .id(0xabcd)
                .ttl(200)
                .vlan(4095, 1, 2, 3)
                .payload(77);
    }

    private static SegmentBuilder six() {
        return four().ipv6("2001:db8::7", "2001:db8:1::9");
    }

    /** Together they have a value in each field that fits a packed segment. */
    private static List<SegmentBuilder> plain() {
        return List.of(
                four().mss(1460)
                        .windowScale(7)
                        .sackPermitted()
                        .timestamps(5, 6)
                        .option(TcpOptions.USER_TIMEOUT, (byte) 1, (byte) 2),
                six().sack(1, 2, 3, 4).fastOpen((byte) 1, (byte) 2, (byte) 3, (byte) 4),
                four().option(TcpOptions.MPTCP, (byte) 0x31, (byte) 0)
                        .payload(0)
                        .unfinishedChecksum(),
                six().option(TcpOptions.EXPERIMENT_1, (byte) 0x12, (byte) 0x34, (byte) 5, (byte) 6)
                        .unfinishedChecksum(),
                four().vlan().nop().nop().timestamps(7, 8).payload(1448),
                six().vlan(9).flags("."));
    }

    /** By a decoder of its own: the options have values of earlier segments, of kinds that are not there. */
    private static TcpSegment decoded(SegmentBuilder builder, int snapLength) {
        PacketDecoder decoder = new PacketDecoder();
        decoder.decode(builder.frame((1L << 40) - 1, Long.MAX_VALUE - 1, snapLength));
        TcpSegment segment = decoder.segment();
        segment.interfaceName = new ForeignText("eth1");
        segment.direction = Direction.OUTBOUND;
        Checksum.tcp(segment);
        return segment;
    }

    private static TcpSegment decoded(SegmentBuilder builder) {
        return decoded(builder, Integer.MAX_VALUE);
    }

    /** Segments that are not packed, each for another reason, and the fields that say so. */
    private static List<TcpSegment> odd() {
        TcpSegment carried = decoded(four());
        carried.encapsulation.addTunnel(Tunnel.VXLAN, 99);
        carried.encapsulation.wrongSum(5, 6);
        carried.encapsulation.unfinishedSum();
        TcpSegment reassembled = decoded(four());
        reassembled.encapsulation.fragments(new long[] {3, 4});
        TcpSegment commented = decoded(four());
        commented.comments = List.of(new ForeignText("a word"));
        TcpSegment first = decoded(four()); // of a packet whose other fragments are not in the capture
        first.moreFragments = true;
        return List.of(
                carried,
                reassembled,
                commented,
                decoded(four().options((byte) 2, (byte) 9)),
                decoded(four().mss(9).vlan().payload(0), 14 + 20 + 22),
                decoded(four().ipLength(0)),
                first);
    }

    @Test
    void everyFieldSurvivesACopy() throws IllegalAccessException {
        Set<String> unseen = names(without(PLACES, fields(new TcpSegment())));
        for (SegmentBuilder each : plain()) {
            copied(decoded(each), unseen);
        }
        for (TcpSegment each : odd()) {
            copied(each, unseen);
        }
        TcpSegment unpacked = decoded(four());
        unpacked.textPosition = 4711;
        copied(unpacked, unseen);
        assertThat(unseen).as("fields that no sample has").isEmpty();
    }

    private static void copied(TcpSegment segment, Set<String> unseen) throws IllegalAccessException {
        TcpSegment copy = segment.copy();
        same(PLACES, copy, segment);
        assertThat(copy.ipOffset).isZero();
        assertThat(copy.tcpOffset).isEqualTo(segment.tcpOffset - segment.ipOffset);
        assertThat(copy.missingLength()).isEqualTo(segment.missingLength());
        assertThat(copy.options.offset()).isEqualTo(segment.options.offset() - segment.ipOffset);
        see(segment, unseen);
    }

    @Test
    void everyFieldSurvivesPackingOrIsNotPacked() throws IllegalAccessException {
        Set<String> unseen = names(without(PLACES, fields(new TcpSegment())));
        unseen.removeAll(OWNERS);
        for (SegmentBuilder each : plain()) {
            packed(decoded(each), unseen);
        }
        assertThat(unseen).as("fields that no sample has").isEqualTo(NOT_PACKED);
        for (TcpSegment each : odd()) {
            assertThat(new PackedSegment().fits(each)).isFalse();
            see(each, unseen);
        }
        assertThat(unseen).as("fields that no refused sample has").isEmpty();
    }

    private static void packed(TcpSegment segment, Set<String> unseen) throws IllegalAccessException {
        PackedSegment packed = new PackedSegment();
        assertThat(packed.fits(segment)).isTrue();
        int longs = PackedSegment.longs(segment);
        long[] record = new long[2 + longs];
        packed.pack(segment, true, 4711, record, 2, longs);
        packed.between(
                segment.ipVersion,
                segment.sourceHigh,
                segment.sourceLow,
                segment.sourcePort,
                segment.destinationHigh,
                segment.destinationLow,
                segment.destinationPort);
        TcpSegment again = packed.unpack(record, 2, longs, segment.encapsulation.vlans());
        Set<String> apart = new TreeSet<>(PLACES);
        apart.addAll(OWNERS);
        same(apart, again, segment);
        assertThat(again.textPosition).isEqualTo(segment.capturedLength > 0 ? 4711 : 0);
        assertThat(again.missingLength()).isZero();
        assertThat(PackedSegment.fromLow(record, 2)).isTrue();
        assertThat(PackedSegment.time(record, 2)).isEqualTo(segment.time);
        see(segment, unseen);
    }

    private static void same(Set<String> apart, TcpSegment one, TcpSegment other) throws IllegalAccessException {
        List<String> differ = without(apart, fields(one));
        differ.removeAll(fields(other));
        assertThat(differ).as("fields that have another value").isEmpty();
    }

    private static Set<String> names(List<String> fields) {
        Set<String> names = new TreeSet<>();
        for (String each : fields) {
            names.add(each.substring(0, each.indexOf('=')));
        }
        return names;
    }

    /** Takes away the names of fields in which a segment has another value than a new one. */
    private static void see(TcpSegment segment, Set<String> unseen) throws IllegalAccessException {
        List<String> set = fields(segment);
        set.removeAll(fields(new TcpSegment()));
        unseen.removeAll(names(set));
    }
}
