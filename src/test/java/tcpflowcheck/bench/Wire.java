package tcpflowcheck.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes TCP segments over Ethernet into a pcap file, with right checksums, as fast as they are to be read. */
final class Wire {
    static final int FIN = 1;
    static final int SYN = 2;
    static final int RST = 4;
    static final int PSH = 8;
    static final int ACK = 16;

    private static final int ETHERNET = 14;
    private static final int RECORD = 16;
    private static final int TCP = 20;
    private static final long START = 1_700_000_000_000_000L;
    private static final int MSS = 0x0204_05b4;
    private static final int SACK_PERMITTED_TIMESTAMPS = 0x0402_080a;
    private static final int NOP_WINDOW_SCALE = 0x0103_0307;
    private static final int NOP_NOP_TIMESTAMPS = 0x0101_080a;

    private final OutputStream out;
    private final boolean six;
    private final byte[] octets = new byte[RECORD + ETHERNET + 40 + 40 + 1500];
    private final ByteBuffer record = ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
    private final ByteBuffer frame = ByteBuffer.wrap(octets);
    private final int ip = RECORD + ETHERNET;
    private final int tcp;

    /** Microseconds since the epoch. */
    private long time = START;

    private int identification;

    /** @param six whether over IPv6 */
    Wire(OutputStream out, boolean six) throws IOException {
        this.out = out;
        this.six = six;
        tcp = ip + (six ? 40 : 20);
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

    void pass(long micros) {
        time += micros;
    }

    /** The timestamp clock of a host, a tick a millisecond. */
    int stamp(int host) {
        return (int) (time / 1000) + host * 7919;
    }

    /**
     * Writes a segment.
     *
     * @param from and {@code to}: numbers of hosts
     */
    void segment(int from, int fromPort, int to, int toPort, int flags, int seq, int ack, int tsVal, int tsEcr, int text)
            throws IOException {
        boolean syn = (flags & SYN) != 0;
        int header = TCP + (syn ? 20 : 12);
        frame.putShort(RECORD + 12, (short) (six ? 0x86dd : 0x0800));
        network(from, to, header + text);
        frame.putShort(tcp, (short) fromPort).putShort(tcp + 2, (short) toPort);
        frame.putInt(tcp + 4, seq).putInt(tcp + 8, (flags & ACK) == 0 ? 0 : ack);
        frame.putShort(tcp + 12, (short) (header / 4 << 12 | flags)).putShort(tcp + 14, (short) (syn ? 64_240 : 502));
        frame.putInt(tcp + 16, 0);
        int at = tcp + TCP;
        if (syn) {
            frame.putInt(at, MSS).putInt(at + 4, SACK_PERMITTED_TIMESTAMPS).putInt(at + 16, NOP_WINDOW_SCALE);
        } else {
            frame.putInt(at, NOP_NOP_TIMESTAMPS);
        }
        frame.putInt(at + (syn ? 8 : 4), tsVal).putInt(at + (syn ? 12 : 8), tsEcr);
        for (int i = 0; i < text; i++) {
            octets[tcp + header + i] = (byte) (seq + i);
        }
        int addresses = six ? 32 : 8;
        long sum = sum(tcp, header + text) + sum(tcp - addresses, addresses) + 6 + header + text;
        frame.putShort(tcp + 16, folded(sum));
        write(tcp + header + text - RECORD);
    }

    private void network(int from, int to, int length) {
        identification++;
        if (six) {
            frame.putInt(ip, 0x6000_0000).putShort(ip + 4, (short) length).putShort(ip + 6, (short) 0x0640);
            frame.putLong(ip + 8, 0x2001_0db8_0000_0000L).putLong(ip + 16, from);
            frame.putLong(ip + 24, 0x2001_0db8_0000_0000L).putLong(ip + 32, to);
            return;
        }
        frame.putShort(ip, (short) 0x4500).putShort(ip + 2, (short) (20 + length));
        frame.putShort(ip + 4, (short) identification).putShort(ip + 6, (short) 0x4000).putInt(ip + 8, 0x4006_0000);
        frame.putInt(ip + 12, 10 << 24 | from).putInt(ip + 16, 10 << 24 | to);
        frame.putShort(ip + 10, folded(sum(ip, 20)));
    }

    private long sum(int at, int length) {
        long sum = 0;
        int i = 0;
        for (; i + 2 <= length; i += 2) {
            sum += frame.getShort(at + i) & 0xffff;
        }
        return i < length ? sum + ((octets[at + i] & 0xff) << 8) : sum;
    }

    private static short folded(long sum) {
        long folded = (sum & 0xffff) + (sum >>> 16);
        return (short) ~((folded & 0xffff) + (folded >>> 16));
    }

    private void write(int length) throws IOException {
        record.putInt(0, (int) (time / 1_000_000)).putInt(4, (int) (time % 1_000_000));
        record.putInt(8, length).putInt(12, length);
        out.write(octets, 0, RECORD + length);
    }
}
