package tcpflowcheck.flow;

import org.jspecify.annotations.Nullable;

/** The flows alive that have been looked at, by key, and by what they are and how long they have been silent. */
final class FlowsAlive {
    private final FlowTable table = new FlowTable();
    /** Of one segment, a SYN. Flows of one segment are what a flood is made of, and go first where too many are alive. */
    private final FlowQueue singleSyn;
    /** Of one segment, another. */
    private final FlowQueue single;
    /** Not synchronized yet. */
    private final FlowQueue opening;

    private final FlowQueue open;
    /** Those that were held until they had been silent for some time. */
    private final FlowQueue brought;
    /** Connections that have ended and wait for what may follow. */
    private final FlowQueue closed;

    private final FlowQueue[] queues;
    private final long shortestLife;

    /** About what all take. */
    private long octets;

    /** Before it no flow's time is over. */
    private long nextExpiry = Long.MIN_VALUE;

    FlowsAlive(FlowLimits limits) {
        long syn = limits.synTimeoutNanos();
        long idle = limits.idleTimeoutNanos();
        long closing = 2 * limits.mslNanos();
        singleSyn = new FlowQueue(syn);
        single = new FlowQueue(idle);
        opening = new FlowQueue(syn);
        open = new FlowQueue(idle);
        brought = new FlowQueue(idle);
        closed = new FlowQueue(closing);
        queues = new FlowQueue[] {singleSyn, single, opening, open, brought, closed};
        shortestLife = Math.min(Math.min(syn, idle), closing);
    }

    int size() {
        return table.size();
    }

    /** About how many octets of memory they take. */
    long octets() {
        return octets;
    }

    private void weigh(Flow flow) {
        long now = flow.memory();
        octets += now - flow.octets;
        flow.octets = now;
    }

    /** The flow of this key, or null. */
    @Nullable
    Flow find(FlowKey key) {
        return table.find(key);
    }

    /** Adds one to which its first segment is still to be shown. */
    void add(FlowKey key, Flow flow) {
        table.add(key, flow);
    }

    /** Adds one that was held, which knows since when it has been silent. */
    void bring(FlowKey key, Flow flow) {
        table.add(key, flow);
        weigh(flow);
        nextExpiry = Math.min(nextExpiry, flow.deadline);
        (flow.isOver() ? closed : brought).append(flow);
    }

    /** A segment of one has passed. */
    void passed(Flow flow, boolean first, long now) {
        queueOf(flow, first).touch(flow, now);
        weigh(flow);
    }

    private FlowQueue queueOf(Flow flow, boolean first) {
        if (flow.isOver()) {
            return closed;
        }
        if (first) {
            return flow.connection().wasSynchronized() ? single : singleSyn;
        }
        return flow.connection().wasSynchronized() ? open : opening;
    }

    void remove(Flow flow) {
        table.remove(flow);
        octets -= flow.octets;
        flow.octets = 0;
        FlowQueue.leave(flow);
    }

    /**
     * Takes out all, in the order of their streams.
     *
     * @param streams one more than the highest
     */
    Flow[] takeAll(long streams) {
        octets = 0;
        return table.takeAll(streams);
    }

    /** One whose time is over, which is still to be removed; null if there is none. */
    @Nullable
    Flow expired(long now) {
        if (now < nextExpiry) {
            return null;
        }
        long next = FlowLimits.deadline(now, shortestLife);
        for (FlowQueue queue : queues) {
            Flow flow = queue.oldest();
            if (flow != null && flow.deadline <= now) {
                return flow;
            }
            next = flow == null ? next : Math.min(next, flow.deadline);
        }
        nextExpiry = next;
        return null;
    }

    /** Whether there is one that has been silent since {@code time}, and was not given by {@link #silent} since. */
    boolean hasSilent(long time) {
        for (FlowQueue queue : queues) {
            if (queue.hasSilent(time)) {
                return true;
            }
        }
        return false;
    }

    /** The next one of which {@link #hasSilent} speaks; null if there is none. */
    @Nullable
    Flow silent(long time) {
        for (FlowQueue queue : queues) {
            Flow flow = queue.silent(time);
            if (flow != null) {
                return flow;
            }
        }
        return null;
    }

    /** The one that ended first, or null. */
    @Nullable
    Flow oldestClosed() {
        return closed.oldest();
    }

    int closed() {
        return closed.size();
    }

    /** The oldest of one segment, or null. */
    @Nullable
    Flow oldestSingle() {
        Flow syn = singleSyn.oldest();
        Flow other = single.oldest();
        return syn == null || (other != null && other.stream() < syn.stream()) ? other : syn;
    }

    /** Of those with more than one segment the one that has been silent longest, or null. */
    @Nullable
    Flow longestSilent() {
        Flow longest = null;
        for (FlowQueue queue : queues) {
            Flow flow = queue == singleSyn || queue == single ? null : queue.oldest();
            longest = flow != null && (longest == null || flow.touched < longest.touched) ? flow : longest;
        }
        return longest;
    }
}
