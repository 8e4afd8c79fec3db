package tcpflowcheck.cli.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tcpflowcheck.cli.Manual;
import tcpflowcheck.golden.Run;

class ManPageTest {
    @TempDir
    private Path folder;

    /** All options that the help text has, by all of their names. */
    private static Set<String> options() {
        Set<String> options = new TreeSet<>();
        Matcher head = Pattern.compile("(?m)^ {2,6}(-.+?)( {2,}|$)")
                .matcher(Run.of("--help").out());
        while (head.find()) {
            Matcher name = Pattern.compile("--?[A-Za-z][a-z-]*").matcher(head.group(1));
            while (name.find()) {
                options.add(name.group());
            }
        }
        assertThat(options)
                .contains("-r", "-n", "-U", "--view", "--syn-flood-share", "--man")
                .hasSizeGreaterThan(80);
        return options;
    }

    private static String output(List<String> command, String in) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("MANWIDTH", "80");
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(in.getBytes(StandardCharsets.UTF_8));
        }
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out;
    }

    @Test
    void hasEveryOptionAndEachSection() {
        String page = Run.of("--man").out();
        List<String> missing = new ArrayList<>();
        for (String option : options()) {
            if (!page.contains("\\fB" + option.replace("-", "\\-") + "\\fR")) {
                missing.add(option);
            }
        }
        assertThat(missing).isEmpty();
        for (String section : List.of(
                "NAME",
                "SYNOPSIS",
                "DESCRIPTION",
                "OPTIONS",
                "EXIT STATUS",
                "ENVIRONMENT",
                "FILES",
                "EXAMPLES",
                "SEE ALSO")) {
            assertThat(page).contains("\n.SH " + section + "\n");
        }
        assertThat(page).matches("\\p{ASCII}*").doesNotContain("@");
    }

    @Test
    void isSetWithoutAWarning() throws Exception {
        assumeTrue(Shell.has("man groff"), "SKIPPED, NOTHING WAS TESTED: needs man-db and groff-base");
        String page = Run.of("--man").out();
        assertThat(output(List.of("groff", "-man", "-ww", "-z", "-Tutf8", "-rLL=80n"), page))
                .isEmpty();
        String set = output(List.of("man", "--warnings", "-l", "-"), page);
        assertThat(set)
                .doesNotContainPattern("(?m)^(man|groff|troff|<)")
                .contains("EXIT STATUS", "--syn-flood-share=PERCENT", "-C SIZE", "130");
        assertThat(set.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void whatThereIsMoreToSayOfIsAnOption() {
        assertThat(options()).containsAll(Details.ofOptions().keySet());
        assertThat(Details.ofOptions()).hasSizeGreaterThan(10);
    }

    @Test
    void completionsHaveEveryOption() {
        for (String shell : List.of("bash", "zsh", "fish")) {
            String script = Run.of("--completion", shell).out();
            for (String option : options()) {
                String written = !shell.equals("fish")
                        ? option
                        : option.startsWith("--")
                                ? "-l " + option.substring(2) + " "
                                : "-s " + option.substring(1) + " ";
                assertThat(script).contains(written);
            }
        }
        assertThat(Run.of("--completion", "tcsh").err()).contains("bash, zsh, fish");
    }

    /** Where a package takes them from. */
    @Test
    void theBuildWritesThemAll() throws Exception {
        Manual.main(new String[] {folder.toString(), "7.8.9"});
        assertThat(Files.readString(folder.resolve("manual/tcpflow-check.1"))).contains("tcpflow\\-check 7.8.9");
        assertThat(folder.resolve("completion/tcpflow-check.bash"))
                .hasContent(Run.of("--completion", "bash").out());
        assertThat(folder.resolve("completion/_tcpflow-check"))
                .hasContent(Run.of("--completion", "zsh").out());
        assertThat(folder.resolve("completion/tcpflow-check.fish"))
                .hasContent(Run.of("--completion", "fish").out());
    }
}
