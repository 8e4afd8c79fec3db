package tcpflowcheck.capture;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapDumper;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapStat;

/**
 * Frames that libpcap gives: of an interface, or of a file. Its own loop writes them as a pcap file into a named pipe,
 * which {@link PcapReader} reads, so that no frame costs a call of Java. Where there are no named pipes a listener
 * writes them.
 */
public final class LibpcapSource implements LiveSource {
    /** So often what the loop has written is pushed into the pipe. */
    private static final long FLUSH_MILLIS = 25;

    private static final long POLL_NANOS = 2_000_000;
    private static final int AHEAD = 64 << 20;
    private static final int LISTENERS_PIPE = 1 << 20;

    private final String name;
    private final PcapHandle handle;
    private final InputStream pipe;
    private final int linkType;
    private final Thread loop;
    private @Nullable PcapReader reader;
    private volatile @Nullable PcapDumper dumper;
    private volatile boolean looping = true;
    private volatile boolean stopped;
    private volatile @Nullable CaptureException failure;
    private volatile Counters counters = new Counters(0, 0, 0);

    private LibpcapSource(String name, PcapHandle handle, boolean listens, int ahead) throws CaptureException {
        this.name = name;
        this.handle = handle;
        linkType = handle.getDlt().value();
        try (NamedPipe named = listens ? null : NamedPipe.make()) {
            if (named == null) {
                PipedInputStream in = new PipedInputStream(LISTENERS_PIPE);
                RecordWriter writer = new RecordWriter(handle, new PipedOutputStream(in));
                loop = start(() -> handle.loop(-1, writer, writer), writer::close);
                pipe = in;
            } else {
                String path = named.path().toString();
                loop = start(() -> intoPipe(path), () -> {});
                InputStream in = new FileInputStream(path);
                pipe = ahead == 0 ? in : new ReadAhead(in, ahead, "read " + name);
                if (com.sun.jna.Platform.isLinux()) {
                    named.enlarge();
                }
            }
        } catch (IOException e) {
            handle.close();
            throw CaptureException.unreadable(name, "no pipe for its frames: " + e.getMessage(), e);
        } catch (LinkageError e) {
            throw Libpcap.missing(name, e);
        }
        Thread flusher = new Thread(this::flush, "flush " + name);
        flusher.setDaemon(true);
        flusher.start();
    }

    /**
     * Begins to capture on an interface.
     *
     * @throws CaptureException if that can't be: libpcap missing, no such interface, no permission, a wrong filter
     */
    public static LiveSource live(String name, Libpcap.Settings settings) throws CaptureException {
        return live(name, settings, AHEAD);
    }

    /**
     * The same.
     *
     * @param ahead octets of frames that are held until they are asked for; beyond them libpcap's own buffer fills, and then frames are dropped
     */
    public static LiveSource live(String name, Libpcap.Settings settings, int ahead) throws CaptureException {
        return new LibpcapSource(name, open(name, settings), Boolean.getBoolean("tcpflowcheck.listener"), ahead);
    }

    private static PcapHandle open(String name, Libpcap.Settings settings) throws CaptureException {
        try {
            return Libpcap.openLive(name, settings);
        } catch (LinkageError e) {
            throw Libpcap.missing(name, e);
        }
    }

    /** Reads a file as libpcap does. */
    public static FrameSource file(String path) throws CaptureException {
        try {
            return new LibpcapSource(path, Libpcap.openOffline(path), false, 0);
        } catch (LinkageError e) {
            throw Libpcap.missing(path, e);
        }
    }

    /** What runs until the capture ends. */
    private interface Loop {
        void run() throws PcapNativeException, NotOpenException, InterruptedException;
    }

    private Thread start(Loop body, Runnable after) {
        Thread thread = new Thread(
                () -> {
                    try {
                        body.run();
                    } catch (PcapNativeException | NotOpenException | RuntimeException e) {
                        failure = stopped ? null : CaptureException.unreadable(name, why(e), e);
                    } catch (InterruptedException broken) {
                        Thread.currentThread().interrupt(); // breakLoop: nothing is wrong
                    }
                    count();
                    looping = false;
                    after.run();
                },
                "capture " + name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void intoPipe(String path) throws PcapNativeException, NotOpenException, InterruptedException {
        PcapDumper opened = handle.dumpOpen(path);
        try {
            opened.flush();
            dumper = opened;
            handle.loop(-1, opened);
        } finally {
            count();
            dumper = null;
            opened.close();
        }
    }

    private static String why(Exception e) {
        String reason = Libpcap.reason(e);
        String low = reason.toLowerCase(Locale.ROOT);
        if (low.contains("disappeared") || low.contains("no such device")) {
            return "the interface is gone";
        }
        return low.contains("went down") || low.contains("network is down") ? "the interface went down" : reason;
    }

    private void flush() {
        while (looping) {
            PcapDumper now = dumper;
            try {
                if (now != null) {
                    now.flush();
                }
                count();
                Thread.sleep(FLUSH_MILLIS);
            } catch (PcapNativeException | NotOpenException closed) {
                // The loop has ended between the two lines, or will say itself what is wrong.
                looping &= dumper != null;
            } catch (InterruptedException ended) {
                return;
            }
        }
    }

    private void count() {
        try {
            PcapStat stat = handle.getStats();
            counters = new Counters(
                    stat.getNumPacketsReceived(), stat.getNumPacketsDropped(), stat.getNumPacketsDroppedByIf());
        } catch (PcapNativeException | NotOpenException none) {
            // A file has no counters, and an interface that is gone keeps the last ones.
        }
    }

    private PcapReader reader() throws CaptureException {
        if (reader == null) {
            try {
                reader = new PcapReader(new SlidingBuffer(name, pipe, SlidingBuffer.CAPACITY));
            } catch (CaptureException noHeader) {
                throw failure == null ? noHeader : failure;
            }
        }
        return reader;
    }

    @Override
    public boolean ready(long nanos) throws CaptureException {
        long until = System.nanoTime() + nanos;
        while (reader().needsInput() && looping && waiting() == 0) {
            long left = until - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            java.util.concurrent.locks.LockSupport.parkNanos(Math.min(left, POLL_NANOS));
        }
        return true;
    }

    private int waiting() throws CaptureException {
        try {
            return pipe.available();
        } catch (IOException e) {
            throw CaptureException.unreadable(name, Libpcap.reason(e), e);
        }
    }

    @Override
    public boolean next(Frame frame) throws CaptureException {
        if (reader().next(frame)) {
            return true;
        }
        if (failure != null) {
            throw failure;
        }
        return false;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int linkType() {
        return linkType;
    }

    @Override
    public void stop() {
        stopped = true;
        try {
            handle.breakLoop();
        } catch (NotOpenException ended) {
            // It has ended by itself.
        }
    }

    @Override
    public Counters counters() {
        return counters;
    }

    @Override
    public void close() throws IOException {
        stop();
        pipe.close();
        try {
            loop.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        handle.close();
    }
}
