package tcpflowcheck.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our transitions of every sample are the kernel's own. */
class SampleTruthTest {
    private static final Path SAMPLES = Path.of("samples");

    static List<Sample> samples() throws IOException {
        return Sample.in(SAMPLES);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void bothEndsStatesAreTheKernels(Sample sample) {
        List<Comparison.End> ends = Comparison.of(sample.capture(), sample.truth());
        assertThat(ends).isNotEmpty();
        assertThat(ends)
                .allMatch(end -> end.verdict() == Comparison.Verdict.EQUAL
                        || (end.verdict() == Comparison.Verdict.UNTOLD
                                && sample.toString().startsWith("unanswered")));
    }

    @Test
    void everySampleHasATruth() throws IOException {
        assertThat(SAMPLES.toFile().listFiles((folder, name) -> name.matches(".*\\.pcap(ng)?")))
                .hasSameSizeAs(samples());
    }
}
