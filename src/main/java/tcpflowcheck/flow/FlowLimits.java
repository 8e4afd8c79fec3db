package tcpflowcheck.flow;

/**
 * Given: how long flows are kept, and how many.
 *
 * @param mslNanos the maximum segment lifetime; TIME-WAIT, and what may follow a close, lasts twice that
 * @param synTimeoutNanos for a handshake that is not complete
 * @param idleTimeoutNanos for any other flow without segments, or {@link #NEVER}
 * @param maxFlows held at once
 * @param maxOctets of memory that they may take, by an estimate that depends on them alone
 * @param settleNanos after this silence a flow that was closed is told; what comes later is only counted
 */
public record FlowLimits(
        long mslNanos, long synTimeoutNanos, long idleTimeoutNanos, int maxFlows, long maxOctets, long settleNanos) {
    private static final long SECOND = 1_000_000_000L;

    /** Of a time-out: none. */
    public static final long NEVER = Long.MAX_VALUE;

    /** For files: 60 s, 75 s, no end of idle flows, and 2,000,000. */
    public static final FlowLimits DEFAULT = of(60 * SECOND, 75 * SECOND, NEVER, 2_000_000);

    /** What a host takes to send a FIN again three times (RFC 6298), so that nothing is mostly to come. */
    private static final long LIVE_SETTLE_NANOS = 3 * SECOND;

    /** For files: a flow that was closed waits for all that may follow. */
    public static FlowLimits of(long mslNanos, long synTimeoutNanos, long idleTimeoutNanos, int maxFlows) {
        return new FlowLimits(mslNanos, synTimeoutNanos, idleTimeoutNanos, maxFlows, Long.MAX_VALUE, 2 * mslNanos);
    }

    /** For a live capture: a flow is told as soon as its close is proven. */
    public FlowLimits live() {
        long settle = Math.min(LIVE_SETTLE_NANOS, 2 * mslNanos);
        return new FlowLimits(mslNanos, synTimeoutNanos, idleTimeoutNanos, maxFlows, maxOctets, settle);
    }

    /** The same, in so much memory. */
    public FlowLimits within(long octets) {
        return new FlowLimits(mslNanos, synTimeoutNanos, idleTimeoutNanos, maxFlows, octets, settleNanos);
    }

    /** When a flow of this life is over that has been silent since {@code touched}. */
    static long deadline(long touched, long life) {
        return life == NEVER ? NEVER : touched + life;
    }

    /** When a flow is over that has been silent since {@code touched}. */
    long deadlineOf(Flow flow, long touched) {
        if (flow.isOver()) {
            return touched + 2 * mslNanos;
        }
        return deadline(touched, flow.connection().wasSynchronized() ? idleTimeoutNanos : synTimeoutNanos);
    }
}
