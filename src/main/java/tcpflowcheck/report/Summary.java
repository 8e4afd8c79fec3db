package tcpflowcheck.report;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tcpflowcheck.capture.CaptureNotes;
import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.capture.LinkType;
import tcpflowcheck.flow.CaptureFindings;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.flow.PlainFlow;
import tcpflowcheck.report.choice.FlowChoice;
import tcpflowcheck.report.group.MostFound;
import tcpflowcheck.tcp.Closing;
import tcpflowcheck.tcp.Finding;
import tcpflowcheck.tcp.Handshake;
import tcpflowcheck.tcp.Reset;
import tcpflowcheck.tcp.Rule;
import tcpflowcheck.tcp.RuleSet;
import tcpflowcheck.wire.DecodeFault.Reason;
import tcpflowcheck.wire.Decoded;
import tcpflowcheck.wire.PacketDecoder;

/** What was counted in one capture. It grows while the capture is read; once that has ended it is given. */
public final class Summary {
    private final ForeignText file;
    private final FlowChoice only;
    private final long[] decoded = new long[Decoded.values().length];
    private final long[] malformed = new long[Reason.values().length];
    private final Map<Handshake.Kind, Long> handshakes = new EnumMap<>(Handshake.Kind.class);
    private final Map<Closing.Kind, Long> closes = new EnumMap<>(Closing.Kind.class);
    private final Map<Reset.Kind, Long> resets = new EnumMap<>(Reset.Kind.class);
    private final Map<Rule, Long> findings = new EnumMap<>(Rule.class);
    private final MostFound mostFound = new MostFound();
    private long flows;
    private long chosen;
    private long flowsWithFindings;
    private long flowsInDoubt;
    private long missedOctets;
    private long flowsWithMissed;
    private long flowsOneWay;
    /** Frames of each link type that is not read; a type has 16 bits. */
    private final Map<Integer, Long> linkTypes = new TreeMap<>();

    /** Frames that could not be looked into, by what they are. */
    private final Map<String, Long> opaque = new TreeMap<>();

    private List<ForeignText> comments = List.of();
    private long evicted;
    private long late;
    private long icmpUnmatched;
    private long droppedByKernel = -1;
    private long droppedByInterface = -1;
    private boolean complete = true;
    private CaptureFindings captureFindings = new CaptureFindings(new RuleSet());

    /** Starts with nothing counted, of all flows. */
    public Summary(ForeignText file) {
        this(file, FlowChoice.ALL);
    }

    /**
     * Starts with nothing counted.
     *
     * @param file its name as the user gave it
     * @param only which flows' verdicts are counted
     */
    public Summary(ForeignText file, FlowChoice only) {
        this.file = file;
        this.only = only;
    }

    /** Whether the verdicts of all flows are counted. */
    public boolean countsAll() {
        return only.isAll();
    }

    /** A frame was read and decoded. */
    public void frame(Decoded as) {
        decoded[as.ordinal()]++;
    }

    /** The same, and what was not read in it, which its decoder says. */
    public void frame(Frame frame, Decoded as, PacketDecoder decoder) {
        frame(as);
        if (as == Decoded.UNKNOWN_LINK) {
            unknownLinkType(frame.linkType());
        } else if (as == Decoded.OPAQUE) {
            opaque(decoder.opaque());
        } else if (as == Decoded.MALFORMED) {
            malformed(decoder.fault().reason());
        }
    }

    /** A frame was malformed, for this reason. */
    public void malformed(Reason reason) {
        malformed[reason.ordinal()]++;
    }

    /** A frame's link type is not read. */
    public void unknownLinkType(int linkType) {
        count(linkTypes, linkType, 1);
    }

    /** A frame was {@link Decoded#OPAQUE}, by this name. */
    public void opaque(String name) {
        count(opaque, name, 1);
    }

