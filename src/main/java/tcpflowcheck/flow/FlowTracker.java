package tcpflowcheck.flow;

import java.util.List;
import tcpflowcheck.flow.HeldFlows.Stage;
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
    private final FlowLimits limits;
    private final FlowKey key;
    private final FlowsAlive alive;
    private final CaptureFindings findings;
    private final FlowEvents events;
    private final Crowds crowds;
    private final HeldFlows held;
    private final EndingFlows ending;
    private final Elsewhere elsewhere;
    private final SilentFlows silent;
    private final Eviction eviction;
    /** Whether flows are held: who looks at all of them in order wants to see each segment at once. */
    private final boolean holds;

    private final ToldFlows told;
    private long late;
    private long streams;
    private long evicted;
    private final CaptureClock clock = new CaptureClock();
    private long now = Long.MIN_VALUE;
    private long frame;
    /** The last segment, if its time is a leap ahead; mostly null. */
    private TcpSegment waiting;

    /** The frame that passes, 0 if none does: SYNs that had to wait are told later. */
    private long atHand;

    /** Flows that are closed and kept, when that was looked at last, and the time before which none of them settles. */
    private int closed;

    private long settles = Long.MAX_VALUE;

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
        this.limits = limits;
        alive = new FlowsAlive(limits);
        told = new ToldFlows(limits.maxFlows());
        this.findings = findings;
        crowds = new Crowds(crowd, findings, hashSeed);
        events = new FlowEvents(limits, listener, findings);
        holds = !listener.wantsOrder();
        held = new HeldFlows(limits, events.octets());
        FlowsTeller teller = new FlowsTeller(limits, events, crowds);
        ending = new EndingFlows(pace, held, teller, alive, told, listener);
        elsewhere = new Elsewhere(alive, held, ending);
        silent = new SilentFlows(limits, alive, held, ending, events);
        eviction = new Eviction(alive, held, ending);
        key = new FlowKey(hashSeed);
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
        boolean news = alive.closed() + held.size(Stage.CLOSING) != closed || isFull();
        if (news || now >= settles) {
            settle();
        }
        while (octets() > limits.maxOctets() && alive() > 0) {
            evict();
        }
        told.clock(now);
        silent.clock(now);
    }

    /**
     * Tells closed flows after which nothing is to be expected; where there are very many, sooner, and all where no other
     * flow has room.
     */
    private void settle() {
        boolean full = isFull();
        while (true) {
            Flow flow = alive.oldestClosed();
            long silentSince = flow == null ? Long.MAX_VALUE : flow.lastTime();
            boolean first = held.oldest(Stage.CLOSING) && held.touched() < silentSince;
            silentSince = first ? held.touched() : silentSince;
            closed = alive.closed() + held.size(Stage.CLOSING);
            long least = full ? 0 : closed > limits.maxClosed() ? limits.leastSettleNanos() : limits.settleNanos();
            if (silentSince == Long.MAX_VALUE || now - silentSince < least) {
                settles = silentSince == Long.MAX_VALUE ? Long.MAX_VALUE : silentSince + least;
                return;
            }
            if (first) {
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
        if (clock.leapsTo(segment.time())) {
            waiting = segment.copy();
        } else {
            take(segment);
        }
    }

    /** A segment that waits is taken before the next frame, whose time tells which clock it belongs to. */
    private void release(long time) {
        if (waiting == null) {
            return;
        }
        TcpSegment leapt = waiting;
        waiting = null;
        if (CaptureClock.bearsOut(time, leapt.time())) {
            clock.mayLeapTo(leapt.time());
        }
        take(leapt);
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
        Twin twin = entry == Remains.NONE ? elsewhere.begins(key, segment, now) : null;
        if (entry == Remains.NONE && twin == null && holds && held.canBegin(segment)) {
            makeRoom(segment);
            crowds.born(segment);
            held.begin(key, segment, streams++, now);
            return;
        }
        if (entry == Remains.NONE) {
            makeRoom(segment);
            Flow flow = born(segment);
            flow.twin = twin;
            pass(flow, segment);
            return;
        }
        boolean opens = segment.isSyn() && !segment.isRst();
        boolean old = segment.isAck() && remains.isAckLate(entry, key.fromLow, segment);
        if (opens ? old : remains.isLate(entry, key.fromLow, segment)) {
            late++;
            return;
        }
        boolean reuse = opens && !segment.isAck() && remains.receiverInTimeWait(entry, key.fromLow);
        boolean beyond = reuse && remains.isBeyond(entry, key.fromLow, segment);
        long before = remains.stream(entry);
        remains.remove(entry);
        makeRoom(segment);
        Flow flow = born(segment);
        flow.comesAfter(before);
        if (reuse) {
            flow.connection().reusesTimeWait(Side.CLIENT, segment, beyond);
        }
        pass(flow, segment);
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
        events().malformed(flow, flow.sender(key.fromLow), segment);
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
        events().icmp(flow, flow.sender(key.fromLow), error);
        crowds.follow(flow);
        return true;
    }

    /** The capture has ended; so do all flows, in the order of their streams. */
    public void end() {
        release(Long.MIN_VALUE);
        atHand = 0;
        ending.await();
        long[] heldInOrder = held.inOrder();
        int next = 0;
        Flow[] left = alive.takeAll(streams);
        for (int i = 0; i < left.length; i++) {
            Flow flow = left[i];
            left[i] = null; // who is told makes room for who is to be told
            next = takeHeld(heldInOrder, next, flow.stream());
            finish(flow, Ending.CAPTURE_ENDS);
        }
        takeHeld(heldInOrder, next, Long.MAX_VALUE);
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
        Flow next = null;
        for (TcpSegment syn : flow.takeUndecided()) {
            key.wrap(syn);
            next = next == null ? next(flow, syn) : next;
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
        Flow next = born(syn, flow);
        if (timeWait) {
            next.connection().reusesTimeWait(Side.CLIENT, syn, beyond);
        }
        return next;
    }

    /** Ends those held flows from {@code next} on whose stream is below; gives the first that is not. */
    private int takeHeld(long[] heldInOrder, int next, long stream) {
        int at = next;
        for (; at < heldInOrder.length; at++) {
            held.goOrdered(heldInOrder[at]);
            if (held.stream() > stream) {
                break;
            }
            ending.add(Ends.CAPTURE_ENDS, frame, now);
        }
        return at;
    }

    /** Where flows and segments are told, once those have been that come before. */
    private FlowEvents events() {
        ending.await();
        return events;
    }

    private boolean isFull() {
        return alive() >= limits.maxFlows() || octets() > limits.maxOctets();
    }

    /** About how many octets of memory the flows take that are alive. */
    public long octets() {
        return alive.octets() + held.octets();
    }

    private void makeRoom(TcpSegment first) {
        if (alive() >= limits.maxFlows()) {
            evict();
            key.wrap(first);
        }
    }

    private void evict() {
        evicted++;
        Flow flow = eviction.next(frame, now);
        if (flow != null) {
            end(flow, Ending.EVICTED);
        }
    }

    private Flow born(TcpSegment first) {
        Flow flow = events().born(key, first, streams++);
        alive.add(key, flow);
        flow.opening = crowds.born(first);
        return flow;
    }

    private Flow born(TcpSegment first, Flow before) {
        Flow next = born(first);
        next.follows(before, frame);
        return next;
    }

    private void pass(Flow flow, TcpSegment segment) {
        boolean first = flow.lastFrame() == 0;
        if (flow.twin != null) {
            elsewhere.compare(flow, key, segment, now);
        }
        tell(flow, segment);
        flow.stood(segment.frame() == atHand ? now : segment.time());
        alive.passed(flow, first, now);
    }

    private void tell(Flow flow, TcpSegment segment) {
        events().segment(flow, flow.sender(key.fromLow), segment);
        crowds.follow(flow);
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
            tell(flow, syn);
        }
        if (opens) {
            flow.comesBefore(streams);
        }
        events().end(flow, frame, now, how);
        crowds.ended(flow);
        Flow next = null;
        for (TcpSegment syn : opens ? syns : List.<TcpSegment>of()) {
            key.wrap(syn);
            next = next == null ? born(syn, flow) : next;
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
        return alive.size() + held.size() - ending.size();
    }

    /** Flows that ended early because there were too many. */
    public long evicted() {
        return evicted;
    }
}
