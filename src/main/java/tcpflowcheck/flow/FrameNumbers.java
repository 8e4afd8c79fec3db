package tcpflowcheck.flow;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * All that is kept of the segments of flows that can be read again: the time of a flow's first, and the numbers of the frames,
 * each as the difference to the one before it, seven bits to an octet, the lowest first, and zigzag since one may be negative.
 */
final class FrameNumbers {
    /** Longs of a block: mostly all of a flow of ten segments or so. */
    private static final int BLOCK = 6;

    private static final int MOST_OF_A_NUMBER = 10;
    private static final int GROUP = 7;
    private static final int MORE = 1 << GROUP;

    private final OctetBlocks blocks = new OctetBlocks(BLOCK);
    private final ByteBuffer octets;
    private int at;

    /** @param most numbers of a flow */
    FrameNumbers(int most) {
        octets = ByteBuffer.allocate(Long.BYTES + most * MOST_OF_A_NUMBER + BLOCK * Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Adds a flow's.
     *
     * @param time of its first segment, nanoseconds since the epoch
     * @return the number of the first block
     */
    int add(long time, long[] numbers, int count) {
        octets.putLong(0, time);
        at = Long.BYTES;
        long before = 0;
        for (int i = 0; i < count; i++) {
            long difference = numbers[i] - before;
            before = numbers[i];
            long rest = difference << 1 ^ difference >> 63;
            for (; rest >= MORE || rest < 0; rest >>>= GROUP) {
                octets.put(at++, (byte) (rest | MORE));
            }
            octets.put(at++, (byte) rest);
        }
        return blocks.store(octets, at);
    }

    /** Reads a flow's, which stay until {@link #free}. */
    void read(int first, int count, long[] numbers) {
        blocks.load(first, octets);
        at = Long.BYTES;
        long number = 0;
        for (int i = 0; i < count; i++) {
            long rest = 0;
            int octet = MORE;
            for (int shift = 0; (octet & MORE) != 0; shift += GROUP) {
                octet = octets.get(at++);
                rest |= (long) (octet & MORE - 1) << shift;
            }
            number += rest >>> 1 ^ -(rest & 1);
            numbers[i] = number;
        }
    }

    /** The time of the first segment of a flow, nanoseconds since the epoch. */
    long time(int first) {
        return blocks.octets(first, 0);
    }

    void free(int first) {
        blocks.free(first);
    }
}
