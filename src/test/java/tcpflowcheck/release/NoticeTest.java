package tcpflowcheck.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** NOTICE names what the runnable jar is made of, and nothing else. */
class NoticeTest {
    private static final Path RESOLVED = Path.of("target/jar-dependencies.txt");

    /** As Maven lists them: {@code group:artifact:jar:version:scope}. */
    private static final Pattern DEPENDENCY =
            Pattern.compile("^ +([\\w.-]+:[\\w.-]+):jar:([\\w.-]+):(?:compile|runtime)", Pattern.MULTILINE);

    private static final Pattern NOTICED =
            Pattern.compile("^([\\w.-]+:[\\w.-]+:[\\w.-]+) +(\\S+)  +https://", Pattern.MULTILINE);

    private static Stream<MatchResult> matches(Pattern pattern, Path file) throws IOException {
        return pattern.matcher(Files.readString(file)).results();
    }

    @Test
    void namesEachDependencyWithItsVersion() throws IOException {
        assumeTrue(Files.exists(RESOLVED), "NOT RUN: " + RESOLVED + " is not there, Maven writes it before the tests");
        List<String> inside = matches(DEPENDENCY, RESOLVED)
                .map(m -> m.group(1) + ":" + m.group(2))
                .toList();

        assertThat(inside).contains("info.picocli:picocli:4.7.7").hasSizeGreaterThan(10);
        assertThat(matches(NOTICED, Path.of("NOTICE")).map(m -> m.group(1)))
                .containsExactlyInAnyOrderElementsOf(inside);
    }

    /** Each licence that asks to come along does: LICENSE is Apache-2.0's, the others have the name of their owner. */
    @Test
    void hasTheTextOfEachLicence() throws IOException {
        assertThat(Path.of("LICENSE")).content().contains("Apache License").contains("Version 2.0, January 2004");
        for (MatchResult line : matches(NOTICED, Path.of("NOTICE")).toList()) {
            if (!line.group(2).equals("Apache-2.0")) {
                String owner = line.group(1).split(":")[1].replaceFirst("-.*", "");
                assertThat(Path.of("src/release/licenses", owner + "-" + line.group(2) + ".txt"))
                        .as(line.group())
                        .isNotEmptyFile();
            }
        }
    }
}
