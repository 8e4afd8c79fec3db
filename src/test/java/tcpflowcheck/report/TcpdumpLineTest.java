package tcpflowcheck.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tcpflowcheck.capture.Frame;

/** Every line against the one that tcpdump itself prints, over random captures. */
class TcpdumpLineTest {
    private static final int FRAMES = 5_000;

    @TempDir
    private Path directory;

    @BeforeAll
    static void needsTcpdump() {
        String version = Tcpdump.version();
        assumeTrue(version != null, "NOT RUN: tcpdump is not installed, its lines are not compared");
        assumeTrue(version.startsWith("tcpdump version 4.99."), "NOT RUN: the lines are those of 4.99, not " + version);
    }

    @ParameterizedTest
    @CsvSource({
        "1, '',      TIME_OF_DAY,    UTC",
        "2, '',      TIME_OF_DAY,    America/New_York",
        "3, -S,      TIME_OF_DAY,    Asia/Kathmandu",
        "4, -t,      NONE,           UTC",
        "5, -tt,     EPOCH,          UTC",
        "6, -ttt,    SINCE_PREVIOUS, Australia/Lord_Howe",
        "7, -tttt,   DATE_AND_TIME,  Australia/Lord_Howe",
        "8, -tttt,   DATE_AND_TIME,  America/New_York",
        "9, -ttttt,  SINCE_FIRST,    America/New_York",
        "10, --nano, TIME_OF_DAY,    UTC",
        "11, '--nano -tt',    EPOCH,          UTC",
        "12, '--nano -ttt',   SINCE_PREVIOUS, UTC",
        "13, '--nano -tttt',  DATE_AND_TIME,  UTC",
        "14, '--nano -ttttt', SINCE_FIRST,    UTC",
    })
    void everyLineIsTcpdumps(long seed, String options, TimeFormat.Style style, String zone) throws IOException {
        List<Frame> frames = frames(seed);
        Path capture = directory.resolve("random.pcap");
        Tcpdump.write(capture, frames);

        String[] arguments = options.isEmpty() ? new String[0] : options.split(" ");
        List<String> expected = Tcpdump.lines(capture, zone, arguments);
        TimeFormat time = new TimeFormat(style, options.contains("--nano"), TimeZone.getTimeZone(zone));
        List<String> actual = Lines.of(frames, new SegmentLine(options.contains("-S")), time);

        assertThat(expected).hasSize(FRAMES);
        assertThat(differences(expected, actual)).as("seed %d", seed).isEmpty();
    }

    @Test
    void vectorsAreTcpdumps() throws IOException {
        Path capture = directory.resolve("vectors.pcap");
        Tcpdump.write(capture, SegmentVectors.all());

        assertThat(differences(Tcpdump.lines(capture, "UTC", "-t"), SegmentLineTest.printedByTcpdump()))
                .isEmpty();
    }

    private static List<String> differences(List<String> expected, List<String> actual) {
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < actual.size(); i++) {
            if (!actual.get(i).equals(expected.get(i))) {
                differences.add("\nframe " + (i + 1) + "\n" + expected.get(i) + "\n" + actual.get(i));
            }
        }
        return differences;
    }

    private static List<Frame> frames(long seed) {
        RandomSegments random = new RandomSegments(seed);
        List<Frame> frames = new ArrayList<>();
        for (int i = 1; i <= FRAMES; i++) {
            frames.add(random.next(i));
        }
        return frames;
    }
}
