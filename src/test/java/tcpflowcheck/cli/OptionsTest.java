package tcpflowcheck.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tcpflowcheck.flow.FlowLimits;
import tcpflowcheck.golden.Run;
import tcpflowcheck.report.TextChoices;

class OptionsTest {
    /** A view has its word, in the order of the help, and the help says what it is. */
    @Test
    void everyViewHasAWordAndALineOfHelp() {
        List<String> views = Arrays.stream(TextChoices.View.values())
                .filter(view -> view != TextChoices.View.AUTO)
                .map(Enum::name)
                .toList();
        assertThat(Arrays.stream(ViewOptions.View.values()).map(Enum::name))
                .as("ViewOptions.View, and TextChoices.View")
                .containsExactlyElementsOf(views);
        List<String> help = Options.help(false).lines().map(String::strip).toList();
        for (ViewOptions.View view : ViewOptions.View.values()) {
            assertThat(help).as("--help").anyMatch(line -> line.matches("(--view=VIEW +)?" + Words.of(view) + "  +.+"));
        }
        String words = Arrays.stream(ViewOptions.View.values()).map(Words::of).collect(Collectors.joining(", "));
        assertThat(Run.of("--view", "laddr", "x").err())
                .startsWith("tcpflow-check: invalid value for option '--view': expected one of " + words
                        + ", not 'laddr'\n");
    }

    @Test
    void defaults() {
        Options options = Options.parse("a.pcap");
        assertThat(options.input().files()).containsExactly("a.pcap");
        assertThat(options.input().count()).isEqualTo(Long.MAX_VALUE);
        assertThat(options.selection().streams()).isNull();
        ViewOptions view = options.view();
        assertThat(view.view()).isEqualTo(ViewOptions.View.FLOWS);
        assertThat(view.color()).isEqualTo(ColorChoice.AUTO);
        assertThat(view.times()).isZero();
        assertThat(view.verbose() || view.absoluteSequenceNumbers() || view.nano() || view.utc())
                .isFalse();
        assertThat(options.output().format()).isEqualTo(OutputOptions.Format.TEXT);
        LimitOptions limits = options.limits();
        assertThat(limits.msl()).isEqualTo(60_000_000_000L);
        assertThat(limits.synTimeout()).isEqualTo(75_000_000_000L);
        assertThat(limits.idleTimeout(false)).isEqualTo(FlowLimits.NEVER);
        assertThat(limits.idleTimeout(true)).isEqualTo(7_500_000_000_000L);
        assertThat(limits.maxFlows()).isEqualTo(2_000_000);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anIdleTimeOutThatIsGivenHoldsForFilesToo(boolean live) {
        assertThat(Options.parse("--idle-timeout", "9", "a.pcap").limits().idleTimeout(live))
                .isEqualTo(9_000_000_000L);
    }

    @Test
    void oneOptionOfAGroupLeavesTheOthersAtTheirDefaults() {
        Options options = Options.parse("--msl", "30", "--utc", "-c", "1", "a.pcap");
        assertThat(options.limits().msl()).isEqualTo(30_000_000_000L);
        assertThat(options.limits().synTimeout()).isEqualTo(75_000_000_000L);
        assertThat(options.limits().maxFlows()).isEqualTo(2_000_000);
        assertThat(options.view().color()).isEqualTo(ColorChoice.AUTO);
        assertThat(options.input().files()).containsExactly("a.pcap");
    }

    @Test
    void filesKeepTheirOrderAmongOptions() {
        Options options = Options.parse("b.pcap", "-S", "-", "--utc", "@a.pcap", "--", "-c");
        assertThat(options.input().files()).containsExactly("b.pcap", "-", "@a.pcap", "-c");
        assertThat(options.view().absoluteSequenceNumbers()).isTrue();
    }

    @Test
    void lettersMayStandTogether() {
        Options options = Options.parse("-Svttttc10", "a.pcap");
        assertThat(options.view().times()).isEqualTo(4);
        assertThat(options.view().verbose()).isTrue();
        assertThat(options.view().absoluteSequenceNumbers()).isTrue();
        assertThat(options.input().count()).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({"-t,1", "-tt,2", "-ttt,3", "-tttt,4", "-ttttt,5", "-t -t,2"})
    void timesAreCountedAsInTcpdump(String letters, int times) {
        assertThat(Options.parse((letters + " x").split(" ")).view().times()).isEqualTo(times);
    }

    @Test
    void theLastOfTwoWins() {
        Options options = Options.parse("-c1", "--color=never", "-c2", "--color=always", "x");
        assertThat(options.input().count()).isEqualTo(2);
        assertThat(options.view().color()).isEqualTo(ColorChoice.ALWAYS);
    }

    @Test
    void theReaderIsOneOfTwoWords() {
        assertThat(Options.parse("--reader", "libpcap", "x").input().throughLibpcap())
                .isTrue();
        assertThat(Options.parse("--reader=auto", "x").input().throughLibpcap()).isFalse();
        assertThatThrownBy(() -> Options.parse("--reader", "LIBPCAP", "x")).hasMessageContaining("auto, libpcap");
    }

    @Test
    void streamsAreSortedAndCollected() {
        Options options = Options.parse("--stream", "7,0,7", "--stream", "2147483647", "x");
        assertThat(options.selection().streams()).containsExactly(0, 7, Integer.MAX_VALUE);
    }

    @Test
    void shortWaysMeanTheLong() {
        assertThat(Options.parse("-q", "x").view().view()).isEqualTo(ViewOptions.View.SUMMARY);
        assertThat(Options.parse("-q", "--json", "x").output().format()).isEqualTo(OutputOptions.Format.JSON);
        assertThat(Options.parse("--view", "events", "x").view().view()).isEqualTo(ViewOptions.View.EVENTS);
    }

    @ParameterizedTest
    @CsvSource({"60,60000000000", "0.5,500000000", "1e-9,1", "0.0000000019,1"})
    void secondsBecomeNanoseconds(String seconds, long nanos) {
        assertThat(Options.parse("--syn-timeout", seconds, "x").limits().synTimeout())
                .isEqualTo(nanos);
    }

    @Test
    void moreFlowsThanAnIntAreAsManyAsAnIntHolds() {
        assertThat(Options.parse("--max-flows", "99999999999", "x").limits().maxFlows())
                .isEqualTo(Integer.MAX_VALUE);
    }

    /** Every field of every group, so that the short way can't forget one. */
    private static String fields(Object options) throws IllegalAccessException {
        StringBuilder text = new StringBuilder();
        for (java.lang.reflect.Field field : options.getClass().getDeclaredFields()) {
            if (java.lang.reflect.Modifier.isStatic(field.getModifiers())) {
                continue;
            }
            field.setAccessible(true);
            Object value = field.get(options);
            boolean group = value != null && value.getClass().getSimpleName().endsWith("Options");
            String shown = value instanceof Object[] array ? java.util.Arrays.toString(array) : String.valueOf(value);
            shown = value instanceof boolean[] array ? java.util.Arrays.toString(array) : shown;
            text.append(field.getName())
                    .append('=')
                    .append(group ? fields(value) : shown)
                    .append('\n');
        }
        return text.toString();
    }

    @org.junit.jupiter.params.ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "-",
                "x y",
                "-q x",
                "x -q -q",
                "--json x",
                "-v -S --nano --utc x",
                "a -S b --json --utc",
                "-x",
                "-q -v x",
                "",
                "-q",
                "--json",
                "-v --json x",
                "--fail-on error x",
                "-qS x",
                "- -",
                "-t x",
                "-- x",
                "--quiet x",
                "-q -- -v"
            })
    void theShortWayGivesTheSame(String line) throws IllegalAccessException {
        String[] args = line.isEmpty() ? new String[0] : line.split(" ");
        Options plain = Options.plain(args);
        Options any;
        try {
            any = Options.parseAny(args);
        } catch (picocli.CommandLine.ParameterException wrong) {
            org.assertj.core.api.Assertions.assertThat(plain).isNull();
            return;
        }
        if (plain != null) {
            org.assertj.core.api.Assertions.assertThat(fields(plain)).isEqualTo(fields(any));
        }
        boolean simple = line.matches("((-|x|y|a|b|-q|-v|-S|--nano|--utc|--json)( |$))+");
        org.assertj.core.api.Assertions.assertThat(plain != null).isEqualTo(simple);
    }

