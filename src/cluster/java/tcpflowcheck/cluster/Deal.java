package tcpflowcheck.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import scala.Tuple2;
import tcpflowcheck.capture.BpfFilter;
import tcpflowcheck.capture.CaptureException;
import tcpflowcheck.capture.CaptureFile;
import tcpflowcheck.capture.CaptureNotes;
import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.capture.FrameSource;
import tcpflowcheck.flow.CaptureClock;
import tcpflowcheck.report.JsonReporter;
import tcpflowcheck.report.JsonTree;
import tcpflowcheck.report.Summary;
import tcpflowcheck.tcp.Rule;
import tcpflowcheck.wire.Decoded;
import tcpflowcheck.wire.PacketDecoder;
import tcpflowcheck.wire.TcpSegment;

/**
 * Deals the frames of a piece to buckets: those of a flow to one, fragments to theirs. Each bucket is told the time once a
 * second, so that its clock goes as the capture's does. The piece's {@link Account} comes last.
 */
final class Deal implements Iterator<Tuple2<BlockKey, byte[]>> {
    private static final long SECOND = 1_000_000_000L;
    private static final int AT_ONCE = 1024;

    private final Piece piece;
    private final Settings settings;
    private final Blocks blocks;
    private final ReadErrors in;
    private FrameSource source;
    private final PacketDecoder decoder;
    private final BpfFilter filter;
    private final Frame frame = new Frame();
    private final Summary summary = new Summary(new ForeignText(""));
    private final CaptureClock believed = new CaptureClock();
    private final Counted backwards = new Counted();
    private final Counted snapped = new Counted();

    private long clock;
    private long lastTime = Long.MIN_VALUE;
    private Place firstAccepted = Place.FIRST;
    private long firstAcceptedTime;
    private long firstTime = Long.MAX_VALUE;
    private long number;
    private long accepted;
    private long tickedAt = -1;
    private long second = Long.MIN_VALUE;
    private boolean leapt;
    private boolean fragments;
    private boolean done;
    private CaptureException failure;

    /** How often something was found, and where first. */
    private static final class Counted {
        private long count;
        private Place first;

        void add(long clock, long at) {
            if (count++ == 0) {
                first = new Place(clock, at);
            }
        }

        void tell(Rule rule, List<Found> to) {
            if (count > 0) {
                to.add(new Found(rule, count, first));
            }
        }
    }

    /**
     * Opens a piece.
     *
     * @param source a number that no other piece has
     */
    Deal(Piece piece, int source, Settings settings, Configuration configuration) {
        this.piece = piece;
        this.settings = settings;
        blocks = new Blocks(settings.partitions(), source);
        decoder = settings.decoder();
        decoder.leaveFragments();
        filter = settings.filter();
        clock = piece.clock();
        number = piece.frames();
        in = open(configuration);
    }

    private ReadErrors open(Configuration configuration) {
        try {
            InputStream octets = Pieces.open(piece, configuration);
            ReadErrors reading = new ReadErrors(octets);
            try {
                source = CaptureFile.read(piece.name(), reading);
            } catch (CaptureException noCapture) {
                reading.close();
                stop(noCapture, reading);
            }
            return reading;
        } catch (IOException unread) {
            throw new UncheckedIOException(piece.name() + ": " + unread.getMessage(), unread);
        }
    }

    /** An error of the file system ends the task, which is tried again; one of the file ends the file. */
    private void stop(CaptureException wrong, ReadErrors reading) {
        if (reading.last() != null) {
            throw new UncheckedIOException(reading.last());
        }
        failure = wrong;
    }

    @Override
    public boolean hasNext() {
        while (blocks.isEmpty() && !done) {
            deal();
        }
        return !blocks.isEmpty();
    }

