package tcpflowcheck.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages for who changes the code name classes, members, files and sections that there are. */
class CodePagesTest {
    private static final Path PAGES = Path.of("src/site/markdown");

    /** {@code Connection}, {@code Connection.on}, {@code TextChoices.View}: at least one letter is small, and the first is none. */
    private static final Pattern CLASS = Pattern.compile("`([A-Z]\\w*[a-z]\\w*)(?:\\.([A-Za-z]\\w*))?`");

    private static final Pattern FILE = Pattern.compile("`((?:src/|samples/|\\.ci/|\\.github/)[\\w./-]*\\w)");
    private static final Pattern SECTION = Pattern.compile("]\\(([\\w./-]*)(?:#([\\w-]+))?\\)");

    /** Java's own, which the pages name too. */
    private static final List<String> OF_JAVA = List.of("Optional", "InetAddress", "String", "VarHandle");

    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        for (String root : List.of("src/main/java", "src/test/java", "src/test/bench/java")) {
            try (Stream<Path> files = Files.walk(Path.of(root))) {
                for (Path file :
                        files.filter(each -> each.toString().endsWith(".java")).toList()) {
                    String name = file.getFileName().toString().replace(".java", "");
                    sources.merge(name, Files.readString(file), String::concat);
                }
            }
        }
        return sources;
    }

    /** What a page names that is not there. */
    private static List<String> wrong(String page, Map<String, String> sources) {
        List<String> wrong = new ArrayList<>();
        Matcher named = CLASS.matcher(page);
        while (named.find()) {
            String source = sources.get(named.group(1));
            boolean known = source != null || OF_JAVA.contains(named.group(1));
            boolean has = source == null
                    || named.group(2) == null
                    || Pattern.compile("\\b" + named.group(2) + "\\b")
                            .matcher(source)
                            .find();
            if (!known || !has) {
                wrong.add(named.group());
            }
        }
        Matcher file = FILE.matcher(page);
        while (file.find()) {
            if (!Files.exists(Path.of(file.group(1)))) {
                wrong.add(file.group(1));
            }
        }
        Matcher link = SECTION.matcher(page);
        while (link.find()) {
            String heading = link.group(2) == null ? "" : link.group(2).replace('-', ' ');
            boolean there = heading.isEmpty()
                    || !link.group(1).isEmpty()
                    || page.lines().anyMatch(line -> line.matches("(?i)#+ " + Pattern.quote(heading)));
            if (!there) {
                wrong.add(link.group());
            }
        }
        return wrong;
    }

    @ParameterizedTest
    @ValueSource(strings = {"architecture.md", "contributing.md", "scripts.md", "measures.md", "changelog.md"})
    void whatIsNamedIsThere(String page) throws IOException {
        assertThat(wrong(Files.readString(PAGES.resolve(page)), sources()))
                .as(page)
                .isEmpty();
    }

    @Test
    void whatIsNotThereIsFound() throws IOException {
        String page =
                "`Connection.on` `Connection.off` `Connexion` `Optional` `SYN` [a](#here) `src/nowhere.txt` `src/main/java`";
        assertThat(wrong(page, sources()))
                .containsExactly("`Connection.off`", "`Connexion`", "src/nowhere.txt", "](#here)");
    }

    /** Each floor and each room has its place in the picture. */
    @Test
    void everyPackageIsInTheArchitecture() throws IOException {
        String page = Files.readString(PAGES.resolve("architecture.md"));
        Path root = Path.of("src/main/java/tcpflowcheck");
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> packages = files.filter(file -> file.endsWith("package-info.java"))
                    .map(file -> root.relativize(file.getParent()))
                    .toList();
            assertThat(packages)
                    .hasSizeGreaterThan(10)
                    .allSatisfy(each ->
                            assertThat(page).contains('`' + each.toString().replace('/', '.') + '`'));
        }
    }

    /** What a script may say is on its page. */
    @Test
    void everyWordOfAScriptIsOnItsPage() throws IOException {
        String page = Files.readString(PAGES.resolve("scripts.md"));
        Map<String, String> sources = sources();
        int words = 0;
        for (String source : List.of("ScriptOptions", "ScriptVariant", "PacketScriptTest")) {
            Matcher word = Pattern.compile("case \"([\\w-]+)\" ->").matcher(sources.get(source));
            while (word.find()) {
                assertThat(page).as(source).containsPattern("`([^`]* )?" + Pattern.quote(word.group(1)) + "\\b");
                words++;
            }
        }
        assertThat(words).isGreaterThan(40);
    }

    /** README has room for one screen of each thing; all else is in the pages. */
    @Test
    void readmeIsShort() throws IOException {
        assertThat(Files.readAllLines(Path.of("README.md"))).hasSizeLessThanOrEqualTo(120);
    }
}
