package tcpflowcheck.flow;

/**
 * Flows filed by the second in which they may end. A flow whose deadline has moved on is filed again when its slot
 * comes, so a segment costs nothing here unless it brings the deadline nearer.
 */
final class ExpiryWheel {
    static final long NOT_FILED = -1;

    private static final long SECOND = 1_000_000_000L;
    private static final int SLOTS = 1 << 12;

    private final Flow[] slots = new Flow[SLOTS];

    /** The second whose slot is looked at next. */
    private long next;

    private int size;

    /** Files a flow under its deadline, or anew if that has come nearer. */
    void file(Flow flow, long now) {
        long second = Math.min(Math.floorDiv(flow.deadline, SECOND) + 1, Math.floorDiv(now, SECOND) + SLOTS - 1);
        if (flow.filed != NOT_FILED) {
            if (flow.filed <= second) {
                return;
            }
            remove(flow);
        }
        if (size == 0) {
            next = Math.floorDiv(now, SECOND);
        }
        flow.filed = Math.max(second, next);
        int slot = (int) (flow.filed & SLOTS - 1);
        flow.wheelAfter = slots[slot];
        flow.wheelBefore = null;
        if (slots[slot] != null) {
            slots[slot].wheelBefore = flow;
        }
        slots[slot] = flow;
        size++;
    }

    void remove(Flow flow) {
        if (flow.filed == NOT_FILED) {
            return;
        }
        if (flow.wheelBefore != null) {
            flow.wheelBefore.wheelAfter = flow.wheelAfter;
        } else {
            slots[(int) (flow.filed & SLOTS - 1)] = flow.wheelAfter;
        }
        if (flow.wheelAfter != null) {
            flow.wheelAfter.wheelBefore = flow.wheelBefore;
        }
        flow.wheelBefore = null;
        flow.wheelAfter = null;
        flow.filed = NOT_FILED;
        size--;
    }

    /** Takes out a flow whose deadline is not after {@code now}; null when there is none left. */
    Flow expired(long now) {
        long second = Math.floorDiv(now, SECOND);
        if (size == 0 || next > second) {
            return null;
        }
        if (second - next >= SLOTS) {
            next = second - SLOTS + 1;
        }
        for (; next <= second; next++) {
            Flow flow = slots[(int) (next & SLOTS - 1)];
            while (flow != null) {
                Flow after = flow.wheelAfter;
                if (flow.filed <= second) {
                    remove(flow);
                    if (flow.deadline <= now) {
                        return flow;
                    }
                    file(flow, now);
                }
                flow = after;
            }
        }
        return null;
    }

    /** Takes out one of the flows that would end first; null if there is none. */
    Flow earliest() {
        for (int i = 0; i < SLOTS && size > 0; i++) {
            Flow flow = slots[(int) (next + i & SLOTS - 1)];
            if (flow != null) {
                remove(flow);
                return flow;
            }
        }
        return null;
    }
}
