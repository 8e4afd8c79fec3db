package tcpflowcheck.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tcpflowcheck.golden.Run;
import tcpflowcheck.tcp.TcpState;

/** {@code --quiz}: blanks in the text, the answers at its end. */
class QuizTest {
    private static String out(String... args) {
        Run run = Run.of(args);
        assertThat(run.err()).isEmpty();
        return run.out();
    }

    @Test
    void aLadderHasBlanks() {
        assertThat(out("--quiz", "--view", "ladder", "--width", "80", "samples/abort.pcap"))
                .startsWith("""
                stream 0  10.9.0.1.40001 > 10.9.0.2.80   8 segments, 69 B out, 96 B in, 313.4 ms
                  open    [1]
                  close   [2]

                                 client 10.9.0.1.40001                        server 10.9.0.2.80
                                 [3]          |                                 | [4]
                     1   0.000 s              | ---- SYN seq=0 (x) mss=1460 --> |
                                 [5]          |                                 |
                     2   21.3 ms              | <------- SYN,ACK seq=0 (y) ---- |
                                              |                                 | [6]
                     3   21.4 ms              | ---- ACK seq=1 (x+1) ---------> |
                                 [7]          |                                 | [8]
                         32.5 ms              | <........ 4 segments .........> |
                     8  313.4 ms              | ---- RST,ACK seq=70 ack=97 ---> |
                                 [9]          |                                 | [10]
                                              | ^ [11]                          |
                """);
    }

    /** Each blank is there once and has its answer. */
    @ParameterizedTest
    @CsvSource({
        "ladder,samples/simultaneous-close.pcap,answers:",
        "story,samples/simultaneous-close.pcap,Answers:",
        "ladder,samples/loss.pcap,answers:",
        "story,samples/loss.pcap,Answers:"
    })
    void everyBlankHasOneAnswer(String view, String sample, String title) {
        List<String> lines = out("--quiz", "--view", view, sample).lines().toList();
        int at = lines.indexOf(title);
        String asked = String.join("\n", lines.subList(0, at));
        Matcher blanks = Pattern.compile("\\[(\\d+)\\]").matcher(asked);
        int count = 0;
        while (blanks.find()) {
            assertThat(Integer.parseInt(blanks.group(1))).isEqualTo(++count);
        }
        assertThat(count).isGreaterThan(12);
        assertThat(lines.get(at + 1)).isEqualTo("  stream 0");
        for (int i = 1; i <= count; i++) {
            assertThat(lines.get(at + 1 + i)).startsWith("    [" + i + "] ");
        }
        assertThat(lines.get(at + count + 2)).isEmpty();
        for (TcpState state : TcpState.values()) {
            assertThat(asked).doesNotContain(state.toString());
        }
        assertThat(asked).doesNotContain("simultaneous", "retransmission");
    }

    /** A reset that did not end a connection that was open. */
    @Test
    void aResetIsAskedFor() {
        assertThat(out("--quiz", "--view", "ladder", "samples/rfc9293/figure-11.pcap"))
                .contains("    [1] half-open\n    [2] reset by client: abandoned-open?\n");
        assertThat(out("--quiz", "--view", "ladder", "samples/refused.pcap"))
                .contains("    [1] refused?\n    [2] none\n");
    }

    @Test
    void inChinese() {
        assertThat(out("--quiz", "--view", "story", "--lang", "zh", "samples/refused.pcap"))
                .contains("\u5ba2\u6237\u7aef\u8fdb\u5165 [4] \u72b6\u6001\u3002", "\n\u7b54\u6848\uff1a\n  stream 0\n")
                .contains("    [4] SYN-SENT\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "samples/abort.pcap",
                "-q samples/abort.pcap",
                "-v samples/abort.pcap",
                "--json samples/abort.pcap",
                "--view flows samples/abort.pcap",
                "--view table samples/abort.pcap",
                "--by server samples/abort.pcap",
                "--frame 2 samples/abort.pcap",
                "--html x.html --view flows samples/abort.pcap",
                "--html x.html --json samples/abort.pcap"
            })
    void otherViewsHaveNone(String line) {
        Run run = Run.of(("--quiz " + line).split(" "));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("tcpflow-check: --quiz works with --view ladder, --view story, --svg and --html "
                        + "(these two also with -q), and with no other view\n");
    }

    @Test
    void whatIsDrawnMayStandBesideCounts(@TempDir Path folder) {
        String drawn = folder.resolve("x.svg").toString();
        assertThat(out("--quiz", "-q", "--svg", drawn, "samples/abort.pcap")).startsWith("1 capture, 8 packets");
        assertThat(out("--quiz", "--view", "story", "--svg", drawn, "samples/abort.pcap"))
                .contains("goes to [4].");
    }
}
