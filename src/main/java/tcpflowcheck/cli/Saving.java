package tcpflowcheck.cli;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.capture.CaptureException;
import tcpflowcheck.capture.FileName;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.capture.SaveFiles;

/** Writes what is captured or read into the files of {@code -w}, and runs {@code -z} for those that are finished. */
final class Saving implements AutoCloseable {
    private static final long MILLIS_PER_SECOND = 1000;

    private final SaveOptions options;
    private final Surroundings surroundings;
    /** What a file's name must not be: it is read, or written as something else. */
    private final List<String> taken;

    private final SaveFiles files;
    private boolean hasSource;

    private Saving(Options options, Surroundings surroundings, List<String> inputs, String write) {
        this.options = options.save();
        this.surroundings = surroundings;
        taken = new ArrayList<>(inputs);
        taken.addAll(options.outputs());
        taken.remove(write);
        boolean mixed = options.capture().interfaces().size() > 1;
        files = new SaveFiles(write, this.options.rotation(), mixed, new Folder());
    }

    /** Null if nothing is to be kept. */
    static @Nullable Saving of(Options options, Surroundings surroundings, List<String> inputs) {
        String write = options.save().write();
        return write == null ? null : new Saving(options, surroundings, inputs, write);
    }

    /** Where the files are. */
    private final class Folder implements SaveFiles.Place {
        @Override
        public OutputStream open(String path) throws CaptureException {
            try {
                if (OutputFile.overwriting(List.of(path), taken) != null) {
                    throw new IOException("it is read, or is another output");
                }
                return Files.newOutputStream(FileName.path(path));
            } catch (IOException e) {
                throw unwritten(path, e);
            }
        }

        @Override
        public void finished(String path) {
            if (options.command() == null) {
                return;
            }
            try {
                new ProcessBuilder("nice", "-n", "19", options.command(), path)
                        .redirectInput(Redirect.from(new File("/dev/null")))
                        .redirectOutput(Redirect.DISCARD) // ours is the report
                        .redirectError(Redirect.INHERIT)
                        .start();
            } catch (IOException e) {
                surroundings.say("-z " + options.command() + ": can't be run: " + e.getMessage());
            }
        }

        @Override
        public CaptureException unwritten(String path, IOException why) {
            return OutputFile.unwritten(path, why);
        }
    }

    /** A capture begins now. */
    void begin(int linkType) throws CaptureException {
        files.linkType(linkType);
        files.begin(now());
    }

    private static long now() {
        return System.currentTimeMillis() / MILLIS_PER_SECOND;
    }

    /**
     * Keeps a frame.
     *
     * @return false if that would be in one file too many, which is said
     */
    boolean keep(Frame frame) throws CaptureException {
        boolean kept = files.add(frame);
        if (!kept) {
            surroundings.say("maximum file limit reached: " + options.rotation().count());
        }
        return kept;
    }

    void flush() throws CaptureException {
        files.flush();
    }

    /** A source has been read, and its last frame was this one. */
    void read(Frame last) {
        hasSource = true;
        if (last.number() > 0) {
            files.linkType(last.linkType());
        }
    }

    @Override
    public void close() throws CaptureException {
        if (hasSource) {
            files.begin(now());
        }
        files.close();
    }
}
