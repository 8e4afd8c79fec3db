package tcpflowcheck.capture;

import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * Finds frames of a plain file again by their numbers, while it is read or afterwards, through the same open file. What a
 * file says now is no more than what it says now: who needs to know that nobody has changed it compares.
 */
public final class FrameLookup {
    /** Octets held at first of what is read from a frame on. */
    private static final int BUFFER = 1 << 12;

    private final String name;
    private final FileChannel file;
    private final FrameIndex index = new FrameIndex();
    /** Null before the first frame is looked for. */
    private @Nullable IndexedSource source;
    /** The number of the frame that was found last. */
    private long at;

    private FrameLookup(String name, FileChannel file) {
        this.name = name;
        this.file = file;
    }

    /** Finds frames of what a buffer reads; null if that is no plain file. */
    static @Nullable FrameLookup of(SlidingBuffer buffer) {
        FileChannel file = buffer.file();
        return file == null ? null : new FrameLookup(buffer.name(), file);
    }

    /** To which who reads the frames adds them. */
    FrameIndex index() {
        return index;
    }

    /** Whether a frame that has been read can be found. */
    public boolean has(long number) {
        return number <= index.last();
    }

    /**
     * Finds a frame that it {@link #has}.
     *
     * @param frame shows it; lent until the next call
     * @return false if it is not there any more
     */
    public boolean find(long number, Frame frame) {
        try {
            IndexedSource from = source == null ? open(frame) : source;
            if (number <= at || index.before(number) > at) {
                from.goTo(index.octet(number), index.before(number));
            }
            do {
                if (!from.next(frame)) {
                    at = Long.MAX_VALUE;
                    return false;
                }
                at = frame.number();
            } while (at < number);
            return true;
        } catch (CaptureException changed) {
            at = Long.MAX_VALUE;
            return false;
        }
    }

    /** What the interfaces are stands in front of the first frame. */
    private IndexedSource open(Frame frame) throws CaptureException {
        FrameSource opened = CaptureFile.read(new SlidingBuffer(name, new PagedFile(file), BUFFER));
        if (!(opened instanceof IndexedSource indexed) || !indexed.next(frame)) {
            throw CaptureException.unreadable(name, "has changed", null);
        }
        at = frame.number();
        source = indexed;
        return indexed;
    }
}
