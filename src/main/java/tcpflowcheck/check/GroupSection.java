package tcpflowcheck.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.report.GroupsJson;
import tcpflowcheck.report.JsonTree;
import tcpflowcheck.report.group.FlowGroup;
import tcpflowcheck.report.group.FlowGroups;
import tcpflowcheck.report.group.GroupKey;

/** The flows that a section such as {@code by server 10.0.0.5:80} is about, counted as {@code --by} counts them. */
final class GroupSection {
    private final List<GroupKey> keys;
    private final List<String> names;
    private final FlowGroups groups;

    /**
     * Starts with no flow.
     *
     * @param keys none for all flows
     * @param names what the group has of each key, as {@code --by} prints it
     */
    GroupSection(List<GroupKey> keys, List<String> names) {
        this.keys = keys;
        this.names = names;
        groups = new FlowGroups(
                keys.isEmpty() ? List.of(GroupKey.SERVER) : keys, TimeZone.getTimeZone("UTC"), FlowGroups.MOST);
    }

    /** @param place for the message of what can't be meant */
    static GroupSection of(String keys, String names, String place) throws ExpectationException {
        List<GroupKey> known = new ArrayList<>();
        for (String word : keys.split(",")) {
            List<String> words = new ArrayList<>();
            for (GroupKey key : GroupKey.values()) {
                words.add(key.toString());
                if (key.toString().equals(word)) {
                    known.add(key);
                }
            }
            if (known.isEmpty() || !known.get(known.size() - 1).toString().equals(word)) {
                throw new ExpectationException(place + ":1: by: no such key: '" + word + "'" + Nearest.hint(word, words)
                        + "; there are " + String.join(", ", words));
            }
        }
        List<String> values = Arrays.asList(names.strip().split(" *, *"));
        if (values.size() != known.size()) {
            throw new ExpectationException(
                    place + ":1: by " + keys + ": expected " + known.size() + " values, found " + values.size());
        }
        return new GroupSection(known, values);
    }

    void add(Flow flow) {
        groups.add(flow);
    }

    /** The group's object as {@code --json --by} has it, or null if no flow belongs to it. */
    @Nullable
    Map<String, Object> object() {
        List<FlowGroup> all = groups.inOrder(null);
        FlowGroup group = null;
        if (keys.isEmpty()) {
            if (groups.others() != null) {
                all.add(groups.others());
            }
            group = FlowGroups.together("all", all);
        } else {
            for (FlowGroup each : all) {
                group = each.names().equals(names) ? each : group;
            }
        }
        if (group == null || group.flows() == 0) {
            return null;
        }
        JsonTree tree = new JsonTree();
        new GroupsJson(tree).write(keys.isEmpty() ? null : keys, group);
        return tree.object();
    }
}
