package tcpflowcheck.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tcpflowcheck.golden.Run;

/** What {@code -w} keeps, and {@code -C}, {@code -G}, {@code -W} and {@code -z} with it: as tcpdump has them. */
class SavefilesTest {
    private static final int HEADER = 24;
    private static final int RECORD = 16;
    private static final String SAMPLE = "samples/loss.pcap";

    @TempDir
    private Path folder;

    private Path big;

    /** The sample sixty times over, four times tcpdump's least size of a file; a second between the repetitions. */
    @BeforeEach
    void makeBig() throws IOException {
        byte[] sample = Files.readAllBytes(Path.of(SAMPLE));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(sample, 0, HEADER);
        for (int i = 0; i < 60; i++) {
            ByteBuffer records = ByteBuffer.wrap(sample.clone()).order(ByteOrder.LITTLE_ENDIAN);
            for (int at = HEADER; at < sample.length; at += RECORD + records.getInt(at + 8)) {
                records.putInt(at, 1_700_000_000 + i);
            }
            all.write(records.array(), HEADER, sample.length - HEADER);
        }
        big = Files.write(folder.resolve("big.pcap"), all.toByteArray());
    }

    /** Each file's octets behind its header, with the times as pcap has them in microseconds. */
    private static Map<String, String> files(Path in) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> list = Files.list(in)) {
            for (Path file : list.toList()) {
                files.put(file.getFileName().toString(), records(file));
            }
        }
        return files;
    }

    private static String records(Path file) throws IOException {
        ByteBuffer octets = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        boolean nanoseconds = octets.getInt(0) == 0xa1b23c4d;
        StringBuilder text = new StringBuilder("link type " + octets.getInt(20) + "\n");
        for (int at = HEADER; at < octets.limit(); at += RECORD + octets.getInt(at + 8)) {
            int fraction = octets.getInt(at + 4);
            byte[] frame = Arrays.copyOfRange(octets.array(), at + RECORD, at + RECORD + octets.getInt(at + 8));
            text.append(octets.getInt(at)).append('.').append(nanoseconds ? fraction / 1000 : fraction);
            text.append(' ')
                    .append(octets.getInt(at + 12))
                    .append(' ')
                    .append(Arrays.hashCode(frame))
                    .append('\n');
        }
        return text.toString();
    }

    private Run save(Path in, String name, String... options) {
        List<String> words = new java.util.ArrayList<>(
                List.of("-q", "-r", big.toString(), "-w", in.resolve(name).toString()));
        words.addAll(List.of(options));
        return Run.of(words.toArray(String[]::new));
    }

    private Path place(String name) throws IOException {
        return Files.createDirectory(folder.resolve(name));
    }

    private static boolean hasTcpdump() throws InterruptedException {
        try {
            Process version = new ProcessBuilder("tcpdump", "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return version.waitFor() == 0;
        } catch (IOException none) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x.pcap",
                "x.pcap -C 1",
                "x -C 1 -W 1",
                "x -C 1 -W 3",
                "x -C 1 -W 11",
                "x -C 2 -W 2",
                "x -C 1 -G 1000000",
                "x -C 1 -G 1000000 -W 3",
                "x -G 1000000 -W 2",
                "x.pcap tcp[13] & 4 != 0",
                "x -C 1 udp"
            })
    void theFilesAreTcpdumps(String line) throws Exception {
        assumeTrue(hasTcpdump(), "SKIPPED, NOTHING WAS TESTED: needs tcpdump");
        String[] words = line.split(" ");
        Path theirs = place("theirs");
        List<String> command = new java.util.ArrayList<>(List.of("tcpdump", "-Z", "root", "-r", big.toString(), "-w"));
        if (!System.getProperty("user.name").equals("root")) {
            command.subList(1, 3).clear();
        }
        command.add(theirs.resolve(words[0]).toString());
        command.addAll(List.of(words).subList(1, words.length));
        Process tcpdump = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(tcpdump.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(tcpdump.waitFor()).as(said).isZero();

        Path ours = place("ours");
        Run run = save(ours, words[0], Arrays.copyOfRange(words, 1, words.length));
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(files(ours)).isEqualTo(files(theirs)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 1000000", "1k, 1024", "3K, 3072", "2m, 2097152", "1g, 1073741824", "9, 9000000"})
    void aSizeIsInMillionsOrHasAUnit(String word, long octets) {
        assertThat(new FileSize().convert(word)).isEqualTo(octets);
    }

    @Test
    void aFileIsAtMostAFrameLargerThanItsSize() throws IOException {
        Path ours = place("ours");
        assertThat(save(ours, "x", "-C", "512k").err()).isEmpty();
        try (Stream<Path> files = Files.list(ours)) {
            List<Long> sizes =
                    files.map(file -> file.toFile().length()).sorted().toList();
            assertThat(sizes).hasSize(9);
            assertThat(sizes.subList(1, 9)).allMatch(size -> size > 512 << 10 && size < (512 << 10) + 1600);
        }
    }

    /** Of a file it is the frames' time that counts: tcpdump takes the clock on the wall, which says nothing of them. */
    @Test
    void secondsAreThoseOfTheFrames() throws IOException {
        Path ours = place("ours");
        Run run = save(ours, "x-%s", "-G", "20");
        assertThat(run.out()).contains("5,340 packets");
        assertThat(files(ours)).containsOnlyKeys("x-1700000000", "x-1700000020", "x-1700000040");
        assertThat(files(ours).getOrDefault("x-1700000020", "").lines().skip(1))
                .hasSize(20 * 89)
                .first()
                .asString()
                .startsWith("1700000020.");
    }

    @Test
    void allEndsAfterSoManyFilesOfTheirSeconds() throws IOException {
        Path ours = place("ours");
        Run run = save(ours, "x-%s", "-G", "20", "-W", "2");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEqualTo("tcpflow-check: maximum file limit reached: 2\n");
        assertThat(run.out()).contains(2 * 20 * 89 / 1000 + ",560 packets");
        assertThat(files(ours)).containsOnlyKeys("x-1700000000", "x-1700000020");
    }

    @Test
    void numbersBeginAgainWithEachTime() throws IOException {
        Path ours = place("ours");
        save(ours, "x-%s-", "-G", "20", "-C", "1");
        assertThat(files(ours))
                .containsOnlyKeys(
                        "x-1700000000-",
                        "x-1700000000-1",
                        "x-1700000020-",
                        "x-1700000020-1",
                        "x-1700000040-",
                        "x-1700000040-1");
    }

    @Test
    void aCommandIsRunForEachFileThatAnotherFollows() throws Exception {
        assumeTrue(Files.exists(Path.of("/usr/bin/nice")), "SKIPPED, NOTHING WAS TESTED: needs nice(1)");
        Path script = Files.writeString(
                folder.resolve("done"), "#!/bin/sh\ncp \"$1\" \"$1.copy\" && mv \"$1.copy\" \"$1.done\"\necho out\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        Path ours = place("ours");
        Run run = save(ours, "x-%s", "-G", "20", "-z", script.toString());
        assertThat(run.out()).doesNotContain("out\n");
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!Files.exists(ours.resolve("x-1700000020.done")) || !Files.exists(ours.resolve("x-1700000000.done"))) {
            assertThat(System.nanoTime()).isLessThan(until);
            Thread.sleep(20);
        }
        assertThat(records(ours.resolve("x-1700000000.done"))).isEqualTo(records(ours.resolve("x-1700000000")));
        assertThat(ours.resolve("x-1700000040")).exists();
        assertThat(ours.resolve("x-1700000040.done")).doesNotExist();
    }

    @Test
    void whatIsReadIsNotOverwritten() throws IOException {
        Path moved = folder.resolve("x1");
        Files.move(big, moved);
        big = moved;
        byte[] before = Files.readAllBytes(big);
        Run run = save(folder, "x", "-C", "1");
        assertThat(run.exitCode()).isEqualTo(ExitCode.INPUT_OUTPUT);
        assertThat(run.err()).contains("x1: can't be written: it is read, or is another output");
        assertThat(run.out()).contains("1 capture");
        assertThat(Files.readAllBytes(big)).isEqualTo(before);
        assertThat(save(folder, "x1").err()).contains("an output can't overwrite it");
    }

    @Test
    void severalCapturesAreKeptInOneFile() throws IOException {
        Path ours = place("ours");
        String kept = ours.resolve("all.pcap").toString();
        assertThat(Run.of("-q", SAMPLE, "samples/abort.pcap", "-w", kept).exitCode())
                .isZero();
        assertThat(Run.of("-q", kept).out()).contains("97 packets, 2 flows");
        assertThat(Run.of("-q", SAMPLE, "nosuch.pcap", "-w", kept, "-c", "5").exitCode())
                .isEqualTo(ExitCode.INPUT_OUTPUT);
        assertThat(Run.of("-q", kept).out()).contains("5 packets");
    }

    @Test
    void nothingIsWrittenWhereNothingCouldBeRead() throws IOException {
        Path ours = place("ours");
        assertThat(Run.of("-q", "nosuch.pcap", "-w", ours.resolve("x").toString())
                        .exitCode())
                .isEqualTo(ExitCode.INPUT_OUTPUT);
        assertThat(files(ours)).isEmpty();
    }

    @Test
    void pcapngKeepsWhatItSaysOfFrames() throws IOException {
        Path ours = place("ours");
        Path annotated = ours.resolve("annotated.pcapng");
        Run.of("-q", "samples/abort.pcap", "--annotate", annotated.toString());
        Path kept = ours.resolve("kept.pcapng");
        assertThat(Run.of("-q", "-r", annotated.toString(), "-w", kept.toString())
                        .err())
                .isEmpty();
        assertThat(Run.of("--json", kept.toString()).out()).contains("\"comments\":[{\"frame\":1,");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-C 1 x              | -C, -G, -W and -z are for the files of -w: give -w FILE with them",
                "-W 1 x              | -C, -G, -W and -z are for the files of -w: give -w FILE with them",
                "-z gzip x           | -C, -G, -W and -z are for the files of -w: give -w FILE with them",
                "-w y -W 1 x         | -W counts the files of -C or -G: give one of them with it",
                "-w y -z gzip x      | -z is run when -C or -G begins another file: give one of them with it",
                "-w - x              | -w -: standard output has the report;",
                "-w y -C 0 x         | invalid value for option '-C': expected millions of octets such as 100, or with a unit 512k, 100m or 2g, not '0'",
                "-w y -C 1x x        | invalid value for option '-C': expected millions of octets such as 100, or with a unit 512k, 100m or 2g, not '1x'",
                "-w y -G 1.5 x       | invalid value for option '-G': expected a whole number from 1 on, not '1.5'",
            })
    void whatCannotBeMeantIsSaid(String line, String message) {
        Run run = Run.of(line.split(" +"));
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).startsWith("tcpflow-check: " + message);
    }
}
