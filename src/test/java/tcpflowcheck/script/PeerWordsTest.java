package tcpflowcheck.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tcpflowcheck.capture.CaptureWriter;
import tcpflowcheck.capture.CapturedPacket;
import tcpflowcheck.golden.Run;
import tcpflowcheck.lab.Sample;
import tcpflowcheck.report.Tshark;
import tcpflowcheck.wire.SegmentBuilder;
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
        "open/synack-isn-changed, S1, ShA",
        "close/four-segment, SF, ShAFaf",
        "close/three-segment, SF, ShAFf",
        "close/half-closed, S2, ShAFa",
        "close/fin-unanswered, S2, ShAF",
        "close/half-close-with-data, SF, ShAFadf",
        "reset/abort, RSTO, ShAR",
        "reset/in-fin-wait-1, RSTR, ShAFr",
        "reset/after-close, RSTO, ShAFadR",
        "open/syn-ack-first, OTH, ^hSA",
        "open/simultaneous, S0, S",
        "open/syn-data, S1, SThD",
        "segments/zero-window, S1, ShADawT"
    })
    void zeek(String script, String connState, String history) throws IOException {
        JsonNode flow = flows(capture(script)).get(0);
        assertThat(flow.get("zeek").get("connState").asString()).isEqualTo(connState);
        assertThat(flow.get("zeek").get("history").asString()).isEqualTo(history);
    }

    /** Behind a handshake from 40000 to 4000; each segment is side, flags, sequence number, ACK, octets and window. */
    @ParameterizedTest
    @CsvSource({
        "SF, ShAFfR, C F. 1 1 0 9; S F. 1 2 0 9; C R 2 0 0 0",
        "SF, ShAFRf, C F. 1 1 0 9; C R. 2 1 0 0; S F. 1 2 0 9; C R 2 0 0 0",
        "RSTO, ShAFR, C F. 1 1 0 9; C R. 2 1 0 0; C R. 2 1 0 0",
        "RSTO, ShADFRR, C . 1 1 5 9; C F. 6 1 0 9; C R 7 0 0 0; C R 1 0 0 0",
        "RSTR, ShAFar, C F. 1 1 0 9; S . 1 2 0 9; S R. 1 2 0 0",
        "SF, ShAFFIf, C F 1 0 0 9; C F 6 0 0 9; C FR 6 0 0 9; S F. 1 2 0 9",
        "S1, ShADaG, C . 1 1 5 9; S . 1 11 0 9",
        "S1, ShADaG, C . 1 1 5 9; C . 11 1 5 9; S . 1 16 0 9",
        "S1, ShADaGG, " + "C . 3 1 1 9; C . 5 1 1 9; C . 7 1 1 9; C . 9 1 1 9; C . 11 1 1 9; C . 13 1 1 9; "
                + "C . 15 1 1 9; C . 17 1 1 9; C . 19 1 1 9; C . 21 1 1 9; S . 1 22 0 9",
        "S1, ShADTa, C . 6 1 5 9; C . 1 1 5 9; S . 1 11 0 9",
        "S1, ShADTa, C . 1 1 5 9; C . 1 1 5 9; C . 1 1 5 9; S . 1 6 0 9",
        "S2, ShADFaG, C . 1 1 5 9; C F. 11 1 0 9; S . 1 12 0 9",
        "RSTR, ShADr, C . 1 1 5 9; S R. 1 11 0 0",
        "S1, ShAaw, S . 1 1 0 0; S . 1 1 0 0",
        "S2, ShAFa, C F. 1 1 0 9; S . 1 2 0 0",
        "RSTO, ShAQI, C SR 0 0 0 9; C FR 1 1 0 9"
    })
    void zeekByItsSource(String connState, String history, String segments) throws IOException {
        assertThat(zeek(4000, "C S 0 0 0 9; S S. 0 1 0 9; C . 1 1 0 9; " + segments))
                .isEqualTo(connState + " " + history);
    }

    /** Who is the originator, by the server's port. */
    @ParameterizedTest
    @CsvSource({
        "80, S1, ^hA, S S. 0 1 0 9; C . 1 1 0 9",
        "4000, OTH, Ha, S S. 0 1 0 9; C . 1 1 0 9",
        "4000, S1, Hs^A, S S. 0 1 0 9; C S 0 0 0 9; C . 1 1 0 9",
        "80, OTH, ^dA, S . 1 1 5 9; C . 1 6 0 9",
        "4000, OTH, Da, S . 1 1 5 9; C . 1 6 0 9",
        "80, OTH, Da, C . 1 1 5 9; S . 1 6 0 9",
        "4000, S0, S, C S 0 0 0 9; S S 0 0 0 9; C S. 0 1 0 9; S S. 0 1 0 9",
        "4000, S0, S, C S 0 0 0 9; C S 9 0 0 9; S S. 0 10 0 9",
        "4000, S1, SahA, C S 0 0 0 9; S . 7 7 0 9; S S. 0 1 0 9; C . 1 1 0 9"
    })
    void zeeksOriginator(int port, String connState, String history, String segments) throws IOException {
        assertThat(zeek(port, segments)).isEqualTo(connState + " " + history);
    }

    private String zeek(int port, String segments) throws IOException {
        SegmentBuilder client =
                new SegmentBuilder().ipv4("10.0.0.1", "10.0.0.2").ports(40_000, port);
        SegmentBuilder server = client.copy().reverse();
        List<CapturedPacket> packets = new ArrayList<>();
        for (String each : segments.split("; ")) {
            String[] words = each.split(" ");
            boolean fromClient = words[0].equals("C");
            long seq = (fromClient ? 1000 : 900_000) + Long.parseLong(words[2]);
            long ack = (fromClient ? 900_000 : 1000) + Long.parseLong(words[3]);
            SegmentBuilder segment = (fromClient ? client : server)
                    .copy()
                    .flags(words[1])
                    .seq(seq)
                    .payload(Integer.parseInt(words[4]))
                    .window(Integer.parseInt(words[5]));
            packets.add(new CapturedPacket(
                    1_700_000_000_000_000_000L + packets.size() * 1_000_000L,
                    segment.linkType(),
                    (words[1].contains(".") ? segment.ack(ack) : segment).build()));
        }
        Path file = folder.resolve("capture.pcap");
        Files.write(file, CaptureWriter.variants().get(0).write(packets));
        JsonNode zeek = flows(file).get(0).get("zeek");
        return zeek.get("connState").asString() + " " + zeek.get("history").asString();
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
                "open/syn-data",
                "header/flags-syn-rst",
                "open/syn-in-connection",
                "next/time-wait-refuses",
                "open/simultaneous",
                "next/reuse-after-close",
                "next/reuse-same-isn",
                "next/reuse-syn-missed",
                "next/reuse-without-close"
            })
    void tsharkSaysTheSame(String script) throws Exception {
        assumeTrue(Tshark.isInstalled(), "SKIPPED: tshark is not installed (Debian: apt-get install tshark)");
        Path capture = capture(script);
        assertThat(Tshark.completeness(capture)).as(script).containsAllEntriesOf(ours(capture));
    }

    @Test
    void tsharkSaysTheSameOfEverySample() throws Exception {
        assumeTrue(Tshark.isInstalled(), "SKIPPED: tshark is not installed (Debian: apt-get install tshark)");
        for (Sample sample : Sample.in(Path.of("samples"))) {
            assertThat(ours(sample.capture())).as(sample.toString()).isEqualTo(Tshark.completeness(sample.capture()));
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
}
