package tcpflowcheck.capture;

import java.io.ByteArrayInputStream;

/** A pipe whose writer is slow: each read gives at most a few octets. */
final class SlowStream extends ByteArrayInputStream {
    private final int most;

    SlowStream(byte[] octets, int most) {
        super(octets);
        this.most = most;
    }

    @Override
    public synchronized int read(byte[] into, int offset, int length) {
        return super.read(into, offset, Math.min(length, most));
    }

    /** Octets that were not asked for yet. */
    synchronized int left() {
        return count - pos;
    }

    @Override
    public synchronized long skip(long count) {
        throw new AssertionError("skip fails on some pipes");
    }

    @Override
    public synchronized int available() {
        throw new AssertionError("available says nothing on some pipes");
    }
}
