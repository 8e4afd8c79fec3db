package tcpflowcheck.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static tcpflowcheck.api.FlowAssertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tcpflowcheck.api.Captures;

/** What the program says of each sample stands beside it, as text, as JSON and as an expectation. */
class SamplesTest {
    static Stream<String> samples() {
        return Stream.concat(in(""), in("rfc9293/"));
    }

    private static Stream<String> in(String folder) {
        File[] captures = new File("samples", folder).listFiles((parent, name) -> name.matches(".*\\.pcap(ng)?"));
        return Arrays.stream(captures)
                .map(capture -> folder + capture.getName())
                .sorted();
    }

    /** RFC 9293 says of its figures what they show. */
    @Test
    void theFiguresAreAsExpected() {
        List<String> args = new ArrayList<>(List.of("-q", "--expect-beside"));
        in("rfc9293/").forEach(sample -> args.add("samples/" + sample));
        assertThat(args).hasSize(2 + 8);
        Run run = Run.of(args.toArray(String[]::new));
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void asText(String sample) throws IOException {
        holds(sample, "txt", "--utc");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void asJson(String sample) throws IOException {
        holds(sample, "json", "--json");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void asItsExpectation(String sample) {
        String expected = sample.replaceFirst("\\.pcap(ng)?$", ".expect.yaml");
        assertThat(Captures.read(Path.of("samples", sample))).matches(Path.of("samples", expected));
    }

    private static void holds(String sample, String extension, String option) throws IOException {
        Run run = Run.of(option, "samples/" + sample);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        String expected = sample.replaceFirst("\\.pcap(ng)?$", "." + extension);
        Golden.assertMatches(new File("samples", expected).toPath(), run.out());
    }
}
