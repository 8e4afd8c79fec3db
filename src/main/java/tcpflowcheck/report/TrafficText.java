package tcpflowcheck.report;

import tcpflowcheck.tcp.Connection;
import tcpflowcheck.tcp.Durations;
import tcpflowcheck.tcp.Measures;
import tcpflowcheck.tcp.Side;

/**
 * The numbers of each end that sent text: {@code 5,112 B, 1,406 B in flight at most; rtt 130.1 / 132.6 / 141.0 / 141.0
 * ms (min / median / p99 / max of 9 ACKs)}.
 */
final class TrafficText {
    private TrafficText() {}

    static void append(TextBuffer out, Connection connection, int indent) {
        for (Side side : Side.values()) {
            Measures measures = connection.measures(side);
            if (measures.uniqueOctets() > 0 || measures.zeroWindowNanos() > 0) {
                label(out, side, indent);
                sent(out, measures);
                roundTrips(out, measures.byAcks(), "ACK");
                roundTrips(out, measures.byTimestamps(), "timestamp");
                out.append('\n');
            }
        }
    }

    private static void label(TextBuffer out, Side side, int indent) {
        String label = "  " + side + "'s";
        out.append(label).repeat(' ', Math.max(indent - label.length(), 1));
    }

    private static void sent(TextBuffer out, Measures measures) {
        Amount.grouped(out, measures.uniqueOctets()).append(" B");
        if (measures.retransmissions() > 0) {
            Amount.grouped(out.append(" and "), measures.retransmittedOctets()).append(" B again in ");
            Amount.counted(out, measures.retransmissions(), "segment");
            Amount.grouped(out.append(" ("), measures.longestBurst()).append(" B in a row)");
        }
        if (measures.timeouts() > 0) {
            Amount.counted(out.append(", "), measures.timeouts(), "timeout");
            Amount.duration(out.append(" of up to "), measures.longestTimeoutNanos());
        }
        if (measures.mostInFlight() > 0) {
            Amount.grouped(out.append(", "), measures.mostInFlight()).append(" B in flight at most");
        }
        if (measures.zeroWindowNanos() > 0) {
            Amount.duration(out.append(", window closed for "), measures.zeroWindowNanos());
        }
    }

    private static void roundTrips(TextBuffer out, Durations times, String of) {
        if (times.count() == 0) {
            return;
        }
        Amount.duration(out.append("; rtt "), times.min());
        if (times.count() > 1) {
            Amount.duration(out.append(" / "), times.median());
            Amount.duration(out.append(" / "), times.p99());
            Amount.duration(out.append(" / "), times.max());
            out.append(" (min / median / p99 / max of ");
            Amount.counted(out, times.count(), of).append(')');
        } else {
            out.append(" (1 ").append(of).append(')');
        }
    }
}
