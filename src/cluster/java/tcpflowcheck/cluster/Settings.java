package tcpflowcheck.cluster;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import tcpflowcheck.capture.BpfFilter;
import tcpflowcheck.flow.CrowdLimits;
import tcpflowcheck.flow.FlowLimits;
import tcpflowcheck.report.choice.ChoiceException;
import tcpflowcheck.report.choice.FlowChoice;
import tcpflowcheck.report.group.GroupKey;
import tcpflowcheck.tcp.RuleSet;
import tcpflowcheck.wire.PacketDecoder;

/** What every task has to know. */
final class Settings implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Frames that are fragments go to so many partitions. */
    private static final int FRAGMENT_PARTITIONS = 8;

    private final JobOptions options;
    private final String zone;
    private final String name;
    private final int buckets;
    private final long hashSeed;
    private final HashMap<Integer, long[]> programs;

    /**
     * Given.
     *
     * @param name the captures as one, as {@code --merge} calls them
     * @param buckets partitions of flows
     * @param hashSeed one for all tasks, so that one that runs again does the same
     * @param programs of the filter, by link type
     */
    Settings(JobOptions options, String name, int buckets, long hashSeed, Map<Integer, long[]> programs) {
        this.options = options;
        this.name = name;
        this.buckets = buckets;
        this.hashSeed = hashSeed;
        this.programs = new HashMap<>(programs);
        zone = options.zone().getID();
    }

    String name() {
        return name;
    }

    int buckets() {
        return buckets;
    }

    /** All partitions of frames: buckets of flows, then those of fragments, then one for the files' accounts. */
    int partitions() {
        return buckets + FRAGMENT_PARTITIONS + 1;
    }

    int accounts() {
        return buckets + FRAGMENT_PARTITIONS;
    }

    /** Where a fragment goes. All of a packet have one hash; 0 if others may lie in it. */
    int fragments(int hash) {
        return buckets + (hash == 0 ? 0 : 1 + Integer.remainderUnsigned(hash, FRAGMENT_PARTITIONS - 1));
    }

    int bucket(int hash) {
        return Integer.remainderUnsigned(hash, buckets);
    }

    /** Null if every frame passes. */
    BpfFilter filter() {
        return options.filter() == null ? null : BpfFilter.of(options.filter(), programs);
    }

    FlowChoice only() {
        try {
            FlowChoice choice = options.only() == null ? FlowChoice.ALL : FlowChoice.of(options.only(), zone());
            return choice.during(options.from(), options.to(), zone());
        } catch (ChoiceException wrong) {
            throw new IllegalStateException(wrong); // it was read before
        }
    }

    /** What flows are grouped by; nothing if they are told one by one. */
    List<GroupKey> by() {
        return options.by();
    }

    /** The driver's: executors may be elsewhere. */
    TimeZone zone() {
        return TimeZone.getTimeZone(zone);
    }

    PacketDecoder decoder() {
        PacketDecoder decoder = new PacketDecoder();
        if (!options.tunnels()) {
            decoder.withoutTunnels();
        }
        return decoder;
    }

    FlowLimits limits() {
        return options.limits();
    }

    CrowdLimits crowd() {
        return options.crowd();
    }

    RuleSet ignored() {
        RuleSet ignored = new RuleSet();
        options.ignored().forEach(ignored::add);
        return ignored;
    }

    long hashSeed() {
        return hashSeed;
    }
}
