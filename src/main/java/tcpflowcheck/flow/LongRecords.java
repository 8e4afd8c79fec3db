package tcpflowcheck.flow;

import java.util.Arrays;

/** Records of a few longs each, by number from 0, in pages: growing copies none. The last that was freed is taken first. */
final class LongRecords {
    private static final int NONE = -1;
    private static final int PAGE_BITS = 10;
    private static final int FIRST_PAGES = 8;
    private static final int MOST_NOTED = 1 << 8;

    private final int longs;
    private long[][] pages = new long[FIRST_PAGES][];
    private int taken;
    /** Some that are free: of the others each names the next, which is to wait for memory when it is taken. */
    private final int[] noted = new int[MOST_NOTED];

    private int notes;
    private int free = NONE;

    /** @param longs of each record */
    LongRecords(int longs) {
        this.longs = longs;
    }

    /** Of each record. */
    int longs() {
        return longs;
    }

    /** A record of whatever it held before. */
    int take() {
        if (notes > 0) {
            return noted[--notes];
        }
        if (free != NONE) {
            int record = free;
            free = (int) page(record)[at(record)];
            return record;
        }
        int page = taken >>> PAGE_BITS;
        if (page == pages.length) {
            pages = Arrays.copyOf(pages, 2 * pages.length);
        }
        if (pages[page] == null) {
            pages[page] = new long[longs << PAGE_BITS];
        }
        return taken++;
    }

    /** Records that were ever taken: those from 0 on. */
    int taken() {
        return taken;
    }

    void free(int record) {
        if (notes < MOST_NOTED) {
            noted[notes++] = record;
        } else {
            page(record)[at(record)] = free;
            free = record;
        }
    }

    /** Where the record lies. */
    long[] page(int record) {
        return pages[inPage(record)];
    }

    /** Its first long there. */
    int at(int record) {
        return at(record, longs);
    }

    /** All pages; what is taken from now on may lie in others. */
    long[][] pages() {
        return pages;
    }

    /** The page in which a record lies. */
    static int inPage(int record) {
        return record >>> PAGE_BITS;
    }

    /** The first long of a record of so many there. */
    static int at(int record, int longs) {
        return (record & (1 << PAGE_BITS) - 1) * longs;
    }
}
