package tcpflowcheck.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tcpflowcheck.tcp.Rule;
import tcpflowcheck.wire.SegmentBuilder;

/** The commands in the explanations are ones that tcpdump and tshark take. */
class ExplanationCommandTest {
    private static final Catalogue ENGLISH = Catalogue.of(Catalogue.Language.EN);
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    private static Stream<List<String>> commands(String program) {
        return Arrays.stream(Rule.values())
                .flatMap(rule -> Explanation.paragraphs(rule, ENGLISH).stream())
                .flatMap(String::lines)
                .filter(line -> line.startsWith("    " + program + " "))
                .map(ExplanationCommandTest::words);
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line);
        while (matcher.find()) {
            words.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
        }
        return words;
    }

    private static Path capture(Path folder) throws IOException {
        Path file = folder.resolve("one.pcap");
        Tcpdump.write(file, List.of(new SegmentBuilder().flags("S").frame(1, 0)));
        return file;
    }

    private static String run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("%s ends", command)
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        assertThat(process.exitValue())
                .as("exit code of %s, which prints %s", command, output)
                .isZero();
        return output;
    }

    private static boolean isHere(String program) {
        try {
            new ProcessBuilder(program, "--version")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void everyLineThatIsSetApartIsACommand() {
        List<String> lines = Arrays.stream(Rule.values())
                .flatMap(rule -> Explanation.paragraphs(rule, ENGLISH).stream())
                .flatMap(String::lines)
                .filter(line -> line.startsWith(" "))
                .toList();
        assertThat(lines).isNotEmpty().allMatch(line -> line.matches("    (tcpdump|tshark) .*-r FILE.*"));
    }

    @Test
    void tcpdumpTakesItsFilters(@TempDir Path folder) throws IOException {
        assumeTrue(isHere("tcpdump"), "tcpdump is not installed: its filters in the explanations are not checked");
        String file = capture(folder).toString();
        for (List<String> command : commands("tcpdump").distinct().toList()) {
            run(command.stream().map(word -> word.equals("FILE") ? file : word).toList());
        }
    }

    /** One run for all, since each takes seconds: the filters joined, and every field. */
    @Test
    void tsharkTakesItsFiltersAndFields(@TempDir Path folder) throws IOException {
        assumeTrue(isHere("tshark"), "tshark is not installed: its filters in the explanations are not checked");
        Set<String> filters = new LinkedHashSet<>();
        Set<String> fields = new LinkedHashSet<>();
        for (List<String> command : commands("tshark").toList()) {
            filters.add("(" + command.get(command.indexOf("-Y") + 1) + ")");
            for (int i = 0; i < command.size(); i++) {
                if (command.get(i).equals("-e")) {
                    fields.add(command.get(i + 1));
                }
            }
        }
        assertThat(filters).hasSizeGreaterThan(10);
        List<String> command = new ArrayList<>(List.of("tshark", "-n", "-2", "-r"));
        command.add(capture(folder).toString());
        command.addAll(List.of("-o", "tcp.relative_sequence_numbers:FALSE", "-Y"));
        command.add(filters.stream().collect(Collectors.joining(" || ")));
        command.addAll(List.of("-T", "fields"));
        fields.forEach(field -> command.addAll(List.of("-e", field)));
        run(command);
    }
}
