package tcpflowcheck.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tcpflowcheck.capture.CaptureException;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.capture.Libpcap;
import tcpflowcheck.capture.LiveSource;
import tcpflowcheck.capture.NetworkNamespace;

/** Real traffic between two network namespaces, watched by the program in a process of its own. */
@Timeout(120)
class LiveTest extends OnNetwork {
    @Test
    void tellsEventsAsTheyHappen() throws Exception {
        try (Watch watch = network.watch("-i", "vb", "-f", "tcp", "--view", "events")) {
            network.download(80, 3000);
            watch.waitFor("client LAST-ACK > CLOSED", "server LAST-ACK > CLOSED", "CLOSING > TIME-WAIT");
            network.refused(81);
            watch.waitFor("handshake-refused");
            assertThat(watch.interrupt("INT")).isEqualTo(130);
            assertThat(watch.output()).contains("1 capture", "2 flows", "1 three-way, 1 refused");
            assertThat(watch.errors()).isEqualTo("tcpflow-check: listening on vb, link type EN10MB\n");
        }
    }

    /** The screen of a terminal shows each flow as it is now; what was is replaced. */
    @Test
    void aTableIsRenewedOnATerminal() throws Exception {
        List<String> terminal = List.of("-Dtcpflowcheck.stdout.tty=true");
        try (Watch watch =
                network.watchWith(terminal, "-i", "vb", "-f", "tcp", "--view", "table", "--color", "never")) {
            network.download(80, 3000);
            watch.waitFor("1 flow, ");
            network.refused(81);
            watch.waitFor("2 flows, ");
            assertThat(watch.interrupt("INT")).isEqualTo(130);
            assertThat(watch.output()).contains("\u001b[H").contains("1 three-way, 1 refused");
            String last = watch.output().substring(watch.output().lastIndexOf("\u001b[H"));
            assertThat(last).contains("three-way", "refused", "handshake-refused");
        }
    }

    @Test
    void groupsAreRenewedOnATerminal() throws Exception {
        List<String> terminal = List.of("-Dtcpflowcheck.stdout.tty=true");
        try (Watch watch = network.watchWith(terminal, "-i", "vb", "-f", "tcp", "--by", "server", "--color", "never")) {
            network.refused(81);
            watch.waitFor(":81 ");
            assertThat(watch.output()).contains("\u001b[H");
            assertThat(watch.interrupt("INT")).isEqualTo(130);
        }
    }

    @Test
    void tellsAFlowOnceItsCloseIsProven() throws Exception {
        try (Watch watch = network.watch("-i", "vb", "-f", "tcp")) {
            network.download(80, 3000);
            watch.waitFor("stream 0  10.66.0.1.");
            assertThat(watch.output()).contains("close   ").contains("three-way in");
            assertThat(watch.interrupt("TERM")).isEqualTo(143);
            assertThat(watch.output()).contains("1 capture");
        }
    }

