package tcpflowcheck.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.capture.CaptureException;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.capture.FrameFile;
import tcpflowcheck.capture.LiveSource;
import tcpflowcheck.check.Miss;

/** A capture that runs: what passes an interface while a test does something. {@link Capture} makes one. */
public final class LiveCapture {
    private static final long POLL_NANOS = 20_000_000;
    private static final long POLL_MILLIS = 50;
    private static final int LONGEST_SETTLE = 10;

    private final LiveSource source;
    private final Path file;
    private final boolean kept;
    private final long settleNanos;
    private final FrameFile written;
    private final Thread reader;
    private volatile long lastFrame = System.nanoTime();
    private volatile @Nullable Exception failure;
    private @Nullable CapturedFlows ended;
    private boolean closed;

    /**
     * Takes what an interface gives, from now on.
     *
     * @param file what is written to
     * @param kept whether that stays
     */
    LiveCapture(LiveSource source, Path file, boolean kept, long settleNanos) throws IOException {
        this.source = source;
        this.file = file;
        this.kept = kept;
        this.settleNanos = settleNanos;
        written = FrameFile.pcap(Files.newOutputStream(file), source.linkType());
        reader = new Thread(this::write, "write " + file);
        reader.setDaemon(true);
        reader.start();
    }

    private void write() {
        Frame frame = new Frame();
        try {
            boolean more = true;
            while (more) {
                if (source.ready(POLL_NANOS)) {
                    more = source.next(frame);
                    if (more) {
                        add(frame);
                    }
                }
            }
        } catch (CaptureException | IOException | RuntimeException broken) {
            failure = broken;
        }
    }

    private synchronized void add(Frame frame) throws IOException {
        written.add(frame);
        lastFrame = System.nanoTime();
    }

    /**
     * What has passed up to now; the capture goes on. Frames are seen some 50 ms after they passed.
     *
     * @throws UnreadableCaptureException if the capture broke, as the interface is gone
     */
    public synchronized CapturedFlows seen() {
        if (ended != null) {
            return ended;
        }
        try {
            written.flush();
        } catch (IOException full) {
            throw new UnreadableCaptureException(
                    new IOException(file + ": can't be written: " + full.getMessage(), full));
        }
        return read();
    }

    private CapturedFlows read() {
        if (failure != null) {
            throw new UnreadableCaptureException(failure);
        }
        String name = kept ? file.toString() : source.name();
        return Reading.of(
                file.toString(), name, null, Math.max(0, source.counters().dropped()));
    }

    /**
     * Waits until something is true of what has passed; the capture goes on.
     *
     * @param atMost how long
     * @return what has passed by then
     * @throws AssertionError if it does not become true; the message names the flows there are
     * @throws UnreadableCaptureException as {@link #seen}
     */
    public CapturedFlows await(Predicate<CapturedFlows> until, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            CapturedFlows seen = seen();
            if (until.test(seen)) {
                return seen;
            }
            if (System.nanoTime() - end >= 0) {
                String expected = "what the test awaits within " + atMost.toMillis() + " ms";
                String place = seen.name();
                seen.origin()
                        .require(List.of(Miss.of(place, CapturedFlows.CAPTURE, "flows", expected, seen.told(), 0)));
            }
            sleep(POLL_MILLIS);
        }
    }

    /**
     * Ends the capture when what was on its way has passed; a second call gives the same.
     *
     * @throws UnreadableCaptureException as {@link #seen}
     */
    public CapturedFlows stop() {
        long stopped = System.nanoTime();
        while (ended == null && failure == null) {
            long now = System.nanoTime();
            boolean quiet = now - Math.max(lastFrame, stopped) >= settleNanos;
            if (quiet || now - stopped >= LONGEST_SETTLE * settleNanos) {
                break;
            }
            sleep(POLL_MILLIS);
        }
        end();
        synchronized (this) {
            if (ended == null) {
                ended = read();
            }
            return ended;
        }
    }

    /** Ends it at once. */
    void end() {
        if (closed) {
            return;
        }
        closed = true;
        source.stop();
        try {
            reader.join();
            written.close();
            source.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException broken) {
            failure = failure == null ? broken : failure;
        }
    }

    /** Ends it at once, and leaves nothing behind that is not to be kept. */
    void clear() throws IOException {
        end();
        if (!kept) {
            Files.deleteIfExists(file);
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the capture was awaited", e);
        }
    }
}
