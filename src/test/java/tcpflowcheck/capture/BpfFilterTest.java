package tcpflowcheck.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Filters give what tcpdump's do, on every sample. */
class BpfFilterTest {
    @BeforeAll
    static void needsLibpcap() {
        boolean there;
        try {
            there = Libpcap.version() != null;
        } catch (CaptureException missing) {
            there = false;
        }
        assumeTrue(there, "SKIPPED, NOTHING WAS TESTED: libpcap is not installed (apt-get install libpcap0.8)");
    }

    static List<Path> samples() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("samples"))) {
            return files.filter(file -> file.toString().matches(".*\\.pcap(ng)?"))
                    .sorted()
                    .toList();
        }
    }

    private static long ours(Path file, String expression) throws Exception {
        BpfFilter filter = new BpfFilter(expression);
        Frame frame = new Frame();
        long count = 0;
        try (FrameSource source = CaptureFile.open(file.toString(), InputStream.nullInputStream())) {
            while (source.next(frame)) {
                count += filter.accepts(frame) ? 1 : 0;
            }
        }
        return count;
    }

    private static long tcpdumps(Path file, String expression) throws Exception {
        Process tcpdump = new ProcessBuilder("tcpdump", "-n", "-t", "-r", file.toString(), expression)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String text = new String(tcpdump.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(tcpdump.waitFor()).isZero();
        return text.lines().count();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp",
                "udp",
                "ip6",
                "port 80",
                "src port 80",
                "tcp[tcpflags] & (tcp-syn|tcp-fin) != 0",
                "tcp[13] = 0x12",
                "ip[2:2] > 60 and tcp",
                "len <= 66",
                "greater 100",
                "not port 80",
                "vlan",
                "vlan and tcp",
                "host 10.9.0.1 and not src host 10.9.0.1",
                "net 10.0.0.0/8 or ip6",
                "tcp and (tcp[4:4] * 3 / 7 % 5 = 2 or tcp[8:4] >> 3 & 1 = 1)",
                "ip[0] & 0xf = 5",
                "(tcp[12] >> 2) - 20 != 0"
            })
    void countsAsTcpdumpDoes(String expression) throws Exception {
        for (Path sample : samples()) {
            assertThat(ours(sample, expression))
                    .as("%s of %s", expression, sample)
                    .isEqualTo(tcpdumps(sample, expression));
        }
    }

    @Test
    void saysWhatIsWrongWithAnExpression() {
        assertThatThrownBy(() -> new BpfFilter("tcp prot 80"))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("filter 'tcp prot 80'")
                .hasMessageContaining("syntax error");
    }

    @Test
    void bothReadersGiveTheSameFrames() throws Exception {
        for (Path sample : samples()) {
            List<CapturedPacket> own;
            List<CapturedPacket> libpcaps;
            try (FrameSource source = CaptureFile.open(sample.toString(), InputStream.nullInputStream())) {
                own = CapturedPacket.readAll(source);
            }
            try (FrameSource source = LibpcapSource.file(sample.toString())) {
                libpcaps = CapturedPacket.readAll(source);
            }
            assertThat(libpcaps).as("%s", sample).isEqualTo(own);
        }
    }

    @Test
    void libpcapsErrorsNameTheFile() {
        assertThatThrownBy(() -> LibpcapSource.file("pom.xml"))
                .isInstanceOf(CaptureException.class)
                .hasMessageStartingWith("pom.xml: libpcap: unknown file format");
    }
}
