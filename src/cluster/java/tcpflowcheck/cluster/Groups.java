package tcpflowcheck.cluster;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaRDD;
import tcpflowcheck.report.GroupsJson;
import tcpflowcheck.report.JsonSink;
import tcpflowcheck.report.JsonTree;
import tcpflowcheck.report.group.FlowGroup;
import tcpflowcheck.report.group.FlowGroups;

/** The groups of all buckets' flows. */
final class Groups {
    private Groups() {}

    /** Their objects, in the order of {@code --by --json}. */
    static List<Map<String, Object>> of(JavaRDD<Told> told, Settings settings) {
        List<BucketGroups.Placed> parts = new ArrayList<>();
        told.filter(part -> part.kind() == Told.Kind.GROUPS)
                .map(Told::octets)
                .collect()
                .forEach(octets -> parts.addAll(BucketGroups.unpacked(octets)));
        TreeSet<Place> all = new TreeSet<>();
        parts.forEach(part -> {
            all.add(part.first());
            all.add(part.last());
        });
        List<Place> places = new ArrayList<>(all);
        FlowGroups groups = new FlowGroups(settings.by(), settings.zone(), FlowGroups.MOST);
        List<FlowGroup> others = new ArrayList<>();
        for (BucketGroups.Placed part : parts) {
            part.group().frames(number(places, part.first()), number(places, part.last()));
            if (part.others()) {
                others.add(part.group());
            } else {
                groups.add(part.group());
            }
        }
        JsonTree tree = new JsonTree() {
            @Override
            public JsonSink frame(long number) {
                return tree(FrameNames.tree(places.get((int) number - 1)));
            }
        };
        GroupsJson json = new GroupsJson(tree);
        List<Map<String, Object>> objects = new ArrayList<>();
        for (FlowGroup group : groups.inOrder(null)) {
            json.write(settings.by(), group);
            objects.add(tree.object());
        }
        if (groups.others() != null) {
            others.add(groups.others());
        }
        if (!others.isEmpty()) {
            json.write(null, FlowGroups.together("", others));
            objects.add(tree.object());
        }
        return objects;
    }

    private static long number(List<Place> places, Place place) {
        return Collections.binarySearch(places, place) + 1L;
    }
}
