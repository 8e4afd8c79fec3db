package tcpflowcheck.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Root's rights are given up for good, by all threads. */
class PrivilegesTest {
    /** In a process of its own: it can't go back. */
    public static final class Drops {
        private Drops() {}

        public static void main(String[] args) {
            boolean root = Privileges.isRoot();
            String said = "";
            try {
                Privileges.dropTo(args[0]);
            } catch (CaptureException refused) {
                said = refused.getMessage();
            }
            boolean stays = Privileges.isRoot();
            try {
                Privileges.dropTo("root");
                stays = true;
            } catch (CaptureException wanted) {
                // That is how it should be, for whoever is no longer root.
            }
            System.out.println("root " + root + ", then " + stays + "; " + said);
        }
    }

    private static String run(String user) throws Exception {
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Drops.class.getName(),
                        user)
                .redirectErrorStream(true)
                .start();
        String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(java.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    @Test
    void rootBecomesAnother() throws Exception {
        String said = run("nobody");
        if (said.startsWith("root true")) {
            assertThat(said).isEqualTo("root true, then false; \n");
        } else {
            assertThat(said).isEqualTo("root false, then false; -Z nobody: no permission to become this user\n");
        }
    }

    @Test
    void aUserWhoIsNotThere() throws Exception {
        assertThat(run("no-such-user")).endsWith("-Z no-such-user: no such user\n");
    }
}