    @Override
    public Tuple2<BlockKey, byte[]> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return blocks.poll();
    }

    private void deal() {
        try {
            for (int i = 0; i < AT_ONCE && !done; i++) {
                if (failure != null || !source.next(frame)) {
                    end();
                } else {
                    pass();
                }
            }
        } catch (CaptureException wrong) {
            stop(wrong, in);
            end();
        }
    }

    private void pass() throws CaptureException {
        number = piece.frames() + frame.number();
        long time = frame.time();
        clock = Math.max(clock, time);
        firstTime = Math.min(firstTime, time);
        if (filter != null && !filter.accepts(frame)) {
            return;
        }
        long at = Place.at(piece.file(), number);
        if (accepted++ == 0) {
            firstAccepted = new Place(clock, at);
            firstAcceptedTime = time;
        }
        if (time < lastTime) {
            backwards.add(clock, at);
        }
        lastTime = time;
        if (frame.capturedLength() < frame.wireLength()) {
            snapped.add(clock, at);
        }
        tick(at, time);
        Decoded decoded = decoder.decode(frame);
        if (decoded == Decoded.FRAGMENT) {
            fragments = true;
            FrameRecord.frame(blocks, settings.fragments(fragment(decoder.segment())), clock, at, frame);
            return;
        }
        summary.frame(frame, decoded, decoder);
        if (Hash.isKnown(decoded, decoder)) {
            FrameRecord.frame(blocks, settings.bucket(Hash.of(decoded, decoder)), clock, at, frame);
        }
    }

    /** Packets in tunnels, and fragments of tunnels, may hold pieces of one another: they go to one place. */
    private static int fragment(TcpSegment segment) {
        int protocol = segment.buffer()[segment.ipOffset() + 9];
        boolean alone = segment.encapsulation().tunnelCount() == 0 && segment.ipVersion() == 4 && protocol == 6;
        return alone ? Hash.of((segment.sourceLow() << 32) ^ segment.destinationLow()) | 1 : 0;
    }

    /** The frame that bears out a leap, or does not, is as good as the leap itself: both are told. */
    private void tick(long at, long time) {
        boolean leaps = believed.leapsTo(time);
        believed.goesOn(time);
        long now = Math.floorDiv(believed.now(), SECOND);
        if (now != second || leaps || leapt) {
            second = now;
            tickAll(at, time);
        }
        leapt = leaps;
    }

    private void tickAll(long at, long time) {
        tickedAt = at;
        for (int i = 0; i < settings.buckets(); i++) {
            FrameRecord.tick(blocks, i, clock, at, time);
        }
    }

    private void end() {
        done = true;
        long at = Place.at(piece.file(), number);
        if (accepted > 0 && tickedAt != at) {
            tickAll(at, lastTime);
        }
        byte[] account = Packed.of(account(new Place(clock, at)));
        ByteBuffer to = blocks.record(settings.accounts(), 0, at, account.length);
        to.put(account);
        blocks.end();
        try {
            if (source != null) {
                source.close();
            }
        } catch (IOException unread) {
            throw new UncheckedIOException(unread);
        }
    }

    private Account account(Place last) {
        List<Found> found = new ArrayList<>();
        backwards.tell(Rule.CLOCK_BACKWARDS, found);
        snapped.tell(Rule.SNAPPED, found);
        CaptureNotes notes = source == null ? new CaptureNotes() : source.notes();
        List<Object[]> names = new ArrayList<>();
        notes.names((version, high, low, name) -> names.add(new Object[] {version, high, low, name.raw()}));
        List<String> comments = new ArrayList<>();
        if (piece.beginsTheFile()) { // a range is read behind the same head
            notes.comments().forEach(comment -> comments.add(comment.raw()));
        }
        List<long[]> dropped = new ArrayList<>();
        notes.drops((id, byKernel, byDevice) -> dropped.add(new long[] {id, byKernel, byDevice}));
        return new Account(
                piece,
                counts(summary),
                found,
                number - piece.frames(),
                accepted,
                last,
                firstTime,
                firstAccepted,
                firstAcceptedTime,
                lastTime,
                message(),
                failure != null && failure.cut(),
                names,
                comments,
                dropped,
                fragments);
    }

    /** What was wrong, by the file's own octets and frames. */
    private String message() {
        if (failure == null || piece.beginsTheFile()) {
            return failure == null ? null : failure.getMessage();
        }
        String words = failure.getMessage().substring(piece.name().length());
        String octets = Shifted.numbers(words, "octet ", piece.from() - piece.head().length);
        return piece.name() + Shifted.numbers(octets, "frame ", piece.frames());
    }

    /** What a summary says, as a tree. */
    static Map<String, Object> counts(Summary summary) {
        JsonTree tree = new JsonTree();
        try {
            new JsonReporter(tree).end(summary);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return tree.object();
    }
}