    @Test
    void halfOpenFlowsEndOnASilentLink() throws Exception {
        try (Watch watch = network.watch("-i", "va", "-f", "tcp", "--syn-timeout", "2")) {
            network.unanswered(82);
            watch.waitFor("handshake-unanswered");
            watch.interrupt("INT");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keepsWhatTcpdumpCanRead(boolean listener) throws Exception {
        Path kept = folder.resolve("kept.pcap");
        network.listener(listener);
        try (Watch watch = network.watch("-i", "vb", "-f", "tcp port 80", "-w", kept.toString(), "--json")) {
            network.refused(81);
            network.download(80, 100_000);
            network.waitForSilence();
            watch.interrupt("INT");
            long frames = watch.number("frames");
            assertThat(frames).isPositive();
            List<String> read = network.run("tcpdump", "-n", "-r", kept.toString());
            assertThat(read).hasSize((int) frames).allMatch(line -> line.contains("80"));
            assertThat(watch.output()).contains("\"dropped\":{\"kernel\":0,\"interface\":0}");
        }
        assertThat(Files.exists(kept)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keepsAnEmptyCaptureWhereNoFrameCame(boolean listener) throws Exception {
        Path kept = folder.resolve("empty.pcap");
        network.listener(listener);
        try (Watch watch = network.watch("-i", "vb", "-f", "tcp port 9", "-w", kept.toString(), "--json")) {
            network.download(80, 1000);
            network.waitForSilence();
            watch.interrupt("INT");
            assertThat(watch.number("frames")).isZero();
        }
        assertThat(network.run("tcpdump", "-n", "-r", kept.toString())).isEmpty();
        assertThat(Files.size(kept)).isPositive();
    }

    @Test
    void severalInterfacesAreOneCapture() throws Exception {
        try (Watch watch = network.watch("-i", "vb", "-i", "lo", "-f", "tcp", "--json")) {
            network.download(80, 100);
            network.downloadOverLoopback(80, 100);
            network.waitForSilence();
            watch.interrupt("INT");
            assertThat(watch.number("flows")).isEqualTo(2);
            assertThat(watch.output()).contains("10.66.0.1", "127.0.0.1");
        }
    }

    @Test
    void anyInterfaceIsReadWithItsOwnHeader() throws Exception {
        try (Watch watch = network.watch("-i", "any", "-f", "tcp", "--json", "-c", "6")) {
            network.download(80, 100);
            assertThat(watch.end()).isZero();
            assertThat(watch.number("frames")).isEqualTo(6);
            assertThat(watch.number("tcpSegments")).isEqualTo(6);
        }
    }

    @Test
    void endsAfterItsDuration() throws Exception {
        try (Watch watch = network.watchAnyhow("-i", "vb", "--duration", "1", "-q")) {
            assertThat(watch.end()).isZero();
            assertThat(watch.output()).contains("1 capture");
        }
    }

    @Test
    void saysThatTheInterfaceIsGone() throws Exception {
        try (Watch watch = network.watch("-i", "vb", "-q")) {
            network.removeLink();
            assertThat(watch.end()).isEqualTo(3);
            assertThat(watch.errors()).containsPattern("vb: the interface (is gone|went down)");
            assertThat(watch.output()).contains("1 capture");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-i nosuch | nosuch: no such interface; there are .*vb.*",
                "-i vb -f 'tcp prot' | vb: filter 'tcp prot': .*syntax error.*",
                "-i vb -w /nosuch/file | /nosuch/file: can't be written.*"
            })
    void saysWhyItCanNotBegin(String options, String message) throws Exception {
        try (Watch watch = network.watchAnyhow(network.words(options))) {
            assertThat(watch.end()).isEqualTo(3);
            assertThat(watch.errors().strip()).matches("tcpflow-check: " + message);
        }
    }

    @Test
    void saysWhoMayCapture() throws Exception {
        try (Watch watch = network.watchWithoutCapabilities("-i", "vb")) {
            assertThat(watch.end()).isEqualTo(3);
            assertThat(watch.errors()).contains("vb: no permission to capture", "CAP_NET_RAW", "dumpcap -i vb");
        }
    }

    @Test
    void listsInterfaces() throws Exception {
        try (Watch watch = network.watchAnyhow("-D")) {
            assertThat(watch.end()).isZero();
            assertThat(watch.output()).contains("vb  10.66.0.2", "lo  127.0.0.1");
        }
    }

    /** From this process, which stays where it is. */
    @Test
    void anotherNamespaceIsEntered() throws Exception {
        Libpcap.Settings settings = new Libpcap.Settings(262_144, 0, false, "tcp");
        Frame frame = new Frame();
        int frames = 0;
        try (LiveSource source = NetworkNamespace.live(network.server(), "vb", settings)) {
            network.download(80, 100);
            network.waitForSilence();
            source.stop();
            while (source.next(frame)) {
                frames++;
            }
        }
        assertThat(frames).isGreaterThan(8);
        assertThatThrownBy(() -> NetworkNamespace.live(network.server(), "nosuch", settings))
                .isInstanceOf(CaptureException.class)
                .hasMessageStartingWith("nosuch: no such interface; there are ")
                .hasMessageContaining("vb");
        assertThat(Libpcap.interfaces()).extracting(Libpcap.Interface::name).doesNotContain("vb");
    }
}
