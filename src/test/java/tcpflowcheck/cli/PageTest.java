package tcpflowcheck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tcpflowcheck.capture.CapturedPacket;
import tcpflowcheck.capture.PcapWriter;
import tcpflowcheck.golden.Run;
import tcpflowcheck.wire.SegmentBuilder;

/** {@code --html}: one page that holds all, asks for nothing, and stays small. */
class PageTest {
    private static final long START = 1_700_000_000_000_000_000L;

    @TempDir
    Path folder;

    private String page(String... options) throws Exception {
        Path file = folder.resolve("x.html");
        List<String> args = new ArrayList<>(List.of("-q", "--utc", "--html", file.toString()));
        args.addAll(List.of(options));
        Run run = Run.of(args.toArray(String[]::new));
        assertThat(run.err()).isEmpty();
        return Files.readString(file);
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    @Test
    void itHasSummaryTableLadderAndText() throws Exception {
        String page = page("samples/abort.pcap");
        assertThat(page)
                .startsWith("<!DOCTYPE html>\n<html lang=\"en\">")
                .contains("<title>TCP connections of samples/abort.pcap</title>")
                .contains("<p>8 packets, 1 connection</p>", "<li>three-way <b>1</b></li>")
                .contains("<td class=\"warning\">reset by client: abort</td>")
                .contains("<a href=\"#stream-0\">0</a>")
                .contains("<details class=\"flow\" id=\"stream-0\" open>")
                .contains("<svg class=\"ladder\"", ">SYN seq=0 (x) mss=1460</text>")
                .contains("stream 0  10.9.0.1.40001 &gt; 10.9.0.2.80   8 segments")
                .contains("<details class=\"flow\" id=\"rule-reset\">")
                .contains("data-open=\"three-way\" data-close=\"reset\" data-reset=\"abort\" data-by=\"client\"")
                .endsWith("</html>\n");
    }

    @Test
    void itSpeaksChineseAndTellsEachStep() throws Exception {
        assertThat(page("samples/abort.pcap"))
                .contains(
                        "<details class=\"story\"><summary>step by step</summary>",
                        "First segment of the opening: the client");
        assertThat(page("--lang", "zh", "samples/abort.pcap"))
                .startsWith("<!DOCTYPE html>\n<html lang=\"zh-Hans\">")
                .contains(
                        "8 \u4e2a\u5206\u7ec4\uff0c1 \u4e2a\u8fde\u63a5</p>",
                        "\u4e09\u6b21\u63e1\u624b (three-way)",
                        "\u9010\u6b65\u8bb2\u89e3")
                .doesNotContain(">Connections<", ">What was found<", "First segment");
    }

    /** What the policy allows is exactly what is there. */
    @Test
    void itsPolicyAllowsItsOwnStyleAndScriptAlone() throws Exception {
        String page = page("--merge", "samples/abort.pcap", "samples/loss.pcap");
        Matcher policy = Pattern.compile("Content-Security-Policy\" content=\"([^\"]*)\"")
                .matcher(page);
        assertThat(policy.find()).isTrue();
        String style = page.substring(page.indexOf("<style>") + 7, page.indexOf("</style>"));
        String script = page.substring(page.indexOf("<script>") + 8, page.indexOf("</script>"));
        assertThat(policy.group(1))
                .startsWith("default-src 'none';")
                .contains("style-src '" + hash(style) + "'")
                .contains("script-src '" + hash(script) + "'")
                .doesNotContain("unsafe");
        assertThat(count(page, "<script")).isEqualTo(1);
        assertThat(count(page, "<style")).isEqualTo(1);
        assertThat(page.replace("xmlns=\"http://www.w3.org/2000/svg\"", ""))
                .doesNotContain(" style=\"", " src=", "url(", "@import", "onclick", "<link", "<img", "<iframe");
    }

    private static String hash(String text) throws Exception {
        byte[] sum = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return "sha256-" + Base64.getEncoder().encodeToString(sum);
    }

    @Test
    void aHostileNameIsText() throws Exception {
        Path hostile = folder.resolve("<img src=x onerror=alert(1)>\u202e\"'&.pcap");
        Files.copy(Path.of("samples/abort.pcap"), hostile);
        String page = page(hostile.toString(), "samples/abort.pcap");
        assertThat(page)
                .doesNotContain("<img", "\u202e")
                .contains("&lt;img src=x onerror=alert(1)&gt;\\u202e&quot;&#39;&amp;.pcap");
    }

    /** What is in front of the clicks is asked, what is behind them answers. */
    @Test
    void aQuizKeepsItsAnswersBehindClicks() throws Exception {
        String page = page("--quiz", "samples/abort.pcap");
        String hidden = "<details class=\"answers\">";
        String front = page.substring(page.indexOf("</style>"), page.indexOf(hidden));
        assertThat(front)
                .contains("<p>8 packets, 1 connection</p>", "stream 0: 10.9.0.1.40001 &gt; 10.9.0.2.80</summary>")
                .contains(">open [1]</text>", ">[3]</text>", ">SYN seq=0 (x) mss=1460</text>")
                .doesNotContain("three-way", "abort</", "SYN-SENT", "data-open", "stream 0  10.9.0.1");
        assertThat(page.substring(page.indexOf(hidden)))
                .contains("<li>[1] three-way</li><li>[2] reset by client: abort</li><li>[3] CLOSED</li>")
                .contains("stream 0  10.9.0.1.40001 &gt; 10.9.0.2.80   8 segments")
                .contains("<summary>answers: what was opened, closed and found</summary>")
                .contains("<li>three-way <b>1</b></li>", "<td class=\"warning\">reset by client: abort</td>");
        assertThat(count(page, "<details")).isEqualTo(count(page, "</details>"));
    }

    /** Of one connection each arrow leads to its header, without scripts; of several a script draws it from the octets. */
    @Test
    void anArrowHasItsHeader() throws Exception {
        String one = page("samples/half-close.pcap");
        assertThat(one)
                .contains("<a href=\"#stream-0-frame-2\"><g class=\"rung server\" data-h=\"AFCcQfYuBFAclzbvoBL+iAqx")
                .contains(
                        "<details><summary>frame 2, 20.5 ms: SYN,ACK seq=0 (y) ack=1 (x+1) mss=1460 win 65160</summary>")
                .contains("<pre tabindex=\"0\" id=\"stream-0-frame-2\">   0                   1 ")
                .contains("\n  |          Sequence Number 4130210896 (relative 0, y)           |\n")
                .contains("\n  |  kind 2 MSS   |   length 4    |   Maximum Segment Size 1460   |\n");
        assertThat(count(one, "href=\"#stream-0-frame-")).isEqualTo(count(one, "id=\"stream-0-frame-"));
        String two = page("--merge", "samples/half-close.pcap", "samples/loss.pcap");
        assertThat(two)
                .contains("<g class=\"rung server\" tabindex=\"0\" data-h=\"AFCcQfYuBFAclzbvoBL+iAqxAAACBAW0BAI")
                .contains("A click on an arrow, or Enter, shows the header of its segment.")
                .doesNotContain("-frame-", "class=\"headers\"");
    }

    @Test
    void severalCapturesHaveTheirNames() throws Exception {
        String page = page("samples/abort.pcap", "samples/loss.pcap");
        assertThat(page)
                .contains("TCP connections of 2 captures", "id=\"capture-1-stream-0\"", "id=\"capture-2-stream-0\"")
                .contains("<td>samples/loss.pcap</td>");
    }

    @Test
    void chosenOnesAreShown() throws Exception {
        String page = page("--merge", "--only", "reset", "samples/abort.pcap", "samples/loss.pcap");
        assertThat(count(page, "<tr data-open")).isEqualTo(1);
        assertThat(page).contains("2 connections, 1 of them chosen");
    }

    private String many(int flows) throws Exception {
        List<CapturedPacket> packets = new ArrayList<>();
        for (int i = 0; i < flows; i++) {
            SegmentBuilder syn = new SegmentBuilder()
                    .ports(10_000 + i, 80)
                    .seq(1000)
                    .flags("S")
                    .mss(1460);
            packets.add(new CapturedPacket(START + 1_000_000L * i, 1, syn.build()));
            boolean refused = i % 100 == 99;
            SegmentBuilder answer = syn.copy().options().reverse().seq(0).ack(1001);
            packets.add(new CapturedPacket(
                    START + 1_000_000L * i + 500_000,
                    1,
                    answer.flags(refused ? "RA" : "SA").build()));
            if (!refused) {
                packets.add(new CapturedPacket(
                        START + 1_000_000L * i + 600_000,
                        1,
                        syn.copy().options().seq(1001).ack(1).flags("A").build()));
            }
        }
        Path file = folder.resolve("many.pcap");
        Files.write(file, new PcapWriter().write(packets));
        return file.toString();
    }

    /** The most telling are shown, the first ones first; all are counted. */
    @Test
    void aPageStaysSmall() throws Exception {
        String page = page(many(5000));
        assertThat(count(page, "<tr data-open")).isEqualTo(2000);
        assertThat(count(page, "data-open=\"refused\"")).isEqualTo(50);
        assertThat(page.indexOf("data-open=\"refused\"")).isLessThan(page.indexOf("data-open=\"three-way\""));
        assertThat(page)
                .contains("The 2,000 most telling of 5,000 are in the table")
                .contains("three-way <b>4,950</b>");
        assertThat(page.length()).isLessThan(15_000_000);
    }
}
