package tcpflowcheck.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The files that are meant, in the order of the command line; those of a folder or a pattern by their names. */
final class Inputs {
    /**
     * Given: a file.
     *
     * @param name as the user gave it, or as the file system found it
     * @param path with its file system
     */
    record File(String name, String path, long octets) {}

    private final Configuration configuration;
    private final List<File> files = new ArrayList<>();

    Inputs(JobOptions options, Configuration configuration) throws IOException, UsageException {
        this.configuration = configuration;
        for (String name : options.files()) {
            add(name);
        }
        if (options.fileList() != null) {
            Path list = new Path(options.fileList());
            try (BufferedReader lines = new BufferedReader(
                    new InputStreamReader(list.getFileSystem(configuration).open(list), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (!line.isBlank()) {
                        add(line.strip());
                    }
                }
            }
        }
        if (files.size() > Place.MOST_FILES) {
            throw new UsageException("more than " + Place.MOST_FILES + " files are named");
        }
    }

    List<File> files() {
        return files;
    }

    List<String> names() {
        return files.stream().map(File::name).toList();
    }

    long octets() {
        return files.stream().mapToLong(File::octets).sum();
    }

    private void add(String name) throws IOException, UsageException {
        Path path;
        FileSystem system;
        try {
            path = new Path(name);
            system = path.getFileSystem(configuration);
        } catch (IllegalArgumentException wrong) {
            throw new UsageException(name + ": " + wrong.getMessage());
        }
        if (system.exists(path)) {
            FileStatus status = system.getFileStatus(path);
            if (status.isFile()) {
                files.add(new File(name, status.getPath().toString(), status.getLen()));
            } else {
                below(system, path);
            }
            return;
        }
        FileStatus[] found = system.globStatus(path);
        if (found == null || found.length == 0) {
            throw new UsageException(name + ": no such file");
        }
        addAll(system, found);
    }

    private void add(FileStatus status) {
        String path = status.getPath().toString();
        files.add(new File(path, path, status.getLen()));
    }

    /** All files in a folder and those in it, but for what is hidden or is a mark of another job. */
    private void below(FileSystem system, Path folder) throws IOException {
        addAll(system, system.listStatus(folder, path -> !path.getName().matches("[._].*")));
    }

    private void addAll(FileSystem system, FileStatus[] found) throws IOException {
        Arrays.sort(found, Comparator.comparing(FileStatus::getPath));
        for (FileStatus status : found) {
            if (status.isFile()) {
                add(status);
            } else {
                below(system, status.getPath());
            }
        }
    }
}
