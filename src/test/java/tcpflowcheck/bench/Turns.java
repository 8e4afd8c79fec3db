package tcpflowcheck.bench;

import java.io.IOException;
import java.util.SplittableRandom;

/**
 * Connections in random turns, as they are on a real link: of 60,000 hosts, with timestamps, each some ten frames. Of a
 * hundred five are refused, ten are reset, one has a retransmission; of the others half close by three segments and half by
 * four. The same seed makes the same.
 */
final class Turns {
    private static final int HOSTS = 60_000;
    private static final int SERVERS = 20;
    private static final int REQUEST = 120;
    private static final int ANSWER = 400;
    private static final int FIRST_PORT = 1024;

    /** What a connection does, a letter a segment: of the client in capitals. */
    private static final String[] SCRIPTS = {
        "SsAPapFafA", // closed by four
        "SsAPapFfA", // by three
        "Sr", // refused
        "SsAPapR", // aborted by the client
        "SsAPpr", // by the server
        "SsAPPapFafA", // a retransmission
    };

    private final Wire wire;
    private final SplittableRandom random = new SplittableRandom(1);
    private final Connection[] under;
    private int born;

    private static final class Connection {
        private int client;
        private int server;
        private int port;
        private String script;
        private int at;
        /** SND.NXT of the client and of the server. */
        private final int[] next = new int[2];

        private final int[] stamps = new int[2];
    }

    /** @param atOnce connections under way at once */
    Turns(Wire wire, int atOnce) {
        this.wire = wire;
        under = new Connection[atOnce];
    }

    /** Writes so many connections. */
    void write(int connections) throws IOException {
        int alive = Math.min(under.length, connections);
        for (int i = 0; i < alive; i++) {
            under[i] = begin(new Connection(), random.nextInt(100));
        }
        while (alive > 0) {
            int turn = random.nextInt(alive);
            Connection connection = under[turn];
            step(connection);
            if (connection.at == connection.script.length()) {
                if (born < connections) {
                    begin(connection, random.nextInt(100));
                } else {
                    under[turn] = under[--alive];
                }
            }
        }
    }

    /** Writes connections that are all open, and then all close, in random turns too. */
    void closing(int connections) throws IOException {
        Connection[] all = new Connection[connections];
        for (int i = 0; i < connections; i++) {
            all[i] = begin(new Connection(), 99);
            for (int segment = 0; segment < 6; segment++) {
                step(all[i]);
            }
        }
        int alive = connections;
        while (alive > 0) {
            int turn = random.nextInt(alive);
            step(all[turn]);
            if (all[turn].at == all[turn].script.length()) {
                all[turn] = all[--alive];
            }
        }
    }

    /** Writes connections that stay open, each with a retransmission and an octet out of order. */
    void awkward(int connections) throws IOException {
        for (int i = 0; i < connections; i++) {
            Connection connection = begin(new Connection(), 15);
            for (int segment = 0; segment < 7; segment++) {
                step(connection);
            }
            connection.next[0]++;
            send(connection, true, Wire.PSH | Wire.ACK, 1);
            connection.next[0] -= 2;
            send(connection, true, Wire.PSH | Wire.ACK, 1);
        }
    }

    private Connection begin(Connection connection, int percent) {
        int host = random.nextInt(HOSTS);
        connection.client = 1 << 16 | host;
        connection.server = random.nextInt(SERVERS) + 1;
        connection.port = FIRST_PORT + (born / HOSTS * 613 + born) % (65_536 - FIRST_PORT);
        born++;
        connection.script = SCRIPTS[
                percent < 5 ? 2 : percent < 10 ? 3 : percent < 15 ? 4 : percent == 15 ? 5 : percent & 1];
        connection.at = 0;
        connection.next[0] = random.nextInt();
        connection.next[1] = random.nextInt();
        connection.stamps[0] = 0;
        connection.stamps[1] = 0;
        return connection;
    }

    private void step(Connection connection) throws IOException {
        char letter = connection.script.charAt(connection.at++);
        boolean client = Character.isUpperCase(letter);
        int from = client ? 0 : 1;
        switch (Character.toUpperCase(letter)) {
            case 'S' -> send(connection, client, client ? Wire.SYN : Wire.SYN | Wire.ACK, 0);
            case 'A' -> send(connection, client, Wire.ACK, 0);
            case 'F' -> send(connection, client, Wire.FIN | Wire.ACK, 0);
            case 'R' -> {
                connection.next[from] = connection.at == 2 ? 0 : connection.next[from];
                send(connection, client, Wire.RST | Wire.ACK, 0);
            }
            default -> {
                boolean again = connection.at > 1 && connection.script.charAt(connection.at - 2) == letter;
                connection.next[from] -= again ? REQUEST : 0;
                send(connection, client, Wire.PSH | Wire.ACK, client ? REQUEST : ANSWER);
            }
        }
    }

    private void send(Connection connection, boolean client, int flags, int text) throws IOException {
        wire.pass(1 + random.nextInt(19));
        int from = client ? 0 : 1;
        connection.stamps[from] = wire.stamp(client ? connection.client : connection.server);
        wire.segment(
                client ? connection.client : connection.server,
                client ? connection.port : 80,
                client ? connection.server : connection.client,
                client ? 80 : connection.port,
                flags,
                connection.next[from],
                connection.next[1 - from],
                connection.stamps[from],
                connection.stamps[1 - from],
                text);
        connection.next[from] += text + ((flags & (Wire.SYN | Wire.FIN)) != 0 ? 1 : 0);
    }
}
