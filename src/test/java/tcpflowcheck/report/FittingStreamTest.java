package tcpflowcheck.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tcpflowcheck.golden.Run;

/** Lines that fit the terminal. */
@Execution(ExecutionMode.CONCURRENT)
class FittingStreamTest {
    private static String fit(int width, String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (FittingStream fitting = new FittingStream(out, width)) {
            fitting.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "short line|short line",
                "1234567890 234 678 0|1234567890 234 678 0",
                "1234567890 234 678 01|1234567890 234 678/    01",
                "  label  word word more of it|  label  word word/         more of it",
                "  1 word word word more of it|  1 word word word/      more of it",
                "aaaaaaaaaaaaaaaaaaaaaaaaa b|aaaaaaaaaaaaaaaaaaaaaaaaa/    b",
                "xxxx xxxx took 74.7 ms then|xxxx xxxx took/    74.7 ms then",
                "ééééé ééééé éééé éé é|ééééé ééééé éééé éé/    é",
                "|"
            })
    void breaksBetweenWords(String line, String expected) throws Exception {
        String text = line == null ? "" : line;
        String fitted = expected == null ? "" : expected.replace('/', '\n');
        assertThat(fit(20, text + "\n")).isEqualTo(fitted + "\n");
    }

    @Test
    void escapeSequencesTakeNoColumn() throws Exception {
        String coloured = "\u001b[1mone\u001b[0m \u001b[33mtwo\u001b[0m three four\n";
        assertThat(fit(20, coloured)).isEqualTo(coloured);
        assertThat(fit(17, coloured)).isEqualTo(coloured.replace(" four", "\n    four"));
    }

    private static List<String> words(String text) {
        return List.of(text.replaceAll("\u001b\\[[0-9;]*m", "").strip().split("\\s+"));
    }

    /** At each width no word is broken and none is lost, and lines fit as far as one word does. */
    @ParameterizedTest
    @ValueSource(strings = {"--view=flows", "--view=events", "-v", "-q", "--view=table"})
    void allSamplesAtAllWidths(String view) throws Exception {
        try (DirectoryStream<Path> samples = Files.newDirectoryStream(Path.of("samples"), "*.pcap")) {
            for (Path sample : samples) {
                String whole = Run.of(view, "--width", "300", sample.toString()).out();
                for (int width : new int[] {60, 80, 99, 101, 132, 200}) {
                    String out = Run.of(view, "--width", "" + width, sample.toString())
                            .out();
                    assertThat(out.lines())
                            .allMatch(line ->
                                    line.length() <= width || words(line).size() == 1);
                    if (width > 100 && !view.equals("--view=table") && !view.equals("-q")) {
                        assertThat(words(out)).isEqualTo(words(whole));
                    }
                }
            }
        }
    }

    /** Of a segment's options those of a SYN and SACK blocks stay where there is little room. */
    @Test
    void optionsAreFolded() {
        String narrow = Run.of("-v", "--width", "80", "samples/loss.pcap").out().replaceAll("\\s+", " ");
        assertThat(narrow).contains("Flags [S], seq ").containsPattern("Flags \\[S\\],[^]]*options \\[mss 1460");
        assertThat(narrow).contains(",sack 1 {").containsPattern("Flags \\[\\.\\], ack 1, win \\d+, length 0");
        String wide = Run.of("-v", "--width", "101", "samples/loss.pcap").out().replaceAll("\\s+", " ");
        assertThat(wide).containsPattern("Flags \\[\\.\\], ack 1, win \\d+, options \\[nop,nop,TS val");
    }

    @Test
    void onATerminalLinesFitIt() {
        Map<String, String> env = Map.of("COLUMNS", "70", "TERM", "xterm");
        String out = Run.with(env, true, new byte[0], "samples/half-close.pcap").out();
        assertThat(out.lines().map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "")))
                .allMatch(line -> line.length() <= 70)
                .hasSizeGreaterThan(30);
        assertThat(out).doesNotContain("\u001b[34m"); // dark blue can't be read on black
    }
}
