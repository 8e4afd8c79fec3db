package tcpflowcheck.report.group;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.tcp.Durations;

/**
 * Given: one group as it is in a capture and as it was in another.
 *
 * @param now null if the capture has none of it
 * @param then null if the other one has none of it
 */
public record Compared(@Nullable FlowGroup now, @Nullable FlowGroup then) {
    /** What changed most, first; among equals the larger. */
    private static final Comparator<Compared> MOST_CHANGED = Comparator.comparingDouble(Compared::change)
            .thenComparingLong(pair -> Math.max(flows(pair.now), flows(pair.then)))
            .reversed();

    /** All groups of two captures, what changed most first. */
    public static List<Compared> of(FlowGroups now, FlowGroups then) {
        Map<List<String>, Compared> pairs = new LinkedHashMap<>();
        for (FlowGroup group : now.inOrder(null)) {
            pairs.put(group.names(), new Compared(group, null));
        }
        for (FlowGroup group : then.inOrder(null)) {
            Compared pair = pairs.get(group.names());
            pairs.put(group.names(), new Compared(pair == null ? null : pair.now, group));
        }
        List<Compared> all = new ArrayList<>(pairs.values());
        all.sort(MOST_CHANGED);
        return all;
    }

    public List<String> names() {
        return Objects.requireNonNull(now != null ? now : then).names();
    }

    private static long flows(@Nullable FlowGroup group) {
        return group == null ? 0 : group.flows();
    }

    /**
     * How much has changed: the share of flows that fail, how many there are, the times to connect and to the first octet.
     * A large group counts for more, by its order of magnitude.
     */
    private double change() {
        double failing = Math.abs(failing(now) - failing(then));
        double count = Math.abs(Math.log((flows(now) + 1.0) / (flows(then) + 1.0))) / Math.log(1000);
        double times = now == null || then == null
                ? 0
                : Math.max(ratio(now.connect(), then.connect()), ratio(now.firstOctet(), then.firstOctet()));
        double most = Math.max(failing, Math.max(Math.min(count, 1), times));
        return most * Math.log1p((double) Math.max(flows(now), flows(then)));
    }

    private static double failing(@Nullable FlowGroup group) {
        return group == null ? 0 : (double) group.troubled() / group.flows();
    }

    /** A tenth or ten times is as much as there is. */
    private static double ratio(Durations one, Durations other) {
        if (one.count() == 0 || other.count() == 0) {
            return 0;
        }
        double ratio = Math.log((one.median() + 1.0) / (other.median() + 1.0)) / Math.log(10);
        return Math.min(Math.abs(ratio), 1);
    }
}
