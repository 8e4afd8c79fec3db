package tcpflowcheck.cli;

import org.jspecify.annotations.Nullable;
import tcpflowcheck.capture.FrameSource;
import tcpflowcheck.report.StatusLine;

/** How far the reading of files has come, for someone who waits at a terminal. */
final class Progress {
    /** The values of {@code --progress}. */
    enum When {
        AUTO,
        ALWAYS,
        NEVER;

        static final class Word extends Words<When> {
            Word() {
                super(When.class);
            }
        }
    }

    /** It is asked for the time once in so many frames, a power of two. */
    private static final int FRAMES = 1 << 13;

    /** Who waits for less needs no line. */
    private static final long PATIENCE_NANOS = 700_000_000;

    private static final long PERIOD_NANOS = 200_000_000;

    private final StatusLine line;
    private final int captures;
    private final long began = System.nanoTime();
    private long drawn;
    private int capture;

    private Progress(StatusLine line, int captures) {
        this.line = line;
        this.captures = captures;
    }

    /**
     * The progress of a run, or null if it is not to be shown: nobody looks, or the report itself passes by there.
     *
     * @param captures how many are read
     */
    static @Nullable Progress of(Options options, Surroundings surroundings, int captures) {
        boolean shown = switch (options.view().progress()) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO ->
                surroundings.errIsTerminal()
                        && (!surroundings.outIsTerminal() || options.view().view() == ViewOptions.View.SUMMARY);
        };
        return shown ? new Progress(new StatusLine(surroundings.err()), captures) : null;
    }

    /** The next capture is about to be read. */
    void begin() {
        capture++;
    }

    /** So many of its frames have been read. */
    void frames(FrameSource source, long frames) {
        if ((frames & FRAMES - 1) != 0) {
            return;
        }
        long now = System.nanoTime();
        if (now - began < PATIENCE_NANOS || now - drawn < PERIOD_NANOS) {
            return;
        }
        drawn = now;
        line.clear();
        line.progress(source.fraction(), capture, captures, frames);
        line.show();
    }

    /** Takes the line away, so that others can be written. */
    void clear() {
        line.clear();
    }
}
