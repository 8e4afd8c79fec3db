package tcpflowcheck.cluster;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import scala.Tuple2;

/**
 * Records on their way to partitions, in blocks, so that not each of them is shuffled and sorted. A record is its place (two
 * numbers), its length, and what the caller writes behind them; a source gives its records in order.
 */
final class Blocks {
    /** Of a record before what it holds: place and length. */
    static final int HEADER = Long.BYTES + Long.BYTES + Integer.BYTES;

    private static final int MOST = 32 << 10;
    private static final int LEAST = 2 << 10;
    /** Of all blocks that are not full. */
    private static final int MOST_OPEN = 64 << 20;

    private final int source;
    private final int size;
    private final ByteBuffer[] open;
    private final long[] clocks;
    private final long[] ats;
    private int sequence;
    private final ArrayDeque<Tuple2<BlockKey, byte[]>> full = new ArrayDeque<>();

    /** @param source a number that no other source of these partitions has */
    Blocks(int partitions, int source) {
        this.source = source;
        size = Math.max(Math.min(MOST_OPEN / partitions, MOST), LEAST);
        open = new ByteBuffer[partitions];
        clocks = new long[partitions];
        ats = new long[partitions];
    }

    /**
     * Begins a record.
     *
     * @return where its octets are to be written, exactly so many
     */
    ByteBuffer record(int partition, long clock, long at, int octets) {
        ByteBuffer block = open[partition];
        if (block != null && block.remaining() < HEADER + octets) {
            close(partition);
            block = null;
        }
        if (block == null) {
            // Most partitions of a small file get little.
            block = ByteBuffer.allocate(Math.max(size, HEADER + octets));
            open[partition] = block;
            clocks[partition] = clock;
            ats[partition] = at;
        }
        return block.putLong(clock).putLong(at).putInt(octets);
    }

    private void close(int partition) {
        ByteBuffer block = open[partition];
        open[partition] = null;
        BlockKey key = new BlockKey(partition, clocks[partition], ats[partition], source, sequence++);
        byte[] octets = new byte[block.position()];
        block.flip().get(octets);
        full.add(new Tuple2<>(key, octets));
    }

    /** No record is to come. */
    void end() {
        for (int i = 0; i < open.length; i++) {
            if (open[i] != null) {
                close(i);
            }
        }
    }

    /** A block of one record. */
    static Tuple2<BlockKey, byte[]> of(BlockKey key, byte[] octets) {
        ByteBuffer block = ByteBuffer.allocate(HEADER + octets.length);
        block.putLong(key.clock()).putLong(key.at()).putInt(octets.length).put(octets);
        return new Tuple2<>(key, block.array());
    }

    /** What the only record of a block holds. */
    static byte[] only(byte[] block) {
        return Arrays.copyOfRange(block, HEADER, block.length);
    }

    boolean isEmpty() {
        return full.isEmpty();
    }

    Tuple2<BlockKey, byte[]> poll() {
        return full.poll();
    }
}
