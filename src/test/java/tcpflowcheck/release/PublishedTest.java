package tcpflowcheck.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

/** What is published of the project: what Maven Central asks for is said, and each file says the same. */
class PublishedTest {
    private static final XPath XPATH = XPathFactory.newInstance().newXPath();

    private static Document pom;

    @BeforeAll
    static void read() throws Exception {
        pom = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse("pom.xml");
    }

    private static String pom(String path) throws XPathExpressionException {
        return XPATH.evaluate("/project/" + path, pom).strip();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name",
                "description",
                "url",
                "licenses/license/name",
                "licenses/license/url",
                "developers/developer/name",
                "scm/connection",
                "scm/developerConnection",
                "scm/url"
            })
    void mavenCentralAsksForIt(String element) throws XPathExpressionException {
        assertThat(pom(element)).isNotEmpty();
    }

    /** A namespace that can be proven: a domain's name, reversed; on a forge the owner's. */
    @Test
    void itsCoordinatesAreItsOwners() throws XPathExpressionException {
        String[] address = pom("properties/release.address").split("/");

        assertThat(pom("groupId")).isEqualTo("io.github." + address[3]);
        assertThat(address[2]).isEqualTo("github.com");
        assertThat(pom("version")).matches("\\d+\\.\\d+\\.\\d+");
    }

    @Test
    void theActionFetchesThisRelease() throws IOException, XPathExpressionException {
        String version = pom("version");

        assertThat(Path.of(".github/actions/check/action.yml"))
                .content()
                .contains("default: " + pom("properties/release.address") + "/releases/download/v" + version
                        + "/tcpflow-check-" + version + ".tar.gz\n");
    }

    /** A version that was forgotten is found: pages name this one and no other. */
    @ParameterizedTest
    @ValueSource(strings = {"src/site/markdown/ci.md", "src/site/markdown/install.md", "src/site/markdown/library.md"})
    void pagesNameThisVersion(String page) throws IOException, XPathExpressionException {
        Set<String> named = new TreeSet<>();
        try (Stream<String> lines = Files.lines(Path.of(page))) {
            lines.flatMap(line -> Pattern.compile("(?:tcpflow-check[_-]|<version>|@v|/v)(\\d+\\.\\d+\\.\\d+)")
                            .matcher(line)
                            .results())
                    .forEach(match -> named.add(match.group(1)));
        }
        assertThat(named).containsExactly(pom("version"));
    }

    /** Each library of NOTICE has its line among the known vulnerabilities, with its version. */
    @Test
    void eachLibraryHasItsVerdict() throws IOException {
        String page = Files.readString(Path.of("src/site/markdown/security.md"));
        try (Stream<String> lines = Files.lines(Path.of("NOTICE"))) {
            assertThat(lines.filter(line -> line.contains("  https://") && line.matches("[\\w.-]+:.*")))
                    .hasSizeGreaterThan(10)
                    .allSatisfy(line -> {
                        String[] name = line.split(" ")[0].split(":");
                        assertThat(page)
                                .contains("| " + name[1].replaceFirst("^(pcap4j|slf4j)-.*", "$1") + " " + name[2]
                                        + " | ");
                    });
        }
    }
}
