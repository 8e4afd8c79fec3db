package tcpflowcheck.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the library's page shows is what there is. */
class LibraryPageTest {
    @TempDir
    Path folder;

    private final String page;

    LibraryPageTest() throws IOException {
        page = Files.readString(Path.of("src", "site", "markdown", "library.md"));
    }

    @Test
    void itsTestClassCompilesWithoutAWarning() throws IOException {
        String example = between("```java\n", "```");
        Path file = Files.writeString(folder.resolve("ShopTest.java"), example);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        List<String> options =
                List.of("-Xlint:all,-processing,-classfile,-path", "-proc:none", "-d", folder.toString());
        boolean compiled = compiler.getTask(
                        said,
                        null,
                        null,
                        options,
                        null,
                        compiler.getStandardFileManager(null, null, null).getJavaFileObjects(file))
                .call();
        assertThat(said).hasToString("");
        assertThat(compiled).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"groupId", "artifactId", "version"})
    void itsCoordinatesAreThoseOfThePom(String element) throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        assertThat(first(page, element)).isEqualTo(first(pom.substring(pom.indexOf("<groupId>")), element));
    }

    private static String first(String xml, String element) {
        Matcher found = Pattern.compile("<" + element + ">(.*?)</").matcher(xml);
        assertThat(found.find()).as(element).isTrue();
        return found.group(1);
    }

    @Test
    void allAssertionsAreNamed() {
        TreeSet<String> missing = new TreeSet<>();
        for (Class<?> type : List.of(FlowAssert.class, CapturedFlowsAssert.class, LiveCapture.class)) {
            Arrays.stream(type.getMethods())
                    .filter(method -> method.getDeclaringClass() == type)
                    .map(Method::getName)
                    .filter(name -> !page.contains("`" + name))
                    .forEach(missing::add);
        }
        assertThat(missing).isEmpty();
    }

    private String between(String before, String after) {
        int begin = page.indexOf(before) + before.length();
        return page.substring(begin, page.indexOf(after, begin));
    }
}
