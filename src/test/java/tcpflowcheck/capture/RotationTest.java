package tcpflowcheck.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names as tcpdump makes them: a number where there is a size, with so many digits that the names sort. */
class RotationTest {
    @ParameterizedTest
    @CsvSource({
        "1, 0, 0, x, 0, x",
        "1, 0, 0, x, 1, x1",
        "1, 0, 0, x, 12, x12",
        "1, 0, 1, x, 0, x",
        "1, 0, 2, x, 0, x0",
        "1, 0, 10, x, 9, x9",
        "1, 0, 11, x, 9, x09",
        "1, 0, 100, x, 7, x07",
        "1, 0, 101, x, 7, x007",
        "0, 60, 0, x-%s, 0, x-1000",
        "0, 60, 11, x-%s, 0, x-1000",
        "1, 60, 0, x-%s, 0, x-1000",
        "1, 60, 0, x-%s, 3, x-10003",
        "1, 60, 11, x-%s, 3, x-100003",
        "1, 0, 0, x-%s, 0, x-%s"
    })
    void namesAreTcpdumps(long size, long seconds, long count, String path, long number, String name) {
        assertThat(new Rotation(size, seconds, count).name(path, 1000, number)).isEqualTo(name);
    }
}
