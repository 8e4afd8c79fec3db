package tcpflowcheck.flow;

import java.util.ArrayList;
import java.util.List;
import tcpflowcheck.tcp.Incarnation;
import tcpflowcheck.tcp.OctetLog;
import tcpflowcheck.tcp.Rule;
import tcpflowcheck.tcp.RuleSet;
import tcpflowcheck.tcp.Severity;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.tcp.TcpState;
import tcpflowcheck.wire.TcpSegment;

/**
 * Tells many connections apart: finds the flow of each segment, opens the next incarnation when ports are used again,
 * and ends flows by the clock of the capture, so that memory follows the flows alive.
 */
public final class FlowTracker {
    /** SYNs that wait for the peer's answer; more of them belong to the flow there. */
    private static final int MAX_UNDECIDED = 8;

    private final FlowLimits limits;
    private final FlowListener listener;
    private final FlowKey key;
    private final FlowTable table = new FlowTable();
    private final ExpiryWheel wheel = new ExpiryWheel();
    private final List<TcpEvent> events = new ArrayList<>();
    private final CaptureFindings findings;
    private final OctetLog octets = new OctetLog();
    private final Crowds crowds;
    private final TcpEvent.Sink sink = new TcpEvent.Sink() {
        @Override
        public boolean hears() {
            return listener.wantsEvents();
        }

        @Override
        public void event(TcpEvent event) {
            events.add(event);
        }

        @Override
        public boolean ignores(Rule rule, Severity severity) {
            return findings.ignored().contains(rule, severity);
        }

        @Override
        public void foundInCapture(Rule rule, TcpSegment segment) {
            findings.count(rule, segment.frame());
        }
    };
    /** Connections that have ended and wait for what may follow. */
    private final FlowQueue closed = new FlowQueue();

    /** Flows of one segment: what a flood is made of, and where too many are alive the first to go. */
    private final FlowQueue single = new FlowQueue();

    private final FirstSegments firsts;

    /** Whether first segments are held as packets: who looks at events wants them at once. */
    private final boolean holds;

    private final Remains remains4;
    private final Remains remains6;
    private long late;
    private long streams;
    private long evicted;
    private long now = Long.MIN_VALUE;
    private long frame;

    /**
     * Starts with no flow.
     *
     * @param hashSeed any number; nothing that is told depends on it
     */
    public FlowTracker(FlowLimits limits, FlowListener listener, long hashSeed) {
        this(limits, CrowdLimits.DEFAULT, new CaptureFindings(new RuleSet()), listener, hashSeed);
    }

    /**
     * Starts with no flow.
     *
     * @param findings gets what is found beside the flows
     * @param hashSeed any number; nothing that is told depends on it
     */
    public FlowTracker(
            FlowLimits limits, CrowdLimits crowd, CaptureFindings findings, FlowListener listener, long hashSeed) {
        this.limits = limits;
        remains4 = new Remains(false, limits.maxFlows());
        remains6 = new Remains(true, limits.maxFlows());
        this.findings = findings;
        crowds = new Crowds(crowd, findings, hashSeed);
        this.listener = listener;
        holds = !listener.wantsEvents();
        firsts = new FirstSegments(limits);
        key = new FlowKey(hashSeed);
    }

    /** The clock of the capture stands at {@code time}: flows end whose time is over. */
    public void clock(long frame, long time) {
        this.frame = frame;
        if (time <= now) {
            return;
        }
        now = time;
        for (Flow flow = wheel.expired(now); flow != null; flow = wheel.expired(now)) {
            end(flow);
        }
        while (firsts.expired(now)) {
            finish(revived());
        }
        settle();
        remains4.clock(now);
        remains6.clock(now);
    }

    /** Tells closed flows after which nothing is to be expected; where there are very many, the oldest of them. */
    private void settle() {
        Flow flow = closed.oldest();
        while (flow != null && (now - flow.lastTime() >= limits.settleNanos() || closed.size() > limits.maxClosed())) {
            long deadline = Math.max(flow.deadline, now);
            end(flow);
            (flow.ipVersion() == 6 ? remains6 : remains4).add(flow, deadline);
            flow = closed.oldest();
        }
    }

