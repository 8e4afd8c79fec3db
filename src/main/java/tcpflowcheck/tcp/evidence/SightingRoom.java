package tcpflowcheck.tcp.evidence;

import org.jspecify.annotations.Nullable;

/** Where sightings of connections that have ended were, lent to the next one: where flows are told one by one, one is enough. */
public final class SightingRoom {
    private long @Nullable [] spare;

    long[] lend(int least) {
        long[] lent = spare;
        spare = null;
        return lent == null ? new long[least] : lent;
    }

    void takeBack(long[] longs, int most) {
        if (longs.length > 0 && longs.length <= most) {
            spare = longs;
        }
    }
}
