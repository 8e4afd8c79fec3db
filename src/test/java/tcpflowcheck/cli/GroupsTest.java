package tcpflowcheck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tcpflowcheck.capture.CapturedPacket;
import tcpflowcheck.capture.PcapWriter;
import tcpflowcheck.golden.Run;
import tcpflowcheck.report.JsonContract;
import tcpflowcheck.wire.SegmentBuilder;
import tools.jackson.databind.JsonNode;

/** {@code --by}: what groups come to, held against what JSON says of each flow. */
class GroupsTest {
    private static final long START = 1_700_000_000_000_000_000L;
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLISECOND = 1_000_000L;

    @TempDir
    Path folder;

    private final List<CapturedPacket> packets = new ArrayList<>();

    private static List<String> samples() throws IOException {
        List<String> files = new ArrayList<>();
        try (DirectoryStream<Path> samples = Files.newDirectoryStream(Path.of("samples"), "*.pcap*")) {
            samples.forEach(file -> files.add(file.toString()));
        }
        files.sort(null);
        return files;
    }

    private static Run run(List<String> files, String... options) {
        List<String> args = new ArrayList<>(List.of(options));
        args.addAll(files);
        Run run = Run.of(args.toArray(String[]::new));
        assertThat(run.err()).isEmpty();
        return run;
    }

    private static List<JsonNode> objects(String type, List<String> files, String... options) {
        return JsonContract.objects(run(files, options).out()).stream()
                .filter(object -> object.get("type").asString().equals(type))
                .toList();
    }

    private static String server(JsonNode flow) {
        String address = flow.at("/server/address").asString();
        return (address.contains(":") ? "[" + address + "]" : address) + ":"
                + flow.at("/server/port").asInt();
    }

    private static String reset(JsonNode flow) {
        return flow.get("reset").isNull()
                ? "none"
                : flow.at("/reset/kind").asString() + " by "
                        + flow.at("/reset/by").asString();
    }

    private static final Map<String, Function<JsonNode, String>> KEYS = Map.of(
            "server", GroupsTest::server,
            "client", flow -> flow.at("/client/address").asString(),
            "port", flow -> flow.at("/server/port").asString(),
            "pair", flow -> flow.at("/client/address").asString() + " > " + server(flow),
            "open", flow -> flow.at("/handshake/kind").asString(),
            "close", flow -> flow.at("/close/kind").asString(),
            "reset", GroupsTest::reset);

    private static Map<String, Long> counts(List<JsonNode> groups, String key) {
        Map<String, Long> counts = new TreeMap<>();
        groups.forEach(group ->
                counts.put(group.at("/by/" + key).asString(), group.get("flows").asLong()));
        return counts;
    }

    @ParameterizedTest
    @ValueSource(strings = {"server", "client", "port", "pair", "open", "close", "reset"})
    void aFlowIsInTheGroupOfWhatItHas(String key) throws Exception {
        List<JsonNode> flows = objects("flow", samples(), "--json");
        Map<String, Long> expected =
                flows.stream().collect(Collectors.groupingBy(KEYS.get(key), TreeMap::new, Collectors.counting()));
        assertThat(counts(objects("group", samples(), "--json", "--by", key), key))
                .isEqualTo(expected);
    }

    @Test
    void aFlowIsInTheGroupOfEachRule() throws Exception {
        Map<String, Long> expected = new TreeMap<>();
        for (JsonNode flow : objects("flow", samples(), "--json")) {
            List<String> rules = new ArrayList<>(flow.get("findings").findValuesAsString("rule"));
            (rules.isEmpty() ? List.of("none") : rules.stream().distinct().toList())
                    .forEach(rule -> expected.merge(rule, 1L, Long::sum));
        }
        assertThat(counts(objects("group", samples(), "--json", "--by", "finding"), "finding"))
                .isEqualTo(expected);
    }

    private static long sum(List<JsonNode> objects, String... paths) {
        return objects.stream()
                .mapToLong(object -> List.of(paths).stream()
                        .mapToLong(path -> object.at(path).asLong())
                        .sum())
                .sum();
    }

