package tcpflowcheck.capture;

import java.io.Closeable;
import org.jspecify.annotations.Nullable;

/** Where frames come from: a file, a pipe, standard input or an interface. */
public interface FrameSource extends Closeable {
    /** The name the user gave: a path, {@code -}, or an interface. */
    String name();

    /** What the capture says beside its frames, as far as it was read. */
    default CaptureNotes notes() {
        return new CaptureNotes();
    }

    /** How much of it has been read, 0 to 1, or -1 if that is not known. */
    default double fraction() {
        return -1;
    }

    /**
     * By which frames can be found again once they have been read, if that is asked for before the first; null where they
     * can't be, as those of a pipe.
     */
    default @Nullable FrameLookup lookup() {
        return null;
    }

    /**
     * Reads the next frame into {@code frame}, which is lent until the next call.
     *
     * @return false at the end of the capture
     * @throws CaptureException if the capture is cut or corrupt here; all frames before it were given
     */
    boolean next(Frame frame) throws CaptureException;
}
