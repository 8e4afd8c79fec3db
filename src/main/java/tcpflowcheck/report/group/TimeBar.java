package tcpflowcheck.report.group;

/** How often something happened over time, in slots of one length that doubles when they do not reach. */
public final class TimeBar {
    private static final int SLOTS = 64;

    private static final long FIRST_WIDTH_NANOS = 1_000_000;

    private final int[] counts = new int[SLOTS];
    private final long origin;
    private long width = FIRST_WIDTH_NANOS;

    /** @param origin nanoseconds since the epoch; what is earlier counts there */
    public TimeBar(long origin) {
        this.origin = origin;
    }

    /** It happened so often more at a time, nanoseconds since the epoch. */
    public void add(long time, int count) {
        long since = Math.max(time - origin, 0);
        while (since / width >= SLOTS) {
            for (int i = 0; i < SLOTS; i++) {
                counts[i] = i < SLOTS / 2 ? counts[2 * i] + counts[2 * i + 1] : 0;
            }
            width *= 2;
        }
        counts[(int) (since / width)] += count;
    }

    void add(TimeBar other) {
        for (int i = 0; i < SLOTS; i++) {
            if (other.counts[i] > 0) {
                add(other.origin + i * other.width, other.counts[i]);
            }
        }
    }

    /** How often in each slot of {@code slots}, the last of which ends behind {@code end}; nanoseconds since the epoch. */
    public long[] upTo(long end, int slots) {
        long[] shown = new long[slots];
        long all = Math.max(end - origin, 1);
        for (int i = 0; i < SLOTS; i++) {
            long middle = i * width + width / 2;
            int slot = (int) Math.min(middle * (double) slots / all, slots - 1.0);
            shown[slot] += counts[i];
        }
        return shown;
    }
}
