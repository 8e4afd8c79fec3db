package tcpflowcheck.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Several captures as one, in the order of time, as mergecap has it: each is taken to be in order itself, and of frames of
 * the same time the one from the capture that was named first comes first. One that can't be read, or not to its end, does
 * not keep the others from being read.
 */
public final class MergedCaptures implements FrameSource {
    /** Most files that are held open before their first frame is due: rotated captures can be thousands. */
    private static final int MAX_WAITING_OPEN = 64;

    /** Octets of the buffer of each of so many or fewer, and of more. */
    private static final int LARGE = SlidingBuffer.CAPACITY;

    private static final int SMALL = 1 << 15;

    private static final int MOST_NAMED = 3;

    /** How one of the captures is opened. */
    public interface Opener {
        /**
         * Opens one from its beginning.
         *
         * @param buffer octets that are held of it at first
         */
        FrameSource open(String name, int buffer) throws CaptureException;
    }

    private final class Part {
        private final String name;
        private final int index;
        /** The next frame, null where the part has been put aside. */
        private @Nullable Frame head;

        private @Nullable FrameSource source;
        private @Nullable CaptureNotes said;
        private boolean ended;
        /** Of the next frame, in nanoseconds since the epoch. */
        private long time;

        Part(String name, int index) {
            this.name = name;
            this.index = index;
        }

        /** Moves on to the next frame, and holds the part in the queue if there is one. */
        void advance() {
            try {
                if (source == null || head == null) {
                    source = opener.open(name, parts.size() > MAX_WAITING_OPEN ? SMALL : LARGE);
                    head = new Frame();
                    MergedCaptures.this.notes.replace(said, source.notes());
                    said = source.notes();
                }
                if (source.next(head)) {
                    time = head.time();
                    queue.add(this);
                    return;
                }
            } catch (CaptureException failure) {
                failures.add(failure);
            }
            close();
            head = null;
            ended = true;
        }

        /** Waits for its turn without a descriptor and a buffer. */
        void putAside() {
            if (source != null && Files.isRegularFile(FileName.path(name))) {
                close();
                head = null;
            }
        }

        void close() {
            try {
                if (source != null) {
                    source.close();
                }
            } catch (IOException e) {
                failures.add(CaptureException.unreadable(name, "can't be closed: " + e.getMessage(), e));
            }
            source = null;
        }
    }

    private final Opener opener;
    private final String name;
    private final PriorityQueue<Part> queue = new PriorityQueue<>(
            Comparator.comparingLong((Part part) -> part.time).thenComparingInt(part -> part.index));
    private final List<Part> parts = new ArrayList<>();
    private final List<CaptureException> failures = new ArrayList<>();
    private final CaptureNotes notes = new CaptureNotes();
    private @Nullable Part shown;
    private long frames;

    /**
     * Opens all captures, and reads the first frame of each.
     *
     * @throws CaptureException if none can be read
     */
    public MergedCaptures(List<String> names, Opener opener) throws CaptureException {
        this.opener = opener;
        name = nameOf(names);
        for (int i = 0; i < names.size(); i++) {
            parts.add(new Part(names.get(i), i));
        }
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            part.advance();
            if (i >= MAX_WAITING_OPEN) {
                part.putAside();
            }
        }
        if (queue.isEmpty() && !failures.isEmpty()) {
            throw failure();
        }
    }

    /** The names with commas between them, or the first and the last of many. */
    public static String nameOf(List<String> names) {
        return names.size() <= MOST_NAMED
                ? String.join(",", names)
                : names.get(0) + ".." + names.get(names.size() - 1) + " (" + names.size() + " captures)";
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public double fraction() {
        double sum = 0;
        for (Part part : parts) {
            double each = part.ended ? 1 : part.source == null ? 0 : part.source.fraction();
            if (each < 0) {
                return -1;
            }
            sum += each;
        }
        return sum / parts.size();
    }

    @Override
    public CaptureNotes notes() {
        return notes;
    }

    @Override
    public boolean next(Frame frame) throws CaptureException {
        if (shown != null) {
            shown.advance();
            shown = null;
        }
        Part part = queue.poll();
        while (part != null && part.source == null) {
            part.advance(); // reads its first frame again, which keeps its place in the queue
            part = queue.poll();
        }
        if (part == null) {
            if (!failures.isEmpty()) {
                throw failure();
            }
            return false;
        }
        shown = part;
        frame.wrap(Objects.requireNonNull(part.head), ++frames);
        return true;
    }

    /** The first that went wrong; the others are suppressed in it. */
    private CaptureException failure() {
        CaptureException first = failures.get(0);
        failures.subList(1, failures.size()).forEach(first::addSuppressed);
        failures.clear();
        return first;
    }

    @Override
    public void close() {
        while (!queue.isEmpty()) {
            queue.poll().close();
        }
        if (shown != null) {
            shown.close();
        }
    }
}
