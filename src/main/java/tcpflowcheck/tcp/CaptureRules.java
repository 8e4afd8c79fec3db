package tcpflowcheck.tcp;

/** The rules of the capture group that one connection alone can show. */
final class CaptureRules {
    /** Fewer segments say nothing: the other direction's may have been lost. */
    private static final long FEW_SEGMENTS = 4;

    private CaptureRules() {}

    /** The connection has ended: were both directions captured? */
    static void end(Connection connection, long frame, long time) {
        for (Side side : Side.values()) {
            Endpoint sender = connection.endpoint(side);
            boolean alone = connection.endpoint(side.peer()).traffic().packets() == 0;
            // Its acknowledgments show that the peer spoke, other than SYNs that nobody answered.
            if (alone && sender.rcvNxtKnown() && sender.traffic().packets() > FEW_SEGMENTS) {
                connection.found(
                        Rule.ONE_SIDED, side, frame, time, "no segment of the " + side.peer() + " was captured");
            }
        }
    }
}
