package tcpflowcheck.capture;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A stream that may never end, such as a pipe, whose reading another thread can stop: a read that waits for octets can't be
 * interrupted in Java, so that a thread of its own waits.
 */
public final class StoppableInput extends InputStream {
    /** As many as a pipe of Linux holds. */
    private static final int CAPACITY = 1 << 16;

    private final InputStream in;

    // Given from the one thread to the other, by turns.
    private byte[] read = new byte[CAPACITY];
    private int count;
    private @Nullable IOException failure;
    private boolean ended;
    private boolean stopped;

    // Of who reads.
    private byte[] taken = new byte[CAPACITY];
    private int from;
    private int to;

    /** Begins to read. */
    public StoppableInput(InputStream in) {
        this.in = in;
        Thread waits = new Thread(this::await, "input");
        waits.setDaemon(true);
        waits.start();
    }

    private void await() {
        byte[] next = new byte[CAPACITY];
        try {
            for (int octets = in.read(next); octets >= 0; octets = in.read(next)) {
                next = give(next, octets);
            }
            end(null);
        } catch (IOException lost) {
            end(lost);
        } catch (InterruptedException none) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized byte[] give(byte[] next, int octets) throws InterruptedException {
        while (count > 0) {
            wait();
        }
        byte[] free = read;
        read = next;
        count = octets;
        notifyAll();
        return free;
    }

    private synchronized void end(@Nullable IOException lost) {
        failure = lost;
        ended = true;
        notifyAll();
    }

    /** Nothing more is read: who waits for octets is told so. What has been read before the stream ended is still given. */
    public synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    /** Whether it was stopped before it ended. */
    public synchronized boolean isStopped() {
        return stopped && !ended;
    }

    private synchronized boolean take() throws IOException {
        boolean interrupted = false;
        while (count == 0 && !ended && !stopped) {
            try {
                wait();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (count > 0) {
            byte[] free = taken;
            taken = read;
            read = free;
            from = 0;
            to = count;
            count = 0;
            notifyAll();
            return true;
        }
        if (failure != null) {
            throw failure;
        }
        if (!ended) {
            throw new IOException("a signal ended the reading, more might have come");
        }
        return false;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (from == this.to && !take()) {
            return -1;
        }
        int octets = Math.min(length, this.to - from);
        System.arraycopy(taken, from, to, offset, octets);
        from += octets;
        return octets;
    }

    @Override
    public int available() {
        return to - from;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
