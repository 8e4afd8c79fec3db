package tcpflowcheck.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every variant of both formats. */
@Timeout(120)
class CaptureVariantsTest {
    private static final long SEED = 9293;
    private static final Pattern CUT =
            Pattern.compile("x: octet (\\d+): cut inside .*: expected (\\d+) octets.*, found (\\d+)");

    static List<CaptureWriter> variants() {
        return CaptureWriter.variants();
    }

    /** Packets with the lengths given; times may go back, as captures from several interfaces do. */
    static List<CapturedPacket> packets(CaptureWriter writer, int... lengths) {
        Random random = new Random(SEED);
        List<CapturedPacket> packets = new ArrayList<>();
        for (int length : lengths) {
            byte[] octets = new byte[length];
            random.nextBytes(octets);
            long time = 1_700_000_000_000_000_000L + random.nextInt();
            int linkType = writer.mixesLinkTypes() && packets.size() % 2 == 1
                    ? LinkType.LINUX_SLL2.number()
                    : LinkType.EN10MB.number();
            int cutOff = packets.size() % 3 == 2 ? 1000 : 0;
            packets.add(new CapturedPacket(
                    time - Math.floorMod(time, writer.nanosPerUnit()), linkType, length + cutOff, octets));
        }
        return packets;
    }

    static FrameSource source(InputStream in, int capacity) throws CaptureException {
        return CaptureFile.read(new SlidingBuffer("x", in, capacity));
    }

