package tcpflowcheck.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The tshark of this machine. */
public final class Tshark {
    private Tshark() {}

    public static boolean isInstalled() {
        try {
            output("--version");
            return true;
        } catch (IOException missing) {
            return false;
        }
    }

    /** {@code tcp.completeness} by {@code tcp.stream}, of each stream's last frame. */
    public static Map<String, String> completeness(Path capture) throws IOException {
        Map<String, String> completeness = new TreeMap<>();
        String file = capture.toString();
        output("-2", "-n", "-r", file, "-Y", "tcp", "-T", "fields", "-e", "tcp.stream", "-e", "tcp.completeness")
                .lines()
                .map(line -> line.split("\t"))
                .filter(fields -> fields.length == 2)
                .forEach(fields -> completeness.put(fields[0], fields[1]));
        return completeness;
    }

    private static String output(String... arguments) throws IOException {
        String[] command = new String[arguments.length + 1];
        command[0] = "tshark";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("tshark does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        if (process.exitValue() != 0) {
            throw new IOException("tshark exits with " + process.exitValue());
        }
        return output;
    }
}
