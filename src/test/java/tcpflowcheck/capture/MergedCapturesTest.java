package tcpflowcheck.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MergedCapturesTest {
    @TempDir
    Path folder;

    private static FrameSource open(String name, int buffer) throws CaptureException {
        return CaptureFile.open(name, InputStream.nullInputStream(), buffer);
    }

    /** A source that is counted while it is open, and whose buffers are found by {@code held}. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Counted(FrameSource source, int[] open, List<WeakReference<byte[]>> held) implements FrameSource {
        @Override
        public String name() {
            return source.name();
        }

        @Override
        public CaptureNotes notes() {
            return source.notes();
        }

        @Override
        public boolean next(Frame frame) throws CaptureException {
            boolean more = source.next(frame);
            if (more) {
                held.add(new WeakReference<>(frame.buffer()));
            }
            return more;
        }

        @Override
        public void close() throws IOException {
            open[0]--;
            source.close();
        }
    }

    /** Rotated captures are thousands: what waits for its turn has neither a handle nor a buffer. */
    @Test
    void manyThatFollowOneAnotherAreNotOpenTogether() throws Exception {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            names.add(write(i, List.of(packet(1_000_000_000L * i, i, 0))));
        }
        int[] open = {0};
        int[] most = {0};
        List<WeakReference<byte[]>> held = new ArrayList<>();
        MergedCaptures merged = new MergedCaptures(names, (name, buffer) -> {
            most[0] = Math.max(most[0], ++open[0]);
            return new Counted(open(name, buffer), open, held);
        });
        System.gc();
        assertThat(held.stream().filter(each -> each.get() != null).count()).isLessThan(80);
        assertThat(read(merged)).hasSize(300);
        assertThat(most[0]).isLessThan(80);
        assertThat(open[0]).isZero();
    }

    /** A packet whose octets tell its file and its place there. */
    private static CapturedPacket packet(long time, int file, int place) {
        return new CapturedPacket(
                time, 1, new byte[] {(byte) file, (byte) (file >> 8), (byte) place, (byte) (place >> 8)});
    }

    private String write(int file, List<CapturedPacket> packets) throws IOException {
        CaptureWriter writer =
                CaptureWriter.variants().get(file % CaptureWriter.variants().size());
        return writer.write(packets, folder.resolve("f" + file)).toString();
    }

    /** Each frame as {@code time file.place}; what stopped it at the end. */
    private static List<String> read(FrameSource source) throws IOException {
        List<String> frames = new ArrayList<>();
        Frame frame = new Frame();
        try (source) {
            while (source.next(frame)) {
                byte[] b = Arrays.copyOfRange(frame.buffer(), frame.offset(), frame.offset() + 4);
                frames.add(frame.time() / 1_000_000_000 + " " + ((b[0] & 0xff) + (b[1] << 8)) + "."
                        + ((b[2] & 0xff) + (b[3] << 8)));
                assertThat(frame.number()).isEqualTo(frames.size());
            }
        } catch (CaptureException e) {
            frames.add(e.getMessage());
            for (Throwable other : e.getSuppressed()) {
                frames.add(other.getMessage());
            }
        }
        return frames;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 7, 90})
    void theOrderIsThatOfTimeAndThenOfTheFiles(int count) throws Exception {
        Random random = new Random(count);
        record Placed(long time, int file, int place) {}
        List<List<CapturedPacket>> files = new ArrayList<>();
        List<Placed> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            files.add(new ArrayList<>());
        }
        for (int i = 0; i < 3000; i++) {
            int file = count == 90 ? Math.min(i / 34, 89) : random.nextInt(count); // 90 are rotated, one after another
            long time = 1_700_000_000L + i / 3;
            int place = files.get(file).size();
            files.get(file).add(packet(time * 1_000_000_000, file, place));
            all.add(new Placed(time, file, place));
        }
        all.sort(java.util.Comparator.comparingLong(Placed::time).thenComparingInt(Placed::file));
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(write(i, files.get(i)));
        }
        assertThat(read(new MergedCaptures(names, MergedCapturesTest::open)))
                .isEqualTo(all.stream()
                        .map(each -> each.time + " " + each.file + "." + each.place)
                        .toList());
    }

    @Test
    void oneThatIsCutAndOneThatIsMissingDoNotKeepTheOthersFromBeingRead() throws Exception {
        String first = write(0, List.of(packet(1_000_000_000L, 0, 0), packet(3_000_000_000L, 0, 1)));
        String second = write(1, List.of(packet(2_000_000_000L, 1, 0), packet(4_000_000_000L, 1, 1)));
        byte[] octets = Files.readAllBytes(Path.of(first));
        Files.write(Path.of(first), Arrays.copyOf(octets, octets.length - 1));
        assertThat(read(new MergedCaptures(List.of(first, "nowhere", second), MergedCapturesTest::open)))
                .containsExactly(
                        "1 0.0",
                        "2 1.0",
                        "4 1.1",
                        "nowhere: no such file",
                        first + ": octet 60: cut inside the record of frame 2: expected 4 octets of packet, found 3");
        assertThatThrownBy(() -> new MergedCaptures(List.of("nowhere", "here"), MergedCapturesTest::open))
                .hasMessage("nowhere: no such file");
    }

    @Test
    void theNameIsThatOfAllOrOfTheFirstAndTheLast() {
        assertThat(MergedCaptures.nameOf(List.of("a", "b", "c"))).isEqualTo("a,b,c");
        assertThat(MergedCaptures.nameOf(List.of("a", "b", "c", "d"))).isEqualTo("a..d (4 captures)");
    }
}
