package tcpflowcheck.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditDistanceTest {
    @ParameterizedTest
    @CsvSource({
        "'', '', 0",
        "abc, '', 3",
        "'', abc, 3",
        "reset, reset, 0",
        "rseet, reset, 1",
        "rest, reset, 1",
        "resset, reset, 1",
        "resat, reset, 1",
        "kitten, sitting, 3",
        "ca, abc, 3"
    })
    void edits(String from, String to, int count) {
        assertThat(EditDistance.of(from, to)).isEqualTo(count);
    }
}
