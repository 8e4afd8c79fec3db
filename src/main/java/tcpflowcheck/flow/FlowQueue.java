package tcpflowcheck.flow;

import org.jspecify.annotations.Nullable;

/** Flows of one kind, which live equally long: the longest silent first; a flow is in one queue at most. */
final class FlowQueue {
    /** Nanoseconds without a segment after which a flow of this kind is over. */
    private final long life;

    private @Nullable Flow oldest;
    private @Nullable Flow newest;
    private int size;

    /** The oldest of those that have not been silent for long; null if there is none. */
    private @Nullable Flow lively;

    FlowQueue(long life) {
        this.life = life;
    }

    /** A segment of a flow of this kind has passed at {@code now}, a clock that never goes back: it is the youngest. */
    void touch(Flow flow, long now) {
        flow.touched = now;
        flow.deadline = FlowLimits.deadline(now, life);
        if (flow != newest) {
            leave(flow);
            append(flow);
        } else if (lively == null) {
            lively = flow;
        }
    }

    /** Adds a flow behind the others, which has been silent since it was touched. */
    void append(Flow flow) {
        flow.queue = this;
        flow.queuedBefore = newest;
        if (newest != null) {
            newest.queuedAfter = flow;
        } else {
            oldest = flow;
        }
        newest = flow;
        lively = lively == null ? flow : lively;
        size++;
    }

    /** Takes a flow out of the queue that it is in, if it is in one. */
    static void leave(Flow flow) {
        if (flow.queue != null) {
            flow.queue.remove(flow);
        }
    }

    private void remove(Flow flow) {
        lively = flow == lively ? flow.queuedAfter : lively;
        if (flow.queuedBefore != null) {
            flow.queuedBefore.queuedAfter = flow.queuedAfter;
        } else {
            oldest = flow.queuedAfter;
        }
        if (flow.queuedAfter != null) {
            flow.queuedAfter.queuedBefore = flow.queuedBefore;
        } else {
            newest = flow.queuedBefore;
        }
        flow.queuedBefore = null;
        flow.queuedAfter = null;
        flow.queue = null;
        size--;
    }

    /** The flow that has been silent longest, or null. */
    @Nullable
    Flow oldest() {
        return oldest;
    }

    /** Whether there is one that has been silent since {@code time}, and was not given by {@link #silent} since. */
    boolean hasSilent(long time) {
        return lively != null && lively.touched <= time;
    }

    /** The next one of which {@link #hasSilent} speaks; null if there is none. */
    @Nullable
    Flow silent(long time) {
        Flow flow = lively;
        if (flow == null || flow.touched > time) {
            return null;
        }
        lively = flow.queuedAfter;
        return flow;
    }

    int size() {
        return size;
    }
}
