package tcpflowcheck.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program as it runs, and what it has said so far. */
final class Watch implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;

    private final Process process;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private final Thread[] readers;

    Watch(List<String> command) throws IOException {
        process = new ProcessBuilder(command).start();
        readers = new Thread[] {reader(process.getInputStream(), output), reader(process.getErrorStream(), errors)};
    }

    private static Thread reader(InputStream from, ByteArrayOutputStream to) {
        Thread reader = new Thread(() -> {
            try {
                from.transferTo(to);
            } catch (IOException closed) {
                // The process is gone.
            }
        });
        reader.start();
        return reader;
    }

    void waitUntilItCaptures(Network network, String namespace) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!network.isCaptured(namespace)) {
            assertThat(process.isAlive()).as(errors()).isTrue();
            assertThat(System.nanoTime()).as("it does not capture").isLessThan(until);
            Thread.sleep(20);
        }
        Thread.sleep(300);
    }

    /** Waits until one of these has been said. */
    void waitFor(String... any) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (Arrays.stream(any).noneMatch(words -> output().contains(words))) {
            assertThat(System.nanoTime()).as(output() + errors()).isLessThan(until);
            Thread.sleep(20);
        }
    }

    /** Sends a signal; gives the exit code. */
    int interrupt(String signal) throws Exception {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .start()
                .waitFor();
        return end();
    }

    /** Waits for the end; gives the exit code. */
    int end() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("it ends")
                .isTrue();
        for (Thread reader : readers) {
            reader.join();
        }
        return process.exitValue();
    }

    String output() {
        return output.toString(StandardCharsets.UTF_8);
    }

    String errors() {
        return errors.toString(StandardCharsets.UTF_8);
    }

    /** What the process holds of the machine's memory; its own children's it is not. */
    long residentMebibytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
            }
        }
        throw new AssertionError("the process is gone: " + errors());
    }

    String lastLine() {
        String[] lines = output().split("\n");
        return lines[lines.length - 1];
    }

    /** A number of the JSON summary. */
    long number(String key) {
        Matcher found =
                Pattern.compile("\"type\":\"summary\".*\"" + key + "\":(\\d+)").matcher(output());
        assertThat(found.find()).as(output() + errors()).isTrue();
        return Long.parseLong(found.group(1));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
