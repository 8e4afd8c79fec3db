package tcpflowcheck.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountTest {
    private final TextBuffer out = new TextBuffer();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|0.000 s",
                "1|1 ns",
                "999|999 ns",
                "1000|1.0 us",
                "999949|999.9 us",
                "999950|1.0 ms",
                "132768000|132.8 ms",
                "999949999|999.9 ms",
                "999950000|1.000 s",
                "1204000000|1.204 s",
                "99999499999|99.999 s",
                "99999500000|100.0 s",
                "3600040000000|3,600.0 s"
            })
    void durationsHaveTheUnitThatFits(long nanos, String text) {
        assertThat(Amount.duration(out, nanos)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|0 flows",
                "1|1 flow",
                "999|999 flows",
                "1000|1,000 flows",
                "9223372036854775807|9,223,372,036,854,775,807 flows"
            })
    void countsHaveTheirThousandsApart(long count, String text) {
        assertThat(Amount.counted(out, count, "flow")).hasToString(text);
    }
}
