package tcpflowcheck.report;

import tcpflowcheck.flow.Flow;
import tcpflowcheck.flow.Roles;
import tcpflowcheck.tcp.Connection;
import tcpflowcheck.tcp.Handshake;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.StateDiagram.Event;
import tcpflowcheck.tcp.Steps;
import tcpflowcheck.tcp.Unreachable;

/** What is said of a handshake behind the name of its kind. */
final class OpenText {
    private static final long NOT_CAPTURED = -1;

    void append(TextBuffer out, Flow flow) {
        Connection connection = flow.connection();
        Handshake handshake = connection.handshake();
        switch (handshake.kind()) {
            case THREE_WAY, FAST_OPEN -> threeWay(out, handshake);
            case SIMULTANEOUS, SPLIT -> whole(out, connection);
            case REFUSED -> refused(out, handshake);
            case UNREACHABLE -> unreachable(out, connection);
            case UNANSWERED -> unanswered(out, flow);
            case HALF_OPEN -> halfOpen(out, handshake);
            case CUT -> cut(out, connection);
            case EVICTED -> out.append(VerdictText.EVICTED);
            case MIDSTREAM -> midstream(out, flow.roles());
        }
    }

    private static void threeWay(TextBuffer out, Handshake handshake) {
        long answer = handshake.synAckNanos();
        long confirmation = handshake.ackNanos();
        if (answer >= 0 && confirmation >= 0) {
            Amount.Unit unit = Amount.Unit.of(answer + confirmation);
            Amount.duration(out.append(" in "), answer + confirmation);
            Amount.duration(out.append(" ("), answer, unit);
            Amount.duration(out.append(" + "), confirmation, unit).append(')');
        } else if (answer == NOT_CAPTURED && handshake.isAnswered()) {
            out.append(", SYN not captured");
        } else if (confirmation == NOT_CAPTURED) {
            out.append(", SYN,ACK not captured");
        }
        afterRetransmissions(out, handshake);
        synAckRetransmissions(out, handshake);
    }

    private static void whole(TextBuffer out, Connection connection) {
        Steps steps = connection.handshake().steps();
        long nanos = steps.size() < 2 ? -1 : steps.time(steps.size() - 1) - steps.time(0);
        if (connection.wasSynchronized() && nanos >= 0) {
            Amount.duration(out.append(" in "), nanos);
        }
        synRetransmissions(out, connection.handshake());
        synAckRetransmissions(out, connection.handshake());
    }

    private static void refused(TextBuffer out, Handshake handshake) {
        if (handshake.synAckNanos() >= 0) {
            Amount.duration(out.append(" in "), handshake.synAckNanos());
        }
        afterRetransmissions(out, handshake);
    }

    /** {@code in 5.0 ms: administratively prohibited (ICMP 3/13), says 203.0.113.1} */
    private static void unreachable(TextBuffer out, Connection connection) {
        Handshake handshake = connection.handshake();
        Unreachable by = handshake.unreachable();
        if (by == null) {
            return;
        }
        Amount.duration(out.append(" in "), by.nanos());
        if (by.synRetransmissions() > 0) {
            Amount.counted(out.append(" after "), by.synRetransmissions(), "SYN retransmission");
        }
        out.append(": ").append(by.said().text());
        out.append(", says ").append(by.said().sender());
        int more = handshake.synRetransmissions() - by.synRetransmissions();
        if (more > 0) {
            boolean closed = connection.log().endsBy(Side.CLIENT, Event.RCV_ICMP);
            out.append(closed ? "; given up after " : "; a soft error to the client: ");
            Amount.counted(out, more, "SYN").append(" more");
        }
    }

    private static void unanswered(TextBuffer out, Flow flow) {
        Connection connection = flow.connection();
        long syns = 1L + connection.handshake().synRetransmissions();
        if (syns > 1) {
            Amount.grouped(out.append(", SYN sent "), syns).append(" times");
            boolean nothingElse = connection.client().traffic().packets() == syns
                    && connection.server().traffic().packets() == 0;
            if (nothingElse) {
                Amount.duration(out.append(" in "), flow.durationNanos());
            }
        }
    }

    private static void halfOpen(TextBuffer out, Handshake handshake) {
        if (handshake.synAckNanos() >= 0) {
            Amount.duration(out.append(", SYN,ACK after "), handshake.synAckNanos());
        } else if (handshake.synAckNanos() == NOT_CAPTURED) {
            out.append(", SYN not captured");
        }
        out.append(handshake.isIgnored() ? ", its ACK ignored" : ", never confirmed");
        synRetransmissions(out, handshake);
        synAckRetransmissions(out, handshake);
    }

    private static void cut(TextBuffer out, Connection connection) {
        VerdictText.cut(out, connection);
        synRetransmissions(out, connection.handshake());
        synAckRetransmissions(out, connection.handshake());
    }

    private static void midstream(TextBuffer out, Roles roles) {
        out.append(", began before the capture; ");
        out.append(
                roles == Roles.PORT ? "the lower port is taken to serve" : "the first sender is taken for the client");
    }

    /** The time before is from the last SYN on; this says how long the first had waited until then. */
    private static void afterRetransmissions(TextBuffer out, Handshake handshake) {
        if (handshake.synRetransmissions() == 0) {
            return;
        }
        Amount.counted(out.append(" after "), handshake.synRetransmissions(), "SYN retransmission");
        Steps steps = handshake.steps();
        if (steps.size() > 1 && handshake.synAckNanos() >= 0) {
            long waited = steps.time(1) - handshake.synAckNanos() - steps.time(0);
            if (waited > 0) {
                Amount.duration(out.append(" in "), waited);
            }
        }
    }

    private static void synRetransmissions(TextBuffer out, Handshake handshake) {
        if (handshake.synRetransmissions() > 0) {
            Amount.counted(out.append(", "), handshake.synRetransmissions(), "SYN retransmission");
        }
    }

    private static void synAckRetransmissions(TextBuffer out, Handshake handshake) {
        if (handshake.synAckRetransmissions() > 0) {
            Amount.counted(out.append(", "), handshake.synAckRetransmissions(), "SYN,ACK retransmission");
        }
    }
}
