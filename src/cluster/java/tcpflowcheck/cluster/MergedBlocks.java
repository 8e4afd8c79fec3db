package tcpflowcheck.cluster;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.PriorityQueue;
import scala.Tuple2;
import tcpflowcheck.capture.Frame;

/** Lent: the records of a partition's blocks in the order of their places. Blocks come in the order of their first records. */
final class MergedBlocks {
    private static final class Open implements Comparable<Open> {
        private final BlockKey key;
        private final ByteBuffer octets;
        private final ByteBuffer words;
        private long clock;
        private long at;

        Open(Tuple2<BlockKey, byte[]> block) {
            key = block._1();
            octets = ByteBuffer.wrap(block._2());
            words = Frame.words(block._2());
            peek();
        }

        boolean peek() {
            if (!octets.hasRemaining()) {
                return false;
            }
            clock = octets.getLong(octets.position());
            at = octets.getLong(octets.position() + Long.BYTES);
            return true;
        }

        @Override
        public int compareTo(Open other) {
            int byPlace = Place.compare(clock, at, other.clock, other.at);
            int bySource = byPlace != 0 ? byPlace : Integer.compare(key.source(), other.key.source());
            return bySource != 0 ? bySource : Integer.compare(key.sequence(), other.key.sequence());
        }

        boolean isBefore(BlockKey other) {
            int byPlace = Place.compare(clock, at, other.clock(), other.at());
            int bySource = byPlace != 0 ? byPlace : Integer.compare(key.source(), other.source());
            return bySource != 0 ? bySource < 0 : key.sequence() < other.sequence();
        }
    }

    private final Iterator<Tuple2<BlockKey, byte[]>> blocks;
    private Tuple2<BlockKey, byte[]> pending;
    private final PriorityQueue<Open> heap = new PriorityQueue<>();
    private Open shown;
    private int next;
    private long clock;
    private long at;

    MergedBlocks(Iterator<Tuple2<BlockKey, byte[]>> blocks) {
        this.blocks = blocks;
        pending = blocks.hasNext() ? blocks.next() : null;
    }

    /** Goes to the next record; false if there is none. */
    boolean next() {
        if (shown != null) {
            shown.octets.position(next);
            if (shown.peek()) {
                heap.add(shown);
            }
        }
        while (pending != null && (heap.isEmpty() || !heap.peek().isBefore(pending._1()))) {
            heap.add(new Open(pending));
            pending = blocks.hasNext() ? blocks.next() : null;
        }
        shown = heap.poll();
        if (shown == null) {
            return false;
        }
        clock = shown.octets.getLong();
        at = shown.octets.getLong();
        next = shown.octets.getInt() + shown.octets.position();
        return true;
    }

    long clock() {
        return clock;
    }

    long at() {
        return at;
    }

    /** What the record holds, to be read from its position on. */
    ByteBuffer octets() {
        return shown.octets;
    }

    /** The octets of {@link #octets} as {@link Frame} wants them. */
    ByteBuffer words() {
        return shown.words;
    }

    /** How many octets the record holds that have not been read. */
    int left() {
        return next - shown.octets.position();
    }
}
