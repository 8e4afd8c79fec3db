package tcpflowcheck.tcp;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import tcpflowcheck.wire.SeqNumber;

/** What holds of a connection whatever was captured of it. */
public final class ConnectionInvariants {
    private ConnectionInvariants() {}

    /**
     * Looks at all of them.
     *
     * @throws AssertionError that says what does not hold
     */
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

    private static final EnumSet<Handshake.Kind> OPENED = EnumSet.of(
            Handshake.Kind.THREE_WAY, Handshake.Kind.FAST_OPEN, Handshake.Kind.SIMULTANEOUS, Handshake.Kind.SPLIT);

    /** The same, and of one that has ended: what was found of a verdict is there if, and only if, the verdict is. */
    public static void checkEnded(Connection connection) {
        check(connection);
        Reset reset = connection.reset();
        Handshake.Kind open = connection.handshake().kind();
        hold(connection, Rule.HANDSHAKE_REFUSED, open == Handshake.Kind.REFUSED);
        hold(connection, Rule.RESET, reset != null && reset.kind() != Reset.Kind.REFUSED);
        hold(connection, Rule.SIMULTANEOUS_CLOSE, connection.closing().isSimultaneous());
        if (connection.handshake().hasOpened() && OPENED.contains(open)) {
            hold(connection, Rule.SIMULTANEOUS_OPEN, open == Handshake.Kind.SIMULTANEOUS);
            hold(connection, Rule.SPLIT_HANDSHAKE, open == Handshake.Kind.SPLIT);
        }
        for (Finding finding : connection.findings().list()) {
            String words = reset == null ? "" : reset.kind() + " by " + reset.by() + " in " + reset.state() + ",";
            if (finding.rule() == Rule.RESET
                    && (reset == null
                            || (finding.side() == reset.by()
                                    && !finding.message().startsWith(words)))) {
                throw new AssertionError("found " + finding.message() + ", the reset is " + reset);
            }
            if (finding.rule() == Rule.LAST_ACK_LOST && hasItsFinAcknowledged(connection.log(), finding)) {
                throw new AssertionError(finding.side() + " had got the ACK that was found lost");
            }
        }
    }

    private static boolean hasItsFinAcknowledged(TransitionLog log, Finding finding) {
        for (int i = 0; i < log.size(); i++) {
            boolean stands = log.side(i) == finding.side() && !log.revised(i) && log.certain(i);
            boolean acknowledged = log.arrow(i).event() == StateDiagram.Event.RCV_ACK_OF_FIN;
            if (stands && acknowledged && log.frame(i) < finding.frame(0)) {
                return true;
            }
        }
        return false;
    }

    private static void hold(Connection connection, Rule rule, boolean is) {
        boolean found = connection.findings().has(rule, Side.CLIENT)
                || connection.findings().has(rule, Side.SERVER);
        if (found != is) {
            throw new AssertionError(rule + (found ? " was found, and is not" : " is, and was not found"));
        }
    }
}
