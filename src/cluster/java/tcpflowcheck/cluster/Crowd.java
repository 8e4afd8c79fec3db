package tcpflowcheck.cluster;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import scala.Tuple2;
import tcpflowcheck.flow.CaptureFinding;
import tcpflowcheck.flow.CaptureFindings;
import tcpflowcheck.flow.CrowdWatch;
import tcpflowcheck.tcp.Rule;

/** Notices floods and scans in what all buckets told of some servers and hosts, in the order of all captures. */
final class Crowd {
    /**
     * Given: a flood or a scan.
     *
     * @param foundAt the frame that made it one
     */
    record Named(Rule rule, String severity, Place foundAt, Place first, long count, String message)
            implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Given: what was found in a partition.
     *
     * @param named the first of each rule
     * @param counts of all
     */
    record Noticed(List<Named> named, Map<Rule, Long> counts) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    private Crowd() {}

    static Noticed replay(Iterator<Tuple2<BlockKey, byte[]>> blocks, Settings settings) {
        MergedBlocks records = new MergedBlocks(blocks);
        CaptureFindings findings = new CaptureFindings(settings.ignored());
        CrowdWatch watch = new CrowdWatch(settings.crowd(), findings, settings.hashSeed());
        Map<Rule, Queue<Place>> foundAt = new EnumMap<>(Rule.class);
        for (Rule rule : List.of(Rule.SYN_FLOOD, Rule.PORT_SCAN, Rule.HOST_SCAN)) {
            foundAt.put(rule, new ArrayDeque<>());
        }
        try (Ordinals places = new Ordinals()) {
            while (records.next()) {
                long before = findings.found();
                Rule rule = CrowdRecords.tell(records, places, watch);
                for (; before < findings.found(); before++) {
                    foundAt.get(rule).add(new Place(records.clock(), records.at()));
                }
            }
            watch.end();
            List<Named> named = new ArrayList<>();
            for (CaptureFinding each : findings.list()) {
                Place at = foundAt.get(each.rule()).poll();
                named.add(new Named(
                        each.rule(),
                        each.severity().toString(),
                        at == null ? Place.LAST : at,
                        places.place(each.firstFrame()),
                        each.count(),
                        each.message()));
            }
            return new Noticed(named, findings.counts());
        }
    }
}
