package tcpflowcheck.report;

/**
 * Given: how wide the columns of the table of flows are. Where it is narrow, octets go first, then the time of the opening,
 * and below {@link #LEAST_OF_TWO} one verdict stands for the opening and the close.
 *
 * @param ends client and server
 * @param open how it was opened, with the time that this took if {@code times}
 * @param close how it was closed; 0 where one column, {@code open}, has both
 * @param octets of each direction; 0 where they are left out
 * @param found what was found; 0 if that may be as long as it is
 */
record TableColumns(int ends, int open, boolean times, int close, int octets, int found) {
    static final int STREAM = 6;
    static final int GAP = 2;

    private static final int LEAST_OF_TWO = 100;
    private static final int LEAST_WITH_OCTETS = 132;
    private static final int MOST_ENDS = 45;
    private static final int KIND = 12;
    private static final int TIME = 9;
    private static final int LEAST_VERDICT = 14;
    private static final int CLOSE = 25;
    private static final int OCTETS = 7;
    private static final int LEAST_FOUND = 16;

    /** @param width columns of the whole; 0 if it may be as wide as it is */
    static TableColumns of(int width) {
        if (width == 0) {
            return new TableColumns(MOST_ENDS, KIND + TIME, true, CLOSE, OCTETS, 0);
        }
        int left = width - STREAM - GAP;
        if (width < LEAST_OF_TWO) {
            int verdict = Math.max(LEAST_VERDICT, left / 4);
            int found = left / 5;
            return new TableColumns(left - verdict - found - 2 * GAP, verdict, false, 0, 0, found);
        }
        boolean octets = width >= LEAST_WITH_OCTETS;
        left -= CLOSE + GAP + (octets ? 2 * (OCTETS + GAP) : 0);
        int open = octets ? KIND + TIME : KIND;
        left -= open + GAP;
        int ends = Math.min(MOST_ENDS, left - LEAST_FOUND - GAP);
        return new TableColumns(ends, open, octets, CLOSE, octets ? OCTETS : 0, left - ends - GAP);
    }
}
