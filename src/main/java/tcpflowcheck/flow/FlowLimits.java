package tcpflowcheck.flow;

/**
 * Given: how long flows are kept, and how many.
 *
 * @param mslNanos the maximum segment lifetime; TIME-WAIT, and what may follow a close, lasts twice that
 * @param synTimeoutNanos for a handshake that is not complete
 * @param idleTimeoutNanos for any other flow without segments
 * @param maxFlows held at once
 */
public record FlowLimits(long mslNanos, long synTimeoutNanos, long idleTimeoutNanos, int maxFlows) {
    private static final long SECOND = 1_000_000_000L;

    /** 60 s, 75 s, an hour and 2,000,000. */
    public static final FlowLimits DEFAULT = new FlowLimits(60 * SECOND, 75 * SECOND, 3600 * SECOND, 2_000_000);

    long lifeOf(Flow flow) {
        if (flow.connection().ended()) {
            return 2 * mslNanos;
        }
        return flow.connection().wasSynchronized() ? idleTimeoutNanos : synTimeoutNanos;
    }
}
