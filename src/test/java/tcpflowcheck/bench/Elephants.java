package tcpflowcheck.bench;

import java.io.IOException;
import java.util.SplittableRandom;

/**
 * A few connections that carry much, from server to client, seen beside the server: full segments, an ACK for each (800
 * octets a frame in the mean), 20 under way. One of 2,000 is lost behind the capture; the fourth ACK of the same number has it sent
 * again.
 */
final class Elephants {
    private static final int WINDOW = 20;
    private static final int LOSS = 2000;

    private final PcapFile out;
    private final TcpFrame frame = new TcpFrame(false);
    private final SplittableRandom random;
    private final Elephant[] elephants;

    Elephants(PcapFile out, int connections, long seed) {
        this.out = out;
        random = new SplittableRandom(seed);
        elephants = new Elephant[connections];
        for (int i = 0; i < connections; i++) {
            elephants[i] = new Elephant(i);
        }
    }

    /** Writes them; tells how many segments were lost and sent again. */
    int run(long frames) throws IOException {
        for (Elephant each : elephants) {
            each.open();
        }
        while (out.frames() < frames) {
            elephants[random.nextInt(elephants.length)].move();
        }
        int lost = 0;
        for (Elephant each : elephants) {
            each.close();
            lost += each.lost;
        }
        return lost;
    }

    private final class Elephant {
        private static final int TEXT = 1448;

        private final int number;
        /** Sequence numbers and timestamps of what is under way, oldest first. */
        private final int[] numbers = new int[64];

        private final int[] stamps = new int[64];
        private int first;
        private int last;
        private int client;
        private int server;
        private int received;
        private int furthest;
        private int echo;
        private int fromClient;
        private int missing;
        private int repeated;
        private boolean holds;
        private boolean repairs;
        private int lost;

        Elephant(int number) {
            this.number = number;
            client = random.nextInt();
            server = random.nextInt();
        }

        void open() throws IOException {
            send(true, TcpFrame.SYN, client++, 0, 0);
            send(false, TcpFrame.SYN | TcpFrame.ACK, server++, client, 0);
            received = server;
            furthest = server;
            send(true, TcpFrame.ACK, client, server, 0);
            send(true, TcpFrame.PSH | TcpFrame.ACK, client, server, 100);
            client += 100;
        }

        void move() throws IOException {
            int underWay = last - first;
            if (repairs) {
                repairs = false;
                text(missing);
            } else if (underWay < WINDOW
                    && (underWay == 0 || random.nextBoolean())
                    && furthest - received < WINDOW * TEXT) {
                text(server);
                server += TEXT;
            } else {
                arrive();
            }
        }

        void close() throws IOException {
            while (first != last || holds) {
                if (repairs) {
                    repairs = false;
                    text(missing);
                } else if (first != last) {
                    arrive();
                } else {
                    text(server);
                    server += TEXT;
                }
            }
            send(false, TcpFrame.FIN | TcpFrame.ACK, server++, client, 0);
            send(true, TcpFrame.FIN | TcpFrame.ACK, client++, server, 0);
            send(false, TcpFrame.ACK, server, client, 0);
        }

        private void text(int seq) throws IOException {
            numbers[last & 63] = seq;
            stamps[last++ & 63] = now();
            send(false, TcpFrame.PSH | TcpFrame.ACK, seq, client, TEXT);
        }

        private void arrive() throws IOException {
            int seq = numbers[first & 63];
            int stamp = stamps[first++ & 63];
            if (!holds && random.nextInt(LOSS) == 0) {
                holds = true;
                missing = seq;
                furthest = seq + TEXT;
                repeated = 0;
                lost++;
                return;
            }
            if (!holds) {
                received = seq + TEXT;
                furthest = received;
                echo = stamp;
            } else if (seq == missing) {
                received = furthest;
                echo = stamp;
                holds = false;
            } else {
                furthest = seq + TEXT;
                repairs = ++repeated == 3;
            }
            send(true, TcpFrame.ACK, client, received, 0);
        }

        private int now() {
            return (int) out.millis() + 1_000_000 * (number + 1);
        }

        private void send(boolean byClient, int flags, int seq, int ack, int text) throws IOException {
            out.wait(1 + random.nextInt(9));
            frame.between(number, 40_000, 0, byClient);
            frame.segment(flags, seq, ack);
            int value = now();
            frame.options(value, byClient ? echo : fromClient);
            if (byClient) {
                fromClient = value;
            } else if ((flags & (TcpFrame.SYN | TcpFrame.FIN)) != 0) {
                echo = value;
            }
            if (byClient && holds && furthest - missing > TEXT) {
                frame.sack(missing + TEXT, furthest);
            }
            frame.write(out, text);
        }
    }
}
