package tcpflowcheck.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The places of frames that are numbered from 1 in the order in which one task sees them. The last are held in memory, all
 * of them in a temporary file once there are many, so that a connection of any length fits.
 */
final class Ordinals implements AutoCloseable {
    private static final int ENTRY = 2 * Long.BYTES;
    private static final int HELD = 1 << 17;

    private final long[] clocks = new long[HELD];
    private final long[] ats = new long[HELD];
    private final ByteBuffer out = ByteBuffer.allocate(ENTRY << 12);
    private final ByteBuffer one = ByteBuffer.allocate(ENTRY);
    private FileChannel file;
    private long written;
    private long count;

    /** Numbers another frame. */
    long add(long clock, long at) {
        int slot = (int) (++count & (HELD - 1));
        if (count >= HELD) {
            spill(clocks[slot], ats[slot]);
        }
        clocks[slot] = clock;
        ats[slot] = at;
        return count;
    }

    long count() {
        return count;
    }

    /** The entry that the ring gives up goes to the file. Entry 0, which names no frame, is the first. */
    private void spill(long clock, long at) {
        out.putLong(clock).putLong(at);
        if (out.hasRemaining()) {
            return;
        }
        try {
            if (file == null) {
                Path path = Files.createTempFile("tcpflow-check-places", null);
                file = FileChannel.open(
                        path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
            }
            out.flip();
            while (out.hasRemaining()) {
                written += file.write(out, written);
            }
            out.clear();
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    long clock(long ordinal) {
        return isHeld(ordinal) ? clocks[(int) (ordinal & (HELD - 1))] : read(ordinal, 0);
    }

    /** 0 for a frame that there is not. */
    long at(long ordinal) {
        return isHeld(ordinal) ? ats[(int) (ordinal & (HELD - 1))] : read(ordinal, Long.BYTES);
    }

    Place place(long ordinal) {
        return new Place(clock(ordinal), at(ordinal));
    }

    private boolean isHeld(long ordinal) {
        return ordinal > count - HELD;
    }

    private long read(long ordinal, int offset) {
        long position = ordinal * ENTRY;
        if (position >= written) {
            return out.getLong((int) (position - written) + offset);
        }
        try {
            one.clear();
            while (one.hasRemaining()) {
                file.read(one, position + one.position());
            }
            return one.getLong(offset);
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        }
    }

    @Override
    public void close() {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        }
    }
}
