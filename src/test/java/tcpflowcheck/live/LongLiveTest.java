package tcpflowcheck.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A capture that goes on, for {@code -Dlong.seconds} (600) each: {@code mvn -Plong test}. The heap is held at 256 MB, so
 * what grows with time fails.
 */
@Tag("long")
class LongLiveTest extends OnNetwork {
    private static final int SECONDS = Integer.getInteger("long.seconds", 600);
    private static final int RATE = Integer.getInteger("long.rate", 1000);

    /** New connections at a rate: each is counted once, and memory stays flat. */
    @Test
    void churn() throws Exception {
        try (Watch watch = network.watchWith(List.of("-Xmx256m"), "-i", "vb", "-f", "tcp", "-q")) {
            network.waitForSilence();
            Process traffic = network.churn(SECONDS, RATE);
            List<Long> resident = new ArrayList<>();
            while (traffic.isAlive()) {
                Thread.sleep(10_000);
                resident.add(watch.residentMebibytes());
            }
            long made =
                    Long.parseLong(new String(traffic.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
            System.out.println(made + " connections, MiB resident every 10 s: " + resident);
            Thread.sleep(5_000);
            assertThat(watch.interrupt("TERM")).isEqualTo(143); // a job in the background ignores SIGINT
            System.out.println(watch.errors() + watch.output());
            assertThat(watch.errors()).isEmpty();
            assertThat(watch.output().replace(",", ""))
                    .matches("(?s)1 capture \\d+ packets " + made + " flows\n.*")
                    .doesNotContain("evicted", "dropped");
            assertThat(resident.get(resident.size() - 1)).isLessThan(resident.get(resident.size() / 2) * 11 / 10 + 16);
        }
    }

    /** Bulk transfers one after another beside tcpdump on the same interface: where it drops nothing, neither do we. */
    @Test
    void load() throws Exception {
        Path counted = folder.resolve("tcpdump.err");
        Process tcpdump = network.tcpdump(counted, "-i", "vb", "-B", "65536", "-s", "128", "-w", "/dev/null", "tcp");
        try (Watch watch =
                network.watchWith(List.of("-Xmx256m"), "-i", "vb", "-f", "tcp", "-s", "128", "-q", "--json")) {
            long end = System.nanoTime() + SECONDS * 1_000_000_000L;
            while (System.nanoTime() < end) {
                network.download(80, 1 << 30);
            }
            network.waitForSilence();
            assertThat(watch.interrupt("TERM")).isEqualTo(143); // a job in the background ignores SIGINT
            new ProcessBuilder("kill", "-INT", Long.toString(tcpdump.pid()))
                    .start()
                    .waitFor();
            tcpdump.waitFor();
            String told = Files.readString(counted);
            System.out.println(told + watch.errors() + watch.lastLine());
            Matcher captured = Pattern.compile("(\\d+) packets captured").matcher(told);
            assertThat(captured.find()).isTrue();
            if (told.contains("\n0 packets dropped by kernel")) {
                assertThat(watch.errors()).isEmpty();
                assertThat(watch.number("frames")).isEqualTo(Long.parseLong(captured.group(1)));
            }
        }
    }
}
