package tcpflowcheck.cluster;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import scala.Tuple2;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.report.choice.FlowChoice;
import tcpflowcheck.report.group.MostFound;
import tcpflowcheck.tcp.Finding;
import tcpflowcheck.tcp.Rule;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.wire.IpAddress;

/** Counts which ends show what, as {@link MostFound} does, in parts that add up: all ends, not only the most. */
final class Ends extends FlowReporter {
    private static final int MOST = 50_000;

    /**
     * Given: an end, and what it shows.
     *
     * @param rule null for all of its flows
     * @param port -1 of a client
     */
    record Key(Rule rule, int ipVersion, long high, long low, int port) implements Serializable {
        private static final long serialVersionUID = 1L;

        Key ofAll() {
            return new Key(null, ipVersion, high, low, port);
        }

        /** For those that show as much. */
        String name() {
            return IpAddress.text(ipVersion, high, low) + ":" + port;
        }

        /** An enum's hash differs from machine to machine, and so would the partition. */
        @Override
        public int hashCode() {
            return Hash.of(Hash.end(high, low, port) + (rule == null ? 0 : rule.ordinal() + 1));
        }
    }

    /**
     * Given.
     *
     * @param first where it was shown first
     * @param firstStart when the first of the flows began, nanoseconds since the epoch
     */
    record Count(long flows, Place first, long firstStart, long lastStart) implements Serializable {
        private static final long serialVersionUID = 1L;

        Count plus(Count other) {
            return new Count(
                    flows + other.flows,
                    first.compareTo(other.first) <= 0 ? first : other.first,
                    Math.min(firstStart, other.firstStart),
                    Math.max(lastStart, other.lastStart));
        }
    }

    private final Ordinals frames;
    private final FlowChoice only;
    private final Map<Key, Count> counts = new HashMap<>();

    Ends(Ordinals frames, FlowChoice only) {
        this.frames = frames;
        this.only = only;
    }

    boolean isFull() {
        return counts.size() >= MOST;
    }

    /** What was counted since the last call. */
    byte[] take() {
        ArrayList<Tuple2<Key, Count>> all = new ArrayList<>();
        counts.forEach((key, count) -> all.add(new Tuple2<>(key, count)));
        counts.clear();
        return Packed.of(all);
    }

    @Override
    public void flow(Flow flow) {
        if (!only.has(flow)) {
            return;
        }
        add(null, flow, Side.SERVER, flow.firstFrame());
        add(null, flow, Side.CLIENT, flow.firstFrame());
        List<Finding> findings = flow.connection().findings().list();
        for (int i = 0; i < findings.size(); i++) {
            Finding finding = findings.get(i);
            if (MostFound.counts(findings, i)) {
                add(finding.rule(), flow, MostFound.side(finding), finding.frame(0));
            }
        }
    }

    private void add(Rule rule, Flow flow, Side side, long frame) {
        int port = side == Side.SERVER ? flow.port(side) : -1;
        Key key = new Key(rule, flow.ipVersion(), flow.addressHigh(side), flow.addressLow(side), port);
        Count one = new Count(1, frames.place(frame), flow.start(), flow.start());
        Count known = counts.get(key);
        counts.put(key, known == null ? one : known.plus(one));
    }
}
