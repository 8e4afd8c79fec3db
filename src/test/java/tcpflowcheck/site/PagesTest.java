package tcpflowcheck.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tcpflowcheck.golden.Run;

/**
 * Each command in README and in the manual's pages is run, exits with 0 or what {@code echo $?} below it says, and prints
 * what stands below it. A command that ends in {@code # needs ...} needs what a test has not: only its options are looked
 * at. {@code -Dgolden.update} writes into the pages what was printed, cut as it was, and fails.
 */
class PagesTest {
    private static final String NEEDS = "# needs ";

    /** Beside the tool; what else a page lets run says what it needs. */
    private static final Set<String> RUN = Set.of(
            "cat", "cut", "diff", "grep", "gzip", "head", "jq", "ls", "sed", "sort", "tail", "uniq", "wc", "zcat",
            "zstd");

    @TempDir
    Path folder;

    static List<Path> pages() throws IOException {
        try (Stream<Path> pages = Files.list(Path.of("src", "site", "markdown"))) {
            return Stream.concat(
                            Stream.of(Path.of("README.md")),
                            pages.filter(page -> page.toString().endsWith(".md"))
                                    .sorted())
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void whatAPageShowsIsPrinted(Path file) throws IOException {
        Page page = new Page(file);
        Shell shell = shell(page);
        List<String> wrong = new ArrayList<>();
        Set<String> missing = new TreeSet<>();
        List<List<String>> renewed = new ArrayList<>();
        for (int i = 0; i < page.commands().size(); i++) {
            Page.Command command = page.commands().get(i);
            renewed.add(null);
            if (command.text().contains(NEEDS)) {
                wrong.addAll(wrongOptions(page, command.text()));
                continue;
            }
            String program = notHere(command.text());
            if (program != null) {
                missing.add(program);
                continue;
            }
            Shell.Ran ran = shell.run(command.text());
            String where = file + ":" + command.line() + ": " + command.text();
            if (ran.exitCode() != 0 && !asksForTheExitCode(page, i + 1)) {
                wrong.add(where + "\nexits with " + ran.exitCode() + ", and prints\n" + String.join("\n", ran.lines()));
            }
            if (!command.shown().isEmpty() && !Shown.matches(command.shown(), ran.lines())) {
                wrong.add(where + "\nprints\n" + String.join("\n", ran.lines()));
                renewed.set(i, Shown.renewed(command.shown(), ran.lines()));
            }
        }
        for (String recipe : page.recipes()) {
            wrong.addAll(wrongOptions(page, recipe));
        }
        if (System.getProperty("golden.update") != null && !wrong.isEmpty()) {
            Files.write(file, page.with(renewed));
            fail("written: " + file + "; read its diff, and run again without -Dgolden.update");
        }
        if (!wrong.isEmpty()) {
            fail(String.join("\n\n", wrong));
        }
        assumeTrue(missing.isEmpty(), () -> "NOT RUN: commands of " + file + " with " + missing + ", not installed");
    }

    private Shell shell(Page page) throws IOException {
        Captures.copySamples(folder.resolve("samples"));
        Captures.writeAll(folder);
        return new Shell(folder, page.width());
    }

    private static boolean asksForTheExitCode(Page page, int next) {
        return next < page.commands().size()
                && page.commands().get(next).text().equals("echo $?")
                && !page.commands().get(next).shown().isEmpty();
    }

    /** A program that the command runs and that is not installed; null if there is none. */
    private static String notHere(String command) {
        List<List<String>> pipe = ShellWords.pipe(command);
        List<List<String>> programs = pipe == null ? List.of(List.of(command.split(" "))) : pipe;
        for (List<String> words : programs) {
            String program = words.get(0);
            if (program.matches("(\\./)?tcpflow-check|echo")) {
                continue;
            }
            assertThat(RUN)
                    .as("may be run by a page: say '# needs ...' behind what can't: %s", command)
                    .contains(program);
            if (Stream.of(System.getenv("PATH").split(":"))
                    .noneMatch(path -> Files.isExecutable(Path.of(path, program)))) {
                return program;
            }
        }
        return null;
    }

    /** What is wrong with the tool's options where a command can't be run. */
    private static List<String> wrongOptions(Page page, String command) {
        List<String> wrong = new ArrayList<>();
        for (String part : command.split(NEEDS, 2)[0].split("[|;] ")) {
            List<List<String>> words = ShellWords.pipe(part.strip());
            int tool = words == null ? -1 : toolIn(words.get(0));
            if (tool >= 0) {
                List<String> args = new ArrayList<>(
                        words.get(0).subList(tool + 1, words.get(0).size()));
                args.add("--help");
                Run run = Run.of(args.toArray(String[]::new));
                if (run.exitCode() != 0) {
                    wrong.add(page.file() + ": " + command + "\n" + run.err());
                }
            }
        }
        return wrong;
    }

    private static int toolIn(List<String> words) {
        int tool = words.indexOf("tcpflow-check");
        return tool >= 0 ? tool : words.indexOf("./tcpflow-check");
    }
}
