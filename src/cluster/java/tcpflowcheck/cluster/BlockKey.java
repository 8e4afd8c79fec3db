package tcpflowcheck.cluster;

import java.io.Serializable;

/**
 * Given: where a block of records goes, and where its first record stands there.
 *
 * @param partition where it goes
 * @param source who made it: of one source, blocks for a partition follow one another
 * @param sequence of the source's blocks
 */
record BlockKey(int partition, long clock, long at, int source, int sequence)
        implements Serializable, Comparable<BlockKey> {
    private static final long serialVersionUID = 1L;

    @Override
    public int compareTo(BlockKey other) {
        int byPartition = Integer.compare(partition, other.partition);
        int byPlace = byPartition != 0 ? byPartition : Place.compare(clock, at, other.clock, other.at);
        int bySource = byPlace != 0 ? byPlace : Integer.compare(source, other.source);
        return bySource != 0 ? bySource : Integer.compare(sequence, other.sequence);
    }
}
