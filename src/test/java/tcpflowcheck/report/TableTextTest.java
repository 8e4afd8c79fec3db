package tcpflowcheck.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tcpflowcheck.capture.CapturedPacket;
import tcpflowcheck.capture.PcapWriter;
import tcpflowcheck.golden.Run;
import tcpflowcheck.wire.SegmentBuilder;

/** The table of flows: a line each, as wide as it may be, and there where there are more than ten. */
@Execution(ExecutionMode.CONCURRENT)
class TableTextTest {
    private static final long START = 1_700_000_000_000_000_000L;

    @TempDir
    Path folder;

    private static List<String> samples() throws IOException {
        List<String> files = new ArrayList<>();
        try (DirectoryStream<Path> samples = Files.newDirectoryStream(Path.of("samples"), "*.pcap*")) {
            samples.forEach(file -> files.add(file.toString()));
        }
        files.sort(null);
        return files;
    }

    private static Run run(List<String> files, String... options) {
        List<String> args = new ArrayList<>(Arrays.asList(options));
        args.addAll(files);
        return Run.of(args.toArray(String[]::new));
    }

    /** A capture of so many refused connections, the last of IPv6. */
    private String refused(String name, int flows) throws IOException {
        List<CapturedPacket> packets = new ArrayList<>();
        for (int i = 0; i < flows; i++) {
            SegmentBuilder syn = new SegmentBuilder()
                    .ports(40_000 + i, 80)
                    .seq(1000)
                    .flags("S")
                    .mss(1460);
            if (i == flows - 1) {
                syn.ipv6("2001:db8:1111:2222:3333:4444:5555:6666", "2001:db8::1");
            }
            packets.add(new CapturedPacket(START + 1_000_000L * i, 1, syn.build()));
            SegmentBuilder rst = syn.copy().options().reverse().seq(0).ack(1001).flags("RA");
            packets.add(new CapturedPacket(START + 1_000_000L * i + 500_000, 1, rst.build()));
        }
        Path file = folder.resolve(name);
        Files.write(file, new PcapWriter().write(packets));
        return file.toString();
    }

    private static List<String> table(String out) {
        return out.lines().takeWhile(line -> !line.isEmpty()).toList();
    }

    @Test
    void theSamplesInOneTable() throws Exception {
        List<String> table = table(run(samples(), "--merge", "--view", "table").out());
        assertThat(table).hasSize(16);
        assertThat(table.get(0)).matches("stream  client > server +open +close +1st octet +out +in  found");
        assertThat(table)
                .anyMatch(
                        line -> line.matches(
                                " +\\d+  10\\.9\\.0\\.1\\.40001 > 10\\.9\\.0\\.2\\.80 +three-way +21\\.4 ms  reset by client: abort +20\\.4 ms +69 B +96 B  reset"));
        assertThat(table)
                .anyMatch(line ->
                        line.matches(".* unanswered +3\\.037 s +0 B +0 B  handshake-unanswered, syn-retransmission"));
        assertThat(table).anyMatch(line -> line.matches(".* refused\\? +20\\.6 ms .*  handshake-refused"));
    }

    @Test
    void noLineIsWiderThanAskedFor() throws Exception {
        List<String> files = new ArrayList<>(samples());
        files.add(refused("x.pcap", 3));
        for (int width = 60; width <= 300; width++) {
            String out = run(files, "--merge", "--view", "table", "--width", Integer.toString(width))
                    .out();
            int most = width;
            assertThat(table(out))
                    .hasSize(19)
                    .allSatisfy(line -> assertThat(line)
                            .hasSizeLessThanOrEqualTo(most)
                            .doesNotEndWith(" ")
                            .containsPattern("^ *(\\d+|stream)  \\S.* > \\S"));
        }
    }

    @Test
    void itIsThereFromTheEleventhFlowOn() throws Exception {
        String ten = run(List.of(refused("ten.pcap", 10))).out();
        assertThat(ten).startsWith("stream 0  ").doesNotContain("client > server");
        String eleven = run(List.of(refused("eleven.pcap", 11))).out();
        assertThat(table(eleven)).hasSize(12);
        assertThat(eleven).endsWith("\none of them: --stream N    all of them: --view flows\n");
    }

