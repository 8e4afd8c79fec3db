package tcpflowcheck.report;

import org.jspecify.annotations.Nullable;

/**
 * Given: how wide the columns of the table of flows are. Where it is narrow, the first octet's time goes first, then the
 * octets and the time of the opening, and below {@link #LEAST_OF_TWO} one verdict stands for the opening and the close.
 *
 * @param ends client and server
 * @param open how it was opened, with the time that this took if {@code times}
 * @param close how it was closed; 0 where one column, {@code open}, has both
 * @param measure what the flows are sorted by, else the wait for the first octet; 0 where that is left out
 * @param octets of each direction; 0 where they are left out
 * @param found what was found; 0 if that may be as long as it is, {@link #NO_FOUND} where it is left out
 */
record TableColumns(int ends, int open, boolean times, int close, int measure, int octets, int found) {
    static final int STREAM = 6;
    static final int GAP = 2;

    /** What {@code found} is where it is left out. */
    static final int NO_FOUND = -1;

    private static final int LEAST_OF_TWO = 100;
    /** Columns of the ends and of what was found: with fewer, neither could be read. */
    private static final int FEWEST_WITH_FOUND = 32;

    private static final int LEAST_WITH_OCTETS = 132;
    private static final int LEAST_WITH_FIRST_OCTET = 160;
    /** Of {@code 255.255.255.255.65535 > 255.255.255.255.65535}. */
    private static final int MOST_ENDS = 45;
    /** Of {@code 10.10.0.1.45000 > 10.10.0.2.8000}. */
    private static final int LEAST_ENDS = 32;
    /** Of {@code simultaneous?}. */
    private static final int KIND = 13;

    private static final int TIME = 9;
    /** Of {@code unacknowledged?}. */
    private static final int VERDICT = 15;
    /** Of {@code three-segment by client?}. */
    private static final int CLOSE = 24;

    private static final int FIRST_OCTET = 9;
    private static final int OCTETS = 7;
    /** Of {@code handshake-refused}. */
    private static final int LEAST_FOUND = 17;

    private static int widthOf(String title) {
        return Math.max(title.length(), FIRST_OCTET);
    }

    /**
     * For a table.
     *
     * @param width columns of the whole; 0 if it may be as wide as it is
     * @param sorted the title of what the flows are sorted by, or null
     */
    static TableColumns of(int width, @Nullable String sorted) {
        if (width == 0) {
            return new TableColumns(
                    MOST_ENDS, KIND + TIME, true, CLOSE, sorted == null ? FIRST_OCTET : widthOf(sorted), OCTETS, 0);
        }
        int measure = sorted != null ? widthOf(sorted) : width >= LEAST_WITH_FIRST_OCTET ? FIRST_OCTET : 0;
        int rest = width - (sorted != null ? measure + GAP : 0);
        int left = width - STREAM - GAP - (measure > 0 ? measure + GAP : 0);
        if (rest < LEAST_OF_TWO) {
            left -= VERDICT + GAP;
            if (left < FEWEST_WITH_FOUND) {
                return new TableColumns(left, VERDICT, false, 0, measure, 0, NO_FOUND);
            }
            int found = Math.max(left / 4, Math.min(left - LEAST_ENDS - GAP, LEAST_FOUND));
            return new TableColumns(left - found - GAP, VERDICT, false, 0, measure, 0, found);
        }
        boolean octets = rest >= LEAST_WITH_OCTETS;
        left -= CLOSE + GAP + (octets ? 2 * (OCTETS + GAP) : 0);
        int open = octets ? KIND + TIME : KIND;
        left -= open + GAP;
        int ends = Math.min(MOST_ENDS, left - LEAST_FOUND - GAP);
        return new TableColumns(ends, open, octets, CLOSE, measure, octets ? OCTETS : 0, left - ends - GAP);
    }
}
