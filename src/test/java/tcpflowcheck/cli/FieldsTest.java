package tcpflowcheck.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tcpflowcheck.golden.Run;
import tcpflowcheck.report.JsonContract;
import tools.jackson.databind.JsonNode;

/** {@code --format csv}, {@code tsv} and {@code --fields}. */
class FieldsTest {
    private static final String[] SAMPLES = {"samples/abort.pcap", "samples/loss.pcap", "samples/refused.pcap"};

    @TempDir
    Path folder;

    private static Run run(String... options) {
        List<String> args = new ArrayList<>(List.of(options));
        args.addAll(List.of(SAMPLES));
        return Run.of(args.toArray(String[]::new));
    }

    private static List<JsonNode> flows() {
        return JsonContract.objects(run("--json").out()).stream()
                .filter(object -> object.get("type").asString().equals("flow"))
                .toList();
    }

    private static String text(JsonNode value) {
        if (value.isArray()) {
            List<String> all = new ArrayList<>();
            value.forEach(element -> all.add(text(element)));
            return String.join(";", all);
        }
        return value.isNull() || value.isMissingNode() ? "" : value.asString();
    }

    @Test
    void eachFieldIsWhatJsonHas() {
        String[] names = {
            "stream", "client.port", "handshake.kind", "reset.kind", "timing.connectNanos", "handshake.frames"
        };
        String out = run("--format", "csv", "--fields", String.join(",", names)).out();
        assertThat(out).endsWith("\r\n");
        List<String> lines = List.of(out.split("\r\n"));
        assertThat(lines.get(0)).isEqualTo(String.join(",", names));
        List<JsonNode> flows = flows();
        assertThat(lines).hasSize(flows.size() + 1);
        for (int i = 0; i < flows.size(); i++) {
            List<String> expected = new ArrayList<>();
            for (String name : names) {
                expected.add(text(flows.get(i).at("/" + name.replace('.', '/'))));
            }
            assertThat(lines.get(i + 1)).isEqualTo(String.join(",", expected));
        }
    }

    @Test
    void ofAListAllElements() {
        List<String> lines = run("--format", "tsv", "--fields", "findings.rule", "--only", "retransmission")
                .out()
                .lines()
                .toList();
        assertThat(run("--format", "tsv", "--fields", "stream,findings.rule")
                        .out()
                        .lines()
                        .toList())
                .contains("0\treset")
                .anyMatch(line -> line.matches("0\t[a-z-]+;[a-z-]+"));
        assertThat(lines.get(0)).isEqualTo("findings.rule");
    }

    @Test
    void thereIsALineOfNamesWhereThereIsNothingElse() {
        assertThat(run("--format", "csv", "--fields", "stream,file", "--only", "open=split")
                        .out())
                .isEqualTo("stream,file\r\n");
    }

    @Test
    void groupsAreLinesToo() {
        List<String> lines =
                run("--format", "csv", "--by", "open").out().lines().toList();
        assertThat(lines.get(0)).startsWith("by.open,flows,opened,handshakes.refused,");
        assertThat(lines.get(2)).startsWith("refused,1,0,1,");
        assertThat(lines.get(1)).startsWith("three-way,2,2,,,,,1,0,");
    }

    @Test
    void sortedOnesAre() {
        assertThat(run("--format", "csv", "--fields", "bytes.server", "--sort", "in")
                        .out())
                .startsWith("bytes.server\r\n");
    }

    /** What begins like a formula is none, and what is not ours neither ends a line nor steers a terminal. */
    @Test
    void textThatIsNotOursIsMadeSafe() throws Exception {
        Path file = folder.resolve("=1+2,\"x\"\u001b[2J\tb.pcap");
        Files.copy(Path.of(SAMPLES[0]), file);
        for (String format : List.of("csv", "tsv")) {
            Run run = Run.of("--format", format, "--fields", "stream,findings.rule,file", file.toString());
            assertThat(run.out().lines()).hasSize(2).noneMatch(line -> line.contains("\u001b"));
        }
        Path here = Path.of("=x.pcap");
        Files.copy(Path.of(SAMPLES[0]), here);
        try {
            assertThat(Run.of("--format", "csv", "--fields", "file", here.toString())
                            .out())
                    .isEqualTo("file\r\n'=x.pcap\r\n");
        } finally {
            Files.delete(here);
        }
        assertThat(Run.of("--format", "csv", "--fields", "file", file.toString())
                        .out())
                .endsWith(",\"\"x\"\"\\x1b[2J\\x09b.pcap\"\r\n");
    }

    // ---- JSON

    @Test
    void jsonWithSomeFieldsAlone() {
        List<String> lines = run("--json", "--fields", "stream,close.kind,findings.rule")
                .out()
                .lines()
                .toList();
        assertThat(lines.get(0))
                .isEqualTo(
                        "{\"type\":\"flow\",\"stream\":0,\"close\":{\"kind\":\"reset\"},\"findings\":[{\"rule\":\"reset\"}]}");
        assertThat(lines.get(1)).startsWith("{\"type\":\"summary\",").contains("\"complete\":true");
    }

    @Test
    void jsonWithoutSome() {
        String whole = run("--json").out().lines().findFirst().orElseThrow();
        String less = run("--json", "--fields", "!transitions,!findings.frames")
                .out()
                .lines()
                .findFirst()
                .orElseThrow();
        assertThat(whole.replaceFirst("\"transitions\":\\[.*?\\],", "")
                        .replaceFirst("\"frames\":\\[8\\],\"count\"", "\"count\""))
                .isEqualTo(less);
        assertThat(less)
                .doesNotContain("transitions")
                .contains("\"handshake\":{\"kind\":\"three-way\",\"frames\":[1,2,3]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --format csv --fields client.adress | --fields: 'client.adress': no field 'adress' in client; perhaps: address
            --format csv --fields flows         | --fields: 'flows': no field 'flows'
            --by server --format csv --fields stream | --fields: 'stream': no field 'stream'
            --format csv --fields !stream       | --fields without some of them is for json
            --json --fields !stream,file        | --fields takes names, or names that all begin with !
            --fields stream                     | --fields is for --format csv, tsv or json
            --json --format csv                 | --json and --format csv exclude each other
            --format csv -v                     | -v is for text: csv has flows
            """)
    void whatCanNotBeMeantIsAUsageError(String options, String message) {
        Run run = run(options.split(" "));
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains(message);
        assertThat(run.out()).isEmpty();
    }

    /** Another program reads what we wrote. */
    @ParameterizedTest
    @ValueSource(strings = {"csv", "tsv"})
    void pythonReadsIt(String format) throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/python3")),
                "python3 is not installed: no other program reads CSV");
        Path file = folder.resolve("out");
        Files.writeString(
                file,
                run("--format", format, "--fields", "file,stream,findings.message")
                        .out());
        Process python = new ProcessBuilder(
                        "python3",
                        "-c",
                        "import csv,sys\nfor row in csv.DictReader(open(sys.argv[1], newline=''), delimiter=sys.argv[2]):\n"
                                + " print(row['file'], row['stream'], None in row)",
                        file.toString(),
                        format.equals("csv") ? "," : "\t")
                .redirectErrorStream(true)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(python.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(out.lines())
                    .containsExactly(
                            "samples/abort.pcap 0 False", "samples/loss.pcap 0 False", "samples/refused.pcap 0 False");
        }
        assertThat(python.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
}
