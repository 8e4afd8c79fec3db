package tcpflowcheck.flow;

/**
 * When, and by whom, flows are looked at that were held. What is told depends on the first two alone.
 *
 * @param together flows of a batch, which are looked at one after another
 * @param batches that there are: what came of the flows of one is known when all others have been filled
 * @param aside whether by another thread, while the next batches are filled
 */
public record Pace(int together, int batches, boolean aside) {
    /** As a live capture wants it. */
    public static final Pace AT_ONCE = new Pace(1, 1, false);

    private static final int TOGETHER = 256;
    private static final int BATCHES = 4;

    /** For files. */
    public static Pace of(int processors) {
        return new Pace(TOGETHER, BATCHES, processors > 1);
    }
}
