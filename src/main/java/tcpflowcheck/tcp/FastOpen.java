package tcpflowcheck.tcp;

import tcpflowcheck.wire.TcpSegment;

/** Octets on the client's SYN, and whether the SYN,ACK takes them (RFC 7413). */
final class FastOpen {
    /** What most SYNs ask for. */
    static final FastOpen NONE = new FastOpen(0, false);

    private final int octets;
    private final boolean asked;
    private boolean done;

    private FastOpen(int octets, boolean asked) {
        this.octets = octets;
        this.asked = asked;
    }

    /** What a SYN of the client asks for. */
    static FastOpen of(TcpSegment syn) {
        return syn.length() == 0
                ? NONE
                : new FastOpen(syn.length(), syn.options().fastOpenLength() >= 0);
    }

    /** Whether the SYN,ACK acknowledged the octets. */
    boolean done() {
        return done;
    }

    /** A SYN,ACK of the server passes, for the first time or {@code again}. */
    void isAnswered(Connection connection, Endpoint server, TcpSegment synAck, boolean again) {
        if (octets == 0 || again) {
            return;
        }
        int acked = synAck.ack() - server.peer().iss() - 1;
        if (acked > 0) {
            done = true;
            connection.found(Rule.FAST_OPEN, server, synAck, acked + " octets on the SYN acknowledged");
        } else if (asked) {
            connection.found(Rule.FAST_OPEN_IGNORED, server, synAck, octets + " octets on the SYN not acknowledged");
        }
    }
}
