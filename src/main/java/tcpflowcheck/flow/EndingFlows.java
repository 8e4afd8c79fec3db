package tcpflowcheck.flow;

import org.jspecify.annotations.Nullable;
import tcpflowcheck.flow.TakenFlows.Ends;
import tcpflowcheck.tcp.Connection;

/**
 * Held flows that are looked at, mostly because they end: many together, in the order in which they came, and where
 * there is another processor by another thread while the capture is read on. What came of them is known when
 * {@link #await} returns, or when so many more have come. Whoever tells anything else waits first, so that what is told,
 * and in which order, depends on the capture alone.
 */
final class EndingFlows {
    private final Pace pace;
    private final HeldFlows held;
    private final FlowsTeller teller;
    private final FlowsAlive alive;
    private final ToldFlows told;
    /** Whether flows that went by the book have to be looked at. */
    private final boolean wantsPlain;

    /** Of those that need not be looked at; null if nobody wants them. */
    private final @Nullable PlainMeasures measures;

    private final FlowKey key = new FlowKey(0);

    /** In a ring: those that were handed over, the oldest first, the one that is filled, and the others. */
    private final TakenFlows[] batches;

    /** Before it no flow has to end that was taken out and goes on. */
    private long soonest = Long.MAX_VALUE;

    private int filling;
    private int handedOver;
    private int size;
    /** Those that the end of the capture ends, and which of them is the next. */
    private long[] last = {};

    private int nextOfLast;
    private final OtherThread aside = new OtherThread("teller");

    EndingFlows(
            Pace pace, HeldFlows held, FlowsTeller teller, FlowsAlive alive, ToldFlows told, FlowListener listener) {
        wantsPlain = listener.wantsPlain();
        measures = listener.measuresPlain() ? new PlainMeasures() : null;
        this.pace = pace;
        this.held = held;
        this.teller = teller;
        this.alive = alive;
        this.told = told;
        batches = new TakenFlows[pace.batches()];
        for (int i = 0; i < batches.length; i++) {
            batches[i] = new TakenFlows(pace.together());
        }
    }

    /** Flows of which it is not known what came of them. */
    int size() {
        return size;
    }

    /** The clock of the capture: what goes on has to be known before it has to end. */
    void clock(long now) {
        if (now >= soonest) {
            await();
        }
    }

    /**
     * Takes the held flow at hand out.
     *
     * @param frame that shows the clock of the capture to stand at {@code now}
     */
    void add(Ends ends, long frame, long now) {
        boolean ended = ends == Ends.CLOSED || ends == Ends.OVER || ends == Ends.CAPTURE_ENDS;
        if (ended && !wantsPlain && held.hasClosed()) {
            addPlain(ends, now);
        } else if (held.takeInto(batches[filling], ends, frame, now)) {
            soonest = Math.min(soonest, held.soonestEnd(ends, now));
            size++;
        } else {
            addPlain(Ends.CLOSED, now);
        }
        if (batches[filling].size() == pace.together()) {
            handOver();
        }
    }

    /** Takes the held flow at hand out, which went by the book: what is kept of it is known at once. */
    private void addPlain(Ends ends, long now) {
        held.key(key);
        boolean certain = now - held.touched() >= Connection.LEAST_SILENCE_NANOS;
        batches[filling].addPlain(key, held.stream(), held.closing(), certain, held.start(), held.touched());
        if (measures != null) {
            held.measure(measures);
            batches[filling].addMeasures(measures);
        }
        if (ends == Ends.CLOSED) {
            held.addTo(told.of(key), key, Math.max(held.deadline(), now));
        }
        held.drop();
    }

    /** The capture ends: {@link #addUpTo} takes these out, as {@link HeldFlows#inOrder} has them. */
    void begin(long[] inOrder) {
        last = inOrder;
        nextOfLast = 0;
    }

    /** Takes out those flows of the last that have no higher stream. */
    void addUpTo(long stream, long frame, long now) {
        for (; nextOfLast < last.length; nextOfLast++) {
            held.goOrdered(last[nextOfLast]);
            if (held.stream() > stream) {
                return;
            }
            add(Ends.CAPTURE_ENDS, frame, now);
        }
    }

    /** The held flow at hand, alive in the table as it would be had it not been held; null if it has ended, or is {@link ClosedSegments#GONE}. */
    @Nullable
    Flow bring(FlowKey of, long frame, long now) {
        if (!held.isTaken()) {
            add(Ends.NOT_YET, frame, now);
        }
        await();
        return alive.find(of);
    }

    /** The flow of this key, looked at if it was held; null if there is none. */
    @Nullable
    Flow find(FlowKey of, long frame, long now) {
        Flow flow = alive.find(of);
        return flow == null && held.find(of) ? bring(of, frame, now) : flow;
    }

    private void handOver() {
        TakenFlows batch = batches[filling];
        held.lend(batch);
        if (pace.aside()) {
            aside.give(() -> teller.tell(batch));
        } else {
            teller.tell(batch);
        }
        handedOver++;
        filling = (filling + 1) % batches.length;
        if (handedOver == batches.length) {
            receive();
        }
    }

    /** Returns when it is known what came of all flows. */
    void await() {
        while (handedOver > 0) {
            receive();
        }
        if (batches[filling].size() > 0) {
            TakenFlows batch = batches[filling];
            held.lend(batch);
            teller.tell(batch);
            receive(batch);
        }
        soonest = Long.MAX_VALUE;
    }

    /** The oldest batch that was handed over comes back. */
    private void receive() {
        if (pace.aside()) {
            aside.await();
        }
        receive(batches[(filling + batches.length - handedOver--) % batches.length]);
    }

    private void receive(TakenFlows batch) {
        batch.rewind();
        while (batch.next()) {
            if (batch.isPlain()) {
                continue;
            }
            size--;
            batch.key(key);
            if (batch.going() != null) {
                alive.bring(key, batch.going());
            } else if (batch.ends() == Ends.CLOSED) {
                batch.addTo(told.of(key), key);
            }
        }
        held.drop(batch);
    }

    /** Returns when nobody looks at flows any more. */
    void close() {
        aside.close();
    }
}
