package tcpflowcheck.report.group;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.flow.PlainFlow;
import tcpflowcheck.report.choice.SortKey;

/**
 * Flows by what they have in common, in bounded memory: when there are too many groups, those with the fewest flows become
 * one, the others. A group that comes again afterwards counts anew, so that its counts are the least that it may have (as
 * in lossy counting: Manku and Motwani, 2002).
 */
public final class FlowGroups {
    /** So many are kept apart; a group takes 1 to 9 KiB. */
    public static final int MOST = 10_000;

    private static final Comparator<FlowGroup> FEWEST_FIRST = Comparator.comparingLong(FlowGroup::flows)
            .thenComparing(Comparator.comparingLong(FlowGroup::firstFrame).reversed());

    private static final Comparator<FlowGroup> WORST_FIRST = Comparator.comparingLong(FlowGroup::troubled)
            .thenComparingLong(FlowGroup::flows)
            .reversed()
            .thenComparingLong(FlowGroup::firstFrame);

    private static final Comparator<FlowGroup> BY_NAME =
            Comparator.comparing(group -> String.join("\0", group.names()));

    private final List<GroupKey> keys;
    private final StartTimes times;
    private final int most;
    private final Map<List<String>, FlowGroup> groups = new HashMap<>();
    private final FlowGroup others;
    private long missing;

    /**
     * Starts with no group.
     *
     * @param keys one, or two for groups that have both in common
     * @param zone of minutes and hours
     * @param most groups to keep apart, at least 2
     */
    public FlowGroups(List<GroupKey> keys, TimeZone zone, int most) {
        this.keys = List.copyOf(keys);
        this.most = most;
        times = new StartTimes(zone);
        others = new FlowGroup(List.of("others"));
    }

    public List<GroupKey> keys() {
        return keys;
    }

    /** A flow has ended. */
    public void add(Flow flow) {
        if (keys.size() == 1) {
            for (String name : keys.get(0).of(flow, times)) {
                group(List.of(name)).add(flow);
            }
            return;
        }
        for (String first : keys.get(0).of(flow, times)) {
            for (String second : keys.get(1).of(flow, times)) {
                group(List.of(first, second)).add(flow);
            }
        }
    }

    /** A flow has ended that went by the book. */
    public void add(PlainFlow flow) {
        String first = keys.get(0).of(flow, times);
        group(keys.size() == 1 ? List.of(first) : List.of(first, keys.get(1).of(flow, times)))
                .add(flow);
    }

    /** A group of other flows, of the same keys, was counted elsewhere. */
    public void add(FlowGroup other) {
        group(other.names()).add(other);
    }

    private FlowGroup group(List<String> names) {
        FlowGroup group = groups.get(names);
        if (group != null) {
            return group;
        }
        if (groups.size() == most) {
            fold();
        }
        FlowGroup born = new FlowGroup(names);
        if (missing > 0) {
            born.estimate();
        }
        groups.put(names, born);
        return born;
    }

    /** Half of the groups, those with the fewest flows, become others. */
    private void fold() {
        List<FlowGroup> fewest = new ArrayList<>(groups.values());
        fewest.sort(FEWEST_FIRST);
        long largest = 0;
        for (FlowGroup group : fewest.subList(0, most / 2)) {
            others.add(group);
            largest = Math.max(largest, group.flows());
            groups.remove(group.names());
        }
        missing += largest;
    }

    /**
     * Those that are kept apart: the worst first, with the most flows that failed or were reset, and among them those with
     * the most flows; times as they follow one another.
     *
     * @param sort what they have most of instead, or null
     */
    public List<FlowGroup> inOrder(@Nullable SortKey sort) {
        List<FlowGroup> sorted = new ArrayList<>(groups.values());
        sorted.sort(keys.get(0).isTime() ? BY_NAME : WORST_FIRST);
        if (sort != null) {
            sorted.sort(Comparator.comparingLong((FlowGroup group) -> group.rank(sort))
                    .reversed());
        }
        return sorted;
    }

    /** The flows of groups that are not kept apart; null if there are none. */
    public @Nullable FlowGroup others() {
        return others.flows() == 0 ? null : others;
    }

    /** How many flows a group that is {@linkplain FlowGroup#estimated estimated} can have beside those counted. */
    public long mostMissing() {
        return missing;
    }

    /** Several groups as one. */
    public static FlowGroup together(String name, List<FlowGroup> several) {
        FlowGroup sum = new FlowGroup(List.of(name));
        several.forEach(sum::add);
        return sum;
    }
}
