package tcpflowcheck.flow;

import tcpflowcheck.flow.TakenFlows.Ends;
import tcpflowcheck.tcp.Ending;
import tcpflowcheck.wire.TcpSegment;

/** Looks at flows that were held and taken out, and tells of those that end: by turns with the tracker, maybe on another thread. */
final class FlowsTeller {
    private final FlowLimits limits;
    private final FlowEvents events;
    private final Crowds crowds;
    private final FlowKey key = new FlowKey(0);
    private final PlainFlow plain = new PlainFlow();

    FlowsTeller(FlowLimits limits, FlowEvents events, Crowds crowds) {
        this.limits = limits;
        this.events = events;
        this.crowds = crowds;
    }

    /** Tells of all flows of a batch, in order. */
    void tell(TakenFlows batch) {
        while (batch.next()) {
            if (batch.isPlain()) {
                plain.wrap(batch);
                events.plain(plain);
                crowds.ended(plain);
                continue;
            }
            Flow flow = look(batch);
            flow.touched = batch.touched();
            flow.stood(batch.touched());
            flow.deadline = limits.deadlineOf(flow, batch.touched());
            long now = batch.now();
            boolean ends = switch (batch.ends()) {
                case NOT_YET -> false;
                case CLOSED -> flow.connection().ended();
                case OVER -> flow.deadline <= now;
                case EVICTED, CAPTURE_ENDS -> true;
            };
            if (ends) {
                events.end(flow, batch.frame(), now, ending(batch.ends()));
                crowds.ended(flow);
                batch.ended(flow, Math.max(flow.deadline, now));
            } else {
                batch.goesOn(flow);
                if (batch.ends() != Ends.NOT_YET) {
                    events.silent(flow.stream());
                }
            }
        }
    }

    private static Ending ending(Ends ends) {
        return switch (ends) {
            case EVICTED -> Ending.EVICTED;
            case CAPTURE_ENDS -> Ending.CAPTURE_ENDS;
            case NOT_YET, CLOSED, OVER -> Ending.TIME_OVER;
        };
    }

    private Flow look(TakenFlows batch) {
        batch.key(key);
        int count = batch.segments();
        TcpSegment first = batch.segment(key);
        Flow flow = events.born(key, first, batch.stream());
        flow.opening = batch.isOpening() && Crowds.opens(first);
        events.segment(flow, flow.sender(key.fromLow), first);
        for (int i = 1; i < count; i++) {
            TcpSegment segment = batch.segment(key);
            events.segment(flow, flow.sender(key.fromLow), segment);
        }
        return flow;
    }
}