    /** All flows of one group: each of its numbers is that of all flows. */
    @Test
    void theNumbersAreThoseOfTheFlows() throws Exception {
        List<JsonNode> flows = objects("flow", samples(), "--json");
        List<JsonNode> groups = objects("group", samples(), "--json", "--by", "open,close");
        assertThat(groups).hasSizeGreaterThan(1);
        assertThat(sum(groups, "/flows")).isEqualTo(flows.size());
        assertThat(sum(groups, "/bytes/client")).isEqualTo(sum(flows, "/bytes/client"));
        assertThat(sum(groups, "/bytes/server")).isEqualTo(sum(flows, "/bytes/server"));
        assertThat(sum(groups, "/segments")).isEqualTo(sum(flows, "/packets/client", "/packets/server"));
        assertThat(sum(groups, "/retransmissions"))
                .isEqualTo(sum(flows, "/traffic/client/retransmissions", "/traffic/server/retransmissions"));
        assertThat(sum(groups, "/connect/count"))
                .isEqualTo(flows.stream()
                        .filter(flow -> !flow.at("/timing/connectNanos").isNull())
                        .count());
        assertThat(groups.stream()
                        .mapToLong(group -> group.at("/firstOctet/maxNanos").asLong())
                        .max())
                .hasValue(flows.stream()
                        .mapToLong(flow -> flow.at("/timing/firstOctetNanos").asLong())
                        .max()
                        .orElseThrow());
    }

    // ---- connections that go by the book

    private void segment(SegmentBuilder segment, long time) {
        packets.add(new CapturedPacket(time, 1, segment.build()));
    }

    /** A connection from one second to the next, closed by four segments or three. */
    private void connection(int number, boolean six, boolean greeted, boolean four) {
        long now = START + number * SECOND;
        SegmentBuilder client =
                new SegmentBuilder().ports(20_000 + number, 80 + number % 3).window(60_000);
        if (six) {
            client.ipv6("2001:db8::1", "2001:db8::2");
        }
        segment(client.copy().seq(100).flags("S").mss(1460), now);
        segment(client.copy().reverse().seq(500).ack(101).flags("SA").mss(1460), now += MILLISECOND * (number + 1));
        segment(client.copy().seq(101).ack(501).flags("A"), now += MILLISECOND);
        int greeting = greeted ? 20 : 0;
        if (greeted) {
            segment(client.copy().reverse().seq(501).ack(101).flags("PA").payload(20), now += 3 * MILLISECOND);
        }
        segment(client.copy().seq(101).ack(501 + greeting).flags("PA").payload(30), now += 2 * MILLISECOND);
        segment(client.copy().seq(131).ack(501 + greeting).flags("PA").payload(10), now += 2 * MILLISECOND);
        segment(
                client.copy().reverse().seq(501 + greeting).ack(141).flags("PA").payload(200),
                now += (7 + number) * MILLISECOND);
        int end = 701 + greeting;
        segment(client.copy().seq(141).ack(end).flags("FA"), now += MILLISECOND);
        if (four) {
            segment(client.copy().reverse().seq(end).ack(142).flags("A"), now += MILLISECOND);
        }
        segment(client.copy().reverse().seq(end).ack(142).flags("FA"), now += MILLISECOND);
        segment(client.copy().seq(142).ack(end + 1).flags("A"), now + MILLISECOND);
    }

    private List<String> byTheBook() throws IOException {
        for (int i = 0; i < 40; i++) {
            connection(i, i % 5 == 0, i % 4 == 0, i % 2 == 0);
        }
        Path file = folder.resolve("by-the-book.pcap");
        Files.write(file, new PcapWriter().write(packets));
        return List.of(file.toString());
    }

