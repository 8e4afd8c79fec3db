package tcpflowcheck.bench;

import java.io.IOException;
import java.util.SplittableRandom;

/**
 * Connections of 60,000 clients with 20 servers, some at once, whose turn to send comes at random. Each walks a script;
 * which one, with which numbers, depends on its own number and the seed alone. Hosts send timestamps.
 */
final class Turns {
    private static final int CLIENTS = 60_000;
    private static final int SERVERS = 20;

    private final PcapFile out;
    private final TcpFrame frame;
    private final SplittableRandom random;
    private final long seed;
    private final Told told;

    private int[] connection = {};
    private Script[] script = {};
    private byte[] step = {};
    /** Of the client at 2n, of the server at 2n + 1: the next number to send, the last timestamp. */
    private int[] next = {};

    private int[] stamp = {};

    Turns(PcapFile out, boolean ipv6, long seed, Told told) {
        this.out = out;
        this.frame = new TcpFrame(ipv6);
        this.seed = seed;
        this.random = new SplittableRandom(seed);
        this.told = told;
    }

    /** Whole connections, {@code atOnce} of them under way. */
    void mixed(int connections, int atOnce) throws IOException {
        room(atOnce);
        int begun = 0;
        int alive = 0;
        while (begun < connections || alive > 0) {
            while (alive < atOnce && begun < connections) {
                begin(alive++, begun, Script.mixed(draw(begun, 0)));
                begun++;
            }
            int slot = turn(alive);
            if (step[slot] == script[slot].length()) {
                move(--alive, slot);
            }
        }
    }

    /** Connections that all open and are quiet until the last has opened; then all close. */
    void closing(int connections) throws IOException {
        room(connections);
        for (int i = 0; i < connections; i++) {
            begin(i, i, Script.closed(draw(i, 0)));
        }
        walk(connections, true);
        walk(connections, false);
    }

    /** Connections that lose, repeat and reorder text, and stay alive. */
    void awkward(int connections) throws IOException {
        room(connections);
        for (int i = 0; i < connections; i++) {
            begin(i, i, Script.AWKWARD);
        }
        walk(connections, true);
    }

    /** Some two thousand are on their way to their close at a time, or all are on their way from there to their end. */
    private void walk(int connections, boolean toClose) throws IOException {
        int atOnce = toClose ? Math.min(2000, connections) : connections;
        int[] slots = new int[atOnce];
        int begun = 0;
        int alive = 0;
        while (begun < connections || alive > 0) {
            while (alive < atOnce && begun < connections) {
                slots[alive++] = begun++;
            }
            int turn = random.nextInt(alive);
            int slot = slots[turn];
            send(slot);
            if (step[slot] == (toClose ? script[slot].close() : script[slot].length())) {
                slots[turn] = slots[--alive];
            }
        }
    }

    private int turn(int alive) throws IOException {
        int slot = random.nextInt(alive);
        send(slot);
        return slot;
    }

    private void room(int slots) {
        connection = new int[slots];
        script = new Script[slots];
        step = new byte[slots];
        next = new int[2 * slots];
        stamp = new int[2 * slots];
    }

    private void begin(int slot, int number, Script path) {
        connection[slot] = number;
        script[slot] = path;
        step[slot] = 0;
        for (int side = 0; side < 2; side++) {
            next[2 * slot + side] = draw(number, 1 + side);
            stamp[2 * slot + side] = 0;
        }
        told.began(path);
    }

    private void move(int from, int to) {
        connection[to] = connection[from];
        script[to] = script[from];
        step[to] = step[from];
        for (int side = 0; side < 2; side++) {
            next[2 * to + side] = next[2 * from + side];
            stamp[2 * to + side] = stamp[2 * from + side];
        }
    }

    private void send(int slot) throws IOException {
        Script path = script[slot];
        int now = step[slot]++;
        int number = connection[slot];
        int side = path.side(now);
        int mine = 2 * slot + side;
        int peer = 2 * slot + 1 - side;
        int flags = path.flags(now);
        int text = (flags & TcpFrame.PSH) == 0 ? 0 : 40 + (draw(number, 3 + side) & 0x1ff);
        int seq = next[mine];
        int ack = (flags & TcpFrame.ACK) == 0 ? 0 : next[peer];
        switch (path.order(now)) {
            case AGAIN -> seq -= text;
            case AHEAD -> seq += text;
            case HOLE -> next[mine] += 2 * text;
            default -> next[mine] += text + ((flags & (TcpFrame.SYN | TcpFrame.FIN)) == 0 ? 0 : 1);
        }
        out.wait(1 + random.nextInt(19));
        int host = (int) (number * 48_271L % CLIENTS);
        int clock = draw(side == 0 ? host : CLIENTS, 6); // each host's has begun somewhere
        if (path.order(now) == Script.Order.AGAIN && stamp[mine] == (int) out.millis() + clock) {
            out.wait(1000); // another timestamp, so that it is no copy of the frame
        }
        frame.between(host, 32_768 + number / CLIENTS, (draw(number, 5) >>> 1) % SERVERS, side == 0);
        boolean refuses = (flags & TcpFrame.RST) != 0 && now == 1;
        frame.segment(flags, refuses ? 0 : seq, ack);
        if (!refuses) {
            int value = (int) out.millis() + clock;
            frame.options(value, stamp[peer]);
            // What is ahead is not echoed (RFC 7323, 4.3).
            stamp[mine] = path.order(now) == Script.Order.AHEAD ? stamp[mine] : value;
        }
        if (path.order(now) == Script.Order.SELECTIVE) {
            int peerText = 40 + (draw(number, 4 - side) & 0x1ff);
            frame.sack(next[peer] + peerText, next[peer] + 2 * peerText);
        }
        frame.write(out, text);
    }

    private int draw(int number, int what) {
        long mixed = seed + (8L * number + what) * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return (int) (mixed >>> 31);
    }
}
