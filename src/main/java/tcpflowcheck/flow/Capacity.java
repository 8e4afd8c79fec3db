package tcpflowcheck.flow;

import org.jspecify.annotations.Nullable;
import tcpflowcheck.flow.TakenFlows.Ends;

/** How many flows are alive, whether those are too many, and who ends then. */
final class Capacity {
    private final FlowLimits limits;
    private final FlowsAlive alive;
    private final HeldFlows held;
    private final EndingFlows ending;

    private long evicted;

    Capacity(FlowLimits limits, FlowsAlive alive, HeldFlows held, EndingFlows ending) {
        this.limits = limits;
        this.alive = alive;
        this.held = held;
        this.ending = ending;
    }

    /** Flows that have not ended. */
    int alive() {
        return alive.size() + held.size() - ending.size();
    }

    /** About how many octets of memory they take. */
    long octets() {
        return alive.octets() + held.octets();
    }

    /** Whether there is no room for one more. */
    boolean isFull() {
        return hasMost() || takesTooMuch();
    }

    /** Whether there are as many as there may be. */
    boolean hasMost() {
        return alive() >= limits.maxFlows();
    }

    boolean takesTooMuch() {
        return octets() > limits.maxOctets();
    }

    /** Flows that had to go. */
    long evicted() {
        return evicted;
    }

    /**
     * The one that has to go, null if it was held and is taken out: the oldest of one segment if there is such, else the
     * longest silent.
     *
     * @param frame that shows the clock of the capture to stand at {@code now}
     */
    @Nullable
    Flow evict(long frame, long now) {
        evicted++;
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