    /** Of a run, not of a capture; what it says of few is what the views say. */
    @Test
    void allCapturesCountTogether() throws Exception {
        String six = refused("six.pcap", 6);
        String five = refused("five.pcap", 5);
        String four = refused("four.pcap", 4);
        assertThat(run(List.of(six, four)).out())
                .isEqualTo(run(List.of(six, four), "--view", "flows").out());
        String many = run(List.of(six, five)).out();
        String table = run(List.of(six, five), "--view", "table").out();
        assertThat(many).isEqualTo(table + "\none of them: --stream N    all of them: --view flows\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-v", "--view=flows", "--stream=0,1,2,3,4,5,6,7,8,9,10"})
    void whoAsksForAnotherGetsThat(String option) throws Exception {
        assertThat(run(List.of(refused("eleven.pcap", 11)), option).out()).startsWith("stream 0  ");
    }

    @Test
    void onlyChosenFlowsAreInIt() throws Exception {
        String file = refused("eleven.pcap", 11);
        String chosen = run(List.of(file), "--view", "table", "--stream", "3,7").out();
        assertThat(table(chosen)).hasSize(3);
        assertThat(chosen).contains("     3  10.0.0.1.40003", "     7  10.0.0.1.40007", "11 flows");
        assertThat(run(List.of(file), "--view", "table", "--only", "findings", "--ignore", "handshake-refused")
                        .out())
                .startsWith("1 capture");
    }

    @Test
    void onlySelectedFlowsCount() throws Exception {
        String file = refused("eleven.pcap", 11);
        assertThat(run(List.of(file), "--only", "findings", "--ignore", "handshake-refused")
                        .out())
                .startsWith("1 capture");
    }

    @Test
    void aTerminalsWidthIsIts() throws Exception {
        String file = refused("eleven.pcap", 11);
        Run run = Run.with(Map.of("COLUMNS", "72", "NO_COLOR", "1"), true, new byte[0], file);
        assertThat(table(run.out())).hasSize(12).allMatch(line -> line.length() <= 72);
    }

    /** The kinds, as JSON has them; a state in doubt is no matter of the table. */
    @Test
    void itMarksTheKindsThatAreInDoubt() throws Exception {
        for (String file : samples()) {
            List<String> table = table(run(List.of(file), "--view", "table").out());
            List<String> flows = run(List.of(file), "--json")
                    .out()
                    .lines()
                    .filter(line -> line.startsWith("{\"type\":\"flow\""))
                    .toList();
            for (int i = 0; i < flows.size(); i++) {
                String kinds = flows.get(i).replaceAll("\"transitions\".*", "");
                assertThat(table.get(i + 1).contains("?")).as(kinds).isEqualTo(kinds.contains("\"certain\":false"));
            }
        }
    }

    /** What is found first is worth most; a number of those that are left out has its room, too. */
    @Test
    void aRuleIsShortenedOnlyWhereItMustBe() throws Exception {
        String file = refused("eleven.pcap", 11);
        assertThat(table(run(List.of(file), "--width", "100").out()).subList(1, 11))
                .allMatch(
                        line -> line.matches(".* 10\\.0\\.0\\.1\\.400.. > 10\\.0\\.0\\.2\\.80 .*  handshake-refused"));
    }

    /** One that is long alive does not keep the table waiting. */
    @Test
    void theEleventhBirthDecides() throws Exception {
        List<CapturedPacket> packets = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            SegmentBuilder syn =
                    new SegmentBuilder().ports(40_000 + i, 80).seq(1000).flags("S");
            packets.add(new CapturedPacket(START + 1_000_000L * i, 1, syn.build()));
        }
        Path file = folder.resolve("alive.pcap");
        Files.write(file, new PcapWriter().write(packets));
        assertThat(table(run(List.of(file.toString())).out())).hasSize(12);
    }

    @Test
    void aWidthOutOfRangeIsToldWithTheRange() {
        assertThat(Run.of("--width", "301", "x.pcap").err()).contains("a whole number from 60 to 300, not '301'");
    }
}
