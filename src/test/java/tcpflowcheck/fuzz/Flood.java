package tcpflowcheck.fuzz;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import tcpflowcheck.wire.SegmentBuilder;

/**
 * Captures of what attackers send, with one honest connection of ten segments spread over them, from port 55555.
 *
 * <p>{@code java -cp ... tcpflowcheck.fuzz.Flood FILE KIND FRAMES}
 */
public final class Flood {
    /** What most of the frames are. */
    enum Kind {
        HALF_OPEN,
        REFUSED,
        ONE_SEGMENT,
        HOLES,
        RESETS,
        RESETS_OF_ONE,
        SACK,
        FRAGMENTS,
        OPTIONS,
        SYN_AGAIN
    }

    private static final int HONEST_PORT = 55_555;
    private static final String[] HONEST_FLAGS = {"S", "S.", ".", "P.", ".", "P.", "F.", ".", "F.", "."};
    private static final int[] HONEST_LENGTHS = {0, 0, 0, 100, 0, 200, 0, 0, 0, 0};
    private static final String HONEST_SENDERS = "CSCCSSCSSC";

    private final OutputStream out;
    private final ByteBuffer header = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    private final SegmentBuilder builder = new SegmentBuilder();
    private long micros;
    private int honest;
    private final long[] honestNext = {7000, 8000};

    private Flood(OutputStream out) {
        this.out = out;
    }

    public static void main(String[] args) throws IOException {
        Kind kind = Kind.valueOf(args[1].toUpperCase(Locale.ROOT).replace('-', '_'));
        write(Path.of(args[0]), kind, Integer.parseInt(args[2]));
    }

    static void write(Path file, Kind kind, int frames) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            out.write(ByteBuffer.allocate(24)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(0xa1b2c3d4)
                    .putShort((short) 2)
                    .putShort((short) 4)
                    .putLong(0)
                    .putInt(262_144)
                    .putInt(1)
                    .array());
            Flood flood = new Flood(out);
            int every = Math.max(frames / (HONEST_FLAGS.length + 1), 1);
            for (int i = 0; i < frames; i++) {
                if (i % every == every - 1 && flood.honest < HONEST_FLAGS.length) {
                    flood.honestSegment();
                }
                flood.segment(kind, i);
            }
        }
    }

    private void honestSegment() throws IOException {
        int stage = honest++;
        boolean client = HONEST_SENDERS.charAt(stage) == 'C';
        int side = client ? 0 : 1;
        String flags = HONEST_FLAGS[stage];
        int length = HONEST_LENGTHS[stage];
        SegmentBuilder segment = new SegmentBuilder()
                .ipv4("192.0.2.1", "192.0.2.2")
                .ports(HONEST_PORT, 80)
                .seq(honestNext[side])
                .flags(flags)
                .id(stage + 1)
                .payload(length);
        if (flags.contains(".")) {
            segment.ack(honestNext[1 - side]);
        }
        if (flags.contains("S")) {
            segment.mss(1460);
        }
        if (!client) {
            segment.reverse();
        }
        honestNext[side] += length + (flags.contains("S") || flags.contains("F") ? 1 : 0);
        write(segment.build());
    }

    private void segment(Kind kind, int i) throws IOException {
        builder.options().ack(0).payload(0).id(i & 0xffff).window(1000).seq(i);
        switch (kind) {
            case HALF_OPEN -> of(i).flags("S").mss(1460);
            case REFUSED -> refused(i);
            case ONE_SEGMENT -> of(i).flags("A").ack(1);
            case RESETS -> of(i).flags("R");
            case HOLES -> one().flags("A").ack(1).seq(1000 + 200L * i).payload(100);
            case RESETS_OF_ONE -> one().flags("R").seq(31L * i);
            case SACK ->
                one().flags("A")
                        .ack(1)
                        .seq(1000)
                        .sack(1000L + i, 1100L + i, 5000 + 3L * i, 5100 + 3L * i, 7L * i, 7L * i + 9);
            case FRAGMENTS -> one().flags("A").payload(4).fragment(8 * (i % 7), true);
            case OPTIONS -> one().flags("A").ack(1).options(options(i));
            case SYN_AGAIN -> one().flags(i % 2 == 0 ? "S" : "SA").ack(1);
            default -> throw new IllegalArgumentException(kind.toString());
        }
        write(builder.build());
    }

    /** A SYN, then the RST that refuses it. */
    private void refused(int i) {
        of(i & ~1).seq(i & ~1).flags("S").mss(1460);
        if (i % 2 == 1) {
            builder.options().reverse().flags("R.").seq(0).ack((i & ~1) + 1);
        }
    }

    private SegmentBuilder one() {
        return builder.ipv4("198.51.100.1", "198.51.100.2").ports(1000, 80);
    }

    /** A flow of its own, in an order that no hash likes or dislikes. */
    private SegmentBuilder of(int i) {
        int mixed = i * 0x9E37_79B1;
        String source = "10." + (mixed >>> 24) + "." + (mixed >>> 16 & 0xff) + "." + (mixed >>> 8 & 0xff);
        return builder.ipv4(source, "198.51.100.2").ports(1024 + (mixed & 0xff) + (i & 0x3f00), 80);
    }

    private static byte[] options(int i) {
        byte[] options = new byte[40];
        for (int at = 0; at < 40; at += 2 + i % 5) {
            options[at] = (byte) (i + at);
            if (at + 1 < 40) {
                options[at + 1] = (byte) (2 + i % 5);
            }
        }
        return options;
    }

    private void write(byte[] frame) throws IOException {
        micros++;
        header.clear();
        header.putInt((int) (1_700_000_000 + micros / 1_000_000)).putInt((int) (micros % 1_000_000));
        header.putInt(frame.length).putInt(frame.length);
        out.write(header.array());
        out.write(frame);
    }
}
