package tcpflowcheck.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each incident is whole. What its commands print is held by {@link PagesTest}. */
class CookbookTest {
    private static final Path PAGE = Path.of("src", "site", "markdown", "cookbook.md");
    private static final Pattern CAPTURE = Pattern.compile("([\\w-]+)\\.pcap");

    /** The lines of each incident, by its heading. */
    private static final Map<String, List<String>> INCIDENTS = new LinkedHashMap<>();

    @BeforeAll
    static void read() throws IOException {
        List<String> incident = new ArrayList<>();
        for (String line : new Page(PAGE).lines()) {
            if (line.startsWith("## ")) {
                incident = new ArrayList<>();
            } else if (line.startsWith("### ")) {
                incident = new ArrayList<>();
                assertThat(INCIDENTS.put(line, incident)).as(line).isNull();
            }
            incident.add(line);
        }
    }

    /** A reader can run the commands, too. */
    @Test
    void itsCapturesAreLeftInTarget() throws IOException {
        Path folder = Path.of("target", "cookbook");
        Captures.writeAll(folder);
        assertThat(folder).isDirectoryContaining("glob:**/refused.pcap");
    }

    @Test
    void thereAreThirtyIncidents() {
        assertThat(INCIDENTS).hasSizeGreaterThanOrEqualTo(30);
    }

    @Test
    void anIncidentShowsWhatTheToolSaysOfItsOwnCapture() throws IOException {
        Set<String> named = new TreeSet<>();
        for (Map.Entry<String, List<String>> incident : INCIDENTS.entrySet()) {
            Page page = new Page(PAGE, incident.getValue());
            assertThat(page.commands()).as(incident.getKey()).isNotEmpty();
            Set<String> own = new TreeSet<>();
            for (Page.Command command : page.commands()) {
                assertThat(command.shown()).as(command.text()).isNotEmpty();
                Matcher capture = CAPTURE.matcher(command.text());
                assertThat(capture.find()).as(command.text()).isTrue();
                own.add(capture.group(1));
            }
            assertThat(named).as(incident.getKey()).doesNotContainAnyElementsOf(own);
            named.addAll(own);
        }
        List<String> scripts = Captures.scripts().stream()
                .map(script -> script.getFileName().toString())
                .toList();
        assertThat(scripts).containsAll(named);
        String guide = Files.readString(Path.of("src", "site", "markdown", "guide.md"));
        assertThat(scripts)
                .filteredOn(script -> !named.contains(script))
                .allSatisfy(script -> assertThat(guide).contains(" " + script + ".pcap\n"));
    }

    /** One may lean on the incident that follows it, as the flood does on the burst. */
    @Test
    void anIncidentSaysWhatItMeansAndWhatIsNext() {
        boolean leans = false;
        for (Map.Entry<String, List<String>> incident : INCIDENTS.entrySet()) {
            boolean means = says(incident.getValue(), "**Means.**");
            assertThat(says(incident.getValue(), "**Next.**"))
                    .as(incident.getKey())
                    .isEqualTo(means);
            boolean goesOn = incident.getKey().endsWith("...\"");
            assertThat(means).as(incident.getKey()).isNotEqualTo(goesOn);
            leans = goesOn;
        }
        assertThat(leans).isFalse();
    }

    private static boolean says(List<String> lines, String what) {
        return lines.stream().anyMatch(line -> line.startsWith(what) && line.length() > what.length() + 10);
    }
}
