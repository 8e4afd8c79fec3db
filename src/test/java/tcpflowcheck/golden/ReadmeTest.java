package tcpflowcheck.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What README shows under a command is what the command prints, or some of it; behind a pipe each line is in it. */
class ReadmeTest {
    private static final String PROMPT = "    $ ./tcpflow-check ";

    /** Given: a command line and the lines under it. */
    record Shown(String command, List<String> lines) {
        @Override
        public String toString() {
            return command;
        }
    }

    static Stream<Shown> shown() throws IOException {
        List<Shown> all = new ArrayList<>();
        Shown current = null;
        for (String line : Files.readAllLines(Path.of("README.md"))) {
            if (line.startsWith(PROMPT)) {
                current = new Shown(line.substring(PROMPT.length()), new ArrayList<>());
                all.add(current);
            } else if (current != null && (line.isEmpty() || line.startsWith("    "))) {
                current.lines.add(line.isEmpty() ? line : line.substring(4));
            } else {
                current = null;
            }
        }
        assertThat(all).hasSizeGreaterThan(3);
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("shown")
    void theToolPrintsIt(Shown shown) {
        String[] parts = shown.command.split(" \\| ", 2);
        Run run = Run.of(parts[0].split(" "));
        assertThat(run.err()).isEmpty();
        String text = String.join("\n", shown.lines).stripTrailing();
        assertThat(text).isNotEmpty();
        if (parts.length == 1) {
            assertThat(run.out()).contains(text + "\n");
        } else {
            assertThat(text.lines()).allSatisfy(line -> assertThat(run.out()).contains(line));
        }
    }
}
