package tcpflowcheck.cluster;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import scala.Tuple2;
import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.report.Summary;
import tcpflowcheck.tcp.Rule;
import tcpflowcheck.wire.Decoded;
import tcpflowcheck.wire.IpReassembler;
import tcpflowcheck.wire.PacketDecoder;

/**
 * Puts fragments together, to learn which flow they are of: those frames go on to its bucket, which puts them together again.
 * What the partition counted comes last, for the partition of accounts.
 */
final class Fragments implements Iterator<Tuple2<BlockKey, byte[]>> {
    /** More than the decoder holds; what is older is let go. */
    private static final int MOST_HELD = 1 << 16;

    private static final int NOWHERE = -1;

    /** Given: a fragment's frame, until its packet is whole. */
    private static final class Held {
        private final long clock;
        private final long at;
        private final byte[] octets;

        Held(long clock, long at, byte[] octets) {
            this.clock = clock;
            this.at = at;
            this.octets = octets;
        }
    }

    private final MergedBlocks records;
    private final Settings settings;
    private final int partition;
    private final PacketDecoder decoder;
    private final Frame frame = new Frame();
    private final Summary summary = new Summary(new ForeignText(""));
    private final Ordinals ordinals = new Ordinals();
    private final Map<Long, Held> held = new HashMap<>();
    private final ArrayDeque<Long> oldest = new ArrayDeque<>();
    private final ArrayDeque<Tuple2<BlockKey, byte[]>> ready = new ArrayDeque<>();
    private int sequence;
    private boolean done;

    Fragments(int partition, Iterator<Tuple2<BlockKey, byte[]>> blocks, Settings settings) {
        this.partition = partition;
        this.settings = settings;
        records = new MergedBlocks(blocks);
        decoder = settings.decoder();
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && !done) {
            if (records.next()) {
                pass();
            } else {
                end();
            }
        }
        return !ready.isEmpty();
    }

    @Override
    public Tuple2<BlockKey, byte[]> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.poll();
    }

    private void pass() {
        long ordinal = ordinals.add(records.clock(), records.at());
        byte[] record = new byte[records.left()];
        int position = records.octets().position();
        records.octets().get(record).position(position);
        FrameRecord.read(records, frame, ordinal);
        Decoded decoded = decoder.decode(frame);
        summary.frame(frame, decoded, decoder);
        held.put(ordinal, new Held(records.clock(), records.at(), record));
        oldest.add(ordinal);
        if (Hash.isKnown(decoded, decoder)) {
            whole(ordinal, settings.bucket(Hash.of(decoded, decoder)));
        } else if (decoder.segment().encapsulation().fragmentFrames().length > 0) {
            whole(ordinal, NOWHERE);
        } else if (oldest.size() > MOST_HELD) {
            held.remove(oldest.poll());
        }
    }

    /** A packet is whole: its fragments need not be held. */
    private void whole(long ordinal, int bucket) {
        for (long each : decoder.segment().encapsulation().fragmentFrames()) {
            send(bucket, held.remove(each));
        }
        send(bucket, held.remove(ordinal));
    }

    private void send(int bucket, Held fragment) {
        if (bucket == NOWHERE || fragment == null) {
            return;
        }
        // Behind what else has this place: the tick of its frame.
        int source = Integer.MAX_VALUE - partition;
        BlockKey key = new BlockKey(bucket, fragment.clock, fragment.at, source, sequence++);
        ready.add(Blocks.of(key, fragment.octets));
    }

    private void end() {
        done = true;
        IpReassembler packets = decoder.fragments();
        List<Found> found = new ArrayList<>();
        add(found, Rule.FRAGMENT_OVERLAP, packets.overlaps(), packets.firstOverlap());
        add(found, Rule.FRAGMENT_MISSING, packets.incomplete(), packets.firstIncomplete());
        ordinals.close();
        byte[] part = Packed.of(new Part(Deal.counts(summary), found));
        ready.add(Blocks.of(new BlockKey(settings.accounts(), 0, 0, partition, 0), part));
    }

    private void add(List<Found> found, Rule rule, long count, long frame) {
        if (count > 0) {
            found.add(new Found(rule, count, ordinals.place(frame)));
        }
    }
}
