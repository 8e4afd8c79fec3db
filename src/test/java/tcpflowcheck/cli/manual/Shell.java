package tcpflowcheck.cli.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A shell at a terminal of its own, where keys are typed. */
final class Shell implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;

    private final Process process;
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    Shell(String command, Path folder, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("script", "-qec", command, "/dev/null").directory(folder.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("TERM", "dumb");
        process = builder.redirectErrorStream(true).start();
        Thread reader = new Thread(this::read);
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (InputStream in = process.getInputStream()) {
            in.transferTo(shown);
        } catch (IOException closed) {
            // The shell is gone.
        }
    }

    static boolean has(String program) throws IOException, InterruptedException {
        Process found = new ProcessBuilder(List.of("sh", "-c", "command -v " + program + " script"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return found.waitFor() == 0;
    }

    /** Types keys and waits until something is shown. */
    void type(String keys, String expected) throws IOException, InterruptedException {
        shown.reset();
        process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!shown.toString(StandardCharsets.UTF_8).contains(expected)) {
            assertThat(System.nanoTime())
                    .as(expected + " is not in:\n" + shown.toString(StandardCharsets.UTF_8))
                    .isLessThan(until);
            Thread.sleep(10);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
