package tcpflowcheck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tcpflowcheck.golden.Run;

/** Fingers that know tcpdump: what they write works as there, or is answered with what does it here. */
class HabitsTest {
    private static final String SAMPLE = "samples/abort.pcap";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-q -r FILE",
                "-q -rFILE",
                "-qnr FILE",
                "-nnqr FILE",
                "-nlUqr FILE",
                "-qnrFILE",
                "-q -r -n FILE",
                "-q -n -# --number -N -O -u --print --micro --immediate-mode --packet-buffered FILE",
                "-qpr FILE",
                "-q -c8 FILE",
                "-qs0 -r FILE",
                "-q -s 0 -B 4096 -r FILE",
                "-qr FILE tcp port 80",
                "-qnr FILE host 10.9.0.1 and tcp[13] & 2 == 2 or tcp",
                "-q -r FILE -f tcp"
            })
    void whatIsMeantIsDone(String line) {
        Run run = Run.of(line.replace("FILE", SAMPLE).split(" "));
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo(Run.of("-q", SAMPLE).out()).contains("8 packets");
    }

    @ParameterizedTest
    @CsvSource({"-v, -vvv", "-tttt, -tttt", "-S, -nnSs0"})
    void clustersMeanTheirLetters(String plain, String cluster) {
        assertThat(Run.of(cluster, "--utc", "-r", SAMPLE).out())
                .isEqualTo(Run.of(plain, "--utc", SAMPLE).out())
                .isNotEqualTo(Run.of("--utc", SAMPLE).out());
    }

    @Test
    void wordsBehindAFileAreAFilter() {
        assertThat(Run.of("-qr", SAMPLE, "tcp", "port", "81").out()).contains("0 packets");
        Run wrong = Run.of("-qr", SAMPLE, "tcp", "prot", "81");
        assertThat(wrong.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(wrong.err()).contains("filter 'tcp prot 81'");
    }

    @Test
    void wordsThatCanOnlyBeFilesAreFiles() throws Exception {
        Path other = Files.copy(Path.of(SAMPLE), folder.resolve("tcp"));
        assertThat(Run.of("-qr", SAMPLE, other.toString()).out()).contains("2 captures");
        assertThat(Run.of("-qr", SAMPLE, "missing.pcap").err())
                .isEqualTo("tcpflow-check: missing.pcap: no such file\n");
        assertThat(Run.of("-q", "-i", "lo", SAMPLE).err()).contains("-i captures, FILE is read");
        assertThat(Run.of("-qr", SAMPLE, "-f", "tcp", "udp").err()).contains("udp: no such file");
    }

    @Test
    void standardInputIsReadAsAFileIs() throws Exception {
        Run run = Run.with(java.util.Map.of(), false, Files.readAllBytes(Path.of(SAMPLE)), "-nqr", "-");
        assertThat(run.out()).isEqualTo(Run.of("-q", SAMPLE).out());
    }

    @Test
    void foldersAreReadByEitherName() throws Exception {
        Files.copy(Path.of(SAMPLE), folder.resolve("one.pcap"));
        Files.copy(Path.of(SAMPLE), folder.resolve("two.pcap"));
        String all = Run.of("-q", "--recursive", folder.toString()).out();
        assertThat(all).contains("2 captures");
        assertThat(Run.of("-q", "-r", folder.toString()).out()).isEqualTo(all);
        assertThat(Run.of("-r", "-q", folder.toString()).out()).isEqualTo(all);
        assertThat(Run.of("-q", folder.toString()).err()).contains("directory");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-A x                     | tcpdump -A -r FILE",
                "-nnXr x                  | tcpdump -X -r FILE",
                "-XX x                    | tcpdump -X -r FILE",
                "-xx x                    | tcpdump -x -r FILE",
                "-e x                     | --fields chooses fields",
                "-F rules.txt x           | -f \"$(cat FILE)\"",
                "-ddd tcp                 | tcpdump -d EXPR",
                "-L                       | libpcap's own is taken",
                "-y EN10MB x              | libpcap's own is taken",
                "--linktype=EN10MB x      | libpcap's own is taken",
                "-Q in -i lo              | -f inbound",
                "--direction in -i lo     | -f inbound",
                "-I -i wlan0              | iw dev",
                "-j host -i lo            | the kernel's own time stamps",
                "-J                       | the kernel's own time stamps",
                "--time-stamp-precision=nano x | --nano prints them",
                "-K x                     | --ignore checksum-bad",
                "-E key x                 | counted, not opened",
                "-M key x                 | not checked",
                "-m module x              | no modules",
                "-T fields x              | --format",
                "-b filesize:10 x         | -C, -G and -W",
                "-a duration:10 x         | --duration",
                "-Y tcp.port==80 x        | --only chooses flows",
                "-o tcp.x:true x          | no preferences"
            })
    void whatIsNotDoneSaysWhatDoesIt(String line, String instead) {
        Run run = Run.of(line.split(" "));
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("tcpflow-check: unknown option").contains(instead);
    }

    /** All of tcpdump's options, as its manual has them: each is ours or is answered. */
    @Test
    void noOptionOfTcpdumpsIsUnheardOf() {
        List<String> unheard = new ArrayList<>();
        for (char letter : "ABCDEFGHIJKLMNOQSTUVWXZbcdefhijlmnpqrstuvwxyz#".toCharArray()) {
            Run run = Run.of("-" + letter);
            if (run.err().matches("(?s)tcpflow-check: unknown option[^:]*: '-.'\n.*")) {
                unheard.add("-" + letter);
            }
        }
        assertThat(unheard).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--jason, --json",
        "--exlain, --explain",
        "--colour, --color",
        "--stats, --states",
        "--interfce, --interface",
        "--expct, --expect",
        "--max-memry, --max-memory"
    })
    void theNearestWordComesFirst(String written, String meant) {
        assertThat(Run.of(written, "x").err()).containsPattern("\nperhaps: " + meant + "[,\n]");
    }
}
