package tcpflowcheck.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import tcpflowcheck.capture.CaptureException;

/** A report in a file of its own: written beside and renamed, so that nobody ever reads half of one. */
final class OutputFile {
    private OutputFile() {}

    static void write(String path, String text) throws CaptureException {
        Path file = Path.of(path);
        Path folder = file.toAbsolutePath().getParent();
        try {
            Path part = Files.createTempFile(folder, file.getFileName().toString(), ".part");
            try {
                Files.writeString(part, text, StandardCharsets.UTF_8);
                if (Files.exists(file) && !Files.isRegularFile(file)) {
                    Files.writeString(file, text, StandardCharsets.UTF_8); // a device or a pipe stays one
                } else {
                    part.toFile().setReadable(true, false);
                    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
                }
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw CaptureException.unreadable(path, "can't be written: " + e.getMessage(), e);
        }
    }
}
