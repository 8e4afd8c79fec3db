package tcpflowcheck.tcp;

import tcpflowcheck.tcp.evidence.Observer;
import tcpflowcheck.tcp.evidence.Observer.Verdict;
import tcpflowcheck.tcp.evidence.Sightings;
import tcpflowcheck.tcp.evidence.Step;
import tcpflowcheck.wire.TcpSegment;

/** Both ends of a connection as all that is possible has them; what is likeliest is told, and told again when it changes. */
final class Evidence {
    private static final long LEAST_OCTETS = 1000;
    private static final long HISTORY_OCTETS = 180;

    private final Connection connection;
    private final Observer client;
    private final Observer server;

    Evidence(Connection connection) {
        this.connection = connection;
        client = new Observer(
                connection.sightings(), Side.CLIENT, connection.client().initial());
        server = new Observer(
                connection.sightings(), Side.SERVER, connection.server().initial());
    }

    private Observer observer(Side side) {
        return side == Side.CLIENT ? client : server;
    }

    /** Where an end is likeliest to be, whether it has shown that or not. */
    TcpState likeliest(Side side) {
        return observer(side).now().state();
    }

    /** About how many octets of memory it takes. */
    long octets() {
        return LEAST_OCTETS + HISTORY_OCTETS * (client.histories() + server.histories());
    }

    /** A segment has been noted. */
    void sees(Endpoint sender, TcpSegment segment) {
        if (!client.isBehind()) {
            return;
        }
        tell(sender, segment.frame(), segment.time(), reason(segment));
        boolean ignored = sender.peer().ignoresThirdAck;
        String peers =
                ignored ? "it does not take the third ACK" : "the " + sender.side() + "'s next segment shows otherwise";
        tell(sender.peer(), segment.frame(), segment.time(), peers);
    }

    /** An ICMP error that quotes the SYN of an end has been noted. */
    void sees(Endpoint end, long frame, long time) {
        tell(end, frame, time, "an ICMP error answers its SYN");
    }

    private void tell(Endpoint end, long frame, long time, String reason) {
        Observer observer = observer(end.side());
        observer.way(connection.roundTripNanos(), answer(end.side()));
        observer.read();
        Verdict verdict = observer.now();
        end.tell(verdict, frame, time, reason);
    }

    /** How soon an end has answered what passed the tap, at best: a SYN, a SYN,ACK, or text. */
    private long answer(Side side) {
        Handshake handshake = connection.handshake();
        long opening = Math.max(side == Side.SERVER ? handshake.synAckNanos() : handshake.ackNanos(), 0);
        Durations acked = connection.measures(side.peer()).byAcks();
        return opening == 0 || acked.count() == 0 ? opening : Math.min(opening, acked.min());
    }

    private String reason(TcpSegment segment) {
        if (segment.isSyn() && !segment.isAck() && connection.handshake().unreachable() != null) {
            return "its SYN came again, so it took the ICMP error for a soft one";
        }
        if (segment.isSyn()) {
            return segment.isAck() ? "its SYN,ACK came again" : "its SYN came again";
        }
        if (segment.isRst()) {
            return "its RST shows otherwise";
        }
        return segment.isFin() ? "its FIN shows otherwise" : "it goes on otherwise";
    }

    /** Nothing more is to come; the clock of the capture stands at {@code now}. */
    void settle(long frame, long time, long now) {
        for (Side side : Side.values()) {
            Endpoint end = connection.endpoint(side);
            observer(side).read();
            Verdict verdict = observer(side).settle(now - last() >= silence(side));
            end.tell(verdict, frame, time, "all that followed shows otherwise");
            int steps = Step.count(verdict.path());
            if (verdict.certain() < steps) {
                connection.log().doubtFrom(side, verdict.certain());
            }
        }
    }

    private long last() {
        Sightings log = connection.sightings();
        return log.size() == 0 ? Long.MIN_VALUE / 2 : log.time(log.size() - 1);
    }

    /** Twice the last interval between two copies of what an end sent again, and at least {@link Connection#LEAST_SILENCE_NANOS}. */
    private long silence(Side side) {
        return Math.max(
                Connection.LEAST_SILENCE_NANOS, 2 * connection.sightings().repairNanos(side));
    }
}
