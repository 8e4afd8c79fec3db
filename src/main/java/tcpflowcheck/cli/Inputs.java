package tcpflowcheck.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import tcpflowcheck.capture.BpfFilter;
import tcpflowcheck.capture.CaptureException;
import tcpflowcheck.capture.CaptureFile;
import tcpflowcheck.capture.FrameSource;
import tcpflowcheck.capture.Libpcap;
import tcpflowcheck.capture.LibpcapSource;
import tcpflowcheck.capture.LiveSource;
import tcpflowcheck.capture.SeveralInterfaces;

/** What a run reads, one source after another, and which of their frames. */
final class Inputs {
    private final Options options;
    private final Surroundings surroundings;
    private BpfFilter filter;

    Inputs(Options options, Surroundings surroundings) {
        this.options = options;
        this.surroundings = surroundings;
    }

    /** Whether interfaces are watched. */
    boolean live() {
        return !options.capture().interfaces().isEmpty();
    }

    /** The names of the sources, as the user gave them. */
    List<String> names() {
        if (live()) {
            return List.of(String.join(",", options.capture().interfaces()));
        }
        List<String> names = new ArrayList<>();
        for (String each : options.input().files()) {
            names.addAll(matches(each));
        }
        return names;
    }

    /** The files that a pattern names which the shell has left as it was; the name itself if there are none. */
    private static List<String> matches(String name) {
        boolean pattern = name.matches(".*[*?\\[{].*") && name.indexOf('\0') < 0;
        if (!pattern || Files.exists(Path.of(name))) {
            return List.of(name);
        }
        Path path = Path.of(name);
        Path folder = path.getParent() == null ? Path.of("") : path.getParent();
        List<String> files = new ArrayList<>();
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(folder, path.getFileName().toString())) {
            found.forEach(file -> files.add(file.toString()));
        } catch (IOException | PatternSyntaxException none) {
            return List.of(name);
        }
        files.sort(null);
        return files.isEmpty() ? List.of(name) : files;
    }

    /**
     * What each frame must pass, or null; the kernel filters what is captured live.
     *
     * @throws CaptureException if the expression is wrong or libpcap is missing
     */
    BpfFilter filter() throws CaptureException {
        if (filter == null && options.input().filter() != null && !live()) {
            filter = new BpfFilter(options.input().filter());
        }
        return filter;
    }

    FrameSource open(String name) throws CaptureException {
        if (live()) {
            return interfaces();
        }
        if (options.input().throughLibpcap()) {
            return LibpcapSource.file(name);
        }
        return CaptureFile.open(name, surroundings.in());
    }

    private LiveSource interfaces() throws CaptureException {
        Libpcap.Settings settings = options.capture().settings(options.input().filter());
        List<LiveSource> sources = new ArrayList<>();
        try {
            for (String each : options.capture().interfaces()) {
                sources.add(LibpcapSource.live(each, settings));
            }
        } catch (CaptureException unopened) {
            sources.forEach(LiveSource::stop);
            throw unopened;
        }
        return sources.size() == 1 ? sources.get(0) : new SeveralInterfaces(sources);
    }
}
