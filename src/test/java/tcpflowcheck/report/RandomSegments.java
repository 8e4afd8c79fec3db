package tcpflowcheck.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.wire.SegmentBuilder;
import tcpflowcheck.wire.TcpSegment;

/**
 * Frames of many flows at random, the same ones for the same seed: every option and what is wrong with options, snap
 * lengths inside the header, sequence numbers that wrap, connections that end and ports that are used again.
 */
final class RandomSegments {
    private static final int FLOWS = 40;
    private static final int[] OPTION_KINDS = {
        2, 3, 4, 5, 5, 6, 7, 8, 8, 9, 11, 12, 13, 14, 19, 20, 27, 28, 29, 30, 30, 30, 34, 69, 172, 253, 254, 254
    };
    private static final int[] MULTIPATH_LENGTHS = {3, 4, 8, 10, 12, 16, 18, 20, 22, 24, 26, 28, 30};
    private static final String[] IPV4 = {"10.0.0.1", "192.168.200.99", "255.255.255.255", "0.0.0.0", "8.8.100.10"};
    private static final String[] IPV6 = {
        "::",
        "::1",
        "::10.1.2.3",
        "::ffff:10.1.2.3",
        "::1:10.1.2.3",
        "fe80::1",
        "2001:db8:0:0:1:0:0:1",
        "2001:db8:0:1:1:1:1:1",
        "1:2:3:4:5:6:7:8",
        "1:0:0:2::",
        "ff02::",
        "abcd:ef01:2345:6789:abcd:ef01:2345:6789"
    };

    private final Random random;
    private final List<SegmentBuilder> flows = new ArrayList<>();
    private final int[] clientSeq = new int[FLOWS];
    private final int[] serverSeq = new int[FLOWS];
    private long time = 1_700_000_000_123_456_789L;

    RandomSegments(long seed) {
        random = new Random(seed);
        for (int i = 0; i < FLOWS; i++) {
            flows.add(flow());
            clientSeq[i] = random.nextBoolean() ? -random.nextInt(2_000) : random.nextInt();
            serverSeq[i] = random.nextBoolean() ? -random.nextInt(2_000) : random.nextInt();
        }
    }

    private SegmentBuilder flow() {
        SegmentBuilder flow = new SegmentBuilder();
        if (random.nextBoolean()) {
            flow.ipv4(any(IPV4), any(IPV4));
        } else {
            flow.ipv6(any(IPV6), any(IPV6));
            extend(flow);
        }
        int client = port();
        flow.ports(client, random.nextInt(4) == 0 ? client : port());
        return switch (random.nextInt(6)) {
            case 0 -> flow.vlan(1 + random.nextInt(4094));
            case 1 -> flow.vlan(1 + random.nextInt(4094), 1 + random.nextInt(4094));
            default -> flow;
        };
    }

    private void extend(SegmentBuilder flow) {
        switch (random.nextInt(8)) {
            case 0 -> {
                flow.extension(0, (byte) 1, (byte) 4, (byte) 0, (byte) 0, (byte) 0, (byte) 0);
                return;
            }
            case 1 -> {
                flow.extension(60, (byte) 1, (byte) 4, (byte) 0, (byte) 0, (byte) 0, (byte) 0);
                return;
            }
            case 2 -> {
                flow.fragment(0, false);
                return;
            }
            case 3 -> {
                flow.extension(51, octets(14));
                return;
            }
            default -> {
                return;
            }
        }
    }

    /** None that tcpdump has an application's text for. */
    private int port() {
        return 20_000 + random.nextInt(5);
    }

    /** The next frame, with its number from 1. */
    Frame next(long number) {
        int i = random.nextInt(FLOWS);
        SegmentBuilder segment = flows.get(i).copy().flags(flags());
        segment.window(random.nextInt(65_536)).urgentPointer(random.nextInt(65_536));
        segment.seq(clientSeq[i] + jitter()).ack(serverSeq[i] + jitter());
        int length = random.nextInt(3) == 0 ? 0 : random.nextInt(300);
        segment.payload(length);
        if (random.nextBoolean()) {
            segment.reverse().seq(serverSeq[i] + jitter()).ack(clientSeq[i] + jitter());
            serverSeq[i] += length;
        } else {
            clientSeq[i] += length;
        }
        addOptions(segment);
        return frame(segment, number);
    }