    /** A flow has ended. */
    public void flow(Flow flow) {
        flows++;
        if (!only.has(flow)) {
            return;
        }
        chosen++;
        mostFound.add(flow);
        count(handshakes, flow.connection().handshake().kind(), 1);
        count(closes, flow.connection().closing().kind(), 1);
        if (flow.connection().reset() != null) {
            count(resets, flow.connection().reset().kind(), 1);
        }
        for (Finding finding : flow.connection().findings().list()) {
            count(findings, finding.rule(), finding.count());
        }
        flowsWithFindings += flow.connection().findings().list().isEmpty() ? 0 : 1;
        flowsInDoubt += Doubt.isIn(flow.connection()) ? 1 : 0;
        long missed = flow.connection().client().missedOctets()
                + flow.connection().server().missedOctets();
        missedOctets += missed;
        flowsWithMissed += missed > 0 ? 1 : 0;
        flowsOneWay += flow.connection().isOneWay() ? 1 : 0;
    }

    /** A flow has ended that went by the book. */
    public void plain(PlainFlow flow) {
        flows++;
        chosen++;
        mostFound.passes(flow, flow.end());
        count(handshakes, Handshake.Kind.THREE_WAY, 1);
        count(closes, flow.closing(), 1);
        flowsInDoubt += flow.certain() ? 0 : 1;
    }

    /** What was found beside the flows, once the capture has ended. */
    public void capture(CaptureFindings found) {
        captureFindings = found;
        add(found.counts(), findings);
    }

    /** The capture was cut or corrupt: what came before is counted. */
    public void incomplete() {
        complete = false;
    }

    /** Flows that ended early because too many were alive. */
    public void evicted(long count) {
        evicted = count;
    }

    /** Segments that came after their flow had been told. */
    public void late(long count) {
        late = count;
    }

    /** Segments that came after their flow had been told, so that it says nothing of them. */
    public long late() {
        return late;
    }

    /** An ICMP error quotes a segment of no flow that is there. */
    public void unmatchedIcmp() {
        icmpUnmatched++;
    }

    /** ICMP errors that quote a segment of a flow. */
    public long icmpMatched() {
        return count(Decoded.ICMP) - icmpUnmatched;
    }

    /** ICMP errors that quote a segment of no flow: one that was not captured, or has been told. */
    public long icmpUnmatched() {
        return icmpUnmatched;
    }

    /** Frames that passed and were not captured. */
    public void dropped(long byKernel, long byInterface) {
        droppedByKernel = byKernel;
        droppedByInterface = byInterface;
    }

    /** What the capture says beside its frames, once it has been read. */
    public void notes(CaptureNotes notes) {
        comments = notes.comments();
        dropped(notes.droppedByKernel(), notes.droppedByInterface());
    }

    /** What was written about the capture as a whole. */
    public List<ForeignText> comments() {
        return comments;
    }

    /** Frames that the kernel had no room for, -1 if the capture does not say. */
    public long droppedByKernel() {
        return droppedByKernel;
    }

    /** Frames that the interface or its driver dropped, -1 if the capture does not say. */
    public long droppedByInterface() {
        return droppedByInterface;
    }

    /** Counts what another capture's summary has counted, too; it is complete if both are. */
    public void add(Summary other) {
        for (int i = 0; i < decoded.length; i++) {
            decoded[i] += other.decoded[i];
        }
        for (int i = 0; i < malformed.length; i++) {
            malformed[i] += other.malformed[i];
        }
        add(other.linkTypes, linkTypes);
        add(other.opaque, opaque);
        flows += other.flows;
        chosen += other.chosen;
        mostFound.add(other.mostFound);
        add(other.handshakes, handshakes);
        add(other.closes, closes);
        add(other.resets, resets);
        add(other.findings, findings);
        flowsWithFindings += other.flowsWithFindings;
        flowsInDoubt += other.flowsInDoubt;
        missedOctets += other.missedOctets;
        flowsWithMissed += other.flowsWithMissed;
        flowsOneWay += other.flowsOneWay;
        evicted += other.evicted;
        late += other.late;
        icmpUnmatched += other.icmpUnmatched;
        complete &= other.complete;
    }