    /** A segment passes. */
    public void accept(TcpSegment segment) {
        clock(segment.frame(), segment.time());
        key.wrap(segment);
        Flow flow = table.find(key);
        if (flow != null && flow.deadline <= now) {
            end(flow);
            key.wrap(segment);
            flow = null;
        }
        flow = flow == null ? held() : flow;
        if (flow == null) {
            unknown(segment);
        } else if (segment.isSyn() && !segment.isRst()) {
            syn(flow, segment);
        } else {
            if (!flow.undecided().isEmpty()) {
                stays(flow);
            }
            pass(flow, segment);
        }
    }

    /** A segment of no flow that is held: the first of a new one, or late for one that has been told. */
    private void unknown(TcpSegment segment) {
        Remains remains = segment.ipVersion() == 6 ? remains6 : remains4;
        int entry = remains.size() == 0 ? -1 : remains.find(key);
        if (entry < 0 && holds && FirstSegments.canHold(segment)) {
            hold(segment);
            return;
        }
        if (entry < 0) {
            pass(born(segment), segment);
            return;
        }
        boolean opens = segment.isSyn() && !segment.isRst();
        if (!opens && remains.isLate(entry, key.fromLow, segment)) {
            late++;
            return;
        }
        boolean reuse = opens && !segment.isAck() && remains.receiverInTimeWait(entry, key.fromLow);
        boolean beyond = reuse && remains.isBeyond(entry, key.fromLow, segment);
        remains.remove(entry);
        Flow flow = born(segment);
        if (reuse) {
            flow.connection().reusesTimeWait(Side.CLIENT, segment, beyond);
        }
        pass(flow, segment);
    }

    /** A segment passes whose data offset is wrong: it belongs to a flow if there is one. */
    public void malformed(TcpSegment segment) {
        clock(segment.frame(), segment.time());
        key.wrap(segment);
        Flow flow = table.find(key);
        flow = flow == null ? held() : flow;
        if (flow == null) {
            findings.count(Rule.HEADER_LENGTH_INVALID, segment.frame());
            return;
        }
        flow.connection().onMalformed(flow.sender(key.fromLow), segment);
        tellEvents(flow);
    }

    /** The capture has ended; so do all flows, in the order of their streams. */
    public void end() {
        for (Flow flow : table.takeAll(streams)) {
            finishHeldBefore(flow.stream());
            finish(flow);
        }
        finishHeldBefore(Long.MAX_VALUE);
        crowds.end();
    }

    private void syn(Flow flow, TcpSegment segment) {
        Side side = flow.sender(key.fromLow);
        if (!flow.undecided().isEmpty()) {
            TcpSegment syn = flow.undecided().get(0);
            boolean answers = segment.isAck() && segment.sourcePort() == syn.destinationPort();
            if (answers && Incarnation.accepts(flow.connection(), side, segment, syn.seq(), syn.end())) {
                accepted(flow, segment);
                return;
            }
            boolean again = !segment.isAck() && segment.seq() == syn.seq();
            if (!again || flow.undecided().size() == MAX_UNDECIDED) {
                stays(flow);
            }
        }
        switch (Incarnation.of(flow.connection(), side, segment)) {
            case SAME -> pass(flow, segment);
            case NEXT -> pass(next(flow, segment), segment);
            case DEPENDS -> flow.keepUndecided(segment.copy());
        }
    }

    /** The peer answered: the SYNs that waited open the next incarnation. */
    private void accepted(Flow flow, TcpSegment synAck) {
        List<TcpSegment> syns = flow.takeUndecided();
        Flow next = null;
        for (TcpSegment syn : syns) {
            key.wrap(syn);
            next = next == null ? next(flow, syn) : next;
            pass(next, syn);
        }
        key.wrap(synAck);
        pass(next, synAck);
    }

    /** The peer did not accept: the SYNs that waited belong to the flow that is there. */
    private void stays(Flow flow) {
        boolean fromLow = key.fromLow;
        for (TcpSegment syn : flow.takeUndecided()) {
            key.wrap(syn);
            pass(flow, syn);
        }
        key.fromLow = fromLow;
    }

