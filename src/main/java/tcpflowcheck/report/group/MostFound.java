package tcpflowcheck.report.group;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.flow.FlowEnds;
import tcpflowcheck.tcp.Finding;
import tcpflowcheck.tcp.Rule;
import tcpflowcheck.tcp.Side;

/**
 * Which ends have most of what is found, in bounded memory. What an opening lacks is the server's, an address and a port;
 * all else is of the end that shows it: a server, or the address of a client, whose ports come and go.
 */
public final class MostFound {
    /** Servers, clients, and ends that show a rule, at most. */
    private static final int MOST = 10_000;

    // Each report makes one of these: lambdas and records' hash codes would take it some milliseconds of its start.

    private static final class MostFirst implements Comparator<End> {
        @Override
        public int compare(End a, End b) {
            int byFlows = Long.compare(b.flows, a.flows);
            int byFrame = byFlows != 0 ? byFlows : Long.compare(a.firstFrame, b.firstFrame);
            return byFrame != 0 ? byFrame : a.name.compareTo(b.name);
        }
    }

    /** Addresses as numbers; the port is -1 for a client. */
    private static final class Key {
        private final int ipVersion;
        private final long high;
        private final long low;
        private final int port;

        Key(FlowEnds ends, Side side) {
            ipVersion = ends.ipVersion();
            high = ends.addressHigh(side);
            low = ends.addressLow(side);
            port = side == Side.SERVER ? ends.port(side) : -1;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key
                    && low == key.low
                    && port == key.port
                    && high == key.high
                    && ipVersion == key.ipVersion;
        }

        @Override
        public int hashCode() {
            long mixed = (low * 31 + high) * 0x9e37_79b9_7f4a_7c15L + port;
            return (int) (mixed >>> 32 ^ mixed);
        }
    }

    /** What an end has of a rule. It grows while captures are read. */
    public static final class End {
        private final Key key;
        private final String name;
        private final TimeBar bar;
        private boolean estimated;
        private long flows;
        private long firstFrame = Long.MAX_VALUE;
        private long first = Long.MAX_VALUE;
        private long last = Long.MIN_VALUE;

        private End(Key key, String name, long origin) {
            this.key = key;
            this.name = name;
            bar = new TimeBar(origin);
        }

        private void add(long frame, long time) {
            flows++;
            firstFrame = Math.min(firstFrame, frame);
            first = Math.min(first, time);
            last = Math.max(last, time);
            bar.add(time, 1);
        }

        private void add(End other) {
            estimated |= other.estimated;
            flows += other.flows;
            firstFrame = Math.min(firstFrame, other.firstFrame);
            first = Math.min(first, other.first);
            last = Math.max(last, other.last);
            bar.add(other.bar);
        }

        /** {@code 10.0.0.5:80}, or a client's address. */
        public String name() {
            return name;
        }

        /** 4 or 6. */
        public int ipVersion() {
            return key.ipVersion;
        }

        /** The first eight octets of its IPv6 address; 0 for IPv4. */
        public long addressHigh() {
            return key.high;
        }

        /** The last eight octets of its IPv6 address, or the four of an IPv4 one, unsigned. */
        public long addressLow() {
            return key.low;
        }

        /** A server's; -1 of a client. */
        public int port() {
            return key.port;
        }

        /** Flows in which it was found. */
        public long flows() {
            return flows;
        }

        /** Whether it may be more: it may have been forgotten when there were too many ends. */
        public boolean estimated() {
            return estimated;
        }

        /** The frame that showed it first. */
        public long firstFrame() {
            return firstFrame;
        }

        /** When the first of those flows began, nanoseconds since the epoch. */
        public long first() {
            return first;
        }

        /** When the last of those flows began. */
        public long last() {
            return last;
        }

        /** When they began. */
        public TimeBar bar() {
            return bar;
        }
    }

    private final Map<Rule, Map<Key, End>> found = new EnumMap<>(Rule.class);
    /** All flows of a server, and of a client. */
    private final Map<Key, long[]> ofServers = new HashMap<>();

    private final Map<Key, long[]> ofClients = new HashMap<>();

    private final Set<Rule> incomplete = new HashSet<>();
    private long origin = Long.MIN_VALUE;
    private long end = Long.MIN_VALUE;

