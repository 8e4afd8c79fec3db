package tcpflowcheck.tcp;

/** The rules of the capture group that one connection alone can show. */
final class CaptureRules {
    /** Fewer segments say nothing: the other direction's may have been lost. */
    private static final long FEW_SEGMENTS = 4;

    private CaptureRules() {}

    /** The connection has ended: were both directions captured? */
    static void end(Connection connection, long frame, long time) {
        for (Side side : Side.values()) {
            if (isAlone(connection.endpoint(side))
                    && connection.endpoint(side).traffic().packets() > FEW_SEGMENTS) {
                connection.found(
                        Rule.ONE_SIDED, side, frame, time, "no segment of the " + side.peer() + " was captured");
            }
        }
    }

    /** Whether only one end was captured, and the other spoke. */
    static boolean isOneSided(Connection connection) {
        return isAlone(connection.client()) || isAlone(connection.server());
    }

    /** Its acknowledgments show that the peer spoke, other than SYNs that nobody answered. */
    private static boolean isAlone(Endpoint end) {
        return end.rcvNxtKnown() && end.peer().traffic().packets() == 0;
    }
}
