package tcpflowcheck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tcpflowcheck.golden.Run;

class ChecksTest {
    private static final String ABORT = "samples/abort.pcap";
    private static final String CLEAN = "samples/close-by-server.pcap";

    @ParameterizedTest
    @ValueSource(strings = {"reset", "warning", "error,reset", "error,warning"})
    void whatIsForbiddenFails(String rules) {
        Run run = Run.of("-q", "--fail-on", rules, ABORT);
        assertThat(run.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(run.err()).isEqualTo("tcpflow-check: --fail-on: 1 reset (stream 0)\n");
        assertThat(run.out()).contains("1 reset");
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "note", "open,close", "reset-suspect"})
    void whatIsNotForbiddenPasses(String rules) {
        Run run = Run.of("-q", "--fail-on", rules, ABORT);
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
    }

    @Test
    void onlyFlowsThatAreChosenFail() {
        assertThat(Run.of("-q", "--fail-on", "reset", "--only", "!reset", ABORT).exitCode())
                .isZero();
        assertThat(Run.of("-q", "--fail-on", "reset", "--only", "reset", ABORT).exitCode())
                .isEqualTo(ExitCode.CHECK_FAILED);
    }

    @Test
    void severalCapturesAreNamed() {
        Run run = Run.of("-q", "--fail-on", "reset", CLEAN, ABORT, ABORT);
        assertThat(run.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(run.err())
                .isEqualTo("tcpflow-check: --fail-on: 2 reset (streams " + ABORT + " 0, " + ABORT + " 0)\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset", "warning"})
    void whatIsIgnoredIsNowhere(String rules) {
        Run json = Run.of("--json", "--fail-on", "warning", "--ignore", rules, ABORT);
        assertThat(json.exitCode()).isZero();
        assertThat(json.out()).contains("\"findings\":[]", "\"findings\":{}");
        assertThat(Run.of("--ignore", rules, ABORT).out()).doesNotContain("found");
    }

    @Test
    void onlyFindingsLeavesOutTheRest() {
        assertThat(Run.of("--json", "--only", "findings", CLEAN).out()).startsWith("{\"type\":\"summary\"");
        assertThat(Run.of("--only", "findings", CLEAN).out()).doesNotContain("stream 0");
        assertThat(Run.of("--only", "findings", ABORT).out()).contains("stream 0");
        assertThat(Run.of("--json", "--only", "findings", ABORT).out()).startsWith("{\"type\":\"flow\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--fail-on", "--ignore"})
    void anUnknownRuleIsAUsageError(String option) {
        Run run = Run.of(option, "error,retransmision-x,resett", ABORT);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("tcpflow-check: invalid value for option '" + option + "'");
        assertThat(Run.of(option, "resett", ABORT).err()).contains("\nperhaps: reset");
    }
}
