package tcpflowcheck.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tcpflowcheck.bench.Load;
import tcpflowcheck.flow.Pace;

/** Nothing that is told depends on whether flows are held, as they are where nobody looks at all segments in order. */
class HeldFlowsTest {
    private static final List<Pace> PACES = List.of(Pace.AT_ONCE, new Pace(2, 3, true), Pace.of(2));

    @TempDir
    Path folder;

    @Test
    void ofTheSamples() throws Exception {
        for (Path sample : CutAndFlipTest.samples()) {
            Told.isTheSame(Files.readAllBytes(sample), 1000);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void ofConversations(int seed) throws Exception {
        Random random = new Random(seed);
        for (int i = 0; i < 1000; i++) {
            Told.isTheSame(Conversations.capture(random::nextInt, 60), 1000);
        }
    }

    /** Who has to go is then not the same, for of flows with one deadline any may; but each is told once. */
    @ParameterizedTest
    @EnumSource(Told.Wants.class)
    void fewFlowsMayBeAlive(Told.Wants wants) throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 1000; i++) {
            List<String> told = Told.of(
                    Conversations.capture(random::nextInt, 60), 1 + random.nextInt(5), wants, true, PACES.get(i % 3));
            String counts = told.stream()
                    .filter(line -> line.startsWith("late "))
                    .findFirst()
                    .orElseThrow();
            long streams = told.stream()
                    .filter(line -> line.matches("\\d{8} .*"))
                    .map(line -> line.substring(0, 8))
                    .distinct()
                    .count();
            assertThat(counts).endsWith("streams " + streams);
        }
    }

    /** Ten thousand handshakes a second are no flood. */
    @ParameterizedTest
    @ValueSource(strings = {"short", "alive"})
    void ofABusyServer(String kind) throws Exception {
        Path file = folder.resolve("busy.pcap");
        Load.main(new String[] {file.toString(), kind, "20000"});
        byte[] capture = Files.readAllBytes(file);
        Told.isTheSame(capture, 100_000);
        assertThat(String.join(" ", Told.of(capture, 100_000, Told.Wants.FLOWS, false, Pace.of(2))))
                .doesNotContain("SYN_FLOOD");
    }

    @ParameterizedTest
    @EnumSource(Flood.Kind.class)
    void ofFloods(Flood.Kind kind) throws Exception {
        Path file = folder.resolve("flood.pcap");
        Flood.write(file, kind, 20_000);
        Told.isTheSame(Files.readAllBytes(file), 1000);
        Told.isTheSame(Files.readAllBytes(file), 1_000_000);
    }
}
