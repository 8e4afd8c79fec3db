package tcpflowcheck.tcp;

import java.util.EnumMap;
import java.util.Map;
import tcpflowcheck.wire.SeqNumber;

/** What holds of a connection whatever was captured of it. */
public final class ConnectionInvariants {
    private ConnectionInvariants() {}

    /** @throws AssertionError that says what does not hold */
    public static void check(Connection connection) {
        Map<Side, TcpState> at = new EnumMap<>(Side.class);
        TransitionLog log = connection.log();
        for (int i = 0; i < log.size(); i++) {
            Side side = log.side(i);
            StateDiagram.Arrow arrow = log.arrow(i);
            if (log.revised(i)) {
                continue;
            }
            TcpState before = at.put(side, arrow.to());
            if (before != null && before != arrow.from()) {
                throw new AssertionError(side + " went from " + before + " and is found in " + arrow.from());
            }
        }
        for (Side side : Side.values()) {
            Endpoint end = connection.endpoint(side);
            TcpState last = at.get(side);
            if (last != null && last != end.state()) {
                throw new AssertionError(side + " is in " + end.state() + ", its path ends in " + last);
            }
            if (end.sndNxtKnown() && SeqNumber.gt(end.sndUna, end.sndNxt)) {
                throw new AssertionError(side + ": SND.UNA " + end.sndUna + " > SND.NXT " + end.sndNxt);
            }
            Measures measures = connection.measures(side);
            if (measures.uniqueOctets() > end.traffic().octets() || measures.uniqueOctets() < 0) {
                throw new AssertionError(side + ": " + measures.uniqueOctets() + " octets once, "
                        + end.traffic().octets() + " in all");
            }
            for (Durations trips : new Durations[] {measures.byAcks(), measures.byTimestamps()}) {
                if (trips.count() > 0
                        && (trips.min() > trips.median()
                                || trips.median() > trips.p99()
                                || trips.p99() > trips.max())) {
                    throw new AssertionError(side + ": round trips out of order");
                }
            }
        }
    }
}
