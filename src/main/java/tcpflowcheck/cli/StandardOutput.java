package tcpflowcheck.cli;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Standard output behind a buffer of 64 KiB. Unlike {@link java.io.PrintStream} it throws when writing fails, and it
 * remembers: from the first failure on every call throws it again, and nothing more reaches the stream below.
 */
final class StandardOutput extends OutputStream {
    private final OutputStream below;
    private final byte[] buffer = new byte[1 << 16];
    private int filled;
    private @Nullable IOException failure;

    StandardOutput(OutputStream below) {
        this.below = below;
    }

    @Override
    public void write(int octet) throws IOException {
        if (filled == buffer.length) {
            drain();
        }
        buffer[filled++] = (byte) octet;
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        if (length > buffer.length - filled) {
            drain();
        }
        if (length > buffer.length) {
            send(octets, offset, length);
        } else {
            System.arraycopy(octets, offset, buffer, filled, length);
            filled += length;
        }
    }

    @Override
    public void flush() throws IOException {
        drain();
        below.flush();
    }

    private void drain() throws IOException {
        int length = filled;
        filled = 0;
        send(buffer, 0, length);
    }

    private void send(byte[] octets, int offset, int length) throws IOException {
        if (failure != null) {
            throw failure;
        }
        try {
            below.write(octets, offset, length);
        } catch (IOException thrown) {
            failure = thrown;
            throw thrown;
        }
    }

    /** What the first failed write threw, or null. */
    @Nullable
    IOException failure() {
        return failure;
    }

    /**
     * Whether the reader of the pipe went away. Java has only strerror's words for it; the launcher sees to it that
     * they are English. The second is Windows'.
     */
    boolean readerWentAway() {
        String reason = failure == null ? null : failure.getMessage();
        return reason != null && (reason.contains("Broken pipe") || reason.contains("pipe is being closed"));
    }
}
