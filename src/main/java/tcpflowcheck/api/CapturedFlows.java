package tcpflowcheck.api;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.check.Miss;

/** Given: the flows of a capture, or some of them, in the order of their first frames. */
public final class CapturedFlows implements Iterable<Flow> {
    static final String CAPTURE = "the capture";

    private final Origin origin;
    private final List<Flow> flows;
    /** What {@code --json} says at the end; null where these are only some of the flows. */
    private final @Nullable Map<String, Object> summary;
    /** Of these they are some; null where these are all. */
    private final @Nullable CapturedFlows all;

    CapturedFlows(Origin origin, List<Flow> flows, Map<String, Object> summary) {
        this.origin = origin;
        this.flows = List.copyOf(flows);
        this.summary = summary;
        all = null;
    }

    private CapturedFlows(CapturedFlows all, List<Flow> flows) {
        origin = all.origin;
        this.flows = flows;
        summary = null;
        this.all = all;
    }

    Origin origin() {
        return origin;
    }

    @Nullable
    Map<String, Object> summary() {
        return summary;
    }

    /** The capture's path, or the interface. */
    public String name() {
        return origin.name();
    }

    public List<Flow> flows() {
        return flows;
    }

    public int size() {
        return flows.size();
    }

    @Override
    public Iterator<Flow> iterator() {
        return flows.iterator();
    }

    /**
     * The only flow.
     *
     * @throws AssertionError if there is none, or another; it names those there are
     */
    public Flow onlyFlow() {
        if (flows.size() != 1) {
            origin.require(List.of(Miss.of(origin.name(), CAPTURE, "flows", "1", told(), 0)));
        }
        return flows.get(0);
    }

    /**
     * The flow of this number.
     *
     * @param stream from 0, counted over the whole capture
     * @throws AssertionError if there is none; it names those there are
     */
    public Flow flow(long stream) {
        for (Flow flow : flows) {
            if (flow.stream() == stream) {
                return flow;
            }
        }
        origin.require(List.of(Miss.of(origin.name(), CAPTURE, "stream " + stream, "a flow", told(), 0)));
        throw new AssertionError("not reached");
    }

    /** {@code 2: stream 0 (...), stream 1 (...)}; of none that are chosen, those there are: {@code 0 of 2: ...}. */
    String told() {
        if (flows.isEmpty()) {
            return all == null ? "0, in " + frames() + " frames" : "0 of " + all.told();
        }
        List<String> first = new ArrayList<>();
        flows.subList(0, Math.min(3, flows.size())).forEach(flow -> first.add(flow.toString()));
        String more = flows.size() > 3 ? " and " + (flows.size() - 3) + " more" : "";
        return flows.size() + ": " + String.join(", ", first) + more;
    }

    /** Those to a server's port. */
    public CapturedFlows toPort(int port) {
        return where(flow -> flow.server().port() == port);
    }

    /** Those for which something is true. */
    public CapturedFlows where(Predicate<Flow> choice) {
        return new CapturedFlows(this, flows.stream().filter(choice).toList());
    }

    /** How many were opened so. */
    public int count(Opening opening) {
        return where(flow -> flow.opening() == opening).size();
    }

    /** How many were closed so. */
    public int count(Closing closing) {
        return where(flow -> flow.closing() == closing).size();
    }

    /** In how many this was found. */
    public int count(Rule rule) {
        return where(flow -> flow.has(rule)).size();
    }

    /**
     * Frames of the capture, of TCP and others.
     *
     * @throws IllegalStateException if these are only some of the flows
     */
    public long frames() {
        return Tree.number(whole(), "frames");
    }

    /** Frames that passed and were not captured, or -1 if nobody counted them. */
    public long dropped() {
        return origin.dropped();
    }

    /**
     * Anything that {@code --json} tells of a capture as a whole, by its path: {@code captureFindings}.
     *
     * @return as {@link Flow#value} gives it
     * @throws IllegalArgumentException if there is no such key
     * @throws IllegalStateException if these are only some of the flows
     */
    public @Nullable Object value(String path) {
        return Tree.at(whole(), path);
    }

    Map<String, Object> whole() {
        if (summary == null) {
            throw new IllegalStateException("these are only some of the capture's flows: ask the whole capture");
        }
        return summary;
    }

    /** {@code close.pcap: 2: stream 0 (...), stream 1 (...)}. */
    @Override
    public String toString() {
        return origin.name() + ": " + told();
    }
}
