package tcpflowcheck.cluster;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Tells a file that can't be read, which the engine tries again, from one whose octets are wrong, which is told. */
final class ReadErrors extends FilterInputStream {
    private IOException last;

    ReadErrors(InputStream in) {
        super(in);
    }

    /** What the file system said, or null. */
    IOException last() {
        return last;
    }

    /** Throws that, if there was one. */
    void rethrow() throws IOException {
        if (last != null) {
            throw last;
        }
    }

    @Override
    public int read() throws IOException {
        try {
            return in.read();
        } catch (IOException failure) {
            last = failure;
            throw failure;
        }
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        try {
            return in.read(to, offset, length);
        } catch (IOException failure) {
            last = failure;
            throw failure;
        }
    }

    @Override
    public long skip(long count) throws IOException {
        try {
            return in.skip(count);
        } catch (IOException failure) {
            last = failure;
            throw failure;
        }
    }
}
