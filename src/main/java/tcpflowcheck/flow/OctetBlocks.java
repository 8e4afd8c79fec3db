package tcpflowcheck.flow;

import java.nio.ByteBuffer;

/** Any number of octets in a chain of blocks of some longs each, which come and go as a whole. */
final class OctetBlocks {
    private static final int NONE = -1;

    private final LongRecords blocks;
    /** Longs of a block behind its head, which has the number of the next block and the longs that are taken, 32 bits each. */
    private final int room;

    /** @param longs of a block */
    OctetBlocks(int longs) {
        blocks = new LongRecords(longs);
        room = longs - 1;
    }

    /** Stores octets from the first on, up to whole longs; gives the number of the first block. */
    int store(ByteBuffer octets, int count) {
        int longs = (count + Long.BYTES - 1) / Long.BYTES;
        int first = NONE;
        int last = NONE;
        for (int from = 0; from < longs; from += room) {
            int block = blocks.take();
            int taken = Math.min(longs - from, room);
            long[] page = blocks.page(block);
            int to = blocks.at(block);
            page[to] = (long) NONE << 32 | taken;
            for (int i = 0; i < taken; i++) {
                page[to + 1 + i] = octets.getLong((from + i) * Long.BYTES);
            }
            if (last == NONE) {
                first = block;
            } else {
                blocks.page(last)[blocks.at(last)] = (long) block << 32 | room;
            }
            last = block;
        }
        return first;
    }

    /** Puts back the octets that begin in a block. */
    void load(int first, ByteBuffer octets) {
        int to = 0;
        for (int block = first; block != NONE; ) {
            long[] page = blocks.page(block);
            int from = blocks.at(block);
            int taken = (int) page[from];
            for (int i = 1; i <= taken; i++, to += Long.BYTES) {
                octets.putLong(to, page[from + i]);
            }
            block = (int) (page[from] >>> 32);
        }
    }

    /** Eight of the octets that begin in a block, the first or those behind. */
    long octets(int first, int which) {
        return blocks.page(first)[blocks.at(first) + 1 + which];
    }

    /** Frees a chain from its first block on. */
    void free(int first) {
        for (int block = first; block != NONE; ) {
            int next = (int) (blocks.page(block)[blocks.at(block)] >>> 32);
            blocks.free(block);
            block = next;
        }
    }
}
