package tcpflowcheck.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import tcpflowcheck.capture.CaptureException;

/** A file of the user's choice: written beside and renamed, so that nobody ever reads half of one. */
final class OutputFile {
    /** What is written. */
    interface Content {
        void to(OutputStream out) throws CaptureException, IOException;
    }

    private OutputFile() {}

    static void write(String path, String text) throws CaptureException {
        write(path, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    static void write(String path, Content content) throws CaptureException {
        Path file = Path.of(path);
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) { // a device or a pipe stays one
                try (OutputStream out = Files.newOutputStream(file)) {
                    content.to(out);
                }
                return;
            }
            Path folder = file.toAbsolutePath().getParent();
            Path part = Files.createTempFile(folder, file.getFileName().toString(), ".part");
            part.toFile().deleteOnExit(); // an interrupt leaves no half of it
            try {
                try (OutputStream out = Files.newOutputStream(part)) {
                    content.to(out);
                }
                part.toFile().setReadable(true, false);
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw CaptureException.unreadable(path, "can't be written: " + e.getMessage(), e);
        }
    }

    /** An output that would be written over something that is read, or over another output, or null. */
    static String overwriting(List<String> outputs, List<String> inputs) {
        for (int i = 0; i < outputs.size(); i++) {
            for (String input : inputs) {
                if (same(outputs.get(i), input)) {
                    return "'" + outputs.get(i) + "' is read: an output can't overwrite it";
                }
            }
            for (String other : outputs.subList(0, i)) {
                if (same(outputs.get(i), other)) {
                    return "'" + other + "' can't be two outputs";
                }
            }
        }
        return null;
    }

    private static boolean same(String one, String other) {
        if (one.indexOf('\0') >= 0 || other.indexOf('\0') >= 0) {
            return false;
        }
        Path path = Path.of(one);
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            return false;
        }
        try {
            return path.toAbsolutePath()
                            .normalize()
                            .equals(Path.of(other).toAbsolutePath().normalize())
                    || Files.exists(path) && Files.exists(Path.of(other)) && Files.isSameFile(path, Path.of(other));
        } catch (IOException unknown) {
            return false;
        }
    }
}
