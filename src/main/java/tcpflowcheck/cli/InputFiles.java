package tcpflowcheck.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tcpflowcheck.capture.CaptureFile;
import tcpflowcheck.capture.FileName;

/** The files that the command line names, patterns and folders among them. */
final class InputFiles {
    private static final String WILD = "*?[{";

    private InputFiles() {}

    /**
     * The files' names, each pattern's and folder's in the order of their names.
     *
     * @param recursive whether a folder stands for the captures in it and below
     */
    static List<String> named(List<String> words, boolean recursive) {
        List<String> names = new ArrayList<>();
        for (String word : words) {
            for (String name : matches(word)) {
                if (recursive && isFolder(name)) {
                    names.addAll(capturesIn(FileName.path(name)));
                } else {
                    names.add(name);
                }
            }
        }
        return names;
    }

    /** Whether a word can only be a file: it is there, or is named as captures are. */
    static boolean isMeant(String word) {
        return word.equals(InputOptions.STANDARD_INPUT)
                || (word.indexOf('\0') < 0 && Files.exists(FileName.path(word)))
                || captureName().matcher(word).matches();
    }

    private static boolean isFolder(String name) {
        return name.indexOf('\0') < 0 && Files.isDirectory(FileName.path(name));
    }

    /** The files that a pattern names which the shell has left as it was; the name itself if there are none. */
    private static List<String> matches(String name) {
        boolean pattern = isWild(name) && name.indexOf('\0') < 0;
        if (!pattern || Files.exists(FileName.path(name))) {
            return List.of(name);
        }
        Path path = FileName.path(name);
        Path folder = path.getParent() == null ? Path.of("") : path.getParent();
        List<String> files = new ArrayList<>();
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(folder, path.getFileName().toString())) {
            found.forEach(file -> files.add(FileName.of(file)));
        } catch (IOException | PatternSyntaxException none) {
            return List.of(name);
        }
        files.sort(null);
        return files.isEmpty() ? List.of(name) : files;
    }

    private static boolean isWild(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (WILD.indexOf(name.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** What is a capture by its name is read though it is none: then its user hears what is wrong with it. */
    private static Pattern captureName() {
        return Pattern.compile(".*\\.(pcap|pcapng|cap|dmp)(\\.(gz|zst|lz4|xz|bz2))?", Pattern.CASE_INSENSITIVE);
    }

    /** Links to folders are not followed; a folder that can't be read stays, so that this is said. */
    private static List<String> capturesIn(Path folder) {
        Pattern captureName = captureName();
        List<String> files = new ArrayList<>();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    boolean named =
                            captureName.matcher(file.getFileName().toString()).matches();
                    if ((named && Files.isRegularFile(file)) || CaptureFile.isCapture(file)) {
                        files.add(FileName.of(file));
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) {
                    files.add(FileName.of(file));
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, IOException failure) {
                    if (failure != null) {
                        files.add(FileName.of(visited));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException unread) {
            files.add(FileName.of(folder));
        }
        files.sort(null);
        return files.isEmpty() ? List.of() : files;
    }
}
