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
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tcpflowcheck.capture.CaptureException;
import tcpflowcheck.capture.Libpcap;
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

    private static final TimeZone HERE = TimeZone.getDefault();

    @TempDir
    Path folder;

    private final List<String> wrong = new ArrayList<>();
    private final Set<String> missing = new TreeSet<>();

    /** Where no page was written, so that what it shows is printed everywhere. */
    @BeforeEach
    void elsewhere() {
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
    }

    @AfterEach
    void here() {
        TimeZone.setDefault(HERE);
    }

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
        Captures.copySamples(folder.resolve("samples"));
        Captures.writeAll(folder);
        Shell shell = new Shell(folder, page.width());
        List<List<String>> renewed = new ArrayList<>();
        for (int i = 0; i < page.commands().size(); i++) {
            renewed.add(run(shell, page, i));
        }
        page.recipes().forEach(recipe -> lookAtOptions(page, recipe));
        if (System.getProperty("golden.update") != null && !wrong.isEmpty()) {
            Files.write(file, page.with(renewed));
            fail("written: " + file + "; read its diff, and run again without -Dgolden.update");
        }
        if (!wrong.isEmpty()) {
            fail(String.join("\n\n", wrong));
        }
        assumeTrue(missing.isEmpty(), () -> "NOT RUN: commands of " + file + " with " + missing + ", not installed");
    }

    /** Returns what the page should show in place of what it shows; null where that is right. */
    private List<String> run(Shell shell, Page page, int i) throws IOException {
        Page.Command command = page.commands().get(i);
        if (command.text().contains(NEEDS)) {
            lookAtOptions(page, command.text());
            return null;
        }
        String program = notHere(command.text());
        if (program != null) {
            missing.add(program);
            return null;
        }
        Shell.Ran ran = shell.run(command.text());
        String where = page.file() + ":" + command.line() + ": " + command.text();
        String printed = String.join("\n", ran.lines());
        if (ran.exitCode() != 0 && !asksForTheExitCode(page, i + 1)) {
            wrong.add(where + "\nexits with " + ran.exitCode() + ", and prints\n" + printed);
        }
        if (command.shown().isEmpty() || Shown.matches(command.shown(), ran.lines())) {
            return null;
        }
        wrong.add(where + "\nprints\n" + printed);
        return Shown.renewed(command.shown(), ran.lines());
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
            if (words.contains("-f") && !hasLibpcap()) {
                return "libpcap";
            }
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

    private static boolean hasLibpcap() {
        try {
            return !Libpcap.version().isEmpty();
        } catch (CaptureException missing) {
            return false;
        }
    }

    /** Where a command can't be run. Behind one that asks for help picocli would take any option. */
    private void lookAtOptions(Page page, String command) {
        for (String part : command.split(NEEDS, 2)[0].split("[|;] ")) {
            List<List<String>> words = ShellWords.pipe(part.strip());
            int tool = words == null ? -1 : toolIn(words.get(0));
            if (tool < 0) {
                continue;
            }
            List<String> args =
                    new ArrayList<>(words.get(0).subList(tool + 1, words.get(0).size()));
            args.add("--states");
            Run run = Run.of(args.toArray(String[]::new));
            if (run.exitCode() != 0) {
                wrong.add(page.file() + ": " + command + "\n" + run.err());
            }
        }
    }

    private static int toolIn(List<String> words) {
        int tool = words.indexOf("tcpflow-check");
        return tool >= 0 ? tool : words.indexOf("./tcpflow-check");
    }
}
