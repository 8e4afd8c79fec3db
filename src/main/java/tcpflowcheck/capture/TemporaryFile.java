package tcpflowcheck.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files for what memory should not hold. One is on the list of what goes with the process before it is there. */
public final class TemporaryFile {
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private TemporaryFile() {}

    /**
     * A new, empty file, for its owner alone.
     *
     * @param suffix of its name
     */
    public static Path create(Path folder, String prefix, String suffix) throws IOException {
        Path file = folder.resolve(
                prefix + "." + ProcessHandle.current().pid() + "-" + Long.toUnsignedString(System.nanoTime()) + suffix);
        file.toFile().deleteOnExit();
        try {
            return Files.createFile(file, OWNER_ONLY);
        } catch (UnsupportedOperationException noModes) {
            return Files.createFile(file);
        }
    }
}
