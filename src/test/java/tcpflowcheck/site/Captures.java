package tcpflowcheck.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tcpflowcheck.script.ScriptedCapture;

/** The captures that pages speak of beside the samples, each made from its packet script. */
final class Captures {
    private static final Path SCRIPTS = Path.of("src", "test", "resources", "site");
    private static final Path SAMPLES = Path.of("samples");

    private Captures() {}

    static List<Path> scripts() throws IOException {
        try (Stream<Path> scripts = Files.list(SCRIPTS)) {
            return scripts.sorted().toList();
        }
    }

    /** The name of a script's capture. */
    static String name(Path script) {
        return script.getFileName() + ".pcap";
    }

    static void writeAll(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Path script : scripts()) {
            ScriptedCapture.write(script, folder.resolve(name(script)));
        }
    }

    static void copySamples(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(SAMPLES)) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(SAMPLES.relativize(file)));
            }
        }
    }
}
