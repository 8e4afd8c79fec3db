package tcpflowcheck.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobOptionsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a.pcap                                | --out DIR is missing
            --out o                               | no capture is named
            --out o -                             | standard input is on one machine alone
            --out o --ladder a.pcap               | --ladder means nothing here
            --out o --formt ndjson a.pcap         | perhaps: --format
            --out o --format csv a.pcap           | --format: expected parquet or ndjson, not 'csv'
            --out o --msl 0 a.pcap                | --msl: expected seconds above 0
            --out o --buckets 0 a.pcap            | --buckets: expected a whole number
            --out o --split 3x a.pcap             | --split: expected octets such as 64m or 2g, not '3x'
            --out o --by color a.pcap             | --by: expected one of server
            --out o --by port,open,close a.pcap   | --by: expected one key or two
            --out o --only color=red a.pcap       | 'color=red'
            --out o --ignore nothing a.pcap       | no rule, group or severity is named 'nothing'
            --out o a.pcap --only                 | --only wants a value
            """)
    void whatCantBeMeantIsSaid(String words, String message) {
        assertThatThrownBy(() -> new JobOptions(words.split(" ")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(message);
    }

    @Test
    void valuesAreThoseOfTheTool() throws UsageException {
        JobOptions options = new JobOptions(
                "--out=o", "--msl", "0.5", "--split", "2g", "-f", "port 80", "--by=port", "a.pcap", "b.pcap");
        assertThat(options.limits().mslNanos()).isEqualTo(500_000_000);
        assertThat(options.limits().synTimeoutNanos()).isEqualTo(75_000_000_000L);
        assertThat(options.split()).isEqualTo(2L << 30);
        assertThat(new JobOptions("--out=o", "--split", "999999999t", "a.pcap").split())
                .isEqualTo(Long.MAX_VALUE);
        assertThat(options.filter()).isEqualTo("port 80");
        assertThat(options.files()).containsExactly("a.pcap", "b.pcap");
        assertThat(options.format()).isEqualTo("parquet");
    }
}
