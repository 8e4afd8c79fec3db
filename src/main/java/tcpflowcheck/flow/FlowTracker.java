package tcpflowcheck.flow;

import tcpflowcheck.flow.TakenFlows.Ends;
import tcpflowcheck.tcp.Ending;
import tcpflowcheck.tcp.Rule;
import tcpflowcheck.tcp.RuleSet;
import tcpflowcheck.wire.IcmpError;
import tcpflowcheck.wire.TcpSegment;

/**
 * Tells many connections apart: each segment goes to its flow, as {@link Arrivals} has it, and flows end by the clock of the
 * capture, so that memory follows the flows alive.
 */
public final class FlowTracker implements AutoCloseable {
    private final FlowsAlive alive;
    private final CaptureFindings findings;
    private final Crowds crowds;
    private final HeldFlows held;
    private final EndingFlows ending;
    private final SilentFlows silent;
    private final SettledFlows settled;
    private final Capacity capacity;
    private final Arrivals arrivals;
    private final ToldFlows told;

    private final boolean seldomLooks;

    private final CaptureClock clock = new CaptureClock();

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
        alive = new FlowsAlive(limits);
        told = new ToldFlows(limits.maxFlows());
        this.findings = findings;
        crowds = new Crowds(crowd);
        FlowEvents events = new FlowEvents(limits, listener, findings);
        seldomLooks = !listener.wantsPlain() && !listener.measuresPlain();
        held = new HeldFlows(limits, events.octets());
        FlowsTeller teller = new FlowsTeller(limits, events, crowds);
        ending = new EndingFlows(pace, held, teller, alive, told, listener);
        Elsewhere elsewhere = new Elsewhere(alive, held, ending, events);
        FlowSegments segments = new FlowSegments(ending, events, alive, crowds, elsewhere);
        silent = new SilentFlows(limits, alive, held, ending, events);
        settled = new SettledFlows(limits, alive, held);
        capacity = new Capacity(limits, alive, held, ending);
        FlowKey key = new FlowKey(hashSeed);
        boolean holds = !listener.wantsOrder();
        arrivals = new Arrivals(
                key, alive, segments, crowds, held, ending, some ? null : elsewhere, capacity, told, holds);
    }

    /** Whether flows that went by the book end without being looked at, so that what is kept of them is hardly ever wanted. */
    public boolean seldomLooks() {
        return seldomLooks;
    }

    /** What is read can be read again: where it {@link #seldomLooks} segments are, instead of being kept. */
    public void readAgainBy(SegmentLookup lookup) {
        held.readAgainBy(lookup);
    }

    /** A frame of this time passes: flows end whose time is over. */
    public void clock(long frame, long time) {
        release(time);
        advance(frame, time);
    }

    private void advance(long frame, long time) {
        arrivals.at(frame);
        if (!clock.goesOn(time)) {
            return;
        }
        long now = clock.now();
        arrivals.clock(now);
        ending.clock(now);
        for (Flow flow = alive.expired(now); flow != null; flow = alive.expired(now)) {
            arrivals.end(flow, Ending.TIME_OVER);
        }
        while (held.expired(now)) {
            ending.add(Ends.OVER, frame, now);
        }
        boolean full = capacity.isFull();
        if (settled.isDue(now, full)) {
            settle(frame, now, full);
        }
        while (capacity.takesTooMuch() && alive() > 0) {
            arrivals.evict();
        }
        told.clock(now);
        silent.clock(now);
    }

    /** Tells closed flows after which nothing is to be expected. */
    private void settle(long frame, long now, boolean full) {
        while (settled.next(now, full)) {
            Flow flow = settled.found();
            if (flow == null) {
                ending.add(Ends.CLOSED, frame, now);
            } else {
                arrivals.settle(flow);
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
        arrivals.take(segment);
    }

    /** A segment passes whose data offset is wrong: it belongs to a flow if there is one. */
    public void malformed(TcpSegment segment) {
        clock(segment.frame(), segment.time());
        if (!arrivals.malformed(segment)) {
            findings.count(Rule.HEADER_LENGTH_INVALID, segment.frame());
        }
    }

    /** An ICMP error passes that quotes a segment; false if that is of no flow that is there. */
    public boolean icmp(IcmpError error) {
        clock(error.frame(), error.time());
        return arrivals.icmp(error);
    }

    /** The capture has ended; so do all flows, in the order of their streams. */
    public void end() {
        release(Long.MIN_VALUE);
        arrivals.endAll();
        crowds.end();
    }

    /** Returns when nobody tells of flows any more. */
    @Override
    public void close() {
        ending.close();
    }

    /** Flows so far. */
    public long streams() {
        return arrivals.streams();
    }

    /** Segments of flows that had been told. */
    public long late() {
        return arrivals.late();
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