    private Flow next(Flow flow, TcpSegment syn) {
        Side side = flow.sender(key.fromLow);
        boolean timeWait = flow.connection().endpoint(side.peer()).state() == TcpState.TIME_WAIT && !syn.isAck();
        boolean beyond = timeWait
                && Incarnation.isBeyond(
                        flow.connection().endpoint(side), flow.connection().endpoint(side.peer()), syn);
        end(flow);
        key.wrap(syn);
        Flow next = born(syn);
        next.follows(flow);
        if (timeWait) {
            next.connection().reusesTimeWait(Side.CLIENT, syn, beyond);
        }
        return next;
    }

    private void finishHeldBefore(long stream) {
        while (firsts.first(stream)) {
            finish(revived());
        }
    }

    private void hold(TcpSegment segment) {
        makeRoom(segment);
        crowds.born(segment);
        firsts.add(key, segment, streams++, now);
    }

    /** The flow of the key of which one segment is held, or null. */
    private Flow held() {
        if (!firsts.find(key)) {
            return null;
        }
        boolean fromLow = key.fromLow;
        long born = firsts.born();
        Flow flow = revived();
        key.fromLow = fromLow;
        table.add(key, flow);
        flow.deadline = born + limits.lifeOf(flow);
        wheel.file(flow, now);
        return flow;
    }

    /** The flow of the segment at hand of those that were held, as it would be had it not been; it is in no table. */
    private Flow revived() {
        TcpSegment first = firsts.segment();
        key.wrap(first);
        Flow flow = new Flow(key, first, firsts.stream(), sink, octets);
        flow.hash = key.hash;
        flow.opening = Crowds.opens(first);
        flow.pass(flow.sender(key.fromLow), first);
        firsts.remove();
        return flow;
    }

    /** Where too many flows are alive, one ends: of one segment if there is such, the longest silent. */
    private void makeRoom(TcpSegment first) {
        if (alive() < limits.maxFlows()) {
            return;
        }
        evicted++;
        Flow oldest = single.oldest();
        long stream = oldest == null ? Long.MAX_VALUE : oldest.stream();
        if (firsts.first(stream)) {
            finish(revived());
        } else {
            end(oldest != null ? oldest : wheel.earliest());
        }
        key.wrap(first);
    }

    private Flow born(TcpSegment first) {
        makeRoom(first);
        Flow flow = new Flow(key, first, streams++, sink, octets);
        table.add(key, flow);
        flow.opening = crowds.born(first);
        return flow;
    }

    private void pass(Flow flow, TcpSegment segment) {
        boolean first = flow.lastFrame() == 0;
        tell(flow, segment);
        flow.deadline = now + limits.lifeOf(flow);
        wheel.file(flow, now);
        if (flow.connection().ended()) {
            closed.touch(flow);
        } else if (first) {
            single.touch(flow);
        } else if (flow.queue != null) {
            FlowQueue.leave(flow);
        }
    }

    private void tell(Flow flow, TcpSegment segment) {
        Side side = flow.sender(key.fromLow);
        flow.pass(side, segment);
        if (flow.opening) {
            crowds.follow(flow);
        }
        listener.segment(flow, side, segment, events);
        if (!events.isEmpty()) {
            events.clear();
        }
    }

    private void end(Flow flow) {
        wheel.remove(flow);
        table.remove(flow);
        FlowQueue.leave(flow);
        finish(flow);
    }

    private void finish(Flow flow) {
        if (!flow.undecided().isEmpty()) {
            for (TcpSegment syn : flow.takeUndecided()) {
                key.wrap(syn);
                tell(flow, syn);
            }
        }
        flow.connection().clock(frame, now, 2 * limits.mslNanos());
        flow.end(now);
        crowds.ended(flow);
        tellEvents(flow);
        listener.flow(flow);
    }

    private void tellEvents(Flow flow) {
        for (int i = 0; i < events.size(); i++) {
            listener.event(flow, events.get(i));
        }
        events.clear();
    }

    /** Flows so far. */
    public long streams() {
        return streams;
    }

    /** Segments of flows that had been told. */
    public long late() {
        return late;
    }

    /** Flows that have not ended. */
    public int alive() {
        return table.size() + firsts.size();
    }

    /** Flows that ended early because there were too many. */
    public long evicted() {
        return evicted;
    }
}
