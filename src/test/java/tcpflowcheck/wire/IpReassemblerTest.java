package tcpflowcheck.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tcpflowcheck.capture.Frame;

class IpReassemblerTest {
    private static final long SECOND = 1_000_000_000L;

    private final PacketDecoder decoder = new PacketDecoder();
    private final TcpSegment segment = decoder.segment();
    private long frames;
    private long time;

    private static SegmentBuilder of(int version) {
        SegmentBuilder builder = new SegmentBuilder()
                .link(LinkHeader.RAW)
                .flags("P.")
                .payload(3001)
                .id(7);
        return version == 4 ? builder : builder.ipv6("2001:db8::1", "2001:db8::2");
    }

    private static byte[] packet(SegmentBuilder builder) {
        Frame frame = builder.frame(1, 0);
        return Arrays.copyOfRange(frame.buffer(), frame.offset(), frame.offset() + frame.capturedLength());
    }

    /** The payload's octets from here to there as a packet of their own. */
    private static byte[] fragment(byte[] packet, int from, int to, int id) {
        boolean more = to < payload(packet);
        ByteBuffer out;
        if (packet[0] >> 4 == 4) {
            out = ByteBuffer.allocate(20 + to - from).put(packet, 0, 20).put(packet, 20 + from, to - from);
            out.putShort(2, (short) out.capacity()).putShort(4, (short) id);
            out.putShort(6, (short) (from >> 3 | (more ? 0x2000 : 0)));
            out.putShort(10, (short) 0).putShort(10, (short)
                    SegmentBuilder.checksum(Arrays.copyOf(out.array(), 20), 0));
        } else {
            out = ByteBuffer.allocate(48 + to - from).put(packet, 0, 40);
            out.put(packet[6])
                    .put((byte) 0)
                    .putShort((short) (from | (more ? 1 : 0)))
                    .putInt(id);
            out.put(packet, 40 + from, to - from);
            out.put(6, (byte) IpHeader.FRAGMENT).putShort(4, (short) (8 + to - from));
        }
        return out.array();
    }

    private static int payload(byte[] packet) {
        return packet.length - (packet[0] >> 4 == 4 ? 20 : 40);
    }

    private static List<byte[]> fragments(byte[] packet, int size, int id) {
        List<byte[]> fragments = new ArrayList<>();
        for (int from = 0; from < payload(packet); from += size) {
            fragments.add(fragment(packet, from, Math.min(from + size, payload(packet)), id));
        }
        return fragments;
    }

    private Decoded decode(byte[] packet) {
        Frame frame = new Frame();
        frame.wrap(Frame.words(packet), 0, packet.length, packet.length, LinkHeader.RAW, ++frames, time);
        return decoder.decode(frame);
    }

    private void isTheWhole(byte[] packet) {
        assertThat(segment.length()).isEqualTo(3001);
        assertThat(segment.capturedLength()).isEqualTo(3001);
        assertThat(segment.moreFragments()).isFalse();
        assertThat(segment.missingLength()).isZero();
        assertThat(segment.ipLength()).isEqualTo(packet.length);
        assertThat(Checksum.tcp(segment)).isEqualTo(Checksum.Verdict.GOOD);
        if (segment.ipVersion() == 4) {
            assertThat(Checksum.ip(segment)).isEqualTo(Checksum.Verdict.GOOD);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 6})
    void inAnyOrderAndWithCopiesTheLastFragmentGivesTheWholePacket(int version) {
        byte[] packet = packet(of(version));
        Random random = new Random(version);
        for (int id = 1; id <= 200; id++) {
            List<byte[]> fragments = fragments(packet, 8 << random.nextInt(8), id);
            Collections.shuffle(fragments, random);
            for (int i = 0; i < fragments.size() - 1; i++) {
                assertThat(decode(fragments.get(i))).isEqualTo(Decoded.FRAGMENT);
                assertThat(decode(fragments.get(random.nextInt(i + 1)))).isEqualTo(Decoded.FRAGMENT);
            }
            assertThat(decode(fragments.get(fragments.size() - 1))).isEqualTo(Decoded.TCP);
            isTheWhole(packet);
            assertThat(segment.frame()).isEqualTo(frames);
        }
        assertThat(decoder.fragments().overlaps()).isZero();
        assertThat(decoder.fragments().incomplete()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 6})
    void packetsWhoseFragmentsMixAreKeptApart(int version) {
        byte[] packet = packet(of(version));
        byte[] other = packet(of(version).reverse());
        List<byte[]> a = fragments(packet, 1024, 1);
        List<byte[]> b = fragments(other, 1024, 1);
        List<byte[]> c = fragments(packet, 1024, 2);
        for (int i = 0; i < 2; i++) {
            assertThat(decode(a.get(i))).isEqualTo(Decoded.FRAGMENT);
            assertThat(decode(b.get(i))).isEqualTo(Decoded.FRAGMENT);
            assertThat(decode(c.get(i))).isEqualTo(Decoded.FRAGMENT);
        }
        for (List<byte[]> each : List.of(a, b, c)) {
            assertThat(decode(each.get(2))).isEqualTo(Decoded.TCP);
            isTheWhole(packet);
        }
    }

