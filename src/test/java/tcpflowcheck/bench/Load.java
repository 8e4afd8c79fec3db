package tcpflowcheck.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import tcpflowcheck.wire.SegmentBuilder;

/**
 * Makes a capture for measurements: many short connections of ten frames (handshake, request, answer, four-segment close), a
 * thousand under way at once, a new one each 100 microseconds; or those of as many clients, all from one port; or those
 * without their close, so that all stay alive; or only their SYNs; or one bulk transfer of full segments.
 *
 * <p>{@code java -cp ... tcpflowcheck.bench.Load FILE short|clients|alive|half-open|bulk CONNECTIONS-OR-FRAMES}
 */
public final class Load {
    private static final int ALL = 10;
    private static final int BEFORE_CLOSE = 6;
    private static final int UNDER_WAY = 1000;
    private static final long START = 1_700_000_000_000_000L;
    private static final int CHECKSUM = 14 + 20 + 16;
    private static final int STEP_MICROS = 100;
    private static final String FROM_CLIENT = "CSCCSSCSSC";

    private final OutputStream out;
    private final ByteBuffer header = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    private final byte[][] frames = {
        frame(true, "S", 0, 0, 0),
        frame(false, "SA", 0, 1, 0),
        frame(true, "A", 1, 1, 0),
        frame(true, "PA", 1, 1, 120),
        frame(false, "A", 1, 121, 0),
        frame(false, "PA", 1, 121, 400),
        frame(true, "FA", 121, 401, 0),
        frame(false, "A", 401, 122, 0),
        frame(false, "FA", 401, 122, 0),
        frame(true, "A", 122, 402, 0),
    };
    private int portsOfHost = 50_000;
    private long time = START;

    private Load(OutputStream out) {
        this.out = out;
    }

    private static byte[] frame(boolean client, String flags, long seq, long ack, int length) {
        SegmentBuilder builder =
                new SegmentBuilder().ipv4("10.0.0.1", "10.0.0.2").ports(1, 80);
        if (!client) {
            builder.reverse();
        }
        builder.seq(seq + (client ? 1000 : 900_000)).flags(flags);
        if (flags.contains("A")) {
            builder.ack(ack + (client ? 900_000 : 1000));
        }
        if (flags.contains("S")) {
            builder.mss(1460);
        }
        return builder.payload(length).build();
    }

    public static void main(String[] args) throws IOException {
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(Path.of(args[0])), 1 << 20)) {
            Load load = new Load(file);
            int count = Integer.parseInt(args[2]);
            load.begin();
            switch (args[1]) {
                case "short" -> load.connections(count, ALL);
                case "clients" -> {
                    load.portsOfHost = 1;
                    load.connections(count, ALL);
                }
                case "alive" -> load.connections(count, BEFORE_CLOSE);
                case "half-open" -> load.connections(count, 1);
                case "bulk" -> load.bulk(count);
                default -> throw new IllegalArgumentException(args[1]);
            }
        }
    }

    private void begin() throws IOException {
        out.write(ByteBuffer.allocate(24)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0xa1b2c3d4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(262_144)
                .putInt(1)
                .array());
    }

    private void bulk(int count) throws IOException {
        for (int stage = 0; stage < BEFORE_CLOSE; stage++) {
            write(frames[stage], stage, 0);
        }
        SegmentBuilder text = new SegmentBuilder()
                .ipv4("10.0.0.2", "10.0.0.1")
                .ports(80, 10_000)
                .ack(1121)
                .flags("A");
        SegmentBuilder ack = new SegmentBuilder()
                .ipv4("10.0.0.1", "10.0.0.2")
                .ports(10_000, 80)
                .seq(1121)
                .flags("A");
        long seq = 900_401;
        for (int i = 0; i < count; i++) {
            time += 10;
            if (i % 3 == 2) {
                write(ack.ack(seq).build());
            } else {
                write(text.seq(seq).payload(1460).build());
                seq += 1460;
            }
        }
    }

    /** @param stages of each connection that are written */
    private void connections(int connections, int stages) throws IOException {
        int steps = connections + UNDER_WAY;
        for (int step = 0; step < steps; step++) {
            for (int stage = 0; stage < stages; stage++) {
                int connection = step - stage * (UNDER_WAY / frames.length);
                if (connection >= 0 && connection < connections) {
                    write(frames[stage], stage, connection);
                }
            }
            time += STEP_MICROS;
        }
    }

    private void write(byte[] frame, int stage, int connection) throws IOException {
        boolean client = FROM_CLIENT.charAt(stage) == 'C';
        int host = connection / portsOfHost;
        int port = 10_000 + connection % portsOfHost;
        int address = 14 + (client ? 12 : 16);
        int before = words(frame, address, stage);
        frame[address + 1] = (byte) (host >> 8);
        frame[address + 2] = (byte) host;
        frame[address + 3] = (byte) (1 + 2 * (host >> 16)); // 10.0.0.2 is the server
        int at = 14 + 20 + (client ? 0 : 2);
        frame[at] = (byte) (port >> 8);
        frame[at + 1] = (byte) port;
        int sum = (~word(frame, CHECKSUM) & 0xffff) + words(frame, address, stage) + 3 * 0xffff - before;
        sum = (sum & 0xffff) + (sum >> 16);
        sum = ~((sum & 0xffff) + (sum >> 16));
        frame[CHECKSUM] = (byte) (sum >> 8);
        frame[CHECKSUM + 1] = (byte) sum;
        write(frame);
    }

    private void write(byte[] frame) throws IOException {
        header.clear();
        header.putInt((int) (time / 1_000_000))
                .putInt((int) (time % 1_000_000))
                .putInt(frame.length)
                .putInt(frame.length);
        out.write(header.array());
        out.write(frame);
    }

    /** What differs between connections. */
    private static int words(byte[] frame, int address, int stage) {
        int port = 14 + 20 + (FROM_CLIENT.charAt(stage) == 'C' ? 0 : 2);
        return word(frame, address) + word(frame, address + 2) + word(frame, port);
    }

    private static int word(byte[] frame, int at) {
        return (frame[at] & 0xff) << 8 | frame[at + 1] & 0xff;
    }
}
