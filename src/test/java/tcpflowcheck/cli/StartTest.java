package tcpflowcheck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a plain command line leaves alone. Java's part in lambdas and VarHandles takes it 12 ms to set up and picocli 60,
 * where a small capture takes 20.
 */
class StartTest {
    private static final List<String> SLOW = List.of(
            "java.lang.invoke.InnerClassLambdaMetafactory",
            "java.lang.invoke.VarHandles",
            "java.time.zone.ZoneRulesProvider",
            "java.util.ServiceLoader",
            "java.util.regex.Pattern$",
            "picocli.CommandLine$Model",
            "org.fusesource",
            "org.pcap4j");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"-q", "-v", "--json", "--utc"})
    void aPlainCommandLineLoadsNothingSlow(String option) throws IOException, InterruptedException {
        Path loaded = folder.resolve("loaded");
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load:file=" + loaded,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        option,
                        "samples/abort.pcap",
                        "samples/close-by-server.pcap")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("report").toFile())
                .start();

        assertThat(java.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(java.exitValue()).isZero();
        assertThat(lines(loaded)).contains("tcpflowcheck.tcp.Connection").noneMatch(StartTest::isSlow);
    }

    private static boolean isSlow(String loaded) {
        return SLOW.stream().anyMatch(loaded::startsWith);
    }

    /** The names of the classes. */
    private static List<String> lines(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.map(line -> line.replaceFirst(".*\\] ", "").replaceFirst(" source: .*", ""))
                    .toList();
        }
    }
}
