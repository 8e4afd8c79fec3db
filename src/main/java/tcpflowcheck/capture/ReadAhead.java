package tcpflowcheck.capture;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A stream that a thread of its own reads ahead of who reads it, into a ring buffer that grows up to a limit. Who captures
 * is held up only when that is full.
 */
final class ReadAhead extends InputStream {
    private static final int FIRST_CAPACITY = 1 << 20;
    private static final int READ = 1 << 17;

    private final InputStream in;
    private final int limit;
    private byte[] ring;
    private int first;
    private int held;
    private boolean ended;
    private boolean closed;
    private @Nullable IOException failure;

    /**
     * Begins to read.
     *
     * @param limit octets that are held at most
     */
    ReadAhead(InputStream in, int limit, String name) {
        this.in = in;
        this.limit = limit;
        ring = new byte[Math.min(limit, FIRST_CAPACITY)];
        Thread thread = new Thread(this::fill, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void fill() {
        byte[] read = new byte[READ];
        try {
            int count = in.read(read);
            while (count >= 0 && put(read, count)) {
                count = in.read(read);
            }
        } catch (IOException lost) {
            end(lost);
        }
        end(null);
    }

    private synchronized void end(@Nullable IOException why) {
        ended = true;
        failure = failure == null ? why : failure;
        notifyAll();
    }

    /** False if nobody wants it any more. */
    private synchronized boolean put(byte[] read, int count) {
        int done = 0;
        while (done < count && !closed) {
            if (held == ring.length && ring.length < limit) {
                grow();
            }
            int to = (first + held) % ring.length;
            int length = Math.min(count - done, Math.min(ring.length - held, ring.length - to));
            if (length == 0) {
                await();
                continue;
            }
            System.arraycopy(read, done, ring, to, length);
            held += length;
            done += length;
            notifyAll();
        }
        return !closed;
    }

    private void grow() {
        byte[] larger = new byte[(int) Math.min(2L * ring.length, limit)];
        int tail = Math.min(held, ring.length - first);
        System.arraycopy(ring, first, larger, 0, tail);
        System.arraycopy(ring, 0, larger, tail, held - tail);
        ring = larger;
        first = 0;
    }

    @SuppressWarnings("WaitNotInLoop") // its callers loop
    private void await() {
        try {
            wait();
        } catch (InterruptedException e) {
            closed = true;
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized int available() {
        return held;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public synchronized int read(byte[] to, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (held == 0 && !ended && !closed) {
            await();
        }
        if (held == 0) {
            if (failure != null) {
                throw failure;
            }
            return -1;
        }
        int count = Math.min(length, Math.min(held, ring.length - first));
        System.arraycopy(ring, first, to, offset, count);
        first = (first + count) % ring.length;
        held -= count;
        notifyAll();
        return count;
    }

    @Override
    public void close() throws IOException {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        in.close();
    }
}
