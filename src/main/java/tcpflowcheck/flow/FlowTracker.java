package tcpflowcheck.flow;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.flow.TakenFlows.Ends;
import tcpflowcheck.tcp.Ending;
import tcpflowcheck.tcp.Incarnation;
import tcpflowcheck.tcp.Rule;
import tcpflowcheck.tcp.RuleSet;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpState;
import tcpflowcheck.wire.IcmpError;
import tcpflowcheck.wire.TcpSegment;

/**
 * Tells many connections apart: finds the flow of each segment, opens the next incarnation when ports are used again,
 * and ends flows by the clock of the capture, so that memory follows the flows alive.
 */
public final class FlowTracker implements AutoCloseable {
    private final FlowKey key;
    private final FlowsAlive alive;
    private final CaptureFindings findings;
    private final FlowSegments segments;
    private final Crowds crowds;
    private final HeldFlows held;
    private final EndingFlows ending;
    private final Elsewhere elsewhere;
    private final SilentFlows silent;
    private final SettledFlows settled;
    private final Capacity capacity;
    /** Whether flows are held: who looks at all of them in order wants to see each segment at once. */
    private final boolean holds;

    /** Whether others track flows of the same captures, so that the copy of one may be there or here. */
    private final boolean some;

    /** Whether flows that went by the book end without being looked at. */
    private final boolean seldomLooks;

    private final ToldFlows told;
    private long late;
    private long streams;
    private final CaptureClock clock = new CaptureClock();
    private long now = Long.MIN_VALUE;
    private long frame;
    /** The frame that passes, 0 if none does: SYNs that had to wait are told later. */
    private long atHand;

    public FlowTracker(FlowLimits limits, FlowListener listener, long hashSeed) {
        this(limits, CrowdLimits.DEFAULT, new CaptureFindings(new RuleSet()), listener, Pace.of(1), hashSeed);
    }

    /** Starts with no flow. Findings beside the flows go to {@code findings}. */
    public FlowTracker(
            FlowLimits limits,
            CrowdLimits crowd,
            CaptureFindings findings,
            FlowListener listener,
            Pace pace,
            long hashSeed) {
        this(limits, new CrowdWatch(crowd, findings, hashSeed), findings, listener, pace, hashSeed, false);
    }

    /** Starts with no flow, of some of those that there are: what many come to is noticed elsewhere, what one is to another is not. */
    public FlowTracker(
            FlowLimits limits,
            CrowdEvents crowd,
            CaptureFindings findings,
            FlowListener listener,
            Pace pace,
            long hashSeed) {
        this(limits, crowd, findings, listener, pace, hashSeed, true);
    }

    private FlowTracker(
            FlowLimits limits,
            CrowdEvents crowd,
            CaptureFindings findings,
            FlowListener listener,
            Pace pace,
            long hashSeed,
            boolean some) {
        this.some = some;
        alive = new FlowsAlive(limits);
        told = new ToldFlows(limits.maxFlows());
        this.findings = findings;
        crowds = new Crowds(crowd);
        FlowEvents events = new FlowEvents(limits, listener, findings);
        holds = !listener.wantsOrder();
        seldomLooks = !listener.wantsPlain() && !listener.measuresPlain();
        held = new HeldFlows(limits, events.octets());
        FlowsTeller teller = new FlowsTeller(limits, events, crowds);
        ending = new EndingFlows(pace, held, teller, alive, told, listener);
        elsewhere = new Elsewhere(alive, held, ending);
        segments = new FlowSegments(ending, events, alive, crowds, elsewhere);
        silent = new SilentFlows(limits, alive, held, ending, events);
        settled = new SettledFlows(limits, alive, held);
        capacity = new Capacity(limits, alive, held, ending);
        key = new FlowKey(hashSeed);
    }

    /** What is read can be read again: so are segments that are seldom looked at, instead of being kept. */
    public void readAgainBy(SegmentLookup lookup) {
        if (seldomLooks) {
            held.readAgainBy(lookup);
        }
    }

    /** A frame of this time passes: flows end whose time is over. */
    public void clock(long frame, long time) {
        release(time);
        advance(frame, time);
    }

    private void advance(long frame, long time) {
        this.frame = frame;
        atHand = 0;
        if (!clock.goesOn(time)) {
            return;
        }
        now = clock.now();
        ending.clock(now);
        for (Flow flow = alive.expired(now); flow != null; flow = alive.expired(now)) {
            end(flow, Ending.TIME_OVER);
        }
        while (held.expired(now)) {
            ending.add(Ends.OVER, frame, now);
        }
        boolean full = capacity.isFull();
        if (settled.isDue(now, full)) {
            settle(full);
        }
        while (capacity.takesTooMuch() && alive() > 0) {
            evict();
        }
        told.clock(now);
        silent.clock(now);
    }

