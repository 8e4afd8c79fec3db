package tcpflowcheck.cluster;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** Where the flows of a bucket began, in order: their streams are numbered from it. */
final class Births {
    /** Of a flow or a question: its place, and its index; a question's is the complement. */
    static final int ENTRY = 3 * Long.BYTES;

    private long[] clocks = new long[1 << 10];
    private long[] ats = new long[1 << 10];
    private int count;
    private long told;

    /** Another flow. */
    void add(long clock, long at) {
        if (count == clocks.length) {
            clocks = Arrays.copyOf(clocks, 2 * count);
            ats = Arrays.copyOf(ats, 2 * count);
        }
        clocks[count] = clock;
        ats[count++] = at;
    }

    int count() {
        return count;
    }

    /** What was added since the last call. */
    byte[] take() {
        ByteBuffer all = ByteBuffer.allocate(ENTRY * count);
        for (int i = 0; i < count; i++) {
            all.putLong(clocks[i]).putLong(ats[i]).putLong(told++);
        }
        count = 0;
        return all.array();
    }

    static byte[] questions(List<Place> places) {
        ByteBuffer all = ByteBuffer.allocate(ENTRY * places.size());
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            all.putLong(place.clock()).putLong(place.at()).putLong(~(long) i);
        }
        return all.array();
    }
}
