package tcpflowcheck.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import tcpflowcheck.capture.CaptureWriter;
import tcpflowcheck.capture.CapturedPacket;
import tcpflowcheck.wire.SegmentBuilder;

/**
 * Captures of conversations that follow a grammar loosely: two hosts that mostly say what comes next, and sometimes again,
 * too early, too late, or something else. Where the choices come from is the caller's.
 */
final class Conversations {
    private static final String[] FLAGS = {".", "P.", "S", "S.", "F.", "R", "R.", "F", "", "SF", "FPU", "SR", "P"};
    private static final int[] NEAR = {
        0, 0, 0, 0, 0, 0, 1, -1, 100, -100, 1460, -1460, 65_535, 1 << 30, Integer.MIN_VALUE
    };
    private static final long[] STEPS = {
        1_000, 50_000, 2_000_000, 200_000_000, 1_000_000_000, 4_000_000_000L, 130_000_000_000L, -5_000_000
    };

    /** A number from 0 to below its argument. */
    private final IntUnaryOperator choose;

    private final List<CapturedPacket> packets = new ArrayList<>();
    private final int[] next = {1000, 900_000};
    private final int[] seen = {0, 0};
    private final int ports;
    private final int steps;
    private long time = 1_700_000_000_000_000_000L;

    private Conversations(IntUnaryOperator choose, int steps) {
        this.choose = choose;
        this.steps = steps;
        ports = 1 + choose.applyAsInt(3);
    }

    /** A capture of so many segments at most. */
    static byte[] capture(IntUnaryOperator choose, int most) {
        return capture(choose, most, STEPS.length);
    }

    /** The same, without a silence in which a flow could end. */
    static byte[] lively(IntUnaryOperator choose, int most) {
        return capture(choose, most, 5);
    }

    private static byte[] capture(IntUnaryOperator choose, int most, int steps) {
        Conversations made = new Conversations(choose, steps);
        int segments = 1 + choose.applyAsInt(most);
        for (int i = 0; i < segments; i++) {
            made.segment(i);
        }
        List<CaptureWriter> writers = CaptureWriter.variants();
        return writers.get(choose.applyAsInt(writers.size())).write(made.packets);
    }

    private void segment(int number) {
        boolean fromClient = number == 0 || choose.applyAsInt(2) == 0;
        int from = fromClient ? 0 : 1;
        String flags = number < 3 && choose.applyAsInt(4) > 0
                ? new String[] {"S", "S.", "."}[number]
                : FLAGS[choose.applyAsInt(choose.applyAsInt(4) == 0 ? FLAGS.length : 5)];
        int length = flags.contains("S") || choose.applyAsInt(2) == 0 ? 0 : choose.applyAsInt(1461);
        int seq = next[from] + NEAR[choose.applyAsInt(NEAR.length)];
        int ack = seen[1 - from] + NEAR[choose.applyAsInt(NEAR.length)];
        SegmentBuilder builder = new SegmentBuilder()
                .ports(1000 + choose.applyAsInt(ports), 80)
                .seq(seq)
                .flags(flags)
                .payload(length)
                .window(choose.applyAsInt(3) == 0 ? choose.applyAsInt(65_536) : 64_240)
                .id(choose.applyAsInt(4) == 0 ? 0 : packets.size());
        if (flags.contains(".")) {
            builder.ack(ack);
        }
        options(builder, flags, from);
        if (!fromClient) {
            builder.reverse();
        }
        if (seq - next[from] >= 0 && seq - next[from] <= 3000) {
            next[from] = seq + length + (flags.contains("S") ? 1 : 0) + (flags.contains("F") ? 1 : 0);
            seen[from] = next[from];
        }
        byte[] octets = builder.build();
        time += STEPS[choose.applyAsInt(choose.applyAsInt(8) == 0 ? steps : 3)];
        packets.add(new CapturedPacket(time, builder.linkType(), octets));
        if (choose.applyAsInt(16) == 0) {
            packets.add(new CapturedPacket(time + 10, builder.linkType(), octets));
        }
    }

    private void options(SegmentBuilder builder, String flags, int from) {
        if (flags.contains("S")) {
            builder.mss(choose.applyAsInt(1500)).sackPermitted().windowScale(choose.applyAsInt(16));
        }
        if (choose.applyAsInt(3) == 0) {
            builder.timestamps(packets.size() + choose.applyAsInt(5), packets.size());
        }
        if (choose.applyAsInt(8) == 0) {
            int left = next[1 - from] + NEAR[choose.applyAsInt(NEAR.length)];
            builder.sack(left, left + choose.applyAsInt(3000));
        }
        if (choose.applyAsInt(30) == 0) {
            builder.option(choose.applyAsInt(256), new byte[choose.applyAsInt(12)]);
        }
    }
}