    @Test
    void filesNeedNoPrivileges() {
        assertThat(Run.of("-Z", "nobody", "samples/abort.pcap").err())
                .startsWith("tcpflow-check: -Z is for -i: reading files needs no privileges\n");
    }

    @Test
    void whatMayHaveBeenMeantIsSaid() {
        assertThat(Run.of("--jason", "x").err()).contains("perhaps: --json");
        assertThat(Run.of("--max-memry=1g", "x").err()).contains("perhaps: ", "--max-memory");
        assertThat(Run.of("--view=laddr", "x").err()).contains("perhaps: ladder");
        assertThat(Run.of("tcp.port == 80").err()).contains("given with -f, in pcap-filter's language");
        assertThat(Run.of("samples/abort.pcap", "tcp port 80").err()).contains("a filter is given with -f");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5g", "g", "", "12x", "9999999999"})
    void anAmountOfMemoryIsANumberWithAUnit(String word) {
        tcpflowcheck.golden.Run run = Run.of("-q", "--max-memory", word, "samples/abort.pcap");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("expected an amount of memory such as 512m or 2g, not '" + word + "'");
    }

    @Test
    void moreMemoryThanThereCanBeIsAllOfIt() {
        assertThat(new Octets().convert("999999999t")).isEqualTo(Long.MAX_VALUE);
        assertThat(new Octets().convert("512m")).isEqualTo(512L << 20);
        assertThat(Run.of("-q", "--max-memory", "999999999t", "samples/loss.pcap")
                        .out())
                .contains("1 flow\n");
    }
}
