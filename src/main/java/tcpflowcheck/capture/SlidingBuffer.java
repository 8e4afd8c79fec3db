package tcpflowcheck.capture;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Lent: the octets of a stream from the reading position on, in one array that slides along it. The array grows only
 * when a record longer than it has really arrived, so a length that a hostile file merely claims costs nothing.
 * Offsets count from the position; a read past {@link #has} is the caller's fault.
 */
final class SlidingBuffer implements Closeable {
    /** Octets of the array at first. */
    static final int CAPACITY = 1 << 20;

    /** Octets asked of the stream at once; the JDK allocates and copies as much natively. */
    private static final int READ = 1 << 18;

    private final String name;
    private final InputStream in;
    private @Nullable SlidingBuffer packed;
    private byte[] octets;
    private ByteBuffer words;

    private int position;
    private int limit;
    private long slid;
    private boolean ended;
    private boolean swapped = ByteOrder.nativeOrder() != ByteOrder.BIG_ENDIAN;

    SlidingBuffer(String name, InputStream in, int capacity) {
        this.name = name;
        this.in = in;
        octets = new byte[capacity];
        words = Frame.words(octets);
    }

    /** The octets of {@code packed}, unpacked. */
    SlidingBuffer(SlidingBuffer packed, InputStream in) {
        this(packed.name, in, CAPACITY);
        this.packed = packed;
    }

    /** How much of the file has been read, 0 to 1, or -1 if it is none. */
    double fraction() {
        if (packed != null) {
            return packed.fraction();
        }
        if (!(in instanceof FileInputStream file)) {
            return -1;
        }
        try {
            FileChannel channel = file.getChannel();
            return channel.size() == 0 ? -1 : Math.min(1, (double) channel.position() / channel.size());
        } catch (IOException noFile) {
            return -1;
        }
    }

    /** What it reads, if that is a file with octets at any position of it; else null. */
    @Nullable
    FileChannel file() {
        if (packed != null || !(in instanceof FileInputStream file)) {
            return null;
        }
        try {
            FileChannel channel = file.getChannel();
            return channel.size() > 0 ? channel : null;
        } catch (IOException none) {
            return null;
        }
    }

    /** Goes to any octet of a {@link PagedFile}. */
    void seek(long octet) {
        if (octet < slid || octet > slid + limit) {
            ((PagedFile) in).seek(octet);
            slid = octet;
            limit = 0;
            ended = false;
        }
        position = (int) (octet - slid);
    }

    String name() {
        return name;
    }

    byte[] octets() {
        return octets;
    }

    /** The same, as {@link Frame#words}. */
    ByteBuffer words() {
        return words;
    }

    /** The index in {@link #octets} of the reading position. */
    int position() {
        return position;
    }

    /** The reading position as an octet of the input, from 0. */
    long octet() {
        return slid + position;
    }

    /** Octets held from the position on. */
    int available() {
        return limit - position;
    }

    void order(ByteOrder order) {
        swapped = order != ByteOrder.nativeOrder();
    }

    /**
     * Waits until {@code count} octets are held from the position on, and no longer.
     *
     * @return false if the input ends before that; {@link #available} tells how many are left
     */
    boolean has(int count) throws CaptureException {
        return limit - position >= count || fill(count);
    }

    /** Moves on over octets that are held. */
    void advance(int count) {
        position += count;
    }

    /**
     * Moves on over any number of octets, held or not.
     *
     * @return how many there were; fewer than {@code count} if the input ends before that
     */
    long skip(long count) throws CaptureException {
        long left = count;
        while (left > available()) {
            left -= available();
            position = limit;
            if (!has(1)) {
                return count - left;
            }
        }
        position += (int) left;
        return count;
    }

    int int16(int offset) {
        short value = words.getShort(position + offset);
        return (swapped ? Short.reverseBytes(value) : value) & 0xffff;
    }

    int int32(int offset) {
        int value = words.getInt(position + offset);
        return swapped ? Integer.reverseBytes(value) : value;
    }

    long unsigned32(int offset) {
        return int32(offset) & 0xffff_ffffL;
    }

    long int64(int offset) {
        long value = words.getLong(position + offset);
        return swapped ? Long.reverseBytes(value) : value;
    }

    int octet(int offset) {
        return octets[position + offset] & 0xff;
    }

    private boolean fill(int count) throws CaptureException {
        while (available() < count) {
            if (ended) {
                return false;
            }
            makeRoom();
            int read = read();
            if (read < 0) {
                ended = true;
            } else {
                limit += read;
            }
        }
        return true;
    }

    private void makeRoom() {
        if (position > 0) {
            int held = available();
            System.arraycopy(octets, position, octets, 0, held);
            slid += position;
            position = 0;
            limit = held;
        } else if (limit == octets.length) {
            octets = Arrays.copyOf(octets, octets.length * 2);
            words = Frame.words(octets);
        }
    }

    /** What is held from the position on, and all that follows in the input; nothing else may be read any more. */
    InputStream rest() {
        byte[] held = Arrays.copyOfRange(octets, position, limit);
        return new SequenceInputStream(new ByteArrayInputStream(held), in);
    }

    private int read() throws CaptureException {
        try {
            return in.read(octets, limit, Math.min(octets.length - limit, READ));
        } catch (IOException e) {
            String reason = e.getMessage() == null ? "it ends too early" : e.getMessage();
            throw CaptureException.unreadable(name, "octet " + (slid + limit) + ": can't be read on: " + reason, e);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