    private int jitter() {
        return random.nextInt(5) == 0 ? random.nextInt(10_000) - 5_000 : 0;
    }

    private int flags() {
        String[] usual = {"S", "S.", ".", ".", "P.", "P.", "F.", "FP.", "R", "R.", "F", "", "SEW", "S.E", ".U"};
        return random.nextInt(4) == 0 ? random.nextInt(256) : bits(any(usual));
    }

    private static int bits(String letters) {
        int bits = 0;
        for (int i = 0; i < letters.length(); i++) {
            char letter = letters.charAt(i);
            bits |= 1 << TcpSegment.FLAG_LETTERS.indexOf(letter);
        }
        return bits;
    }

    private void addOptions(SegmentBuilder segment) {
        switch (random.nextInt(6)) {
            case 0 -> {
                return;
            }
            case 1 -> {
                segment.nop().nop().timestamps(random.nextInt(), random.nextInt());
                return;
            }
            case 2 -> {
                segment.options(octets(random.nextInt(41)));
                return;
            }
            case 3 -> {
                segment.options(malformed());
                return;
            }
            default -> {
                segment.options(wellFormed());
                return;
            }
        }
    }

    private byte[] wellFormed() {
        byte[] list = new byte[40];
        int at = 0;
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            if (random.nextInt(3) == 0 && at < 40) {
                list[at++] = 1;
            }
            int kind = OPTION_KINDS[random.nextInt(OPTION_KINDS.length)];
            int length = lengthOf(kind);
            if (at + length > 40) {
                break;
            }
            byte[] body = octets(length - 2);
            if (kind == 254 && body.length >= 2 && random.nextBoolean()) {
                body[0] = (byte) 0xf9;
                body[1] = (byte) 0x89;
            }
            if (kind == 30 && body.length > 0) {
                body[0] = (byte) (random.nextInt(9) << 4 | random.nextInt(8));
            }
            list[at++] = (byte) kind;
            list[at++] = (byte) length;
            System.arraycopy(body, 0, list, at, body.length);
            at += body.length;
        }
        return Arrays.copyOf(list, at);
    }

    private int lengthOf(int kind) {
        return switch (kind) {
            case 2, 20, 28 -> 4;
            case 3 -> 3;
            case 4 -> 2;
            case 5 -> 2 + 8 * (1 + random.nextInt(4));
            case 6, 7, 11, 12, 13 -> 6;
            case 8 -> 10;
            case 19 -> 18;
            case 30 -> MULTIPATH_LENGTHS[random.nextInt(MULTIPATH_LENGTHS.length)];
            default -> 2 + random.nextInt(20);
        };
    }

    /** A good list with a few octets changed. */
    private byte[] malformed() {
        byte[] list = wellFormed();
        for (int i = random.nextInt(3); i >= 0 && list.length > 0; i--) {
            list[random.nextInt(Math.min(list.length, 4))] = (byte) random.nextInt(12);
        }
        return list;
    }

    private Frame frame(SegmentBuilder segment, long number) {
        time += timeStep();
        Frame whole = segment.frame(number, time);
        byte[] octets = whole.buffer();
        int captured = octets.length;
        int wire = octets.length;
        int header = tcpHeaderEnd(segment);
        switch (random.nextInt(8)) {
            case 0 -> captured = header + random.nextInt(octets.length - header + 1);
            case 1 -> captured = Math.min(octets.length, header + random.nextInt(40));
            case 2 -> {
                wire = octets.length - random.nextInt(Math.max(octets.length - header, 1));
                captured = wire;
            }
            default -> {}
        }
        Frame frame = new Frame();
        frame.wrap(Frame.words(octets), 0, captured, wire, 1, number, time);
        return frame;
    }

    /** Octets of the frame up to the end of the TCP header without options. */
    private static int tcpHeaderEnd(SegmentBuilder segment) {
        return segment.copy().options().payload(0).build().length;
    }

    private long timeStep() {
        return switch (random.nextInt(20)) {
            case 0 -> -random.nextInt(2_000_000_000);
            case 1 -> 86_400_000_000_000L * random.nextInt(3) / 2;
            default -> random.nextInt(100_000_000);
        };
    }

    private byte[] octets(int count) {
        byte[] octets = new byte[count];
        random.nextBytes(octets);
        return octets;
    }

    private String any(String[] choices) {
        return choices[random.nextInt(choices.length)];
    }
}
