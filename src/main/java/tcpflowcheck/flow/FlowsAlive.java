package tcpflowcheck.flow;

/** The flows alive that have been looked at, by key, by when they end, and those that are told or go first. */
final class FlowsAlive {
    private final FlowLimits limits;
    private final FlowTable table = new FlowTable();
    private final ExpiryWheel wheel = new ExpiryWheel();
    /** Connections that have ended and wait for what may follow. */
    private final FlowQueue closed = new FlowQueue();
    /** Flows of one segment: what a flood is made of, and where too many are alive the first to go. */
    private final FlowQueue single = new FlowQueue();

    FlowsAlive(FlowLimits limits) {
        this.limits = limits;
    }

    int size() {
        return table.size();
    }

    /** The flow of this key, or null. */
    Flow find(FlowKey key) {
        return table.find(key);
    }

    /** Adds one to which its first segment is still to be shown. */
    void add(FlowKey key, Flow flow) {
        table.add(key, flow);
    }

    /** Adds one that was held, which has its deadline. */
    void bring(FlowKey key, Flow flow, long now) {
        table.add(key, flow);
        wheel.file(flow, now);
        if (flow.connection().ended()) {
            closed.touch(flow);
        }
    }

    /** A segment of one has passed. */
    void passed(Flow flow, boolean first, long now) {
        flow.deadline = now + limits.lifeOf(flow);
        wheel.file(flow, now);
        if (flow.connection().ended()) {
            closed.touch(flow);
        } else if (first) {
            single.touch(flow);
        } else if (flow.queue != null) {
            FlowQueue.leave(flow);
        }
    }

    void remove(Flow flow) {
        wheel.remove(flow);
        table.remove(flow);
        FlowQueue.leave(flow);
    }

    /**
     * Takes out all, in the order of their streams.
     *
     * @param streams one more than the highest
     */
    Flow[] takeAll(long streams) {
        return table.takeAll(streams);
    }

    /** One whose time is over, which is still to be removed; null if there is none. */
    Flow expired(long now) {
        return wheel.expired(now);
    }

    /** The one that ended first, or null. */
    Flow oldestClosed() {
        return closed.oldest();
    }

    int closed() {
        return closed.size();
    }

    /** The oldest of one segment, or null. */
    Flow oldestSingle() {
        return single.oldest();
    }

    /** One of those that would end first; null if there is none. */
    Flow earliest(long now) {
        Flow flow = wheel.earliest();
        if (flow != null) {
            wheel.file(flow, now);
        }
        return flow;
    }
}