    /** Tells closed flows after which nothing is to be expected. */
    private void settle(boolean full) {
        while (settled.next(now, full)) {
            Flow flow = settled.found();
            if (flow == null) {
                ending.add(Ends.CLOSED, frame, now);
            } else {
                long deadline = Math.max(flow.deadline, now);
                end(flow, Ending.TIME_OVER);
                told.add(flow, key, deadline);
            }
        }
    }

    /** A segment passes. */
    public void accept(TcpSegment segment) {
        release(segment.time());
        if (!clock.keeps(segment)) {
            take(segment);
        }
    }

    /** A segment that the clock has kept is taken before a frame of this time. */
    private void release(long time) {
        TcpSegment leapt = clock.release(time);
        if (leapt != null) {
            take(leapt);
        }
    }

    private void take(TcpSegment segment) {
        advance(segment.frame(), segment.time());
        atHand = segment.frame();
        key.wrap(segment);
        Flow flow;
        if (held.find(key)) {
            if (!held.isTaken() && held.deadline() > now && goesOn(segment)) {
                return;
            }
            flow = ending.bring(key, frame, now);
        } else {
            flow = alive.find(key);
        }
        if (flow != null && flow.deadline <= now) {
            end(flow, Ending.TIME_OVER);
            key.wrap(segment);
            flow = null;
        }
        if (flow == null) {
            unknown(segment);
        } else if (UndecidedSyns.areOfNext(flow, key, segment)) {
            pass(opened(flow, segment), segment);
        } else if (segment.isSyn() && !segment.isRst()) {
            syn(flow, segment);
        } else {
            stays(flow);
            flow.flowsBefore = streams; // a SYN with RST does not come by syn()
            pass(flow, segment);
        }
    }

    /** Whether the flow at hand can be held with this segment. */
    private boolean goesOn(TcpSegment segment) {
        boolean opening = held.isOpening();
        if (!held.goOn(key.fromLow, segment, now)) {
            return false;
        }
        if (opening && !held.isOpening()) {
            crowds.opened(segment, held.isFromFirst(key.fromLow), held.start());
        }
        return true;
    }

    /** A segment of no flow that is held: the first of a new one, or late for one that has been told. */
    private void unknown(TcpSegment segment) {
        Remains remains = told.of(key);
        int entry = remains.find(key);
        if (entry == Remains.NONE) {
            first(segment, some ? null : elsewhere.begins(key, segment, now));
            return;
        }
        if (remains.isLate(entry, key.fromLow, segment)) {
            late++;
            return;
        }
        boolean reuse = remains.reusesTimeWait(entry, key.fromLow, segment);
        boolean beyond = reuse && remains.isBeyond(entry, key.fromLow, segment);
        long before = remains.stream(entry);
        remains.remove(entry);
        makeRoom(segment);
        Flow flow = segments.begin(key, segment, streams++);
        flow.comesAfter(before);
        if (reuse) {
            flow.connection().reusesTimeWait(Side.CLIENT, segment, beyond);
        }
        pass(flow, segment);
    }

    /** The first segment of a flow, which has a twin or null. */
    private void first(TcpSegment segment, @Nullable Twin twin) {
        makeRoom(segment);
        if (twin == null && holds && held.canBegin(segment)) {
            crowds.born(segment);
            held.begin(key, segment, streams++, now);
        } else {
            Flow flow = segments.begin(key, segment, streams++);
            flow.twin = twin;
            pass(flow, segment);
        }
    }

    /** A segment passes whose data offset is wrong: it belongs to a flow if there is one. */
    public void malformed(TcpSegment segment) {
        clock(segment.frame(), segment.time());
        key.wrap(segment);
        Flow flow = ending.find(key, frame, now);
        if (flow == null) {
            findings.count(Rule.HEADER_LENGTH_INVALID, segment.frame());
            return;
        }
        segments.events().malformed(flow, flow.sender(key.fromLow), segment);
    }

    /** An ICMP error passes that quotes a segment; false if that is of no flow that is there. */
    public boolean icmp(IcmpError error) {
        clock(error.frame(), error.time());
        key.wrap(error);
        Flow flow = ending.find(key, frame, now);
        if (flow == null || flow.deadline <= now) {
            return false;
        }
        if (!flow.undecided().isEmpty() && flow.undecided().get(0).seq() == error.quotedSeq()) {
            flow = opened(flow, flow.undecided().get(0));
            key.wrap(error);
        }
        segments.tell(flow, key, error);
        return true;
    }

