package tcpflowcheck.report;

import java.util.Map;
import java.util.TreeMap;

/** Wireshark's numbers of its streams: ours, and by how much they differ where it parts or joins what we do not. */
public class WiresharkNumbers {
    private static final int MOST_SHIFTS = 10_000;

    /** By how much its numbers differ from ours, after these frames. */
    private final TreeMap<Long, Long> shifts = new TreeMap<>(Map.of(0L, 0L));

    /**
     * One stream more or less; where flows begin beside each other without end, the oldest frames are forgotten.
     *
     * @param frame from which on
     * @param itself whether a stream that begins with this frame counts so
     */
    protected void shift(long frame, boolean itself, int by) {
        long after = itself ? frame - 1 : frame;
        shifts.putIfAbsent(after, shifts.lowerEntry(after).getValue());
        shifts.tailMap(after, true).replaceAll((later, shift) -> shift + by);
        if (shifts.size() > MOST_SHIFTS) {
            shifts.pollFirstEntry();
            shifts.put(0L, shifts.pollFirstEntry().getValue());
        }
    }

    final long of(WiresharkStream stream) {
        return of(stream.flows(), stream.firstFrame(), stream.parts());
    }

    /**
     * The number of a stream.
     *
     * @param flows how many of ours there were before it
     * @param firstFrame its first
     * @param parts whether it was taken from a stream that was there, so that no flow of ours may have begun with it
     */
    protected long of(long flows, long firstFrame, boolean parts) {
        Map.Entry<Long, Long> shift = shifts.lowerEntry(firstFrame);
        return flows + (shift == null ? 0 : shift.getValue());
    }
}
