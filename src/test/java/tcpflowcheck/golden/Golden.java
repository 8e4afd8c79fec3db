package tcpflowcheck.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Expected texts under {@code src/test/resources/golden}. {@code -Dgolden.update} writes what was seen instead, and
 * fails the test, so that nobody passes in that mode.
 */
public final class Golden {
    private static final Path HOME = Path.of("src", "test", "resources", "golden");

    private Golden() {}

    public static void assertMatches(String name, String seen) throws IOException {
        assertMatches(HOME.resolve(name), seen);
    }

    public static void assertMatches(Path file, String seen) throws IOException {
        if (System.getProperty("golden.update") != null) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, seen);
            fail("written: " + file + "; read its diff, and run again without -Dgolden.update");
        }
        assertThat(file).as("make it with -Dgolden.update").exists();
        assertThat(seen).as(file.toString()).isEqualTo(Files.readString(file));
    }
}
