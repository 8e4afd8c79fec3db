package tcpflowcheck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tcpflowcheck.golden.Run;
import tools.jackson.databind.ObjectMapper;

/** The schemas that are printed take what is written, and an editor finds with them what is wrong. */
class SchemaTest {
    private static Schema schema(String kind) {
        Run run = Run.of("--schema", kind);
        assertThat(run.err()).isEmpty();
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(run.out(), InputFormat.JSON);
    }

    private static List<Error> errors(String yaml) {
        Object tree = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        return schema("expect").validate(new ObjectMapper().writeValueAsString(tree), InputFormat.JSON);
    }

    static List<Path> expectations() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("samples"))) {
            return files.filter(file -> file.toString().endsWith(".expect.yaml"))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("expectations")
    void takesWhatIsWritten(Path file) throws Exception {
        assertThat(errors(Files.readString(file))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "flows: {min: 1, max: 3}",
                "stream 0: {handshake.synAckNanos: {max: 200ms}, bytes: {server: {min: 60KB}}, doubt: none}",
                "stream 0: {findings: [duplicate-ack, {rule: fast-retransmission, side: server, count: {max: 3}}]}",
                "stream 0: {findings: {contains: [fast-retransmission], count: 2}}",
                "'10.9.0.1:* > *:80': {close.by: server, reset: null}",
                "by server 10.0.0.5:80: {refused: {max: 1%}, connect: {p99Nanos: {max: 50ms}}}",
                "all flows: {flows: {min: 10}, handshakes: {three-way: 10}}",
                "summary: {frames: 89, complete: true, findings: {fast-retransmission: 3}}",
                "no flow: {close: {kind: reset}}",
                "every flow:",
            })
    void takesWhatMayBeWritten(String yaml) {
        assertThat(errors(yaml)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "flowz: 1",
                "stream 0: {close: {kind: resett}}",
                "stream 0: {closed: {kind: reset}}",
                "stream 0: {mss: {client: many}}",
                "stream 0: {findings: [retransmision]}",
                "stream 0: {doubt: some}",
                "flows: {least: 1}",
                "stream 0: {states: {client: [OPEN]}}",
            })
    void findsWhatIsWrong(String yaml) {
        assertThat(errors(yaml)).isNotEmpty();
    }

    @Test
    void ofAFlowAndASummaryTakeWhatIsPrinted() {
        String[] lines = Run.of("--json", "samples/loss.pcap").out().split("\n");
        assertThat(schema("flow").validate(lines[0], InputFormat.JSON)).isEmpty();
        assertThat(schema("summary").validate(lines[1], InputFormat.JSON)).isEmpty();
        assertThat(schema("flow").validate(lines[1], InputFormat.JSON)).isNotEmpty();
    }

    @Test
    void ofSomethingElseThereIsNone() {
        Run run = Run.of("--schema", "flows");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("flow, summary, expect");
    }

    /** Who keeps it under version control sees a change only where there is one. */
    @Test
    void isTheSameInEachRun() {
        String schema = Run.of("--schema", "expect").out();
        assertThat(schema.indexOf("\"min\": {")).isBetween(0, schema.indexOf("\"max\": {"));
        assertThat(schema.indexOf("\"set\": {")).isBetween(0, schema.indexOf("\"contains\": {"));
        assertThat(schema.indexOf("\"const\": \"none\"")).isPositive();
    }
}
