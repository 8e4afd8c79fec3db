package tcpflowcheck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import tcpflowcheck.golden.Run;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Expectations, as someone writes them who sees a capture for the first time, and what is said where they are wrong. */
class ExpectTest {
    private static final String SAMPLE = "samples/loss.pcap";

    @TempDir
    Path folder;

    private Run expect(String yaml, String... more) throws IOException {
        Path file = folder.resolve("x.expect.yaml");
        Files.writeString(file, yaml.replace('\'', '"'));
        return Run.of(Stream.concat(Stream.of("-q", "--expect", file.toString(), SAMPLE), Stream.of(more))
                .toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "flows: 1",
                "flows: {min: 1, max: 3}",
                "stream 0: {handshake: {kind: three-way}, close: {kind: four-segment, by: server}, reset: null}",
                "stream 0: {handshake.synAckNanos: {max: 200ms}, bytes: {server: {min: 60KB, max: 1 MiB}}}",
                "stream 0: {handshake: {certain: true}, close.certain: true, timing: {silenceAtEndNanos: {max: 1s}}}",
                "no flow: {reset: {certain: false}}",
                "stream 0: {mss: {client: 1460, server: 1460}, midstream: false, roles: syn}",
                "stream 0: {states: {client: [CLOSED, SYN-SENT, ESTABLISHED, CLOSE-WAIT, LAST-ACK, CLOSED]}}",
                "stream 0: {findings: [duplicate-ack, {rule: fast-retransmission, side: server, count: {max: 3}}]}",
                "stream 0: {findings: {set: [fast-retransmission, duplicate-ack]}}",
                "stream 0: {findings: {contains: [fast-retransmission], count: 2}}",
                "'10.9.0.1:* > *:80': {close.by: server}",
                "every flow: {traffic: {server: {retransmissions: 3}}}",
                "no flow: {close: {kind: reset}}",
                "summary: {frames: 89, complete: true, findings: {fast-retransmission: 3}}",
                "by server 10.9.0.2:80: {flows: 1, closes: {four-segment: 1}, refused: {max: 1%}, connect.p99Nanos: {max: 1s}}",
                "by server,port 10.9.0.2:80,80: {four-segment: {min: 100%}}",
                "all flows: {three-way: {min: 99.5 %}, refused: 0, connect: {medianNanos: {max: 200ms}}}",
                "summary: {refused: {max: 1%}, findings: {syn-flood: {max: 0}}}",
            })
    void isMet(String yaml) throws IOException {
        Run run = expect(yaml);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "flows: 2 | flows | 2 | 1",
                "stream 0: {close: {kind: reset}} | close.kind | reset | four-segment    (frame 89)",
                "stream 0: {handshake.synAckNanos: {max: 1us}} | handshake.synAckNanos | {max: 1us} | 159.1 us    (frame 1)",
                "stream 0: {reset: {kind: abort}} | reset.kind | abort | null    (frame 89)",
                "stream 0: {states.server: [LISTEN]} | states.server | [LISTEN] | [LISTEN, SYN-RECEIVED",
                "stream 3: {midstream: true} | stream 3 | a flow | none; there are stream 0 (10.9.0.1:40001 > 10.9.0.2:80)",
                "stream 0: {close.certain: false} | close.certain | false | true    (frame 89)",
                "stream 0: {timing: {silenceAtEndNanos: {min: 1s}}} | timing.silenceAtEndNanos | {min: 1s} | 0.000 s    (frame 89)",
                "stream 0: {close: {kind: cut}} | close.kind | cut | four-segment    (frame 89)",
                "no flow: {roles: syn} | no flow | none like this | this flow    (frame 1)",
                "stream 0: {findings: []} | findings | [] | [duplicate-ack (client, frames [21, 22",
                "by server 10.9.0.2:80: {four-segment: {max: 5%}} | four-segment | {max: 5%} | 1 (100.00 % of 1)",
                "by server 10.9.0.9:80: {flows: 1} | by server 10.9.0.9:80 | a flow | none",
                "all flows: {connect.p99Nanos: {max: 1us}} | connect.p99Nanos | {max: 1us} | 20.9 ms",
                "summary: {three-way: {max: 50 %}} | three-way | {max: 50 %} | 1 (100.00 % of 1)",
            })
    void isMissed(String yaml, String path, String expected, String seen) throws IOException {
        Run run = expect(yaml);
        assertThat(run.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(run.err()).contains("x.expect.yaml:1: ", ": " + path + "\n  - " + expected + "\n  + " + seen);
        assertThat(run.err()).endsWith("tcpflow-check: --expect: 1 of 1 expectation missed\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stream 0: {handshake: {knd: three-way}} | :1:24: unknown key 'knd' in handshake (perhaps: kind)",
                "stream 0: {close: {kind: four-segmnt}} | :1:26: close.kind: no such value: 'four-segmnt' (perhaps: four-segment)",
                "streem 0: {} | :1:1: no such section: 'streem 0' (perhaps: stream 0)",
                "stream 0: {handshake: {kind: cutt}} | handshake.kind: no such value: 'cutt' (perhaps: cut)",
                "stream 0: {timing: {silence: 3}} | unknown key 'silence' in timing",
                "stream 0: {close: {certain: perhaps}} | close.certain: expected true or false, found 'perhaps'",
                "stream 0: {mss: {client: big}} | :1:26: mss.client: expected a number, found 'big'",
                "stream 0: {midstream: maybe} | :1:23: midstream: expected true or false, found 'maybe'",
                "stream 0: {close: four-segment} | :1:19: close: expected a map, found 'four-segment'",
                "stream 0: {states: {client: CLOSED}} | :1:29: states.client: expected a list, found 'CLOSED'",
                "stream 0: {findings: [retransmision]} | :1:23: findings: no such value: 'retransmision' (perhaps: retransmission)",
                "stream 0: {durationNanos: {maximum: 3}} | unknown key 'maximum' for the number durationNanos",
                "stream 0: [1 | no YAML",
                "just words | expected sections such as",
            })
    void canNotBeMeant(String yaml, String message) throws IOException {
        Run run = expect(yaml);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("x.expect.yaml", message);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void whatIsWrittenDownIsMet() throws IOException {
        try (Stream<Path> samples = Files.list(Path.of("samples"))) {
            for (Path sample : samples.filter(file -> file.toString().matches(".*\\.pcap(ng)?"))
                    .toList()) {
                String written = folder.resolve("written.yaml").toString();
                assertThat(Run.of("-q", "--write-expect", written, sample.toString())
                                .exitCode())
                        .isZero();
                Run again = Run.of("-q", "--expect", written, sample.toString());
                assertThat(again.err()).isEmpty();
                assertThat(again.exitCode()).isZero();
            }
        }
    }

    @Test
    void anExpectationBesideIsFound() throws IOException {
        Path capture = folder.resolve("a.pcap");
        Files.copy(Path.of(SAMPLE), capture);
        Files.writeString(folder.resolve("a.expect.yaml"), "flows: 7\n");
        Run run = Run.of("-q", "--expect-beside", folder + "/*.pcap");
        assertThat(run.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(run.err()).contains("a.expect.yaml:1: the capture: flows\n  - 7\n  + 1");
    }

    @Test
    void anOutputNeverOverwritesAnInput() {
        Run run = Run.of("-q", "--junit", SAMPLE, SAMPLE);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("an output can't overwrite it");
    }

    @Test
    void junitIsWellFormedWhateverTheNames() throws Exception {
        Path capture = folder.resolve("a]]>\u001b[31m\u202e<b>&\".pcap");
        Files.copy(Path.of(SAMPLE), capture);
        Path junit = folder.resolve("junit.xml");
        Path yaml = folder.resolve("y.yaml");
        Files.writeString(yaml, "stream 0: {mss: {client: 1}}\nflows: 1\n");
        Run run = Run.of(
                "-q",
                "--fail-on",
                "note",
                "--expect",
                yaml.toString(),
                "--junit",
                junit.toString(),
                capture.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(junit.toFile());
        Element suite = (Element) document.getElementsByTagName("testsuite").item(0);
        assertThat(suite.getAttribute("tests")).isEqualTo("3");
        assertThat(suite.getAttribute("failures")).isEqualTo("2");
        assertThat(Files.readString(junit)).doesNotContain("\u001b", "\u202e").contains("mss.client", "duplicate-ack");
        assertThat(run.err()).doesNotContain("\u001b", "\u202e");
    }

    @Test
    void sarifNamesRulesResultsAndPlaces() throws Exception {
        Path sarif = folder.resolve("out.sarif");
        assertThat(Run.of("-q", "--sarif", sarif.toString(), SAMPLE).exitCode()).isZero();
        JsonNode run = new ObjectMapper().readTree(sarif.toFile()).get("runs").get(0);
        List<String> rules = run.at("/tool/driver/rules").findValuesAsString("id");
        assertThat(rules).containsExactlyInAnyOrder("duplicate-ack", "fast-retransmission");
        assertThat(run.get("results")).hasSize(2);
        JsonNode result = run.get("results").get(0);
        assertThat(result.at("/locations/0/physicalLocation/artifactLocation/uri")
                        .asString())
                .isEqualTo(SAMPLE);
        assertThat(result.at("/locations/0/physicalLocation/region/startLine").asInt())
                .isEqualTo(1);
        assertThat(result.at("/properties/frame").asInt()).isEqualTo(21);
    }

    @Test
    void doubtIsNamedByItsPlace() throws IOException {
        Path file = Files.writeString(folder.resolve("d.yaml"), "stream 0: {doubt: none}");
        Run run = Run.of("-q", "--expect", file.toString(), "samples/refused.pcap");
        assertThat(run.err()).contains("doubt\n  - none\n  + [");
        assertThat(run.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() throws IOException {
        Run run = expect(
                "flowz: 1\nstream 0: {close: {kin: reset, by: nobody}, doubt: some}\nsummary: {}\nstream 0: {mss: {}}");
        assertThat(run.err().lines()).hasSize(6);
        assertThat(run.err())
                .contains(
                        ":1:1: ",
                        ":2:",
                        "unknown key 'kin'",
                        "'nobody'",
                        "expected none",
                        ":3:1: ",
                        "mss: {} expects nothing");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "summary:",
                "all flows: {}",
                "by server 10.9.0.2:80:",
                "by colour x: {flows: 1}",
                "by server,port x: {flows: 1}",
                "flows: {}",
                "summary: {handshakes: {refusd: 0}}",
                "summary: {refusd: 0}",
                "all flows: {closes: {resett: 0}}",
                "stream 0: {bytes: {client: {max: 1%}}}"
            })
    void whatExpectsNothingIsWrong(String yaml) throws IOException {
        Run run = expect(yaml);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void everyFlowExpectsOne() throws IOException {
        Path empty = folder.resolve("empty.pcap");
        byte[] sample = Files.readAllBytes(Path.of(SAMPLE));
        Files.write(empty, java.util.Arrays.copyOf(sample, 24));
        Path file = Files.writeString(folder.resolve("e.yaml"), "every flow: {midstream: false}");
        Run run = Run.of("-q", "--expect", file.toString(), empty.toString());
        assertThat(run.err()).contains("every flow\n  - a flow\n  + none");
        assertThat(run.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
    }

    @Test
    void whatWasMissedIsRenewedAndAllElseStays() throws IOException {
        String yaml = """
                # a word of its author, \u4e2d\u6587 \ud83d\ude80
                flows: 2
                stream 0:
                  handshake: {kind: refused}   # and another
                  handshake.synAckNanos: {max: 1us}
                  states: {client: [CLOSED]}
                  reset: null
                  findings: {set: [reset]}
                """;
        Run first = expect(yaml, "--update-expect");
        Path file = folder.resolve("x.expect.yaml");
        assertThat(first.exitCode()).as(first.err()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(first.err())
                .contains("handshake.kind\n  - refused\n  + three-way", "x.expect.yaml: renewed as it was seen");
        assertThat(Files.readString(file))
                .contains(
                        "# a word of its author, \u4e2d\u6587 \ud83d\ude80\nflows: 1\n",
                        "{kind: three-way}   # and another",
                        "{max: 1us}")
                .contains("states: {client: [CLOSED, SYN-SENT, ESTABLISHED, CLOSE-WAIT, LAST-ACK, CLOSED]}")
                .contains(
                        "findings: {set: [{rule: duplicate-ack, side: client}, {rule: fast-retransmission, side: server}]}");
        Files.writeString(file, Files.readString(file).replace("1us", "1s"));
        Run second = Run.of("-q", "--expect", file.toString(), SAMPLE);
        assertThat(second.err()).isEmpty();
        assertThat(Run.of("-q", "--update-expect", SAMPLE).exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void whatWasFoundBeforeIsNoNews() throws IOException {
        Path before = folder.resolve("before.json");
        Files.writeString(before, Run.of("--json", SAMPLE).out());
        String[] known = {"-q", "--fail-on", "note", "--baseline", before.toString(), SAMPLE};
        Run same = Run.of(known);
        assertThat(same.exitCode()).as(same.err()).isZero();
        assertThat(same.err()).contains("findings are not new");
        Run other = Run.of("-q", "--fail-on", "warning", "--baseline", before.toString(), "samples/refused.pcap");
        assertThat(other.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(Run.of("-q", "--baseline", before.toString(), SAMPLE).exitCode())
                .isEqualTo(ExitCode.USAGE);
        for (String wrong : List.of(
                "",
                "no json\n",
                "{\"a\": [\n",
                "[1]\n",
                "{\"type\":\"flow\",\"findings\":[{}]}\n",
                "{\"type\":\"flow\",\"server\":{},\"findings\":[3]}\n",
                "{\"type\":\"summary\",\"captureFindings\":[\"x\"]}\n")) {
            Files.writeString(before, wrong);
            Run run = Run.of(known);
            assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(run.err()).contains("before.json").hasLineCount(1);
        }
    }

    /** What is right of several flows, or captures, that differ a person has to say. */
    @Test
    void whatFlowsDoNotAgreeOnIsNotRenewed() throws IOException {
        String yaml = "every flow: {handshake: {kind: refused}, midstream: true}";
        Path file = Files.writeString(folder.resolve("all.yaml"), yaml);
        String[] merged = {
            "-q",
            "--merge",
            "--expect",
            file.toString(),
            "--update-expect",
            "samples/abort.pcap",
            "samples/refused.pcap"
        };
        Run run = Run.of(merged);
        assertThat(run.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(run.err()).contains("1 misses are not for --update-expect to decide");
        assertThat(Files.readString(file)).isEqualTo(yaml.replace("midstream: true", "midstream: false"));
        Run several = Run.of(
                "-q", "--expect", file.toString(), "--update-expect", "samples/abort.pcap", "samples/refused.pcap");
        assertThat(several.exitCode()).isEqualTo(ExitCode.USAGE);
    }
}
