package tcpflowcheck.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;
import tcpflowcheck.report.MostFoundText;
import tcpflowcheck.tcp.Rule;
import tcpflowcheck.wire.IpAddress;

/** Which ends have most of each rule, over all buckets. */
final class Who {
    private static final Comparator<Tuple2<Ends.Key, Ends.Count>> MOST_FIRST = Comparator.comparing(
                    (Tuple2<Ends.Key, Ends.Count> end) -> -end._2().flows())
            .thenComparing(end -> end._2().first())
            .thenComparing(end -> end._1().name());

    private Who() {}

    /** The {@code who} of a summary. */
    static Map<Rule, List<Map<String, Object>>> of(JavaRDD<Told> told) {
        JavaPairRDD<Ends.Key, Ends.Count> ends = told.filter(part -> part.kind() == Told.Kind.ENDS)
                .flatMapToPair(part -> Who.ends(part.octets()))
                .reduceByKey(Ends.Count::plus)
                .persist(StorageLevel.MEMORY_AND_DISK());
        List<Tuple2<Ends.Key, Ends.Count>> most =
                most(ends.filter(end -> end._1().rule() != null)
                        .mapPartitions(Who::mostOf)
                        .collect()
                        .iterator());
        Set<Ends.Key> wanted = new HashSet<>();
        most.forEach(end -> wanted.add(end._1().ofAll()));
        Map<Ends.Key, Ends.Count> all =
                ends.filter(end -> wanted.contains(end._1())).collectAsMap();
        Map<Rule, List<Map<String, Object>>> who = new EnumMap<>(Rule.class);
        for (Tuple2<Ends.Key, Ends.Count> end : most) {
            who.computeIfAbsent(end._1().rule(), none -> new ArrayList<>())
                    .add(object(end._1(), end._2(), all.get(end._1().ofAll())));
        }
        ends.unpersist();
        return who;
    }

    @SuppressWarnings("unchecked")
    private static Iterator<Tuple2<Ends.Key, Ends.Count>> ends(byte[] octets) {
        return Packed.read(octets, ArrayList.class).iterator();
    }

    /** The first of each rule. */
    private static Iterator<Tuple2<Ends.Key, Ends.Count>> mostOf(Iterator<Tuple2<Ends.Key, Ends.Count>> ends) {
        return most(ends).iterator();
    }

    private static List<Tuple2<Ends.Key, Ends.Count>> most(Iterator<Tuple2<Ends.Key, Ends.Count>> ends) {
        Map<Rule, List<Tuple2<Ends.Key, Ends.Count>>> most = new EnumMap<>(Rule.class);
        while (ends.hasNext()) {
            Tuple2<Ends.Key, Ends.Count> end = ends.next();
            List<Tuple2<Ends.Key, Ends.Count>> ofRule =
                    most.computeIfAbsent(end._1().rule(), none -> new ArrayList<>());
            ofRule.add(end);
            ofRule.sort(MOST_FIRST);
            if (ofRule.size() > MostFoundText.ENDS) {
                ofRule.remove(MostFoundText.ENDS);
            }
        }
        List<Tuple2<Ends.Key, Ends.Count>> all = new ArrayList<>();
        most.values().forEach(all::addAll);
        return all;
    }

    private static Map<String, Object> object(Ends.Key end, Ends.Count shown, Ends.Count all) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("address", IpAddress.text(end.ipVersion(), end.high(), end.low()));
        object.put("port", end.port() < 0 ? null : Long.valueOf(end.port()));
        object.put("flows", shown.flows());
        object.put("of", Math.max(all.flows(), shown.flows()));
        object.put("estimated", false);
        object.put("firstFrame", FrameNames.tree(shown.first()));
        object.put("first", shown.firstStart());
        object.put("last", shown.lastStart());
        return object;
    }
}