    @Test
    void headersInFrontOfTheFragmentHeaderStay() {
        SegmentBuilder builder = of(6).extension(IpHeader.DESTINATION);
        byte[] whole =
                packet(builder.copy().fragment(0, false)); // what follows the headers: 8 of destination, 8 of fragment
        List<byte[]> parts = new ArrayList<>();
        for (int from = 0; from < whole.length - 56; from += 1024) {
            int to = Math.min(from + 1024, whole.length - 56);
            ByteBuffer out = ByteBuffer.allocate(56 + to - from).put(whole, 0, 56);
            out.put(whole, 56 + from, to - from);
            out.putShort(4, (short) (16 + to - from));
            parts.add(out.putShort(50, (short) (from | (to < whole.length - 56 ? 1 : 0)))
                    .array());
        }
        assertThat(decode(parts.get(2))).isEqualTo(Decoded.FRAGMENT);
        assertThat(decode(parts.get(0))).isEqualTo(Decoded.FRAGMENT);
        assertThat(decode(parts.get(1))).isEqualTo(Decoded.TCP);
        isTheWhole(packet(builder));
        assertThat(segment.tcpOffset()).isEqualTo(48);
    }

    @Test
    void aSegmentInATunnelInFragmentsIsRead() {
        byte[] inner = packet(of(4));
        ByteBuffer outer =
                ByteBuffer.allocate(20 + inner.length).put(inner, 0, 20).put(inner);
        outer.put(9, (byte) TunnelDecoder.IP_IN_IP).putShort(2, (short) outer.capacity());
        List<byte[]> fragments = fragments(outer.array(), 1024, 9);
        assertThat(decode(fragments.get(0))).isEqualTo(Decoded.FRAGMENT);
        assertThat(decode(fragments.get(1))).isEqualTo(Decoded.FRAGMENT);
        assertThat(decode(fragments.get(2))).isEqualTo(Decoded.TCP);
        isTheWhole(inner);
        assertThat(segment.encapsulation().tunnel(0)).isEqualTo(Tunnel.IPIP);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 6})
    void octetsThatCameFirstCountAndTheContradictionIsNoticed(int version) {
        byte[] packet = packet(of(version));
        byte[] forged = packet.clone();
        Arrays.fill(forged, packet.length - payload(packet) + 64, forged.length, (byte) 'x');
        decode(fragment(packet, 0, 1024, 1));
        assertThat(decode(fragment(forged, 512, 2048, 1))).isEqualTo(Decoded.FRAGMENT);
        assertThat(decoder.fragments().overlaps()).isEqualTo(1);
        assertThat(decoder.fragments().firstOverlap()).isEqualTo(2);
        assertThat(decode(fragment(packet, 1024, payload(packet), 1))).isEqualTo(Decoded.TCP);
        assertThat(segment.length()).isEqualTo(3001);
        int at = segment.tcpOffset();
        int start = packet.length - payload(packet);
        assertThat(Arrays.equals(segment.buffer(), at, at + 1024, packet, start, start + 1024))
                .isTrue();
        assertThat(segment.buffer()[at + 1024]).isEqualTo((byte) 'x');
        assertThat(segment.buffer()[at + 2047]).isEqualTo((byte) 'x');
        assertThat(segment.buffer()[at + 2048]).isEqualTo(packet[start + 2048]);
        assertThat(decoder.fragments().overlaps()).isEqualTo(2);
    }

    @Test
    void aSecondEndOfThePacketIsAContradiction() {
        byte[] packet = packet(of(4));
        decode(fragment(packet, 2048, 3021, 1));
        byte[] shorter = Arrays.copyOf(packet, 20 + 1536);
        assertThat(decode(fragment(shorter, 1024, 1536, 1))).isEqualTo(Decoded.FRAGMENT);
        assertThat(decoder.fragments().overlaps()).isEqualTo(1);
        assertThat(decode(fragment(packet, 0, 2048, 1))).isEqualTo(Decoded.TCP);
        isTheWhole(packet);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 6})
    void afterAMinuteFragmentsAreOfAnotherPacket(int version) {
        byte[] packet = packet(of(version));
        List<byte[]> fragments = fragments(packet, 2048, 1);
        decode(fragments.get(0));
        time = 60 * SECOND;
        assertThat(decode(fragments.get(1))).isEqualTo(Decoded.TCP);
        decode(fragments.get(0));
        time += 60 * SECOND + 1;
        assertThat(decode(fragments.get(1))).isEqualTo(Decoded.FRAGMENT);
        assertThat(decoder.fragments().incomplete()).isEqualTo(2);
        assertThat(decoder.fragments().firstIncomplete()).isEqualTo(3);
    }

    @Test
    void whatIsHeldIsBoundedAndTheOldestGoFirst() {
        byte[] packet = packet(of(4));
        for (int id = 0; id < 20_000; id++) {
            assertThat(decode(fragment(packet, 0, 2048, id))).isEqualTo(Decoded.FRAGMENT);
        }
        assertThat(decoder.fragments().incomplete()).isEqualTo(20_000);
        assertThat(decode(fragment(packet, 2048, 3021, 19_999))).isEqualTo(Decoded.TCP);
        isTheWhole(packet);
        assertThat(decode(fragment(packet, 2048, 3021, 18_000))).isEqualTo(Decoded.FRAGMENT);
        assertThat(decoder.fragments().firstIncomplete()).isEqualTo(1);
    }

    @Test
    void packetsOfMoreThan65535OctetsAreNone() {
        byte[] huge = Arrays.copyOf(packet(of(4)), 20 + 65_600);
        decode(fragment(huge, 0, 32_768, 1));
        assertThat(decode(fragment(huge, 32_768, 65_528, 1))).isEqualTo(Decoded.FRAGMENT);
        assertThat(decode(fragment(huge, 65_528, 65_600, 1))).isEqualTo(Decoded.FRAGMENT);
        assertThat(decode(fragment(Arrays.copyOf(huge, 20 + 65_530), 65_528, 65_530, 1)))
                .isEqualTo(Decoded.FRAGMENT);
    }

    @Test
    void fragmentsNobodyCanUseAreNotHeld() {
        byte[] packet = packet(of(4));
        byte[] odd = fragment(packet, 0, 1024, 1);
        byte[] cut = Arrays.copyOf(odd, odd.length - 1);
        ByteBuffer.wrap(cut).putShort(2, (short) cut.length);
        assertThat(decode(cut)).isEqualTo(Decoded.FRAGMENT);
        byte[] encrypted = fragment(packet, 0, 1024, 1);
        encrypted[9] = 50;
        assertThat(decode(encrypted)).isEqualTo(Decoded.OPAQUE);
        assertThat(decoder.fragments().incomplete()).isZero();
    }
}
