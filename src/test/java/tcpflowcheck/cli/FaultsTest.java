package tcpflowcheck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tcpflowcheck.golden.Run;

/** What goes wrong around a run: signals, full disks, files that are none or change. */
@Timeout(60)
class FaultsTest {
    private static final Path SAMPLE = Path.of("samples/loss.pcap");

    @TempDir
    Path folder;

    private Process start(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "tcpflowcheck.cli.Main"));
        command.addAll(List.of(options));
        return new ProcessBuilder(command)
                .redirectOutput(folder.resolve("stdout").toFile())
                .redirectError(folder.resolve("stderr").toFile())
                .start();
    }

    private String said(String stream) throws IOException {
        return Files.readString(folder.resolve(stream), StandardCharsets.UTF_8);
    }

    private static void signal(Process process, String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static void waitUntilItReads(Process process, Path file) throws Exception {
        Path open = Path.of("/proc/" + process.pid() + "/fd");
        while (process.isAlive()) {
            try (Stream<Path> descriptors = Files.list(open)) {
                if (descriptors.anyMatch(each -> each.toFile().getAbsoluteFile().exists() && isLinkTo(each, file))) {
                    return;
                }
            }
            Thread.sleep(20);
        }
    }

    private static boolean isLinkTo(Path link, Path file) {
        try {
            return Files.readSymbolicLink(link).equals(file);
        } catch (IOException gone) {
            return false;
        }
    }

    /** As where Ctrl-C ends {@code tcpdump -w - | tcpflow-check -}: both are told, and tcpdump closes the pipe. */
    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void anInterruptedPipeIsToldToItsEnd(String signal) throws Exception {
        Process process = start("--json", "--junit", folder.resolve("junit.xml").toString(), "-");
        byte[] sample = Files.readAllBytes(SAMPLE);
        int most = sample.length - 100;
        assertThat(most).isGreaterThan(1 << 16);
        try (OutputStream in = process.getOutputStream()) {
            in.write(sample, 0, most); // more than a pipe holds: it has been read from
            in.flush();
            Thread.sleep(1500);
            signal(process, signal);
            Thread.sleep(200);
            assertThat(process.isAlive()).isTrue();
            in.write(sample, most, sample.length - most);
        } catch (IOException closed) {
            throw new AssertionError(said("stderr"), closed);
        }
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(signal.equals("INT") ? 130 : 143);
        assertThat(said("stdout"))
                .isEqualTo(Run.of("--json", SAMPLE.toString()).out().replace(SAMPLE.toString(), "-"));
        assertThat(said("stderr")).isEmpty();
        assertThat(Files.readString(folder.resolve("junit.xml"))).endsWith("</testsuites>\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "HUP"})
    void anInterruptLeavesNoHalfOfAFile(String signal) throws Exception {
        Path fifo = folder.resolve("fifo");
        new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor();
        Path before = Files.writeString(folder.resolve("out.sarif"), "as it was");
        Process process = start(
                "-q",
                "--annotate",
                folder.resolve("out.pcapng").toString(),
                "--sarif",
                before.toString(),
                fifo.toString());
        byte[] sample = Files.readAllBytes(SAMPLE);
        try (OutputStream out = Files.newOutputStream(fifo)) {
            out.write(sample, 0, sample.length - 1);
            out.flush();
            waitUntilItReads(process, fifo);
            while (files().stream().noneMatch(name -> name.endsWith(".frames"))) {
                Thread.sleep(20);
            }
            signal(process, signal);
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(process.exitValue()).isGreaterThan(128);
        assertThat(files()).containsExactly("fifo", "out.sarif", "stderr", "stdout");
        assertThat(Files.readString(before)).isEqualTo("as it was");
        assertThat(said("stderr")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--junit", "--sarif", "--write-expect", "--annotate"})
    void aFullDiskIsSaid(String option) {
        Run run = Run.of("-q", option, "/dev/full", SAMPLE.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.INPUT_OUTPUT);
        assertThat(run.err()).isEqualTo("tcpflow-check: /dev/full: can't be written: No space left on device\n");
        assertThat(run.out()).contains("89 packets");
    }

    @Test
    void aFullDiskUnderTheReport() throws Exception {
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "exec \"$0\" \"$@\" >/dev/full",
                        "java",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "tcpflowcheck.cli.Main",
                        SAMPLE.toString())
                .redirectError(folder.resolve("stderr").toFile())
                .start();
        assertThat(process.waitFor()).isEqualTo(ExitCode.INPUT_OUTPUT);
        assertThat(said("stderr")).isEqualTo("tcpflow-check: standard output: No space left on device\n");
    }

    @Test
    void twoRunsThatWriteTheSameFileLeaveOneOfThem() throws Exception {
        Path junit = folder.resolve("junit.xml");
        Process one = start("-q", "--junit", junit.toString(), SAMPLE.toString());
        Process other = start("-q", "--junit", junit.toString(), "samples/abort.pcap");
        assertThat(one.waitFor()).isZero();
        assertThat(other.waitFor()).isZero();
        assertThat(Files.readString(junit)).startsWith("<?xml").endsWith("</testsuites>\n");
        assertThat(files()).containsExactly("junit.xml", "stderr", "stdout");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/null", "/dev/zero", "/proc/self/mem", "/", "/nowhere/x.pcap", "a\0b", ""})
    void whatIsNoFileIsSaidInOneLine(String name) {
        Run run = Run.of("-q", name);
        assertThat(run.exitCode()).isEqualTo(ExitCode.INPUT_OUTPUT);
        assertThat(run.err()).startsWith("tcpflow-check: ").doesNotContain("Exception", "bug");
        assertThat(run.err().lines()).hasSize(1);
    }

    @Test
    void aNamedPipeIsRead() throws Exception {
        Path fifo = folder.resolve("fifo");
        new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor();
        Process process = start("--json", fifo.toString());
        try (OutputStream out = Files.newOutputStream(fifo)) {
            Files.copy(SAMPLE, out);
        }
        assertThat(process.waitFor()).isZero();
        assertThat(said("stdout"))
                .isEqualTo(Run.of("--json", SAMPLE.toString()).out().replace(SAMPLE.toString(), fifo.toString()));
    }

    /** A capture that is still written ends where it stood, and one that shrinks where it ends now. */
    @Test
    void whatChangesWhileItIsReadEndsSomewhere() throws Exception {
        byte[] sample = Files.readAllBytes(SAMPLE);
        Path file = Files.write(folder.resolve("x.pcap"), Arrays.copyOf(sample, 24));
        Thread writer = new Thread(() -> {
            try (OutputStream out = Files.newOutputStream(file, java.nio.file.StandardOpenOption.APPEND)) {
                for (int i = 0; i < 2000; i++) {
                    out.write(sample, 24, sample.length - 24);
                }
                Files.write(file, Arrays.copyOf(sample, 1000));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        writer.start();
        int runs = 0;
        while (writer.isAlive() || runs < 5) {
            Run run = Run.of("-q", file.toString());
            assertThat(run.exitCode()).isIn(ExitCode.OK, ExitCode.INPUT_OUTPUT);
            assertThat(run.err()).matches("(tcpflow-check: .*: octet \\d+: cut [^\\n]*\\n)?");
            runs++;
        }
        writer.join();
    }
}
