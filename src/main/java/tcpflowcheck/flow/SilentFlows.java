package tcpflowcheck.flow;

/** Tells which flows have been silent for 2 MSL, so that nothing waits for them: after that nothing is on its way any more. */
final class SilentFlows {
    /** Between two looks. */
    private static final long STEP_NANOS = 1_000_000_000L;

    private final long twoMslNanos;
    private final FlowsAlive alive;
    private final HeldFlows held;
    private final EndingFlows ending;
    private final FlowEvents events;
    private long next = Long.MIN_VALUE;

    SilentFlows(FlowLimits limits, FlowsAlive alive, HeldFlows held, EndingFlows ending, FlowEvents events) {
        twoMslNanos = 2 * limits.mslNanos();
        this.alive = alive;
        this.held = held;
        this.ending = ending;
        this.events = events;
    }

    /** The clock of the capture stands at {@code now}: what has become silent is told behind all that ended before. */
    void clock(long now) {
        if (now < next) {
            return;
        }
        next = now + STEP_NANOS;
        long since = now - twoMslNanos;
        if (!alive.hasSilent(since) && !held.silent(since)) {
            return;
        }
        ending.await();
        for (Flow flow = alive.silent(since); flow != null; flow = alive.silent(since)) {
            events.silent(flow.stream());
        }
        while (held.silent(since)) {
            events.silent(held.stream());
            held.pass();
        }
    }
}
