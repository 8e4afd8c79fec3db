package tcpflowcheck.bench;

import java.io.IOException;

/**
 * One frame's octets, written over for each segment: Ethernet, IPv4 or IPv6, TCP with the options that Linux sends, and
 * text that depends on the sequence number alone, so that what is sent again is the same. Sums of text are looked up.
 */
final class TcpFrame {
    static final int FIN = 1;
    static final int SYN = 2;
    static final int RST = 4;
    static final int PSH = 8;
    static final int ACK = 16;

    private static final int LINK = 14;
    private static final int SERVER_PORT = 5201; // iperf's: no program looks into its text
    private static final int WINDOW = 502; // shifted by 7: 64,256 octets
    private static final int PERIOD = 4096;
    private static final byte[] TEXT = new byte[2 * PERIOD];
    /** Of all words of the text before an octet that begin at an even octet, and at an odd one. */
    private static final int[][] SUMS = new int[2][TEXT.length];

    static {
        for (int i = 0; i < TEXT.length; i++) {
            int mixed = i % PERIOD * 0x9e3779b1;
            TEXT[i] = (byte) (mixed >>> 24);
        }
        for (int i = 2; i < TEXT.length; i++) {
            SUMS[i & 1][i] = SUMS[i & 1][i - 2] + ((TEXT[i - 2] & 0xff) << 8 | (TEXT[i - 1] & 0xff));
        }
    }

    private final byte[] octets = new byte[2048];
    private final int tcp;
    private int flags;
    private int identification;
    private int at;

    TcpFrame(boolean ipv6) {
        tcp = LINK + (ipv6 ? 40 : 20);
        octets[5] = 2;
        octets[11] = 1;
        put16(12, ipv6 ? 0x86dd : 0x0800);
        octets[LINK] = (byte) (ipv6 ? 0x60 : 0x45);
        if (ipv6) {
            octets[LINK + 6] = 6;
            octets[LINK + 7] = 64;
        } else {
            octets[LINK + 6] = 0x40; // don't fragment
            octets[LINK + 8] = 64;
            octets[LINK + 9] = 6;
        }
    }

    /** Sets who sends the next segment to whom; clients and servers are numbered. */
    void between(int client, int port, int server, boolean fromClient) {
        address(fromClient ? 0 : 1, 1, client);
        address(fromClient ? 1 : 0, 2, server);
        put16(tcp + (fromClient ? 0 : 2), port);
        put16(tcp + (fromClient ? 2 : 0), SERVER_PORT);
    }

    private void address(int place, int net, int host) {
        if (tcp == LINK + 20) {
            put32(LINK + 12 + 4 * place, 10 << 24 | net << 22 | host + 1);
            return;
        }
        int from = LINK + 8 + 16 * place;
        put32(from, 0x2001_0db8);
        put32(from + 4, net);
        put32(from + 8, 0);
        put32(from + 12, host + 1);
    }

    void segment(int flags, int seq, int ack) {
        this.flags = flags;
        put32(tcp + 4, seq);
        put32(tcp + 8, ack);
        octets[tcp + 13] = (byte) flags;
        put16(tcp + 14, (flags & SYN) != 0 ? 64_240 : (flags & RST) != 0 ? 0 : WINDOW);
        at = tcp + 20;
    }

    void options(int value, int echoed) {
        if ((flags & SYN) != 0) {
            put16(at, 0x0204);
            put16(at + 2, tcp == LINK + 20 ? 1460 : 1440);
            put32(at + 4, 0x0402_080a);
            put32(at + 16, 0x0103_0307);
        } else {
            put32(at, 0x0101_080a);
            at -= 4;
        }
        put32(at + 8, value);
        put32(at + 12, echoed);
        at += (flags & SYN) != 0 ? 20 : 16;
    }

    void sack(int left, int right) {
        put32(at, 0x0101_050a);
        put32(at + 4, left);
        put32(at + 8, right);
        at += 12;
    }

    void write(PcapFile file, int text) throws IOException {
        octets[tcp + 12] = (byte) ((at - tcp) << 2);
        int length = at - tcp + text;
        int addresses = LINK + 12;
        if (tcp == LINK + 20) {
            put16(LINK + 2, 20 + length);
            put16(LINK + 4, ++identification);
            put16(LINK + 10, 0);
            put16(LINK + 10, ~folded(words(LINK, tcp)));
        } else {
            addresses = LINK + 8;
            put16(LINK + 4, length);
        }
        put16(tcp + 16, 0);
        int from = (get16(tcp + 4) << 16 | get16(tcp + 6)) & PERIOD - 1;
        System.arraycopy(TEXT, from, octets, at, text);
        int sum = words(addresses, at) + 6 + length + SUMS[from & 1][from + (text & ~1)] - SUMS[from & 1][from];
        if ((text & 1) != 0) {
            sum += (octets[at + text - 1] & 0xff) << 8;
        }
        put16(tcp + 16, ~folded(sum));
        file.write(octets, at + text);
    }

    private int words(int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i += 2) {
            sum += get16(i);
        }
        return sum;
    }

    private static int folded(int sum) {
        int once = (sum & 0xffff) + (sum >>> 16);
        return (once & 0xffff) + (once >>> 16);
    }

    private int get16(int from) {
        return (octets[from] & 0xff) << 8 | (octets[from + 1] & 0xff);
    }

    private void put16(int to, int value) {
        octets[to] = (byte) (value >> 8);
        octets[to + 1] = (byte) value;
    }

    private void put32(int to, int value) {
        put16(to, value >>> 16);
        put16(to + 2, value);
    }
}