    /** The capture has ended; so do all flows, in the order of their streams. */
    public void end() {
        release(Long.MIN_VALUE);
        atHand = 0;
        ending.await();
        ending.begin(held.inOrder());
        Flow[] left = alive.takeAll(streams);
        for (int i = 0; i < left.length; i++) {
            Flow flow = left[i];
            left[i] = null; // who is told makes room for who is to be told
            ending.addUpTo(flow.stream(), frame, now);
            finish(flow, Ending.CAPTURE_ENDS);
        }
        ending.addUpTo(Long.MAX_VALUE, frame, now);
        ending.await();
        for (Flow flow : alive.takeAll(streams)) { // SYNs that had waited have opened them
            finish(flow, Ending.CAPTURE_ENDS);
        }
        crowds.end();
    }

    private void syn(Flow there, TcpSegment segment) {
        Flow flow = there;
        if (!UndecidedSyns.mayGoOn(flow, segment)) {
            if (UndecidedSyns.openUnanswered(flow, key)) {
                flow = opened(flow, segment);
            } else {
                key.wrap(segment);
                stays(flow);
            }
        }
        Side side = flow.sender(key.fromLow);
        if (flow.undecided().isEmpty()) {
            flow.flowsBefore = streams;
        }
        switch (Incarnation.of(flow.connection(), side, segment)) {
            case SAME -> pass(flow, segment);
            case NEXT -> pass(next(flow, segment), segment);
            case DEPENDS -> flow.keepUndecided(segment.copy());
        }
    }

    /** The SYNs that waited open the next incarnation, whose next segment is {@code segment}. */
    private Flow opened(Flow flow, TcpSegment segment) {
        List<TcpSegment> syns = flow.takeUndecided();
        key.wrap(syns.get(0));
        Flow next = next(flow, syns.get(0));
        for (TcpSegment syn : syns) {
            key.wrap(syn);
            pass(next, syn);
        }
        key.wrap(segment);
        return next;
    }

    /** The SYNs that waited belong to the flow that is there. */
    private void stays(Flow flow) {
        if (flow.undecided().isEmpty()) {
            return;
        }
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
        flow.comesBefore(streams);
        end(flow, Ending.PORTS_REUSED);
        key.wrap(syn);
        Flow next = bornBehind(flow, syn);
        if (timeWait) {
            next.connection().reusesTimeWait(Side.CLIENT, syn, beyond);
        }
        return next;
    }

    private void makeRoom(TcpSegment first) {
        if (capacity.hasMost()) {
            evict();
            key.wrap(first);
        }
    }

    private void evict() {
        Flow flow = capacity.evict(frame, now);
        if (flow != null) {
            end(flow, Ending.EVICTED);
        }
    }

    /** The next between the ports of another begins. */
    private Flow bornBehind(Flow before, TcpSegment first) {
        Flow next = segments.begin(key, first, streams++);
        next.follows(before, frame);
        return next;
    }

    private void pass(Flow flow, TcpSegment segment) {
        segments.pass(flow, key, segment, now, segment.frame() != atHand);
    }

    private void end(Flow flow, Ending how) {
        alive.remove(flow);
        finish(flow, how);
    }

    private void finish(Flow flow, Ending how) {
        boolean opens = how != Ending.EVICTED && UndecidedSyns.openUnanswered(flow, key);
        List<TcpSegment> syns = flow.takeUndecided();
        for (TcpSegment syn : opens ? List.<TcpSegment>of() : syns) {
            key.wrap(syn);
            segments.tell(flow, key, syn);
        }
        if (opens) {
            flow.comesBefore(streams);
        }
        segments.events().end(flow, frame, now, how);
        crowds.ended(flow);
        Flow next = null;
        for (TcpSegment syn : opens ? syns : List.<TcpSegment>of()) {
            key.wrap(syn);
            next = next == null ? bornBehind(flow, syn) : next;
            pass(next, syn);
        }
    }

    /** Returns when nobody tells of flows any more. */
    @Override
    public void close() {
        ending.close();
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
        return capacity.alive();
    }

    /** About how many octets of memory the flows take that are alive. */
    public long octets() {
        return capacity.octets();
    }

    /** Flows that ended early because there were too many. */
    public long evicted() {
        return capacity.evicted();
    }
}