    /** A flow has ended; its findings count. */
    public void add(Flow flow) {
        passes(flow, flow.start() + flow.durationNanos());
        List<Finding> findings = flow.connection().findings().list();
        for (int i = 0; i < findings.size(); i++) {
            Finding finding = findings.get(i);
            if (counts(findings, i)) {
                Side side = side(finding);
                end(finding.rule(), new Key(flow, side), flow, side).add(finding.frame(0), flow.start());
            }
        }
    }

    /** Whether a finding of a flow counts: it does not where one before it is of the same rule and stands for the same end. */
    public static boolean counts(List<Finding> findings, int index) {
        Finding finding = findings.get(index);
        for (int i = 0; i < index; i++) {
            if (findings.get(i).rule() == finding.rule() && side(findings.get(i)) == side(finding)) {
                return false;
            }
        }
        return true;
    }

    /** The end that a finding counts for. */
    public static Side side(Finding finding) {
        boolean opening = finding.rule().group().equals(Rule.HANDSHAKE_REFUSED.group());
        return opening || finding.side() == null ? Side.SERVER : finding.side();
    }

    /** A flow has ended in which nothing is to be found. */
    public void passes(FlowEnds ends, long until) {
        origin = origin == Long.MIN_VALUE ? ends.start() : origin;
        end = Math.max(end, until);
        count(ofServers, new Key(ends, Side.SERVER));
        count(ofClients, new Key(ends, Side.CLIENT));
    }

    /** Those that come when there is no room are not counted. */
    private static void count(Map<Key, long[]> flows, Key key) {
        long[] count = flows.get(key);
        if (count != null) {
            count[0]++;
        } else if (flows.size() < MOST) {
            flows.put(key, new long[] {1});
        }
    }

    private End end(Rule rule, Key key, FlowEnds ends, Side side) {
        Map<Key, End> ofRule = endsOf(rule);
        End known = ofRule.get(key);
        if (known != null) {
            return known;
        }
        if (ofRule.size() >= MOST) {
            incomplete.add(rule);
            List<End> fewest = new ArrayList<>(ofRule.values());
            fewest.sort(new MostFirst());
            for (End end : fewest.subList(MOST / 2, fewest.size())) {
                ofRule.remove(end.key);
            }
        }
        String name = side == Side.SERVER ? GroupKey.end(ends, side) : GroupKey.address(ends, side);
        End born = new End(key, name, origin);
        born.estimated = incomplete.contains(rule);
        ofRule.put(key, born);
        return born;
    }

    /** Counts what another has counted, too. */
    public void add(MostFound other) {
        origin = origin == Long.MIN_VALUE ? other.origin : origin;
        end = Math.max(end, other.end);
        incomplete.addAll(other.incomplete);
        add(ofServers, other.ofServers);
        add(ofClients, other.ofClients);
        for (Map.Entry<Rule, Map<Key, End>> each : other.found.entrySet()) {
            Map<Key, End> mine = endsOf(each.getKey());
            for (End theirs : each.getValue().values()) {
                End known = mine.get(theirs.key);
                if (known == null) {
                    known = new End(theirs.key, theirs.name, origin);
                    mine.put(theirs.key, known);
                }
                known.add(theirs);
            }
        }
    }

    private static void add(Map<Key, long[]> counts, Map<Key, long[]> others) {
        for (Map.Entry<Key, long[]> each : others.entrySet()) {
            long[] count = counts.get(each.getKey());
            if (count == null) {
                counts.put(each.getKey(), each.getValue().clone());
            } else {
                count[0] += each.getValue()[0];
            }
        }
    }

    private Map<Key, End> endsOf(Rule rule) {
        Map<Key, End> ends = found.get(rule);
        if (ends == null) {
            ends = new HashMap<>();
            found.put(rule, ends);
        }
        return ends;
    }

    /** How many ends a rule was found of; the least where there were too many to count. */
    public int ends(Rule rule) {
        return endsOf(rule).size();
    }

    /** The ends that have most of a rule, the most first. */
    public List<End> most(Rule rule, int count) {
        List<End> all = new ArrayList<>(endsOf(rule).values());
        all.sort(new MostFirst());
        return all.subList(0, Math.min(count, all.size()));
    }

    /** How many flows an end has in all; -1 if that was not counted. */
    public long flowsOf(End end) {
        long[] count = (end.key.port < 0 ? ofClients : ofServers).get(end.key);
        return count == null ? -1 : Math.max(count[0], end.flows);
    }

    /** When the last flow ended, nanoseconds since the epoch. */
    public long end() {
        return end;
    }
}