    @ParameterizedTest
    @MethodSource("variants")
    void readsBackWhatWasWritten(CaptureWriter writer, @TempDir Path folder) throws Exception {
        List<CapturedPacket> packets = packets(writer, 60, 0, 1, 2, 3, 4, 1514, 65_535, 262_144, 54);
        Path file = writer.write(packets, folder.resolve("x.cap"));
        try (FrameSource source = CaptureFile.open(file.toString(), InputStream.nullInputStream())) {
            assertThat(CapturedPacket.readAll(source)).isEqualTo(packets);
            assertThat(source.next(new Frame())).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void readsThroughBuffersAndPipesOfAnySize(CaptureWriter writer) throws Exception {
        List<CapturedPacket> packets = packets(writer, 60, 0, 61, 1514, 62, 700, 54, 40);
        byte[] octets = writer.write(packets);
        for (int capacity : new int[] {1, 12, 64, 100, 1024, 1 << 16}) {
            for (int most : new int[] {1, 7, 1000}) {
                FrameSource source = source(new SlowStream(octets, most), capacity);
                assertThat(CapturedPacket.readAll(source))
                        .as("%d octets of buffer, %d a read", capacity, most)
                        .isEqualTo(packets);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void givesAFrameAsSoonAsItsLastOctetIsThere(CaptureWriter writer) throws Exception {
        List<CapturedPacket> packets = packets(writer, 60, 61, 62);
        SlowStream in = new SlowStream(writer.write(packets), 1);
        FrameSource source = source(in, 4096);
        for (int i = 1; i <= packets.size(); i++) {
            source.next(new Frame());
            assertThat(in.left()).isEqualTo(writer.write(packets).length - writer.write(packets.subList(0, i)).length);
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void cutAnywhereGivesTheWholeFramesBefore(CaptureWriter writer) throws Exception {
        List<CapturedPacket> packets = packets(writer, 14, 0, 21, 54);
        byte[] octets = writer.write(packets);
        Set<Integer> clean = cleanEnds(writer, octets, packets);
        for (int cut = 0; cut <= octets.length; cut++) {
            List<CapturedPacket> whole = new ArrayList<>();
            CaptureException error = null;
            try (FrameSource source = source(new ByteArrayInputStream(octets, 0, cut), 64)) {
                error = readToError(source, whole);
            } catch (CaptureException e) {
                error = e;
            }
            assertThat(whole).as("cut at %d", cut).isEqualTo(packets.subList(0, framesUpTo(cut, writer, packets)));
            if (clean.contains(cut)) {
                assertThat(error).as("cut at %d", cut).isNull();
            } else {
                assertThat(error).as("cut at %d", cut).isNotNull();
                assertThat(Objects.requireNonNull(error).cut()).isTrue();
                assertCutAt(cut, String.valueOf(error.getMessage()));
            }
        }
    }

    private static void assertCutAt(int cut, String message) {
        if (cut < 4) {
            assertThat(message).startsWith("x: octet 0: cut ").contains("expected a pcap or pcapng file");
            return;
        }
        Matcher matcher = CUT.matcher(message);
        assertThat(matcher.matches()).as(message).isTrue();
        int found = Integer.parseInt(matcher.group(3));
        assertThat(Integer.parseInt(matcher.group(1)) + found).as(message).isEqualTo(cut);
        assertThat(found).as(message).isLessThan(Integer.parseInt(matcher.group(2)));
    }

    /** Reads to the end, and to an error twice: it must be the same again. */
    private static @Nullable CaptureException readToError(FrameSource source, List<CapturedPacket> packets) {
        try {
            CapturedPacket.readAll(source, packets);
            return null;
        } catch (CaptureException e) {
            try {
                assertThat(source.next(new Frame())).as("a frame after " + e).isNull();
            } catch (CaptureException again) {
                assertThat(again).hasMessage(e.getMessage());
            }
            return e;
        }
    }

    private static int framesUpTo(int cut, CaptureWriter writer, List<CapturedPacket> packets) {
        int frames = 0;
        while (frames < packets.size() && writer.write(packets.subList(0, frames + 1)).length <= cut) {
            frames++;
        }
        return frames;
    }

    private static Set<Integer> cleanEnds(CaptureWriter writer, byte[] octets, List<CapturedPacket> packets) {
        Set<Integer> ends = new TreeSet<>();
        if (writer instanceof PcapngWriter pcapng) {
            ByteBuffer buffer = ByteBuffer.wrap(octets).order(pcapng.order());
            for (int end = buffer.getInt(4); ; end += buffer.getInt(end + 4)) {
                ends.add(end);
                if (end == octets.length) {
                    return ends;
                }
            }
        }
        for (int i = 0; i <= packets.size(); i++) {
            ends.add(writer.write(packets.subList(0, i)).length);
        }
        return ends;
    }

    @ParameterizedTest
    @MethodSource("variants")
    void aWrongOctetAnywhereIsAFrameOrAnError(CaptureWriter writer) throws Exception {
        byte[] octets = writer.write(packets(writer, 14, 0, 21, 54));
        for (int at = 0; at < octets.length; at++) {
            for (int flip : new int[] {0x01, 0x04, 0x40, 0x80, 0xff}) {
                byte[] wrong = octets.clone();
                wrong[at] ^= (byte) flip;
                SlidingBuffer buffer = new SlidingBuffer("x", new ByteArrayInputStream(wrong), 64);
                List<CapturedPacket> packets = new ArrayList<>();
                try (FrameSource source = CaptureFile.read(buffer)) {
                    readToError(source, packets);
                } catch (CaptureException e) {
                    assertThat(e.getMessage()).startsWith("x: ").doesNotContain("\n");
                }
                assertThat(packets).hasSizeLessThan(octets.length / 16);
                assertThat(buffer.octets()).hasSizeLessThanOrEqualTo(4096);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void noiseBehindTheFirstHeaderIsAFrameOrAnError(CaptureWriter writer) throws Exception {
        Random random = new Random(SEED);
        byte[] octets = Arrays.copyOf(writer.write(List.of()), 4096);
        int header = writer.write(List.of()).length;
        for (int run = 0; run < 200; run++) {
            for (int i = header; i < octets.length; i++) {
                octets[i] = (byte) (random.nextInt(3) == 0 ? random.nextInt(256) : random.nextInt(4));
            }
            SlidingBuffer buffer = new SlidingBuffer("x", new ByteArrayInputStream(octets), 64);
            List<CapturedPacket> packets = new ArrayList<>();
            readToError(CaptureFile.read(buffer), packets);
            assertThat(packets).hasSizeLessThanOrEqualTo(octets.length / 16);
            assertThat(buffer.octets()).hasSizeLessThanOrEqualTo(8192);
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void framesAreViewsIntoOneBuffer(CaptureWriter writer) throws Exception {
        byte[] octets = writer.write(packets(writer, 60, 61, 62));
        SlidingBuffer buffer = new SlidingBuffer("x", new ByteArrayInputStream(octets), 4096);
        FrameSource source = CaptureFile.read(buffer);
        Frame frame = new Frame();
        while (source.next(frame)) {
            assertThat(frame.buffer()).isSameAs(buffer.octets());
        }
        assertThat(frame.number()).isEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("variants")
    void aCaptureWithoutPacketsEndsAtOnce(CaptureWriter writer) throws Exception {
        FrameSource source = source(new ByteArrayInputStream(writer.write(List.of())), 64);
        assertThat(source.next(new Frame())).isFalse();
    }

    @ParameterizedTest
    @MethodSource("variants")
    void everyLinkTypeIsReadAsWritten(CaptureWriter writer) throws Exception {
        for (int linkType : new int[] {0, 1, 12, 14, 101, 108, 113, 228, 229, 276, 0xffff}) {
            List<CapturedPacket> packets = List.of(new CapturedPacket(0, linkType, new byte[] {1}));
            FrameSource source = source(new ByteArrayInputStream(writer.write(packets)), 64);
            assertThat(CapturedPacket.readAll(source)).isEqualTo(packets);
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void byteOrderShowsInTheFile(CaptureWriter writer) {
        ByteOrder order = writer instanceof PcapWriter pcap ? pcap.order() : ((PcapngWriter) writer).order();
        int magicAt = writer instanceof PcapWriter ? 0 : 8;
        int first = writer.write(List.of())[magicAt] & 0xff;
        assertThat(first == 0xa1 || first == 0x1a).isEqualTo(order == ByteOrder.BIG_ENDIAN);
    }
}
