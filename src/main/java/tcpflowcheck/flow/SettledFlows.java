package tcpflowcheck.flow;

import org.jspecify.annotations.Nullable;
import tcpflowcheck.flow.HeldFlows.Stage;

/**
 * Finds the closed flows that can be told, since nothing more of them is to be expected: in the order in which they fell
 * silent, and all where no other flow has room.
 */
final class SettledFlows {
    private final FlowLimits limits;
    private final FlowsAlive alive;
    private final HeldFlows held;

    /** How many were closed when that was looked at last, and the time before which none of them settles. */
    private int closed;

    private long settles = Long.MAX_VALUE;

    /** The one that was found, if it is alive; null if it is the held one at hand. */
    private @Nullable Flow found;

    SettledFlows(FlowLimits limits, FlowsAlive alive, HeldFlows held) {
        this.limits = limits;
        this.alive = alive;
        this.held = held;
    }

    /** Whether it is time to look for the {@linkplain #next next}. */
    boolean isDue(long now, boolean full) {
        return full || now >= settles || closed() != closed;
    }

    private int closed() {
        return alive.closed() + held.size(Stage.CLOSING) + held.size(Stage.CLOSED);
    }

    /**
     * Finds the next one, which is still to be taken out: it is {@link #found}.
     *
     * @param full whether no other flow has room
     * @return false if there is none now
     */
    boolean next(long now, boolean full) {
        found = alive.oldestClosed();
        long silentSince = found == null ? Long.MAX_VALUE : found.lastTime();
        if (held.oldestClosed() && held.touched() < silentSince) {
            found = null;
            silentSince = held.touched();
        }
        closed = closed();
        long least = full ? 0 : limits.settleNanos();
        boolean none = silentSince == Long.MAX_VALUE;
        if (none || now - silentSince < least) {
            settles = none ? Long.MAX_VALUE : silentSince + least;
            return false;
        }
        return true;
    }

    /** The one that {@link #next} has found, null if it is the held one at hand. */
    @Nullable
    Flow found() {
        return found;
    }
}
