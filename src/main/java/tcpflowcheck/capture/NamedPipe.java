package tcpflowcheck.capture;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** A named pipe in a directory of its own that only its owner can enter; nothing is left of it once it is closed. */
final class NamedPipe implements Closeable {
    private static final int OWNER_ONLY = 0600;

    // of Linux; elsewhere the pipe stays as it is
    private static final int O_RDONLY_NONBLOCK = 04000;
    private static final int F_SETPIPE_SZ = 1031;
    private static final int LARGE = 1 << 20;

    private final Path directory;
    private final Path path;

    private NamedPipe(Path directory, Path path) {
        this.directory = directory;
        this.path = path;
    }

    /** Makes one, or gives null where there are none. */
    static @Nullable NamedPipe make() throws IOException {
        if (java.io.File.separatorChar != '/') {
            return null;
        }
        Path directory = Files.createTempDirectory(
                "tcpflow-check", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path path = directory.resolve("frames");
        Function mkfifo = NativeLibrary.getInstance("c").getFunction("mkfifo");
        if (mkfifo.invokeInt(new Object[] {path.toString(), OWNER_ONLY}) != 0) {
            Files.delete(directory);
            return null;
        }
        return new NamedPipe(directory, path);
    }

    Path path() {
        return path;
    }

    /** Makes it hold a MiB where the system allows; 64 KiB let writer and reader wait for each other too often. */
    void enlarge() {
        NativeLibrary libc = NativeLibrary.getInstance("c");
        int descriptor = libc.getFunction("open").invokeInt(new Object[] {path.toString(), O_RDONLY_NONBLOCK});
        if (descriptor >= 0) {
            libc.getFunction("fcntl").invokeInt(new Object[] {descriptor, F_SETPIPE_SZ, LARGE});
            libc.getFunction("close").invokeInt(new Object[] {descriptor});
        }
    }

    /** Both ends stay open; only the names go. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
        Files.deleteIfExists(directory);
    }
}
