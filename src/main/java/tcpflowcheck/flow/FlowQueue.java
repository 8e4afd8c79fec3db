package tcpflowcheck.flow;

/** Flows of one kind, the longest silent first; a flow is in one queue at most. */
final class FlowQueue {
    private Flow oldest;
    private Flow newest;
    private int size;

    /** A segment of a flow of this kind has passed: it is the youngest. */
    void touch(Flow flow) {
        if (flow == newest) {
            return;
        }
        leave(flow);
        flow.queue = this;
        flow.queuedBefore = newest;
        if (newest != null) {
            newest.queuedAfter = flow;
        } else {
            oldest = flow;
        }
        newest = flow;
        size++;
    }

    /** Takes a flow out of the queue that it is in, if it is in one. */
    static void leave(Flow flow) {
        if (flow.queue != null) {
            flow.queue.remove(flow);
        }
    }

    private void remove(Flow flow) {
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
    Flow oldest() {
        return oldest;
    }

    int size() {
        return size;
    }
}
