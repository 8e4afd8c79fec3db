package tcpflowcheck.bench;

import java.io.IOException;
import tcpflowcheck.wire.SegmentBuilder;

/**
 * Connections in step: a thousand are under way, a new one begins each 100 microseconds, and each frame of one follows its
 * last after the same time. Few hosts, no timestamps.
 */
final class Lockstep {
    static final int ALL = 10;
    static final int BEFORE_CLOSE = 6;

    private static final int UNDER_WAY = 1000;
    private static final int IP_CHECKSUM = 14 + 10;
    private static final int CHECKSUM = 14 + 20 + 16;
    private static final int STEP_MICROS = 100;
    private static final String FROM_CLIENT = "CSCCSSCSSC";

    private final PcapFile out;
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
    private final int portsOfHost;

    Lockstep(PcapFile out, int portsOfHost) {
        this.out = out;
        this.portsOfHost = portsOfHost;
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

    /** One connection that sends {@code count} full segments, two to an ACK, and does not end. */
    void bulk(int count) throws IOException {
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
            out.wait(10);
            byte[] frame = i % 3 == 2
                    ? ack.ack(seq).build()
                    : text.seq(seq).payload(1460).build();
            out.write(frame, frame.length);
            seq += i % 3 == 2 ? 0 : 1460;
        }
    }

    /** @param stages of each connection that are written */
    void connections(int connections, int stages) throws IOException {
        int steps = connections + UNDER_WAY;
        for (int step = 0; step < steps; step++) {
            for (int stage = 0; stage < stages; stage++) {
                int connection = step - stage * (UNDER_WAY / frames.length);
                if (connection >= 0 && connection < connections) {
                    write(frames[stage], stage, connection);
                }
            }
            out.wait(STEP_MICROS);
        }
    }

    private void write(byte[] frame, int stage, int connection) throws IOException {
        boolean client = FROM_CLIENT.charAt(stage) == 'C';
        int host = connection / portsOfHost;
        int port = 10_000 + connection % portsOfHost;
        int address = 14 + (client ? 12 : 16);
        int at = 14 + 20 + (client ? 0 : 2);
        int addressBefore = word(frame, address) + word(frame, address + 2);
        int portBefore = word(frame, at);
        frame[address + 1] = (byte) (host >> 8);
        frame[address + 2] = (byte) host;
        frame[address + 3] = (byte) (1 + 2 * (host >> 16)); // 10.0.0.2 is the server
        frame[at] = (byte) (port >> 8);
        frame[at + 1] = (byte) port;
        int more = word(frame, address) + word(frame, address + 2) - addressBefore;
        add(frame, IP_CHECKSUM, more);
        add(frame, CHECKSUM, more + port - portBefore);
        out.write(frame, frame.length);
    }

    /** RFC 1624: a checksum where the sum of its words has become {@code more}. */
    private static void add(byte[] frame, int checksum, int more) {
        int sum = (~word(frame, checksum) & 0xffff) + more + 3 * 0xffff;
        sum = (sum & 0xffff) + (sum >> 16);
        sum = ~((sum & 0xffff) + (sum >> 16));
        frame[checksum] = (byte) (sum >> 8);
        frame[checksum + 1] = (byte) sum;
    }

    private static int word(byte[] frame, int at) {
        return (frame[at] & 0xff) << 8 | (frame[at + 1] & 0xff);
    }
}
