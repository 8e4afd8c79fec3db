package tcpflowcheck.tcp;

import org.jspecify.annotations.Nullable;

/** Nothing more of a connection is to come: its paths are settled, and what the capture does not prove is in doubt. */
final class Settlement {
    /** What is sent again sooner was not missed by a time-out (stacks in use wait 200 ms at least). */
    static final long SHORTEST_TIMEOUT_NANOS = 150_000_000L;

    private Settlement() {}

    /**
     * Settles both paths.
     *
     * @param evidence null if it went as most connections do
     * @param frame the last frame of the flow
     * @param time its time
     * @param now where the clock of the capture stands
     */
    static void of(Connection connection, @Nullable Evidence evidence, long frame, long time, long now) {
        if (evidence != null) {
            evidence.settle(frame, time, now);
        } else {
            doubt(connection.client(), now);
            doubt(connection.server(), now);
        }
        if (hasLost(connection)) {
            doubtReset(connection.client());
            doubtReset(connection.server());
        }
        doubtBehindUnseenFin(connection.client());
        doubtBehindUnseenFin(connection.server());
        TransitionLog log = connection.log();
        for (int i = 0; i < log.size() && connection.isHeard(); i++) {
            if (!log.certain(i) && !log.revised(i)) {
                connection.event(new TcpEvent.Doubted(log.frame(i), log.time(i), log.side(i), log.arrow(i)));
            }
        }
    }

    /** Whether anything of it was seen to be lost, so that more may have been. */
    private static boolean hasLost(Connection connection) {
        return hasLost(connection.client()) || hasLost(connection.server());
    }

    private static boolean hasLost(Endpoint end) {
        boolean timedOut = end.connection.sightings().repairNanos(end.side()) >= SHORTEST_TIMEOUT_NANOS;
        return timedOut || end.connection.measures(end.side()).retransmissions() > 0 || end.missedOctets() > 0;
    }

    /** No RST is sent again: where segments get lost, an end that has nothing to repair may not have got it. */
    private static void doubtReset(Endpoint end) {
        if (end.sndUna() == end.sndNxt()) {
            end.connection.log().doubtReset(end.side());
        }
    }

    /** Where the peer's FIN may be among what was not captured, nobody knows who closed first, nor what came of that. */
    private static void doubtBehindUnseenFin(Endpoint end) {
        Endpoint peer = end.peer();
        boolean got = end.rcvNxtKnown() && peer.mayHaveUnseenFin(end.finSent() ? end.rcvNxtAtFin : end.rcvNxt());
        boolean sent = peer.rcvNxtKnown() && end.mayHaveUnseenFin(peer.rcvNxt());
        if (got || sent) {
            end.connection.log().doubtBehind(end.side(), TcpState.ESTABLISHED);
        }
    }

    /** What was only predicted, and what another history has otherwise. */
    private static void doubt(Endpoint end, long now) {
        if (end.isOpenBySilence() || now - end.movedAt() < Connection.LEAST_SILENCE_NANOS) {
            end.connection.log().doubt(end.side(), end.predictions());
        }
    }
}
