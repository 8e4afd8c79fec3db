package tcpflowcheck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tcpflowcheck.capture.CapturedPacket;
import tcpflowcheck.capture.PcapWriter;
import tcpflowcheck.golden.Run;
import tcpflowcheck.report.JsonContract;
import tcpflowcheck.wire.SegmentBuilder;
import tools.jackson.databind.JsonNode;

/** What the summary says of a capture: how far it can be trusted, and who has most of what was found. */
class SummaryTest {
    private static final long START = 1_700_000_000_000_000_000L;
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    Path folder;

    private final List<CapturedPacket> packets = new ArrayList<>();

    private void pass(SegmentBuilder segment) {
        packets.add(new CapturedPacket(START + packets.size() * SECOND / 10, 1, segment.build()));
    }

    private Run run(String... options) throws IOException {
        Path file = folder.resolve("x.pcap");
        Files.write(file, new PcapWriter().write(packets));
        List<String> args = new ArrayList<>(List.of(options));
        args.add(file.toString());
        Run run = Run.of(args.toArray(String[]::new));
        assertThat(run.err()).isEmpty();
        return run;
    }

    private static SegmentBuilder segment(int client, int port, int server) {
        return new SegmentBuilder().ipv4("10.0.0." + client, "10.0.1." + server).ports(port, 80);
    }

    private void refused(int client, int port, int server) {
        pass(segment(client, port, server).seq(100).flags("S").mss(1460));
        pass(segment(client, port, server).reverse().ack(101).flags("RA"));
    }

    private void opened(int client, int port, int server) {
        pass(segment(client, port, server).seq(100).flags("S").mss(1460));
        pass(segment(client, port, server)
                .reverse()
                .seq(500)
                .ack(101)
                .flags("SA")
                .mss(1460));
        pass(segment(client, port, server).seq(101).ack(501).flags("A"));
    }

    @Test
    void whoRefuses() throws Exception {
        for (int i = 0; i < 12; i++) {
            refused(1 + i % 5, 20_000 + i, 7);
        }
        refused(1, 30_000, 8);
        refused(1, 30_001, 8);
        refused(1, 30_002, 9);
        opened(1, 40_000, 7);
        String text = run("-q", "--utc").out();
        assertThat(text).contains("""
                  found      15 handshake-refused
                  who        handshake-refused  10.0.1.7:80  12 of 13 flows  22:13:20 to 22:13:22, from frame 2  [##=#=##   ]
                                                10.0.1.8:80    2 of 2 flows  22:13:22, from frame 26  [       ## ]
                """);
        assertThat(text).doesNotContain("10.0.1.9:80"); // less than a tenth of the first
        JsonNode who = JsonContract.objects(run("--json").out()).stream()
                .filter(object -> object.get("type").asString().equals("summary"))
                .findFirst()
                .orElseThrow()
                .at("/who/handshake-refused");
        assertThat(who).hasSize(3);
        assertThat(who.get(0).toString())
                .isEqualTo(
                        "{\"address\":\"10.0.1.7\",\"port\":80,\"flows\":12,\"of\":13,\"estimated\":false,\"firstFrame\":2,"
                                + "\"first\":" + START + ",\"last\":" + (START + 22 * SECOND / 10) + "}");
    }

    /** Clients' ports come and go: theirs are the findings of an address. */
    @Test
    void whoResets() throws Exception {
        for (int i = 0; i < 3; i++) {
            opened(1, 20_000 + i, 7);
            pass(segment(1, 20_000 + i, 7).seq(101).ack(501).flags("RA"));
        }
        opened(2, 20_000, 7);
        pass(segment(2, 20_000, 7).reverse().seq(501).ack(101).flags("RA"));
        assertThat(run("-q", "--utc").out())
                .containsPattern("  who        reset  10.0.0.1     3 of 3 flows  22:13:20 to 22:13:20, from frame 4|"
                        + "  who        reset  10.0.0.1     3 of 3 flows  22:13:20, from frame 4")
                .containsPattern("\n +10.0.1.7:80  1 of 4 flows  22:13:21, from frame 16\n");
    }

    @Test
    void whereEachHasOneItIsOneLine() throws Exception {
        for (int i = 0; i < 30; i++) {
            opened(1 + i, 20_000, 7);
            pass(segment(1 + i, 20_000, 7).seq(101).ack(501).flags("RA"));
        }
        assertThat(run("-q").out()).contains("\n  who        reset  30 ends, none of them in more than one flow\n");
    }

    /** Few flows tell it themselves. */
    @Test
    void underFewFlowsItIsNotSaid() throws Exception {
        refused(1, 20_000, 7);
        assertThat(run().out()).doesNotContain("  who ");
        assertThat(run("-q").out()).contains("  who        handshake-refused  10.0.1.7:80  1 of 1 flow ");
    }

    @Test
    void aWholeCaptureIsSaidToBeWhole() throws Exception {
        opened(1, 20_000, 7);
        assertThat(run("-q").out()).startsWith("1 capture, 3 packets, 1 flow\n  capture    whole, both directions\n");
    }

    @Test
    void whatIsMissingIsSaidFirst() throws Exception {
        opened(1, 20_000, 7);
        pass(segment(1, 20_000, 7).reverse().seq(501).ack(2101).flags("A"));
        pass(segment(1, 20_000, 7).seq(2101).ack(501).flags("A").payload(10));
        pass(segment(3, 20_000, 7).seq(100).ack(900).flags("A").payload(10));
        pass(segment(3, 20_000, 7).seq(110).ack(1900).flags("A").payload(10));
        pass(segment(4, 20_000, 7).seq(100).flags("S")); // asks alone, and nobody answers
        String out = run("-q").out();
        assertThat(out.lines().toList().get(1))
                .matches(
                        "  capture    3\\.0 KB acknowledged but not captured, in 2 flows, 1 flow in one direction only");
        JsonNode summary = JsonContract.objects(run("--json").out()).stream()
                .filter(object -> object.get("type").asString().equals("summary"))
                .findFirst()
                .orElseThrow();
        assertThat(summary.get("missedBytes").asLong()).isEqualTo(3000);
        assertThat(summary.get("flowsInOneDirection").asLong()).isEqualTo(1);
    }
}
