package tcpflowcheck.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tcpflowcheck.golden.Run;

/** {@code --frame}: RFC 9293's Figure 1 with values. */
class HeaderFigureTest {
    private static String figure(int frame, String... files) {
        Run run = Run.of("--utc", "--frame", "" + frame, files[0]);
        assertThat(run.err()).isEmpty();
        return run.out();
    }

    @Test
    void aSynAck() {
        assertThat(figure(2, "samples/half-close.pcap")).isEqualTo(EXPECTED);
    }

    /** Every row is as wide as the figure of the RFC. */
    @ParameterizedTest
    @CsvSource({
        "samples/half-close.pcap,5",
        "samples/loss.pcap,21",
        "samples/loss.pcap,27",
        "samples/abort.pcap,8",
        "samples/fast-open.pcap,1"
    })
    void rowsAreOfThirtyTwoBits(String file, int frame) {
        List<String> rows = figure(frame, file)
                .lines()
                .filter(line -> line.matches("  [+|].*"))
                .toList();
        assertThat(rows).hasSizeGreaterThan(12).allMatch(line -> line.matches("  [+|].{63}[+|]"));
    }

    /** The books' letters, and what only the end of the connection tells: how many steps, and what is proven. */
    @Test
    void whatTheLadderAndTheEndTell() {
        assertThat(figure(15, "samples/half-close.pcap"))
                .contains("Sequence Number 479672117 (relative 71, u+1)")
                .contains("Acknowledgment Number 4130210932 (relative 36, w+1)")
                .contains("close 4/4                     client FIN-WAIT-2 > TIME-WAIT, server LAST-ACK > CLOSED?\n");
        assertThat(figure(2, "samples/rfc9293/figure-9.pcap"))
                .contains(" Sequence Number 300 ", " Acknowledgment Number 100 ");
    }

    @Test
    void theFirstDataIsNumberOne() {
        assertThat(figure(8, "samples/half-close.pcap"))
                .contains("Sequence Number 4130210897 (relative 1)", "Acknowledgment Number 479672117 (relative 71)")
                .contains("11 octets of data", "Window 64 ", "(65536 octets)")
                .contains("note half-close: octets flow on after the client's FIN");
    }

    @Test
    void whatIsNotThereIsAUsageError() {
        Run run = Run.of("--frame", "99", "samples/half-close.pcap");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("tcpflow-check: --frame 99: there is no TCP segment in that frame\n");
        assertThat(Run.of("--frame", "2", "-q", "samples/half-close.pcap").err())
                .startsWith("tcpflow-check: --frame shows one segment, as text, and nothing else\n");
    }

    private static final String EXPECTED = """
            frame 2 of stream 0, the server sends
               0                   1                   2                   3
               0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
              +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
              |    Source Port 80 (server)    |Destination Port 40001 (client)|
              +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
              |          Sequence Number 4130210896 (relative 0, y)           |
              +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
              |       Acknowledgment Number 479672047 (relative 1, x+1)       |
              +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
              | Data  |Rsr- |a|c|e|u|A|p|r|S|f|                               |
              |Offset | vd. |e|w|c|r|C|s|s|Y|i|         Window 65160          |
              |  10   |     | |r|e|g|K|h|t|N|n|                               |
              +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
              |    Checksum 0x0ab1 (right)    |       Urgent Pointer 0        |
              +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
              |  kind 2 MSS   |   length 4    |   Maximum Segment Size 1460   |
              +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
              |kind 4 SACK ok |   length 2    |   kind 8 TS   |   length 10   |
              +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
              |                   Timestamp Value 741146140                   |
              +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
              |                Timestamp Echo Reply 1195691642                |
              +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
              | NOP (kind 1)  | kind 3 scale  |   length 3    |shift 10 x1024 |
              +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
              |                       0 octets of data                        |
              +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+

            01:22:45.904046 IP 10.9.0.2.80 > 10.9.0.1.40001: Flags [S.], seq 4130210896, ack 479672047, win 65160, options [mss 1460,sackOK,TS val 741146140 ecr 1195691642,nop,wscale 10], length 0
              open 2/3, ack = x+1           server LISTEN > SYN-RECEIVED
            """;
}
