package tcpflowcheck.fuzz;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import tcpflowcheck.capture.CapturedPacket;
import tcpflowcheck.capture.PcapWriter;
import tcpflowcheck.wire.SegmentBuilder;

/**
 * A connection as two stacks would have it, in all its freedom: who speaks, how much, when it is acknowledged, with which
 * windows and pauses, who closes and how. In half of them one segment is changed, left out, doubled or late.
 */
final class Orderly {
    private static final long MILLI = 1_000_000L;
    private static final long[] PAUSES = {MILLI / 20, MILLI, 40 * MILLI, 300 * MILLI, 1_500 * MILLI, 70_000 * MILLI};

    private final Random random;
    private final int port;
    private final List<CapturedPacket> packets = new ArrayList<>();
    private final boolean stamped;
    private final int[] shifts;
    private final int[] mss = new int[2];
    private final int[] next = {1000, 0xffff_f000};
    private final long[] stamps = new long[2];
    private final int[] windows = {60_000, 64_000};
    /** Of the segment that is changed. */
    private final int odd;

    private long time = 1_700_000_000_000_000_000L;

    private Orderly(Random random, int port) {
        this.port = port;
        this.random = random;
        stamped = random.nextBoolean();
        shifts = random.nextBoolean() ? new int[] {7, random.nextInt(10)} : new int[] {-1, random.nextInt(3) - 1};
        odd = random.nextInt(3) > 0 ? -1 : random.nextInt(16);
        mss[0] = 536 + random.nextInt(1000);
        mss[1] = 536 + random.nextInt(1000);
    }

    /** A capture of so many, at one time. */
    static byte[] capture(Random random, int connections) {
        List<CapturedPacket> packets = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            packets.addAll(new Orderly(random, 1000 + i).packets());
        }
        packets.sort(Comparator.comparingLong(CapturedPacket::time));
        return new PcapWriter().write(packets);
    }

    private List<CapturedPacket> packets() {
        send(0, "S", 0);
        send(1, "S.", 0);
        send(0, ".", 0);
        int turns = random.nextInt(6);
        for (int i = 0; i < turns; i++) {
            turn();
        }
        close(random.nextInt(2));
        return packets;
    }

    private void turn() {
        int from = random.nextInt(2);
        int burst = 1 + random.nextInt(3);
        for (int i = 0; i < burst; i++) {
            send(from, random.nextBoolean() ? "P." : ".", 1 + random.nextInt(mss[1 - from]));
        }
        if (random.nextInt(4) > 0) {
            send(1 - from, ".", 0);
        }
    }

    private void close(int first) {
        if (random.nextInt(10) == 0) {
            return;
        }
        send(first, "F.", random.nextInt(5) == 0 ? 10 : 0);
        if (random.nextInt(8) == 0) {
            send(1 - first, "P.", 30);
        }
        if (random.nextBoolean()) {
            send(1 - first, ".", 0);
        }
        if (random.nextInt(8) == 0) {
            return;
        }
        send(1 - first, random.nextInt(12) == 0 ? "R." : "F.", random.nextInt(8) == 0 ? 10 : 0);
        if (random.nextInt(8) > 0) {
            send(first, ".", 0);
        }
        if (random.nextInt(8) == 0) {
            send(random.nextInt(2), random.nextBoolean() ? "." : "R.", 0);
        }
    }

    private void send(int from, String flags, int length) {
        time += PAUSES[random.nextInt(random.nextInt(4) == 0 ? PAUSES.length : 3)];
        boolean syn = flags.contains("S");
        boolean fin = flags.contains("F");
        windows[from] += random.nextInt(12) == 0 ? random.nextInt(4000) - 1000 : random.nextInt(2) * 300;
        int field =
                syn || shifts[0] < 0 || shifts[1] < 0 ? Math.min(windows[from], 65_535) : windows[from] >> shifts[from];
        SegmentBuilder segment = new SegmentBuilder()
                .ports(port, 80)
                .seq(next[from])
                .flags(flags)
                .payload(length)
                .window(field)
                .id(packets.size() + 1);
        if (from == 1) {
            segment.reverse().seq(next[1]);
        }
        if (flags.contains(".")) {
            segment.ack(next[1 - from]);
        }
        if (syn) {
            segment.mss(mss[from]);
            if (shifts[from] >= 0) {
                segment.nop().windowScale(shifts[from]);
            }
        }
        if (stamped) {
            long millis = time / MILLI;
            stamps[from] = millis + 7L * from;
            segment.nop().nop().timestamps(stamps[from], stamps[1 - from]);
        }
        next[from] += length + (syn || fin ? 1 : 0);
        pass(segment, packets.size() == odd);
    }

    private void pass(SegmentBuilder segment, boolean changed) {
        if (changed) {
            switch (random.nextInt(12)) {
                case 0 -> segment.window(0);
                case 1 -> segment.window(random.nextInt(1000));
                case 2 -> segment.seq(next[0] + random.nextInt(5));
                case 3 -> segment.ack(next[1] - random.nextInt(2000));
                case 4 -> segment.urgentPointer(1);
                case 5 -> segment.mss(500 + random.nextInt(100));
                case 6 -> segment.timestamps(5, 9);
                case 7 -> segment.checksum(7);
                case 8 -> time -= 10 * MILLI;
                case 9 -> packets.add(new CapturedPacket(time, 1, segment.build()));
                case 10 -> segment.payload(2000);
                default -> {
                    return; // it is not in the capture
                }
            }
        }
        packets.add(new CapturedPacket(time, 1, segment.build()));
    }
}
