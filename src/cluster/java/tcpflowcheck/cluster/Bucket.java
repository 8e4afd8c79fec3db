package tcpflowcheck.cluster;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import scala.Tuple2;
import tcpflowcheck.capture.CaptureNotes;
import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.flow.CaptureFinding;
import tcpflowcheck.flow.CaptureFindings;
import tcpflowcheck.flow.FlowTracker;
import tcpflowcheck.flow.Pace;
import tcpflowcheck.report.FlowOrder;
import tcpflowcheck.report.FrameRoad;
import tcpflowcheck.report.JsonReporter;
import tcpflowcheck.report.Reporter;
import tcpflowcheck.report.Summary;

/** One bucket's flows, tracked as one machine would: each record in the order of all captures, and the time of all others. */
final class Bucket implements Iterator<Told>, AutoCloseable {
    private static final int AT_ONCE = 256;
    private static final int CHUNK = 1 << 18;

    private final MergedBlocks records;
    private final Ordinals ordinals = new Ordinals();
    private final WiresharkPlaces wireshark = new WiresharkPlaces(ordinals);
    private final Tape tape = new Tape(ordinals, wireshark);
    private final Births births = new Births(ordinals);
    private final Blocks crowd;
    private final Ends ends;
    private final BucketGroups groups;
    private final Frame frame = new Frame();
    private final Summary summary;
    private final FlowOrder order;
    private final CaptureFindings findings;
    private final FlowTracker tracker;
    private final FrameRoad road;
    private final ArrayDeque<Told> ready = new ArrayDeque<>();
    private boolean done;

    /** A tick whose frame may be the next record. */
    private long tickedClock = Long.MIN_VALUE;

    private long tickedAt = -1;
    private long tickedTime;

    /**
     * Starts before the first record.
     *
     * @param number of the bucket
     * @param notes what captures say of addresses
     */
    Bucket(int number, Iterator<Tuple2<BlockKey, byte[]>> blocks, Settings settings, CaptureNotes notes) {
        records = new MergedBlocks(blocks);
        crowd = new Blocks(settings.buckets(), number);
        ForeignText name = new ForeignText("");
        summary = new Summary(name, settings.only());
        ends = new Ends(ordinals, settings.only());
        groups = settings.by().isEmpty() ? null : new BucketGroups(settings, ordinals);
        JsonReporter json = new JsonReporter(tape, settings.only(), wireshark);
        json.begin(name, notes);
        order = new FlowOrder(List.<Reporter>of(births, ends, groups == null ? json : groups), summary);
        findings = new CaptureFindings(settings.ignored());
        CrowdRecords events = new CrowdRecords(crowd, settings.buckets(), ordinals);
        tracker = new FlowTracker(settings.limits(), events, findings, order, Pace.of(1), settings.hashSeed());
        road = new FrameRoad(settings.decoder(), tracker, summary, findings);
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && !done) {
            goOn();
        }
        return !ready.isEmpty();
    }

    @Override
    public Told next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.poll();
    }

    private void goOn() {
        for (int i = 0; i < AT_ONCE && !done; i++) {
            if (records.next()) {
                pass();
            } else {
                end();
            }
        }
        hand(false);
    }

    private void pass() {
        boolean ofTicked = records.clock() == tickedClock && records.at() == tickedAt;
        if (!ofTicked) {
            tick(); // a frame's own tick would bear out its leap
        }
        tickedAt = -1;
        if (FrameRecord.isTick(records)) {
            tickedClock = records.clock();
            tickedAt = records.at();
            tickedTime = FrameRecord.time(records);
            return;
        }
        FrameRecord.read(records, frame, ordinals.add(records.clock(), records.at()));
        road.follow(frame);
    }

    private void tick() {
        if (tickedAt >= 0) {
            long ordinal = ordinals.add(tickedClock, tickedAt);
            tracker.clock(ordinal, tickedTime);
            tickedAt = -1;
        }
    }

    private void hand(boolean all) {
        if (tape.size() >= CHUNK || (all && tape.size() > 0)) {
            ready.add(new Told(Told.Kind.FLOWS, tape.take()));
        }
        if (births.isFull() || all) {
            ready.add(new Told(Told.Kind.BIRTHS, births.take()));
        }
        if (ends.isFull() || all) {
            ready.add(new Told(Told.Kind.ENDS, ends.take()));
        }
        while (!crowd.isEmpty()) {
            ready.add(new Told(Told.Kind.CROWD, Packed.of(crowd.poll())));
        }
    }

    private void end() {
        done = true;
        tick();
        births.end(tracker.streams());
        tracker.end();
        order.end();
        summary.evicted(tracker.evicted());
        summary.late(tracker.late());
        List<Found> found = new ArrayList<>();
        for (CaptureFinding each : findings.list()) {
            found.add(new Found(each.rule(), each.count(), ordinals.place(each.firstFrame())));
        }
        crowd.end();
        hand(true);
        ready.add(new Told(Told.Kind.BIRTHS, Births.questions(wireshark.questions())));
        ready.add(new Told(Told.Kind.SHIFTS, wireshark.packed()));
        ready.add(new Told(Told.Kind.PART, Packed.of(new Part(Deal.counts(summary), found))));
        if (groups != null) {
            ready.add(new Told(Told.Kind.GROUPS, groups.packed()));
        }
        close();
    }

    @Override
    public void close() {
        tracker.close();
        ordinals.close();
    }
}
