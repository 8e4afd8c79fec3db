package tcpflowcheck.capture;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is captured or read, written again: into one file, or into one after another. */
public final class SaveFiles implements AutoCloseable {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final String PCAPNG = ".pcapng";
    private static final int ETHERNET = 1;

    /** What there is to do about a file. */
    public interface Place {
        /** Makes it, or empties it. */
        OutputStream open(String path) throws CaptureException;

        /** It is written to its end. */
        void finished(String path) throws CaptureException;

        /** What to throw where writing failed. */
        CaptureException unwritten(String path, IOException why);
    }

    private final String path;
    private final Rotation rotation;
    private final Place place;
    private final boolean pcapng;
    private boolean begun;
    /** The one that is written now, if there is one. */
    private @Nullable Savefile current;

    private int linkType = ETHERNET;
    private long begin;
    private long number;
    private long times;
    private boolean full;

    /**
     * Nothing is opened yet.
     *
     * @param mixed whether there may be frames of several link types
     */
    public SaveFiles(String path, Rotation rotation, boolean mixed, Place place) {
        this.path = path;
        this.rotation = rotation;
        this.place = place;
        pcapng = mixed || path.endsWith(PCAPNG);
    }

    /**
     * Opens the first file, if that was not done.
     *
     * @param seconds since 1970, from which on time is counted
     */
    public void begin(long seconds) throws CaptureException {
        if (!begun) {
            begun = true;
            begin = seconds;
            current = open();
        }
    }

    /** What the frames are captured on, where there may be none. */
    public void linkType(int type) {
        if (current == null || current.frames == null) {
            linkType = type;
        }
    }

    private Savefile open() throws CaptureException {
        String name = rotation.name(path, begin, number);
        return new Savefile(name, place.open(name));
    }

    /**
     * Writes a frame, at first into another file if it is time for that.
     *
     * @return false if it was not written since all files have been
     */
    public boolean add(Frame frame) throws CaptureException {
        long now = Math.floorDiv(frame.time(), NANOS_PER_SECOND);
        begin(now);
        if (full || !follow(now)) {
            full = true;
            return false;
        }
        Savefile file = Objects.requireNonNull(current);
        try {
            if (file.frames != null && !pcapng && linkType != frame.linkType()) {
                throw new IOException("its frames have link types " + linkType + " and " + frame.linkType()
                        + ", which only pcapng can hold: name it " + PCAPNG);
            }
            linkType = frame.linkType();
            frames(file).add(frame);
            return true;
        } catch (IOException e) {
            throw place.unwritten(file.name, e);
        }
    }

    /** Goes on to another file if it is time for that; the size is looked at before a frame is written, not after it. */
    private boolean follow(long now) throws CaptureException {
        if (rotation.seconds() > 0 && now - begin >= rotation.seconds()) {
            finish();
            begin = now;
            number = 0;
            times++;
            if (rotation.ends() && times >= rotation.count()) {
                return false;
            }
            current = open();
        }
        if (rotation.size() > 0 && size() > rotation.size()) {
            finish();
            number++;
            if (rotation.count() > 0 && number >= rotation.count()) {
                number = 0;
            }
            current = open();
        }
        return true;
    }

    /** Octets of the current one, 0 before its first frame. */
    private long size() {
        return current == null || current.frames == null ? 0 : current.frames.size();
    }

    private FrameFile frames(Savefile file) throws IOException {
        FrameFile frames = file.frames;
        if (frames == null) {
            frames = pcapng ? FrameFile.pcapng(file.out) : FrameFile.pcap(file.out, linkType);
            file.frames = frames;
        }
        return frames;
    }

    private void finish() throws CaptureException {
        Savefile file = current;
        if (file != null) {
            end(file);
            place.finished(file.name);
        }
    }

    /** What no frame has come into is an empty capture. */
    private void end(Savefile file) throws CaptureException {
        try {
            frames(file).close();
            current = null;
        } catch (IOException e) {
            throw place.unwritten(file.name, e);
        }
    }

    /** Hands on what was written so far. */
    public void flush() throws CaptureException {
        Savefile file = current;
        try {
            if (file != null && file.frames != null) {
                file.frames.flush();
            }
        } catch (IOException e) {
            throw place.unwritten(file.name, e);
        }
    }

    @Override
    public void close() throws CaptureException {
        if (current != null) {
            end(current);
        }
    }

    private static final class Savefile {
        private final String name;
        private final OutputStream out;
        /** Null until its first frame: only that tells the link type. */
        private @Nullable FrameFile frames;

        Savefile(String name, OutputStream out) {
            this.name = name;
            this.out = out;
        }
    }
}
