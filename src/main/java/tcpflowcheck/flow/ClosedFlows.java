package tcpflowcheck.flow;

/** The flows whose connection has ended and which wait for what may follow, the longest silent first. */
final class ClosedFlows {
    private Flow oldest;
    private Flow newest;
    private int size;

    /** A segment of a closed flow has passed: it is the youngest. */
    void touch(Flow flow) {
        if (flow == newest) {
            return;
        }
        remove(flow);
        flow.closed = true;
        flow.closedBefore = newest;
        if (newest != null) {
            newest.closedAfter = flow;
        } else {
            oldest = flow;
        }
        newest = flow;
        size++;
    }

    void remove(Flow flow) {
        if (!flow.closed) {
            return;
        }
        if (flow.closedBefore != null) {
            flow.closedBefore.closedAfter = flow.closedAfter;
        } else {
            oldest = flow.closedAfter;
        }
        if (flow.closedAfter != null) {
            flow.closedAfter.closedBefore = flow.closedBefore;
        } else {
            newest = flow.closedBefore;
        }
        flow.closedBefore = null;
        flow.closedAfter = null;
        flow.closed = false;
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