    /** Those that went by the book are only measured; where {@code --only} is asked, they are looked at as all others. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "server",
                "client",
                "port",
                "pair",
                "minute",
                "hour",
                "open",
                "close",
                "reset",
                "finding",
                "pair,minute"
            })
    void whatIsMeasuredIsWhatIsSeen(String by) throws Exception {
        List<String> file = byTheBook();
        String measured = run(file, "--json", "--by", by).out();
        String seen = run(file, "--json", "--by", by, "--only", "stream>=0").out();
        assertThat(measured).startsWith("{\"type\":\"group\"");
        assertThat(seen.replace("\"chosen\":40,", "")).isEqualTo(measured);
        String doubt = run(file, "--by", by).out();
        assertThat(doubt).containsPattern("in doubt +[0-9] flows? ").contains("40 three-way");
    }

    // ---- how they are told

    @Test
    void theWorstComesFirst() throws Exception {
        List<Long> troubled = objects("group", samples(), "--json", "--by", "open").stream()
                .map(group -> sum(
                        List.of(group),
                        "/handshakes/refused",
                        "/handshakes/unreachable",
                        "/handshakes/unanswered",
                        "/handshakes/half-open",
                        "/resetsBy/client",
                        "/resetsBy/server"))
                .toList();
        assertThat(troubled).isSortedAccordingTo((a, b) -> Long.compare(b, a)).contains(0L, 1L);
        List<String> minutes = objects("group", byTheBook(), "--json", "--utc", "--by", "minute").stream()
                .map(group -> group.at("/by/minute").asString())
                .toList();
        assertThat(minutes).containsExactly("2023-11-14 22:13");
        List<Long> bytes = objects("group", samples(), "--json", "--by", "open,close", "--sort", "bytes").stream()
                .map(group -> sum(List.of(group), "/bytes/client", "/bytes/server"))
                .toList();
        assertThat(bytes).isSortedAccordingTo((a, b) -> Long.compare(b, a)).hasSizeGreaterThan(1);
    }

    @Test
    void theRestIsOneLine() throws Exception {
        List<String> lines = run(samples(), "--merge", "--by", "pair,open", "--top", "2")
                .out()
                .lines()
                .toList();
        assertThat(lines.get(0)).startsWith("pair ").contains("  open ");
        assertThat(lines.get(3)).matches("\\d+ others +\\d+ .*");
        assertThat(lines.get(4)).isEmpty();
        assertThat(lines.get(5)).startsWith("1 capture, ");
        List<JsonNode> groups = objects("group", samples(), "--json", "--by", "open", "--top", "1");
        assertThat(groups).hasSize(2);
        assertThat(groups.get(1).get("by").isNull()).isTrue();
        assertThat(sum(groups, "/flows"))
                .isEqualTo(objects("flow", samples(), "--json").size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"server", "pair", "minute", "finding", "pair,open"})
    void linesFit(String by) throws Exception {
        for (int width = 60; width <= 200; width += 7) {
            List<String> lines = run(samples(), "--merge", "--by", by, "--width", "" + width)
                    .out()
                    .lines()
                    .takeWhile(line -> !line.isEmpty())
                    .toList();
            int most = width;
            assertThat(lines)
                    .hasSizeGreaterThan(1)
                    .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(most));
            assertThat(lines.get(0)).contains(" flows").contains(width < 100 ? "failed" : "refused");
        }
    }

    @Test
    void timesHaveABar() throws Exception {
        assertThat(run(byTheBook(), "--utc", "--by", "minute").out())
                .containsPattern("\n2023-11-14 22:13 +40 .* #{20}\n");
    }

    @Test
    void severalCapturesAreOne() throws Exception {
        String out = run(samples(), "--by", "open").out();
        assertThat(out).startsWith("open ").containsOnlyOnce("\nthree-way ").contains("\ncapture ");
    }

    /** The server of the samples fails in some of them and not in others. */
    @Test
    void twoCapturesSideBySide() throws Exception {
        String out = Run.of(
                        "--by",
                        "server",
                        "--against",
                        "samples/refused.pcap",
                        "samples/abort.pcap",
                        "samples/loss.pcap")
                .out();
        List<String> lines = out.lines().toList();
        assertThat(lines.get(0)).matches("server +flows +was +failed +was +resets +was +1st octet +was +connect +was");
        assertThat(lines.get(1)).matches("10\\.9\\.0\\.2:80 +2  +1 +-  +1 +1 +- +1\\.5 ms +- +20\\.9 ms +-");
        assertThat(out).contains("2 captures, 97 packets, 2 flows").doesNotContain("samples/refused.pcap");
        List<JsonNode> objects = JsonContract.objects(
                Run.of("--by", "open", "--json", "--against", "samples/refused.pcap", "samples/abort.pcap")
                        .out());
        assertThat(objects.get(0).at("/by/open").asString()).isIn("three-way", "refused");
        assertThat(objects)
                .filteredOn(object -> object.at("/by/open").asString().equals("refused"))
                .singleElement()
                .satisfies(refused -> {
                    assertThat(refused.at("/flows").asLong()).isZero();
                    assertThat(refused.at("/against/flows").asLong()).isEqualTo(1);
                });
    }

    @Test
    void theOtherCaptureMayBeMissing() {
        Run run = Run.of("--by", "server", "--against", "none.pcap", "samples/abort.pcap");
        assertThat(run.exitCode()).isEqualTo(ExitCode.INPUT_OUTPUT);
        assertThat(run.err()).isEqualTo("tcpflow-check: none.pcap: no such file\n");
        assertThat(run.out()).contains("10.9.0.2:80");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --by sever                     | expected one of server, client, port, pair, minute, hour, open, close, reset, finding
            --by server,server             | --by takes one key or two different ones
            --by server,client,port        | --by takes one key or two different ones
            --by server --view table       | --view table is for flows, --by has groups in their place
            --against x.pcap               | --against holds groups against each other: give --by KEY with it
            --by server --sort silence     | --sort silence is for flows: groups have no such measure
            """)
    void whatCanNotBeMeantIsAUsageError(String options, String message) {
        Run run = Run.of((options + " samples/abort.pcap").split(" "));
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains(message);
    }
}
