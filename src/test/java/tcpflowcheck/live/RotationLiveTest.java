package tcpflowcheck.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Savefiles that rotate while a capture goes on, beside tcpdump's of the same frames. */
@Timeout(120)
class RotationLiveTest extends OnNetwork {
    private static final int SECONDS = 2;

    /** They begin in different seconds, so the files differ, but the frames are the same and the rule is. */
    @Test
    void filesFollowEachOtherAfterTheirSecondsAsTcpdumps() throws Exception {
        String pattern = "/rotated-%s.pcap";
        Path ours = Files.createDirectory(folder.resolve("ours"));
        Path theirs = Files.createDirectory(folder.resolve("theirs"));
        Process tcpdump = network.tcpdump(
                folder.resolve("errors"),
                "-i",
                "vb",
                "-Z",
                "root",
                "-G",
                "2",
                "-W",
                "3",
                "-w",
                theirs + pattern,
                "tcp");
        try (Watch watch =
                network.watch("-i", "vb", "-G", "2", "-W", "3", "-w", ours + pattern, "--json", "tcp", "port", "80")) {
            Process opening = network.churn(9, 20);
            assertThat(watch.end()).as(watch.errors()).isZero();
            assertThat(watch.errors()).endsWith("tcpflow-check: maximum file limit reached: 3\n");
            assertThat(tcpdump.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(tcpdump.exitValue()).isZero();
            assertThat(Files.readString(folder.resolve("errors"))).contains("Maximum file limit reached: 3");
            assertThat(opening.waitFor(30, TimeUnit.SECONDS)).isTrue();

            List<String> kept = rotated(ours, 0);
            List<String> keptByTcpdump = rotated(theirs, 1);
            assertThat(watch.number("frames")).isEqualTo(kept.size());
            int begin = kept.indexOf(keptByTcpdump.get(0));
            kept = kept.subList(Math.max(begin, 0), kept.size());
            keptByTcpdump =
                    keptByTcpdump.subList(begin < 0 ? keptByTcpdump.indexOf(kept.get(0)) : 0, keptByTcpdump.size());
            int both = Math.min(kept.size(), keptByTcpdump.size());
            assertThat(both).isGreaterThan(100);
            assertThat(kept.subList(0, both)).isEqualTo(keptByTcpdump.subList(0, both));
        }
    }

    /**
     * Three files, each with the frames from the second of its name on, for two seconds at least; gives all frames,
     * without their times, since each socket takes its own.
     *
     * @param late seconds by which frames may be older than the file: tcpdump asks the clock when it gets them
     */
    private List<String> rotated(Path in, int late) throws Exception {
        List<Path> files = sorted(in);
        assertThat(files).hasSize(3);
        List<String> all = new ArrayList<>();
        long before = 0;
        for (Path file : files) {
            long begin = Long.parseLong(file.getFileName().toString().replaceAll("\\D", ""));
            List<String> lines = network.run("tcpdump", "-Sttnr", file.toString());
            assertThat(lines).allSatisfy(line -> {
                long second = Long.parseLong(line.substring(0, line.indexOf('.')));
                assertThat(second).isBetween(begin - late, begin + SECONDS - 1);
            });
            assertThat(begin - before).isGreaterThanOrEqualTo(SECONDS);
            before = begin;
            lines.forEach(line -> all.add(line.substring(line.indexOf(' '))));
        }
        return all;
    }

    private static List<Path> sorted(Path in) throws IOException {
        try (Stream<Path> files = Files.list(in)) {
            return files.sorted().toList();
        }
    }

    /** A ring that runs on: the last frames are kept, and what is told is told of all. */
    @Test
    void aRingKeepsTheLastAndTheReportTellsAll() throws Exception {
        try (Watch watch = network.watch(
                "-i",
                "vb",
                "-f",
                "tcp",
                "-C",
                "100k",
                "-W",
                "3",
                "-w",
                folder.resolve("ring").toString(),
                "--json")) {
            for (int i = 0; i < 8; i++) {
                network.download(80, 100_000);
            }
            network.waitForSilence();
            assertThat(watch.interrupt("INT")).isEqualTo(130);
            assertThat(watch.number("flows")).isEqualTo(8);
            List<Path> files = sorted(folder);
            assertThat(files)
                    .extracting(file -> file.getFileName().toString())
                    .containsExactly("ring0", "ring1", "ring2");
            long frames = 0;
            for (Path file : files) {
                assertThat(Files.size(file)).isLessThan((100 << 10) + 70_000);
                frames += network.run("tcpdump", "-nr", file.toString()).size();
            }
            assertThat(frames).isPositive().isLessThan(watch.number("frames"));
        }
    }

    @Test
    void aFileThatCannotFollowIsSaidAndWhatWasSeenIsTold() throws Exception {
        Files.createDirectory(folder.resolve("x1"));
        try (Watch watch =
                network.watch("-i", "vb", "-C", "50k", "-w", folder.resolve("x").toString(), "tcp")) {
            network.download(80, 300_000);
            assertThat(watch.end()).isEqualTo(3);
            assertThat(watch.errors()).contains("x1: can't be written: ");
            assertThat(watch.output()).contains("1 capture");
        }
    }
}
