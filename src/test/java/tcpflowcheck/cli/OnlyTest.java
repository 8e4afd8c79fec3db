package tcpflowcheck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tcpflowcheck.golden.Run;

/** {@code --only}: each word against samples that have it and samples that have not. */
class OnlyTest {
    private static final String[] SAMPLES = {
        "abort", "refused", "unanswered", "loss", "simultaneous-close", "three-segment-close"
    };

    private static Run run(String expression, String... options) {
        String[] args = new String[options.length + 9];
        System.arraycopy(options, 0, args, 0, options.length);
        args[options.length] = "--utc";
        args[options.length + 1] = "--only";
        args[options.length + 2] = expression;
        for (int i = 0; i < 6; i++) {
            args[options.length + 3 + i] = "samples/" + SAMPLES[i] + ".pcap";
        }
        return Run.of(args);
    }

    /** The samples of which a flow is told. */
    private static Set<String> told(String expression) {
        return run(expression, "--json")
                .out()
                .lines()
                .filter(line -> line.startsWith("{\"type\":\"flow\""))
                .map(line -> line.replaceAll(".*\"file\":\"samples/([a-z-]+)\\.pcap\".*", "$1"))
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
            reset                          ! abort
            handshake-refused              ! refused
            warning                        ! abort refused
            cut                            ! unanswered
            open=refused,cut               ! refused unanswered
            close=reset                    ! abort
            close=simultaneous             ! simultaneous-close
            reset=abort by=client          ! abort
            by=server                      ! refused loss
            retransmissions>0              ! loss
            in>=60KB                       ! loss
            bytes=0                        ! refused unanswered
            duration>1s                    ! unanswered
            connect>100s                   ! ''
            connect>0ns close=three-segment ! three-segment-close
            port=81-90                     ! ''
            port=1,80 open=refused         ! refused
            client=10.9.0.0/24 reset       ! abort
            server=10.9.0.1 reset          ! ''
            host=10.9.0.2 reset            ! abort
            time>=2199-01-01T00:00         ! ''
            stream>=1                      ! ''
            """)
    void eachWord(String expression, String samples) {
        Set<String> expected = samples.isEmpty() ? Set.of() : Set.of(samples.split(" "));
        assertThat(told(expression)).isEqualTo(expected);
    }

    @Test
    void aTermIsNegated() {
        Set<String> found = told("findings");
        Set<String> rest = told("!findings");
        assertThat(found).isNotEmpty().doesNotContainAnyElementsOf(rest);
        assertThat(rest).isNotEmpty();
        assertThat(found.size() + rest.size()).isEqualTo(6);
    }

    @Test
    void textAndTableChooseTheSame() {
        assertThat(run("open=refused", "--view", "flows").out())
                .contains("stream 0")
                .contains("refused");
        assertThat(run("open=refused", "--view", "table").out().lines().filter(line -> line.contains(" > 10.")))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            resett             | --only 'resett': no such word                        | reset,
            reset opne=refused | --only 'reset opne=refused': 'opne': no such key     | open
            open=refsed        | --only 'open=refsed': 'refsed': no such value        | refused
            refused            | --only 'refused': no such word                       | open=refused
            """)
    void aWrongWordIsPointedAt(String expression, String message, String near) {
        Run run = run(expression);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).startsWith("tcpflow-check: " + message + "\nperhaps: ");
        assertThat(run.err().lines().toList().get(1)).contains(near.replace(",", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "connect>200",
                "connect>1x",
                "bytes>1s",
                "segments>1KB",
                "open>refused",
                "open=",
                "port=70000",
                "port=9-8",
                "client=example.org",
                "client=10.0.0.0/33",
                "client=::1/129",
                "client=999.1.1.1",
                "time>25:00",
                "by=",
                "!"
            })
    void whatCanNotBeMeantIsAUsageError(String expression) {
        Run run = run(expression);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).startsWith("tcpflow-check: --only '" + expression + "'");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void whatIsToComeIsNotKnown() {
        assertThat(run("open=refused", "--view", "events").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run("findings", "--view", "events").exitCode()).isZero();
    }

    /** Verdicts and findings of the chosen flows; frames and flows of all. */
    @Test
    void theSummaryCountsWhatIsChosen() {
        String text = run("open=refused", "-q").out();
        assertThat(text).contains("6 captures, ").contains(", 6 flows, 1 of them chosen\n");
        String total = text.substring(text.lastIndexOf("6 captures"));
        assertThat(total).contains("opened     1 refused\n").contains("found      1 handshake-refused\n");
        assertThat(total).doesNotContain("closed").doesNotContain("three-way");
        assertThat(run("open=refused", "--json").out())
                .containsPattern("\"flows\":1,\"chosen\":0,\"handshakes\":\\{\\}")
                .containsPattern("\"flows\":1,\"chosen\":1,\"handshakes\":\\{\"refused\":1\\}");
        assertThat(run("findings", "--view", "flows").out()).contains(" of them chosen\n");
    }

    /** A flow is told if any of it lies between the two. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -                      | -                      | 6
            01:22:47               | -                      | 4
            01:22:47.700           | 01:22:50               | 2
            -                      | 01:22:46               | 2
            2026-11-21T01:23       | -                      | 1
            2026-11-21 01:22:47    | 2026-11-21T01:22:48    | 2
            02:00                  | -                      | 0
            """)
    void whatWasThereAtATimeIsTold(String from, String to, int flows) {
        List<String> options = new ArrayList<>(List.of("--json"));
        if (from != null) {
            options.addAll(List.of("--from", from));
        }
        if (to != null) {
            options.addAll(List.of("--to", to));
        }
        assertThat(run("stream>=0", options.toArray(String[]::new)).out().lines())
                .filteredOn(line -> line.startsWith("{\"type\":\"flow\""))
                .hasSize(flows);
    }

    @Test
    void aTimeThatIsNoneIsAUsageError() {
        Run run = run("findings", "--from", "10:61");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err())
                .startsWith("tcpflow-check: --from '10:61': expected a time: 10:01, 10:01:30 or 2026-11-26T10:01\n");
        assertThat(run("findings", "--to", "x").err()).startsWith("tcpflow-check: --to 'x': expected a time");
    }
}
