package tcpflowcheck.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.check.ExpectationFile;

/**
 * Given: what happened to one TCP connection, as told at the end of the capture. It is the object that {@code tcpflow-check
 * --json} prints; what has no method here is read with {@link #value}.
 */
public final class Flow {
    private final Origin origin;
    private final Map<String, Object> object;

    Flow(Origin origin, Map<String, Object> object) {
        this.origin = origin;
        this.object = object;
    }

    Origin origin() {
        return origin;
    }

    Map<String, Object> object() {
        return object;
    }

    /** Its number in the capture, from 0, in the order of the first frames. */
    public long stream() {
        return Tree.number(object, "stream");
    }

    public Endpoint client() {
        return end(Side.CLIENT);
    }

    public Endpoint server() {
        return end(Side.SERVER);
    }

    public Endpoint end(Side side) {
        return new Endpoint(Tree.text(object, side + ".address"), (int) Tree.number(object, side + ".port"));
    }

    /** How it was opened, or why it was not. */
    public Opening opening() {
        return Tree.constant(Opening.class, object, "handshake.kind");
    }

    /** How it was closed, or that it was not. */
    public Closing closing() {
        return Tree.constant(Closing.class, object, "close.kind");
    }

    /** Who sent the first FIN, or the RST that ended it; empty if both or nobody. */
    public Optional<Side> closedBy() {
        return Optional.ofNullable(Tree.at(object, "close.by")).map(side -> Tree.constant(Side.class, side));
    }

    /** The RST that ended it. */
    public Optional<Reset> reset() {
        if (Tree.at(object, "reset") == null) {
            return Optional.empty();
        }
        return Optional.of(new Reset(
                Tree.constant(ResetKind.class, object, "reset.kind"),
                Tree.constant(Side.class, object, "reset.by"),
                Tree.number(object, "reset.frame"),
                Tree.truth(object, "reset.certain")));
    }

    /** An end's path, from the state it was taken to be in at first; empty where nothing but RSTs was captured. */
    public List<State> states(Side side) {
        List<State> states = new ArrayList<>();
        for (Object word : Tree.list(object, "states." + side)) {
            states.add(Tree.constant(State.class, word));
        }
        return List.copyOf(states);
    }

    /** What was noticed, in the order in which it was noticed first. */
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        for (Object each : Tree.list(object, "findings")) {
            findings.add(finding((Map<?, ?>) each));
        }
        return List.copyOf(findings);
    }

    private static Finding finding(Map<?, ?> found) {
        List<Long> frames = new ArrayList<>();
        Tree.list(found, "frames").forEach(frame -> frames.add(((Number) frame).longValue()));
        return new Finding(
                Tree.constant(Rule.class, found, "rule"),
                Tree.constant(Severity.class, found, "severity"),
                Tree.constant(Side.class, found, "side"),
                frames,
                Tree.number(found, "count"),
                Tree.text(found, "message"));
    }

    boolean has(Rule rule) {
        return Tree.list(object, "findings").stream()
                .anyMatch(found -> rule.toString().equals(((Map<?, ?>) found).get("rule")));
    }

    /** The first frame of it, from 1. */
    public long firstFrame() {
        return Tree.number(object, "firstFrame");
    }

    /** The last frame of it, from 1. */
    public long lastFrame() {
        return Tree.number(object, "lastFrame");
    }

    /** When the first segment passed: nanoseconds since the epoch, 1970-01-01T00:00Z. */
    public long start() {
        return Tree.number(object, "start");
    }

    /** From the first to the last segment, nanoseconds. */
    public long durationNanos() {
        return Tree.number(object, "durationNanos");
    }

    /** Segments that an end sent. */
    public long segments(Side from) {
        return Tree.number(object, "packets." + from);
    }

    /** Octets of payload that an end sent, retransmissions among them. */
    public long octets(Side from) {
        return Tree.number(object, "bytes." + from);
    }

    /** The MSS that an end's SYN offered, octets; empty where none was captured. */
    public OptionalInt mss(Side from) {
        Object offered = Tree.at(object, "mss." + from);
        return offered == null ? OptionalInt.empty() : OptionalInt.of(((Number) offered).intValue());
    }

    /**
     * Anything that {@code --json} tells of a flow, by its path: {@code timing.connectNanos}. Times are nanoseconds, lengths
     * octets.
     *
     * @return a {@code Long}, {@code String} or {@code Boolean}, a {@code List} or {@code Map} of such that can't be
     *     changed, or null where the capture shows none
     * @throws IllegalArgumentException if there is no such key; the message names those there are
     */
    public @Nullable Object value(String path) {
        return Tree.at(object, path);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Flow flow && object.equals(flow.object);
    }

    @Override
    public int hashCode() {
        return object.hashCode();
    }

    /** {@code stream 0 (10.0.0.1:4000 > 10.0.0.2:80)}. */
    @Override
    public String toString() {
        return ExpectationFile.subject(object);
    }
}
