package tcpflowcheck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tcpflowcheck.golden.Run;
import tcpflowcheck.report.choice.SortKey;

/** {@code --sort} and {@code --top}. */
class SortTest {
    private static final long NONE = -1;

    private static Run run(String... options) throws IOException {
        List<String> args = new ArrayList<>(List.of(options));
        args.add("--merge");
        try (DirectoryStream<Path> samples = Files.newDirectoryStream(Path.of("samples"), "*.pcap")) {
            samples.forEach(file -> args.add(file.toString()));
        }
        args.subList(options.length + 1, args.size()).sort(null);
        return Run.of(args.toArray(String[]::new));
    }

    /** What JSON says of each flow, in the order in which they are told. */
    private static List<Long> told(String key, String... options) throws IOException {
        Pattern value = Pattern.compile("\"" + key + "\":(null|-?\\d+)");
        return run(options)
                .out()
                .lines()
                .filter(line -> line.startsWith("{\"type\":\"flow\""))
                .map(line -> {
                    Matcher found = value.matcher(line);
                    assertThat(found.find()).isTrue();
                    return found.group(1).equals("null") ? NONE : Long.parseLong(found.group(1));
                })
                .toList();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            connect, connectNanos
            first-octet, firstOctetNanos
            transfer, transferNanos
            duration, durationNanos
            """)
    void theMostComesFirst(String key, String inJson) throws Exception {
        List<Long> sorted = told(inJson, "--sort", key, "--json");
        assertThat(sorted).hasSizeGreaterThan(10).isSortedAccordingTo((a, b) -> Long.compare(b, a));
        assertThat(sorted).containsExactlyInAnyOrderElementsOf(told(inJson, "--json"));
        assertThat(told(inJson, "--sort", key, "--top", "3", "--json")).isEqualTo(sorted.subList(0, 3));
    }

    @Test
    void theEarliestComesFirst() throws Exception {
        assertThat(told("start", "--sort", "start", "--json")).isSorted().hasSizeGreaterThan(10);
    }

    /** Those that are equal stay in the order of their streams. */
    @Test
    void equalOnesKeepTheirOrder() throws Exception {
        List<Long> streams = told("stream", "--sort", "retransmissions", "--json");
        List<Long> counts = told("retransmissions", "--sort", "retransmissions", "--json");
        int first = counts.indexOf(0L);
        assertThat(streams.subList(first + 1, streams.size())).isSorted();
    }

    /** A column shows what they are sorted by, at each width. */
    @ParameterizedTest
    @EnumSource(SortKey.class)
    void theTableShowsIt(SortKey key) throws Exception {
        for (int width = 60; width <= 200; width += 10) {
            List<String> rows = run("--sort", key.toString(), "--top", "4", "--width", "" + width)
                    .out()
                    .lines()
                    .takeWhile(line -> !line.isEmpty())
                    .toList();
            int most = width;
            assertThat(rows).hasSize(5).allMatch(line -> line.length() <= most);
            if (key != SortKey.START) {
                assertThat((rows.get(0) + " ")).contains(" " + key.title() + " ");
            }
        }
    }

    @Test
    void chosenOnesAreSorted() throws Exception {
        assertThat(told("stream", "--only", "open=refused,unanswered", "--sort", "start", "--json"))
                .hasSize(2)
                .isSorted();
        assertThat(run("--sort", "bytes", "--top", "2", "--view", "flows").out())
                .containsPattern("(?s)^stream \\d.*\nstream \\d")
                .doesNotContainPattern("(?s)\nstream \\d.*\nstream \\d");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --sort silnce           | expected one of connect, first-octet,
            --top 3                 | --top takes the first by something: give --sort KEY or --by KEY with it
            --sort bytes --top 0    | expected a whole number from 1 on, not '0'
            --sort bytes -q         | --sort is for flows: --view summary has none to sort
            --sort bytes --view events | --sort is for flows: --view events has none to sort
            """)
    void whatCanNotBeMeantIsAUsageError(String options, String message) throws Exception {
        Run run = run(options.split(" "));
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains(message);
    }
}
