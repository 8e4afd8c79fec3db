package tcpflowcheck.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.capture.CaptureException;
import tcpflowcheck.capture.FileName;

/** A file of the user's choice: written beside and renamed, so that nobody ever reads half of one. */
final class OutputFile {
    /** What is written. */
    interface Content {
        void to(OutputStream out) throws CaptureException, IOException;
    }

    private static final int MOST_PARTS = 100;

    private OutputFile() {}

    static void write(String path, String text) throws CaptureException {
        write(path, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Writes a file as a whole or not at all: with the user's umask, or the mode of the one that it replaces.
     *
     * @throws CaptureException if it can't be written
     */
    static void write(String path, Content content) throws CaptureException {
        try {
            Path file = target(path);
            if (Files.exists(file) && !Files.isRegularFile(file)) { // a device or a pipe stays one
                try (OutputStream out = Files.newOutputStream(file)) {
                    content.to(out);
                }
                return;
            }
            Path part = part(file);
            part.toFile().deleteOnExit(); // an interrupt leaves no half of it
            try {
                try (OutputStream out = Files.newOutputStream(part)) {
                    content.to(out);
                }
                if (Files.exists(file)) {
                    keepMode(file, part);
                }
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw unwritten(path, e);
        }
    }

    /**
     * Tries whether a file can be written, and changes nothing.
     *
     * @throws CaptureException if it can't
     */
    static void tryOut(String path) throws CaptureException {
        try {
            Path file = target(path);
            if (Files.isDirectory(file)) {
                throw new IOException("is a directory");
            } else if (!Files.exists(file) || Files.isRegularFile(file)) {
                Files.delete(part(file));
            } else if (!Files.isWritable(file)) {
                throw new IOException("no permission");
            }
        } catch (IOException e) {
            throw unwritten(path, e);
        }
    }

    /** The file that a link leads to. */
    private static Path target(String path) throws IOException {
        if (path.indexOf('\0') >= 0) {
            throw new IOException("no file can have this name");
        }
        Path file = FileName.path(path).toAbsolutePath();
        return Files.isSymbolicLink(file) && Files.exists(file) ? file.toRealPath() : file;
    }

    /** A new, empty file beside it. */
    private static Path part(Path file) throws IOException {
        for (int i = 0; ; i++) {
            String name = file.getFileName() + "." + ProcessHandle.current().pid() + "-" + i + ".part";
            try {
                return Files.createFile(file.resolveSibling(name));
            } catch (FileAlreadyExistsException taken) {
                if (i == MOST_PARTS) {
                    throw taken;
                }
            }
        }
    }

    private static void keepMode(Path of, Path to) throws IOException {
        try {
            Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(of));
        } catch (UnsupportedOperationException noModes) {
            // no such file system
        }
    }

    static CaptureException unwritten(String path, IOException why) {
        return CaptureException.unreadable(path, "can't be written: " + reason(path, why), why);
    }

    /** Why, without the names of files that the user has not named. */
    private static @Nullable String reason(String path, IOException why) {
        if (why instanceof AccessDeniedException) {
            return "no permission";
        }
        if (why instanceof NoSuchFileException) {
            return FileName.path(path).getParent() == null ? "no such file" : "no such folder";
        }
        if (why instanceof FileSystemException system) {
            return system.getReason() == null ? system.getClass().getSimpleName() : system.getReason();
        }
        return why.getMessage();
    }

    /** An output that would be written over something that is read, or over another output, or null. */
    static @Nullable String overwriting(List<String> outputs, List<String> inputs) {
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
        Path path = FileName.path(one);
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            return false;
        }
        try {
            return path.toAbsolutePath()
                            .normalize()
                            .equals(FileName.path(other).toAbsolutePath().normalize())
                    || (Files.exists(path)
                            && Files.exists(FileName.path(other))
                            && Files.isSameFile(path, FileName.path(other)));
        } catch (IOException unknown) {
            return false;
        }
    }
}
