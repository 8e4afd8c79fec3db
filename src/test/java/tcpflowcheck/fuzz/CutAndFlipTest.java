package tcpflowcheck.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every sample, cut and changed: a clear error or a clean report, never anything else. */
@Execution(ExecutionMode.CONCURRENT)
class CutAndFlipTest {
    /** Of a long sample each octet of this part, which has all kinds of frames, and then one in so many. */
    private static final int WHOLE = 4096;

    private static final int STEP = 97;

    static List<Path> samples() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("samples"))) {
            return files.filter(file -> file.toString().matches(".*\\.pcap(ng)?"))
                    .sorted()
                    .toList();
        }
    }

    private static int after(int at) {
        return at < WHOLE ? at + 1 : at + STEP;
    }

    @ParameterizedTest
    @MethodSource("samples")
    void cutAtEveryOctet(Path sample) throws IOException {
        byte[] capture = Files.readAllBytes(sample);
        for (int length = 0; length < capture.length; length = after(length)) {
            Road road = Road.of(capture, 0, length);
            if (road.failure != null) {
                assertThat(road.failure.getMessage()).matches("fuzz: octet \\d+: [^\\n]+");
                assertThat(road.failure.cut()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyOctetChanged(Path sample) throws IOException {
        byte[] capture = Files.readAllBytes(sample);
        for (int at = 0; at < capture.length; at = after(at)) {
            byte right = capture[at];
            for (int change : new int[] {0xff, 1 << at % 8}) {
                capture[at] = (byte) (right ^ change);
                Road road = Road.of(capture, 0, capture.length);
                if (road.failure != null) {
                    assertThat(road.failure.getMessage()).matches("fuzz: (octet \\d+: )?[^\\n]+");
                }
            }
            capture[at] = right;
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void splicedWithAnother(Path sample) throws IOException {
        byte[] capture = Files.readAllBytes(sample);
        Random random = new Random(sample.hashCode());
        List<byte[]> others = new ArrayList<>();
        for (Path other : samples()) {
            others.add(Files.readAllBytes(other));
        }
        for (int i = 0; i < 300; i++) {
            byte[] other = others.get(random.nextInt(others.size()));
            int to = random.nextInt(capture.length);
            int from = random.nextInt(other.length);
            byte[] spliced = Arrays.copyOf(capture, to + other.length - from);
            System.arraycopy(other, from, spliced, to, other.length - from);
            Road.of(spliced, 0, spliced.length);
        }
    }

    /** What was told of a frame is never told otherwise because of frames that come later. */
    @ParameterizedTest
    @MethodSource("samples")
    void theFutureChangesNoEvent(Path sample) throws IOException {
        byte[] capture = Files.readAllBytes(sample);
        List<String> all = Road.events(capture, Long.MAX_VALUE).events;
        assertThat(all).isNotEmpty();
        for (long frames = 1; frames < 90; frames++) {
            List<String> first = Road.events(capture, frames).events;
            assertThat(first).isEqualTo(all.subList(0, first.size()));
        }
    }
}
