package tcpflowcheck.tcp;

import java.util.Arrays;
import tcpflowcheck.wire.TcpSegment;

/** Segments that make up something, a handshake say, in the order of the capture: a frame and a time each. */
public final class Steps {
    private long[] pairs = new long[6];
    private int size;

    /**
     * Adds a step.
     *
     * @return its number, from 1
     */
    int add(TcpSegment segment) {
        if (2 * size == pairs.length) {
            pairs = Arrays.copyOf(pairs, 2 * pairs.length);
        }
        pairs[2 * size] = segment.frame();
        pairs[2 * size + 1] = segment.time();
        return ++size;
    }

    /** The last one was none. */
    void takeBack() {
        size--;
    }

    public int size() {
        return size;
    }

    public long frame(int index) {
        return pairs[2 * index];
    }

    /** Nanoseconds since the epoch. */
    public long time(int index) {
        return pairs[2 * index + 1];
    }
}
