package tcpflowcheck.flow;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.tcp.Ending;
import tcpflowcheck.tcp.Incarnation;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpState;
import tcpflowcheck.wire.IcmpError;
import tcpflowcheck.wire.TcpSegment;

/**
 * The way of each segment to its flow: one that is held, one that is alive, the next between the same ports, one that has
 * been told and lets it come late, or a new one. Where a SYN belongs that may be of either, the segments behind it show.
 */
final class Arrivals {
    private final FlowKey key;
    private final FlowsAlive alive;
    private final FlowSegments segments;
    private final Crowds crowds;
    private final HeldFlows held;
    private final EndingFlows ending;
    /** Null where others track flows of the same captures, so that the copy of one may be there or here. */
    private final @Nullable Elsewhere elsewhere;

    private final Capacity capacity;
    private final ToldFlows told;

    /** Whether flows are held: who looks at all of them in order wants to see each segment at once. */
    private final boolean holds;

    private long late;
    private long streams;

    // where the capture stands
    private long now = Long.MIN_VALUE;
    private long frame;
    /** The frame that passes, 0 if none does: SYNs that had to wait are told later. */
    private long atHand;

    Arrivals(
            FlowKey key,
            FlowsAlive alive,
            FlowSegments segments,
            Crowds crowds,
            HeldFlows held,
            EndingFlows ending,
            @Nullable Elsewhere elsewhere,
            Capacity capacity,
            ToldFlows told,
            boolean holds) {
        this.key = key;
        this.alive = alive;
        this.segments = segments;
        this.crowds = crowds;
        this.held = held;
        this.ending = ending;
        this.elsewhere = elsewhere;
        this.capacity = capacity;
        this.told = told;
        this.holds = holds;
    }

    /** This frame passes, no segment of which is taken yet. */
    void at(long frame) {
        this.frame = frame;
        atHand = 0;
    }

    /** The clock of the capture goes on. */
    void clock(long now) {
        this.now = now;
    }

    /** A segment passes, of the frame that it is {@link #at}. */
    void take(TcpSegment segment) {
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
            first(segment, elsewhere == null ? null : elsewhere.begins(key, segment, now));
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
    boolean malformed(TcpSegment segment) {
        key.wrap(segment);
        Flow flow = ending.find(key, frame, now);
        if (flow == null) {
            return false;
        }
        segments.events().malformed(flow, flow.sender(key.fromLow), segment);
        return true;
    }

    /** An ICMP error passes that quotes a segment; false if that is of no flow that is there. */
    boolean icmp(IcmpError error) {
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

    /** One has to go. */
    void evict() {
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

    /** A flow that is alive ends. */
    void end(Flow flow, Ending how) {
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

    /** A closed flow that is alive ends, after which nothing is to be expected; it is known for a while. */
    void settle(Flow flow) {
        long deadline = Math.max(flow.deadline, now);
        end(flow, Ending.TIME_OVER);
        told.add(flow, key, deadline);
    }

    /** The capture has ended; so do all flows, in the order of their streams. */
    void endAll() {
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
    }

    /** Flows so far. */
    long streams() {
        return streams;
    }

    /** Segments of flows that had been told. */
    long late() {
        return late;
    }
}
