package tcpflowcheck.flow;

import tcpflowcheck.flow.TakenFlows.Ends;

/** Who ends where too many flows are alive: the oldest of one segment if there is such, else the longest silent. */
final class Eviction {
    private final FlowsAlive alive;
    private final HeldFlows held;
    private final EndingFlows ending;

    Eviction(FlowsAlive alive, HeldFlows held, EndingFlows ending) {
        this.alive = alive;
        this.held = held;
        this.ending = ending;
    }

    /**
     * The one that has to go, null if it was held and is taken out.
     *
     * @param frame that shows the clock of the capture to stand at {@code now}
     */
    Flow next(long frame, long now) {
        Flow single = alive.oldestSingle();
        if (held.single(single == null ? Long.MAX_VALUE : single.stream())) {
            ending.add(Ends.EVICTED, frame, now);
            return null;
        }
        if (single != null) {
            return single;
        }
        Flow flow = alive.longestSilent();
        if (held.longestSilent() && (flow == null || held.touched() < flow.touched)) {
            ending.add(Ends.EVICTED, frame, now);
            return null;
        }
        return flow;
    }
}
