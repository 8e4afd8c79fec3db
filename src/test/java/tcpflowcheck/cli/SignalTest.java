package tcpflowcheck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A signal while a pipe is read. */
@Timeout(60)
class SignalTest {
    /** Java has a thread of its own for signals: a process that ends sooner has not seen it. Less than it waits for the pipe. */
    private static final long HANDLED_MILLIS = 200;

    private @Nullable Process started;
    private final StringBuilder said = new StringBuilder();

    private OutputStream start(String... options) throws IOException {
        String[] command = {
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName()
        };
        String[] all = Arrays.copyOf(command, command.length + options.length);
        System.arraycopy(options, 0, all, command.length, options.length);
        started = new ProcessBuilder(all).start();
        return started.getOutputStream();
    }

    private Process java() {
        if (started == null) {
            throw new IllegalStateException("nothing was started");
        }
        return started;
    }

    /** {@link Process#destroy} would close our ends, too. */
    private void terminate() throws Exception {
        Process kill = new ProcessBuilder("kill", "-TERM", Long.toString(java().pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    @AfterEach
    void kill() {
        java().destroyForcibly();
    }

    private void waitFor(String words) throws IOException {
        InputStream out = java().getInputStream();
        byte[] octets = new byte[1 << 14];
        while (said.indexOf(words) < 0) {
            int count = out.read(octets);
            assertThat(count).as(said.toString()).isPositive();
            said.append(new String(octets, 0, count, StandardCharsets.UTF_8));
        }
    }

    private String rest() throws IOException {
        said.append(new String(java().getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        return said.toString();
    }

    /** What came is told, and that more might have come. */
    @Test
    void aPipeThatStaysOpen() throws Exception {
        OutputStream pipe = start("--view", "events", "-");
        pipe.write(Files.readAllBytes(Path.of("samples/abort.pcap")));
        pipe.flush();
        waitFor("reset");
        terminate();
        assertThat(rest()).contains("1 capture, 8 packets, 1 flow").contains("not read to its end");
        assertThat(new String(java().getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .matches("tcpflow-check: -: octet \\d+: .*a signal ended the reading, more might have come\n");
        assertThat(java().waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(java().exitValue()).isEqualTo(ExitCode.INPUT_OUTPUT);
    }

    /** Mostly the other end gets the signal, too, and closes the pipe: all of it is told, as if there had been no signal. */
    @Test
    void aPipeThatEndsThen() throws Exception {
        OutputStream pipe = start("--view", "events", "-");
        byte[] capture = Files.readAllBytes(Path.of("samples/abort.pcap"));
        pipe.write(capture, 0, capture.length - 20);
        pipe.flush();
        waitFor("ESTABLISHED");
        terminate();
        Thread.sleep(HANDLED_MILLIS);
        pipe.write(capture, capture.length - 20, 20);
        pipe.close();
        assertThat(rest()).contains("1 capture, 8 packets, 1 flow").contains("whole, both directions");
        assertThat(new String(java().getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(java().waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(java().exitValue()).isEqualTo(143);
    }

    @Test
    void aPipeThatEndsByItself() throws Exception {
        OutputStream pipe = start("-q", "-");
        pipe.write(Files.readAllBytes(Path.of("samples/loss.pcap")));
        pipe.close();
        assertThat(rest()).contains("1 capture, 89 packets");
        assertThat(java().waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(java().exitValue()).isZero();
    }
}
