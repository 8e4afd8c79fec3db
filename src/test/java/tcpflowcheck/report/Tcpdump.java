package tcpflowcheck.report;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.capture.Frame;

/** The tcpdump of this machine, and captures for it. */
final class Tcpdump {
    private Tcpdump() {}

    /** What {@code tcpdump --version} begins with, or null where there is none. */
    static @Nullable String version() {
        try {
            return output("UTC", "--version").split("\n")[0];
        } catch (IOException e) {
            return null;
        }
    }

    static List<String> lines(Path capture, String timeZone, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(Arrays.asList(options));
        arguments.addAll(List.of("-n", "-r", capture.toString()));
        return output(timeZone, arguments.toArray(new String[0])).lines().toList();
    }

    private static String output(String timeZone, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("tcpdump"));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("TZ", timeZone);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(command + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        if (process.exitValue() != 0) {
            throw new IOException(command + " exits with " + process.exitValue());
        }
        return output;
    }

    /** Writes an Ethernet capture with nanoseconds. */
    static void write(Path file, List<Frame> frames) throws IOException {
        int size = 24;
        for (Frame frame : frames) {
            size += 16 + frame.capturedLength();
        }
        ByteBuffer pcap = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        pcap.putInt(0xa1b23c4d).putShort((short) 2).putShort((short) 4);
        pcap.putLong(0).putInt(262_144).putInt(1);
        for (Frame frame : frames) {
            pcap.putInt((int) (frame.time() / 1_000_000_000)).putInt((int) (frame.time() % 1_000_000_000));
            pcap.putInt(frame.capturedLength()).putInt(frame.wireLength());
            pcap.put(frame.buffer(), frame.offset(), frame.capturedLength());
        }
        Files.write(file, pcap.array());
    }
}
