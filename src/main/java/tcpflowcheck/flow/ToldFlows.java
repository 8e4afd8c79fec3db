package tcpflowcheck.flow;

/** What is kept of flows that have been told, by the version of their addresses. */
final class ToldFlows {
    private final Remains ipv4;
    private final Remains ipv6;

    /** @param most that are kept of each version */
    ToldFlows(int most) {
        ipv4 = new Remains(false, most);
        ipv6 = new Remains(true, most);
    }

    Remains of(FlowKey key) {
        return key.ports >>> 32 == 6 ? ipv6 : ipv4;
    }

    /** Keeps what is needed of a flow until {@code deadline}; the key becomes its. */
    void add(Flow flow, FlowKey key, long deadline) {
        flow.key(key);
        long flags = Remains.flags(flow);
        of(key).add(key, flow.stream(), Remains.next(flow), Remains.timestamps(flow), flags, deadline);
    }

    /** The clock of the capture: those whose time is over are there no longer. */
    void clock(long now) {
        ipv4.clock(now);
        ipv6.clock(now);
    }
}
