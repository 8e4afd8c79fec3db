package tcpflowcheck.model;

import static tcpflowcheck.tcp.TcpState.CLOSED;
import static tcpflowcheck.tcp.TcpState.LISTEN;

import java.util.Arrays;

/**
 * Lent: all there is at one moment of a world: both ends, the four legs between them (first end to tap, tap to second
 * end, second end to tap, tap to first end) and what has been spent. Eight longs in an array when at rest.
 */
final class ModelState {
    static final int LONGS = 8;

    final ModelEnd[] ends = {new ModelEnd(this, 0), new ModelEnd(this, 1)};
    final long[] legs = new long[4];
    int faults;
    int spurious;
    int aborts;
    int lost;

    /** More segments than a leg holds: the state is to be dropped. */
    boolean overflow;

    void start(World world, World.Second second) {
        boolean linux = !world.choices().strict();
        ends[0].start(CLOSED, true, linux);
        boolean listens = second == World.Second.LISTENS;
        ends[1].start(listens ? LISTEN : CLOSED, second == World.Second.OPENS, linux);
        Arrays.fill(legs, 0);
        ends[0].open();
    }

    void load(long[] from, int at) {
        long packed = from[at + 6];
        ends[0].unpack(from[at], (int) packed);
        ends[1].unpack(from[at + 1], (int) (packed >>> 32));
        System.arraycopy(from, at + 2, legs, 0, 4);
        long spent = from[at + 7];
        faults = (int) spent & 0xff;
        spurious = (int) (spent >> 8) & 0xff;
        aborts = (int) (spent >> 16) & 0xff;
        lost = (int) (spent >> 24) & 0xff;
        overflow = false;
    }

    void store(long[] to, int at) {
        to[at] = ends[0].path;
        to[at + 1] = ends[1].path;
        System.arraycopy(legs, 0, to, at + 2, 4);
        to[at + 6] = ends[0].pack() | ends[1].pack() << 32;
        to[at + 7] = faults | spurious << 8 | aborts << 16 | lost << 24;
    }

    /** The leg from an end to the tap. */
    static int before(int sender) {
        return 2 * sender;
    }

    /** The leg from the tap on to the end's peer. */
    static int behind(int sender) {
        return 2 * sender + 1;
    }

    void send(int sender, int segment) {
        put(before(sender), segment);
    }

    void put(int leg, int segment) {
        if (Leg.size(legs[leg]) == Leg.LIMIT) {
            overflow = true;
        } else {
            legs[leg] = Leg.with(legs[leg], segment);
        }
    }

    int take(int leg) {
        int segment = Leg.head(legs[leg]);
        legs[leg] = Leg.rest(legs[leg]);
        return segment;
    }

    /** Nothing is on its way or due, and nobody waits for an acknowledgment: if no user acts, nothing happens any more. */
    boolean quiescent() {
        boolean empty = (legs[0] | legs[1] | legs[2] | legs[3]) == 0;
        return empty && isAtRest(ends[0]) && isAtRest(ends[1]);
    }

    private static boolean isAtRest(ModelEnd end) {
        return !end.ackPending() && !end.outstanding() && !end.finQueued();
    }

    /**
     * Whether what an end waits for will not come unless it sends again: neither that segment nor an answer to it is on
     * its way or due. Any other retransmission is spurious.
     */
    boolean needsRetransmission(int sender) {
        ModelEnd end = ends[sender];
        ModelEnd peer = ends[1 - sender];
        if (!end.outstanding() || (peer.ackPending() && peer.rcvNxt > end.una)) {
            return false;
        }
        return !covers(legs[before(sender)], end.una)
                && !covers(legs[behind(sender)], end.una)
                && !answers(legs[before(1 - sender)], end.una)
                && !answers(legs[behind(1 - sender)], end.una);
    }

    private static boolean covers(long leg, int una) {
        for (long left = leg; left != 0; left = Leg.rest(left)) {
            int segment = Leg.head(left);
            int seq = Segments.seq(segment);
            if (seq <= una && una < seq + Segments.length(segment)) {
                return true;
            }
        }
        return false;
    }

    private static boolean answers(long leg, int una) {
        for (long left = leg; left != 0; left = Leg.rest(left)) {
            int segment = Leg.head(left);
            boolean acks = Segments.has(segment, Segments.ACK) && Segments.ack(segment) > una;
            if (acks || Segments.has(segment, Segments.RST)) {
                return true;
            }
        }
        return false;
    }
}