    private static <K> void add(Map<K, Long> counts, Map<K, Long> to) {
        for (Map.Entry<K, Long> each : counts.entrySet()) {
            count(to, each.getKey(), each.getValue());
        }
    }

    private static <K> void count(Map<K, Long> counts, K key, long more) {
        counts.put(key, counts.getOrDefault(key, 0L) + more);
    }

    public ForeignText file() {
        return file;
    }

    public long frames() {
        long frames = 0;
        for (long count : decoded) {
            frames += count;
        }
        return frames;
    }

    public long count(Decoded as) {
        return decoded[as.ordinal()];
    }

    /** Frames that are not TCP, nor ICMP errors that quote it; fragments among them. */
    public long notTcp() {
        return count(Decoded.NOT_TCP) + count(Decoded.FRAGMENT);
    }

    /**
     * Frames that could not be decoded, by reason: {@code snapped}, or the header or field that was wrong, or what they
     * hold that can't be looked into ({@code esp}), or the link type that is not read: {@code link-type-ax25}.
     */
    public Map<String, Long> undecodable() {
        Map<String, Long> undecodable = new TreeMap<>();
        if (count(Decoded.SNAPPED) > 0) {
            undecodable.put("snapped", count(Decoded.SNAPPED));
        }
        for (Reason reason : Reason.values()) {
            if (malformed[reason.ordinal()] > 0) {
                String name = reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
                undecodable.put(name, malformed[reason.ordinal()]);
            }
        }
        add(opaque, undecodable);
        for (Map.Entry<Integer, Long> each : linkTypes.entrySet()) {
            count(undecodable, nameOf(each.getKey()), each.getValue());
        }
        return undecodable;
    }

    private static String nameOf(int linkType) {
        String name = LinkType.nameOf(linkType).toLowerCase(Locale.ROOT).replaceAll("[ _]", "-");
        return name.startsWith("link-type") ? name : "link-type-" + name;
    }

    public long flows() {
        return flows;
    }

    /** Flows whose verdicts are counted. */
    public long chosen() {
        return chosen;
    }

    public long flowsWithFindings() {
        return flowsWithFindings;
    }

    /** Flows with a state or a kind that the capture can't prove. */
    public long flowsInDoubt() {
        return flowsInDoubt;
    }

    /** Octets that an end acknowledged and that were never captured. */
    public long missedOctets() {
        return missedOctets;
    }

    /** Flows of {@link #missedOctets}. */
    public long flowsWithMissed() {
        return flowsWithMissed;
    }

    /** Flows of which one end was captured, and what it sent shows that the other sent, too. */
    public long flowsOneWay() {
        return flowsOneWay;
    }

    /** Flows that were opening when the capture ended, so that nobody knows whether they would have opened. */
    public long cutOpening() {
        return handshakes.getOrDefault(Handshake.Kind.CUT, 0L);
    }

    /** Flows that were closing when the capture ended. */
    public long cutClosing() {
        return closes.getOrDefault(Closing.Kind.CUT, 0L);
    }

    public long evicted() {
        return evicted;
    }

    public Map<Handshake.Kind, Long> handshakes() {
        return handshakes;
    }

    public Map<Closing.Kind, Long> closes() {
        return closes;
    }

    public Map<Reset.Kind, Long> resets() {
        return resets;
    }

    /** What was found beside the flows; nothing in a total of several captures. */
    public CaptureFindings captureFindings() {
        return captureFindings;
    }

    /** Which ends have most of what was found in flows. */
    public MostFound mostFound() {
        return mostFound;
    }

    /** How often each rule was found, over all flows and beside them. */
    public Map<Rule, Long> findings() {
        return findings;
    }

    /** Whether the capture was read to its end. */
    public boolean complete() {
        return complete;
    }
}
