package tcpflowcheck.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tcpflowcheck.capture.CaptureWriter;
import tcpflowcheck.capture.CapturedPacket;
import tcpflowcheck.wire.IcmpBuilder;
import tcpflowcheck.wire.SegmentBuilder;

/**
 * A capture of several connections, each written as a packet script below a line that says whose it is:
 *
 * <pre>
 * connection 192.0.2.10:40001 198.51.100.5:443                   client and server; its first segment is at the beginning
 * connection 192.0.2.10:40001 198.51.100.5:443 at 2.5            or so many seconds after that
 * connection ... times 60 every .02 client-port                  60 of them, 20 ms apart, the client's port counted up
 * connection ... alike                                           with the sequence numbers of the one before
 * 44 * +.0001  S . 1:1461(1460) ack 101                          44 segments, each behind the octets of the one before
 * </pre>
 *
 * <p>What is counted up is {@code client}, {@code client-port}, {@code server} or {@code server-port}, several of them too.
 * Nothing is expected of the lines: a page shows what is told of them.
 */
public final class ScriptedCapture {
    private static final long START = 1_700_000_000_000_000_000L;
    private static final double NANOS = 1e9;
    private static final String ROUTER = "203.0.113.1";
    private static final Pattern CONNECTION = Pattern.compile(
            "connection\\s+(\\S+):(\\d+)\\s+(\\S+):(\\d+)"
                    + "(?:\\s+at\\s+(\\S+))?(?:\\s+times\\s+(\\d+)\\s+every\\s+(\\S+)((?:\\s+(?:client|server)(?:-port)?)*))?(\\s+alike)?");
    private static final Pattern SEVERAL =
            Pattern.compile("(\\d+) \\*\\s+(\\+\\S+\\s+[CS]\\s+\\S+\\s+)(\\d+):(\\d+)(\\(\\d+\\).*)");

    private final List<CapturedPacket> packets = new ArrayList<>();
    private int connections;

    private ScriptedCapture() {}

    /** Writes the capture of a script as a pcap file. */
    public static void write(Path script, Path pcap) throws IOException {
        ScriptedCapture capture = new ScriptedCapture();
        capture.read(script);
        capture.packets.sort(Comparator.comparingLong(CapturedPacket::time));
        CaptureWriter.variants().get(0).write(capture.packets, pcap);
    }

    private void read(Path script) throws IOException {
        Matcher whose = null;
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(script)) {
            String written = line.replaceFirst("#.*", "").strip();
            if (!written.startsWith("connection")) {
                addLines(lines, line);
                continue;
            }
            addAll(script, whose, lines);
            whose = CONNECTION.matcher(written);
            if (!whose.matches()) {
                throw new IllegalArgumentException(script + ": no connection: " + line);
            }
            lines.replaceAll(before -> "");
            lines.add("");
        }
        addAll(script, whose, lines);
        if (packets.isEmpty()) {
            throw new IllegalArgumentException(script + " has no segment");
        }
    }

    /** A line, or those that it stands for. */
    private static void addLines(List<String> lines, String line) {
        Matcher several = SEVERAL.matcher(line);
        if (!several.matches()) {
            lines.add(line);
            return;
        }
        long first = Long.parseLong(several.group(3));
        long length = Long.parseLong(several.group(4)) - first;
        for (int i = 0; i < Integer.parseInt(several.group(1)); i++) {
            long at = first + i * length;
            lines.add(several.group(2) + at + ":" + (at + length) + several.group(5));
        }
    }

    private void addAll(Path script, Matcher whose, List<String> text) {
        PacketScript connection = PacketScript.parse(script.toString(), text);
        if (whose == null) {
            if (!connection.lines().isEmpty()) {
                throw new IllegalArgumentException(script + ": a segment before any connection");
            }
            return;
        }
        int times = whose.group(6) == null ? 1 : Integer.parseInt(whose.group(6));
        List<String> counted = whose.group(8) == null
                ? List.of()
                : List.of(whose.group(8).strip().split("\\s+"));
        for (int i = 0; i < times; i++) {
            connections += whose.group(9) == null ? 1 : 0;
            double at = seconds(whose.group(5)) + i * seconds(whose.group(7));
            String client = counted.contains("client") ? counted(whose.group(1), i) : whose.group(1);
            String server = counted.contains("server") ? counted(whose.group(3), i) : whose.group(3);
            int from = Integer.parseInt(whose.group(2)) + (counted.contains("client-port") ? i : 0);
            int to = Integer.parseInt(whose.group(4)) + (counted.contains("server-port") ? i : 0);
            add(connection, at, new Ends(client, from, server, to));
        }
    }

    private static double seconds(String written) {
        return written == null ? 0 : Double.parseDouble(written);
    }

    /** The address so many behind another, in IPv4. */
    private static String counted(String address, int more) {
        String[] octets = address.split("\\.");
        int last = (Integer.parseInt(octets[2]) << 8) + Integer.parseInt(octets[3]) + more;
        return octets[0] + "." + octets[1] + "." + (last >> 8) + "." + (last & 0xff);
    }

    /** The two ends of a connection. */
    private record Ends(String client, int clientPort, String server, int serverPort) {
        void on(SegmentBuilder segment, boolean fromClient) {
            segment.ipv4(client, server).ports(clientPort, serverPort);
            if (!fromClient) {
                segment.reverse();
            }
        }
    }

    /** Initial sequence numbers grow from connection to connection, as a clock would give them. */
    private void add(PacketScript connection, double at, Ends ends) {
        long isn = 1_000_003L * connections;
        ScriptVariant variant =
                new ScriptVariant("", false, ScriptVariant.Network.IPV4, isn, isn + 4_000_000_000L & 0xffff_ffffL, 1);
        int[] identifications = {7 * connections, 30_000 + 11 * connections};
        double time = at;
        for (PacketScript.Line line : connection.lines()) {
            time += line.after();
            if (!line.isSegment()) {
                continue;
            }
            int side = line.side() == 'C' ? 0 : 1;
            boolean again = line.options() != null && line.options().contains("same");
            SegmentBuilder segment =
                    variant.frame(line, again || line.isIcmp() ? identifications[side] : ++identifications[side]);
            ends.on(segment, side == 0);
            long nanos = START + Math.round(time * NANOS);
            if (line.isIcmp()) {
                IcmpBuilder error = ScriptVariant.error(line, ROUTER, segment.packet());
                packets.add(new CapturedPacket(nanos, error.linkType(), error.build()));
            } else {
                packets.add(new CapturedPacket(nanos, segment.linkType(), segment.build()));
            }
        }
    }
}
