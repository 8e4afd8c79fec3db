package tcpflowcheck.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tcpflowcheck.capture.CaptureWriter;
import tcpflowcheck.golden.Run;
import tcpflowcheck.lab.Sample;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What Zeek and Wireshark would say of a flow. */
class PeerWordsTest {
    @TempDir
    Path folder;

    /** By Zeek's documentation of conn_state and history, and its own baselines. */
    @ParameterizedTest
    @CsvSource({
        "open/three-way, S1, ShA",
        "open/unanswered-at-the-end, S0, S",
        "open/unanswered, S0, S",
        "open/refused, REJ, Sr",
        "open/half-open, S1, Sh",
        "open/third-segment-carries-data, S1, ShDa",
        "open/syn-missed, S1, ^hA",
        "open/midstream, OTH, Da",
        "open/abandoned-before-an-answer, RSTOS0, SR",
        "open/synack-isn-changed, S1, ShhA",
        "close/four-segment, SF, ShAFaf",
        "close/three-segment, SF, ShAFf",
        "close/half-closed, S2, ShAFa",
        "close/fin-unanswered, S2, ShAF",
        "close/half-close-with-data, SF, ShAFadf",
        "reset/abort, RSTO, ShAR",
        "reset/in-fin-wait-1, RSTR, ShAFr",
        "reset/after-close, RSTO, ShAFadR"
    })
    void zeek(String script, String connState, String history) throws IOException {
        JsonNode flow = flows(capture(script)).get(0);
        assertThat(flow.get("zeek").get("connState").asString()).isEqualTo(connState);
        assertThat(flow.get("zeek").get("history").asString()).isEqualTo(history);
    }

    /** By Wireshark's definition: SYN 1, SYN,ACK 2, ACK 4, data 8, FIN 16, RST 32, in whatever order. */
    @ParameterizedTest
    @CsvSource({
        "open/three-way, 7",
        "open/refused, 37",
        "open/syn-missed, 6",
        "open/syn-ack-first, 6",
        "close/four-segment, 23",
        "close/midstream, 28",
        "reset/outside-the-window, 47",
        "reset/midstream, 0"
    })
    void completeness(String script, int completeness) throws IOException {
        JsonNode flow = flows(capture(script)).get(0);
        assertThat(flow.get("wireshark").get("completeness").asInt()).isEqualTo(completeness);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "open/isn-changed",
                "open/syn-in-connection",
                "next/time-wait-refuses",
                "open/simultaneous",
                "next/reuse-after-close",
                "next/reuse-same-isn",
                "next/reuse-syn-missed",
                "next/reuse-without-close"
            })
    void tsharkSaysTheSame(String script) throws Exception {
        Path capture = capture(script);
        Map<String, String> tshark = tshark(capture);
        assertThat(tshark).as(script).containsAllEntriesOf(ours(capture));
    }

    @Test
    void tsharkSaysTheSameOfEverySample() throws Exception {
        for (Sample sample : Sample.in(Path.of("samples"))) {
            assertThat(ours(sample.capture())).as(sample.toString()).isEqualTo(tshark(sample.capture()));
        }
    }

    private Path capture(String script) throws IOException {
        PacketScript parsed = PacketScriptTest.scripts().stream()
                .filter(each -> each.name().equals(script))
                .findFirst()
                .orElseThrow();
        Path file = folder.resolve("capture.pcap");
        ScriptRun run = new ScriptRun(parsed, ScriptVariant.plain()).run();
        Files.write(file, CaptureWriter.variants().get(0).write(run.packets()));
        return file;
    }

    private static List<JsonNode> flows(Path capture) {
        Run run = Run.of("--json", capture.toString());
        assertThat(run.err()).isEmpty();
        return run.out()
                .lines()
                .map(line -> new ObjectMapper().readTree(line))
                .filter(object -> object.get("type").asString().equals("flow"))
                .toList();
    }

    /** Completeness by stream; the last flow's where two are one stream. */
    private static Map<String, String> ours(Path capture) {
        Map<String, String> ours = new TreeMap<>();
        for (JsonNode flow : flows(capture)) {
            JsonNode words = flow.get("wireshark");
            ours.put(words.get("stream").asInt() + "", words.get("completeness").asInt() + "");
        }
        return ours;
    }

    private static Map<String, String> tshark(Path capture) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(
                            "tshark",
                            "-2",
                            "-n",
                            "-r",
                            capture.toString(),
                            "-Y",
                            "tcp",
                            "-T",
                            "fields",
                            "-e",
                            "tcp.stream",
                            "-e",
                            "tcp.completeness")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException missing) {
            assumeTrue(false, "SKIPPED: tshark is not installed (Debian: apt-get install tshark)");
            return Map.of();
        }
        Map<String, String> completeness = new TreeMap<>();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        out.lines().map(line -> line.split("\t")).forEach(fields -> completeness.put(fields[0], fields[1]));
        return completeness;
    }
}
