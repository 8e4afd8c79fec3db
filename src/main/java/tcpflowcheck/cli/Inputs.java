package tcpflowcheck.cli;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.capture.BpfFilter;
import tcpflowcheck.capture.CaptureException;
import tcpflowcheck.capture.CaptureFile;
import tcpflowcheck.capture.FrameSource;
import tcpflowcheck.capture.Libpcap;
import tcpflowcheck.capture.LibpcapSource;
import tcpflowcheck.capture.LiveSource;
import tcpflowcheck.capture.MergedCaptures;
import tcpflowcheck.capture.SeveralInterfaces;
import tcpflowcheck.capture.StoppableInput;

/** What a run reads, one source after another, and which of their frames. */
final class Inputs {
    private final Options options;
    private final Surroundings surroundings;
    private final List<String> files;
    private @Nullable BpfFilter filter;

    Inputs(Options options, Surroundings surroundings) {
        this.options = options;
        this.surroundings = surroundings;
        files = live()
                ? List.of()
                : InputFiles.named(options.input().files(), options.input().recursive());
    }

    private Inputs(Inputs others, String file) {
        options = others.options;
        surroundings = others.surroundings;
        files = List.of(file);
        filter = others.filter;
    }

    /** One file alone, read as these are. */
    Inputs alone(String file) {
        return new Inputs(this, file);
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
        return merged() ? List.of(MergedCaptures.nameOf(files)) : files;
    }

    /** What is read, file by file, also where they are merged. */
    List<String> files() {
        return files;
    }

    private boolean merged() {
        return options.input().merge() && files.size() > 1;
    }

    /**
     * What each frame must pass, or null; the kernel filters what is captured live.
     *
     * @throws CaptureException if the expression is wrong or libpcap is missing
     */
    @Nullable
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
        return merged() ? new MergedCaptures(files, this::openFile) : openFile(name, CaptureFile.BUFFER);
    }

    private FrameSource openFile(String name, int buffer) throws CaptureException {
        return options.input().throughLibpcap()
                ? LibpcapSource.file(name)
                : CaptureFile.open(
                        name,
                        name.equals(InputOptions.STANDARD_INPUT) ? standardInput() : InputStream.nullInputStream(),
                        buffer);
    }

    /** It may be a pipe that never ends. */
    private InputStream standardInput() {
        if (!(surroundings.in() instanceof FileInputStream file) || isFile(file)) {
            return surroundings.in();
        }
        StoppableInput pipe = new StoppableInput(file);
        Interruption.outlive(pipe);
        return pipe;
    }

    private static boolean isFile(FileInputStream in) {
        try {
            return in.getChannel().size() > 0;
        } catch (IOException none) {
            return false;
        }
    }

    private LiveSource interfaces() throws CaptureException {
        Libpcap.Settings settings = options.capture().settings(options.input().filter());
        List<LiveSource> sources = new ArrayList<>();
        try {
            for (String each : options.capture().interfaces()) {
                sources.add(LibpcapSource.live(each, settings, options.capture().liveBuffer()));
            }
        } catch (CaptureException unopened) {
            sources.forEach(LiveSource::stop);
            throw unopened;
        }
        return sources.size() == 1 ? sources.get(0) : new SeveralInterfaces(sources);
    }
}
