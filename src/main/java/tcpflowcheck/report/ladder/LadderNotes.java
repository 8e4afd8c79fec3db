package tcpflowcheck.report.ladder;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.report.header.HeaderOctets;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.wire.TcpSegment;

/** Kept with a flow while it lives: the rungs of its ladder, the states of which are known at the end. */
public final class LadderNotes {
    private final boolean all;
    private final boolean headers;
    private final ToldSegments told = new ToldSegments();
    private final List<Rung> rungs = new ArrayList<>();
    private @Nullable FoldedSegments folded;
    private long foldedSince;

    /** @param all whether each segment is a rung; then memory follows the flow's length */
    public LadderNotes(boolean all) {
        this(all, false);
    }

    private LadderNotes(boolean all, boolean headers) {
        this.all = all;
        this.headers = headers;
    }

    /** Some segments are rungs, with their headers. */
    public static LadderNotes withHeaders() {
        return new LadderNotes(false, true);
    }

    /**
     * A segment has passed.
     *
     * @param segment lent
     * @param events what it caused; lent
     */
    public void segment(Side side, TcpSegment segment, List<TcpEvent> events) {
        if (!all && !rungs.isEmpty() && !told.isNext(segment, events)) {
            foldedSince = folded == null ? segment.time() : foldedSince;
            folded = folded == null ? new FoldedSegments() : folded;
            folded.add(side, segment, !events.isEmpty());
            return;
        }
        unfold();
        Rung rung = Rung.of(side, segment.frame(), segment.time(), Numbers.of(segment));
        if (headers) {
            rung.has(HeaderOctets.of(segment));
        }
        rungs.add(rung);
        for (int i = 0; i < events.size(); i++) {
            rung.note(events.get(i));
            withdraw(events.get(i));
        }
    }

    private void withdraw(TcpEvent event) {
        Rung of = event instanceof TcpEvent.Withdrawn withdrawn ? rungOf(withdrawn.foundIn()) : null;
        if (of != null) {
            of.withdraw(((TcpEvent.Withdrawn) event).rule(), event.side());
        }
    }

    /** An ICMP error has passed; it says this of a segment of {@code side}. */
    public void icmp(Side side, long frame, long time, String says, List<TcpEvent> events) {
        if (all || told.isNext(events)) {
            unfold();
            Rung rung = Rung.icmp(side, frame, time, says);
            events.forEach(rung::note);
            rungs.add(rung);
        }
    }

    /** Something happened without a segment. */
    public void event(TcpEvent event) {
        if (event instanceof TcpEvent.Found found) {
            Rung of = rungOf(found.frame());
            if (of == null) {
                unfold();
                of = Rung.time(found.frame(), found.time(), "");
                rungs.add(behind(found.time()), of);
            }
            of.note(found);
        }
        withdraw(event);
    }

    /** The place behind all that had begun by then: what is told late may be of a segment that was folded. */
    private int behind(long time) {
        int place = rungs.size();
        while (place > 0 && rungs.get(place - 1).time() > time) {
            place--;
        }
        return place;
    }

    /** The rung of a frame; null if it has none of its own. */
    private @Nullable Rung rungOf(long frame) {
        for (int i = rungs.size() - 1; i >= 0; i--) {
            if (rungs.get(i).frame() == frame) {
                return rungs.get(i);
            }
        }
        return null;
    }

    private void unfold() {
        if (folded != null) {
            rungs.add(Rung.of(folded, foldedSince));
            folded = null;
        }
    }

    /** The flow has ended: its ladder. */
    public Ladder end(Flow flow) {
        unfold();
        return new Ladder(flow, rungs);
    }
}
