package tcpflowcheck.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tcpflowcheck.golden.Golden;
import tcpflowcheck.golden.Run;

/** {@code --view story}, in both languages. */
class StoryTextTest {
    @Test
    void aConnectionStepByStep() {
        assertThat(Run.of("--view", "story", "--width", "90", "samples/three-segment-close.pcap")
                        .out())
                .startsWith("""
                stream 0  10.9.0.1.40001 > 10.9.0.2.80
                                  At first the client is in CLOSED and the server in LISTEN.
                     1   0.000 s  First segment of the opening: the client sends SYN with its initial
                                  sequence number x = 428407020.
                                  The client goes to SYN-SENT.
                     2   20.3 ms  Second segment of the opening: the server answers with SYN,ACK. Its own
                                  initial sequence number is y = 4078941586; ack = x+1 says that it has
                                  got the SYN.
                                  The server goes to SYN-RECEIVED.
                     3   20.4 ms  Third segment of the opening: the client sends ACK with ack = y+1. Now
                                  both can send.
                                  The client goes to ESTABLISHED.
                                  The server goes to ESTABLISHED.
                         31.1 ms  Data passes. Segments with data: 2, without: 2; octets from the client:
                                  69, from the server: 96.
                     8  312.0 ms  First FIN: the client has nothing more to send (seq = u = 70). It can
                                  still read, and the server can still send.
                                  The client goes to FIN-WAIT-1.
                     9  332.4 ms  Second FIN: the server has nothing more to send either (seq = w = 97),
                                  and the same segment acknowledges the first FIN with ack = u+1.
                                  The client goes to FIN-WAIT-2.
                                  The server goes to CLOSE-WAIT.
                                  The server goes to LAST-ACK.
                    10  332.5 ms  The client acknowledges the second FIN with ack = w+1 = 98. Both
                                  directions are closed.
                                  The client goes to TIME-WAIT.
                                  The server probably goes to CLOSED; the capture does not prove it.
                                  In short: opened three-way, closed three-segment (client).

                1 capture, 10 packets, 1 flow
                """);
    }

    /** Neither ACK closes both directions before the other has come. */
    @Test
    void aSimultaneousCloseHasTwoAcks() {
        assertThat(Run.of("--view", "story", "samples/simultaneous-close.pcap").out())
                .containsSubsequence(
                        "The client acknowledges the FIN of the server with ack = w+1 = 98. One direction is closed;",
                        "The server acknowledges the FIN of the client with ack = u+1 = 71. Both directions are closed.");
    }

    @Test
    void inChinese() {
        String story = Run.of("--view", "story", "--lang", "zh", "samples/half-close.pcap")
                .out();
        assertThat(story).contains("第一次握手：客户端发送 SYN 报文段，初始序号 x = 479672046。").contains("半关闭状态", "客户端进入 TIME-WAIT 状态");
        Map<String, String> chinese = Map.of("LANG", "zh_CN.UTF-8");
        assertThat(Run.with(chinese, false, new byte[0], "--view", "story", "samples/half-close.pcap")
                        .out())
                .isEqualTo(story);
    }

    @Test
    void inChineseStepByStep() throws IOException {
        Run run = Run.of(
                "--view",
                "story",
                "--lang",
                "zh",
                "--width",
                "80",
                "samples/three-segment-close.pcap",
                "samples/abort.pcap",
                "samples/simultaneous-close.pcap");
        assertThat(run.err()).isEmpty();
        Golden.assertMatches("story-zh.txt", run.out());
    }

    /** The kinds are told in Chinese, with the word that --only and JSON have. */
    @Test
    void kindsInChinese() {
        assertThat(chinese("samples/half-close.pcap"))
                .contains("小结：建立方式 三次握手 (three-way)，关闭方式 四次挥手 (four-segment)，由客户端发起。");
        assertThat(chinese("samples/abort.pcap")).contains("由客户端复位，复位类型 异常终止 (abort)。");
        assertThat(chinese("samples/refused.pcap"))
                .contains("小结：建立方式 被拒绝 (refused)?。", "注意：连接被拒绝 (handshake-refused)。");
    }

    private static String chinese(String sample) {
        return Run.of("--view", "story", "--lang", "zh", sample).out();
    }

    /** No place is left open, and lines fit, where East Asian characters take two columns. */
    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void allSamplesAreTold(String language) throws Exception {
        try (DirectoryStream<Path> samples = Files.newDirectoryStream(Path.of("samples"), "*.pcap*")) {
            for (Path sample : samples) {
                for (String width : new String[] {"60", "80", "120"}) {
                    Run run = Run.of("--view", "story", "--lang", language, "--width", width, sample.toString());
                    assertThat(run.err()).isEmpty();
                    assertThat(run.out()).doesNotContainPattern("\\{\\d");
                    assertThat(run.out().lines().takeWhile(line -> !line.isEmpty()))
                            .allMatch(line -> WrappedText.columns(line) <= Integer.parseInt(width));
                }
            }
        }
    }
}
