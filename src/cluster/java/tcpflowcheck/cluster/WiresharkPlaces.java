package tcpflowcheck.cluster;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import tcpflowcheck.report.WiresharkNumbers;

/**
 * Leaves Wireshark's numbers open until all flows are known: a stream is that of one of our flows, or one that another flow
 * was parted in, for which it has to be counted how many flows began before its first frame.
 */
final class WiresharkPlaces extends WiresharkNumbers {
    /** Given: from here on there is one stream more or less; {@code itself} says whether also for one that begins here. */
    record Shift(Place from, boolean itself, int by) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    private final Ordinals frames;
    private final List<Shift> shifts = new ArrayList<>();
    private final List<Place> questions = new ArrayList<>();
    private long firstFrame;

    WiresharkPlaces(Ordinals frames) {
        this.frames = frames;
    }

    /** The shifts, to be read by {@link #unpacked}. */
    byte[] packed() {
        return Packed.of(new ArrayList<>(shifts));
    }

    @SuppressWarnings("unchecked")
    static Iterator<Shift> unpacked(byte[] octets) {
        return Packed.read(octets, ArrayList.class).iterator();
    }

    /** Places before which flows are to be counted. */
    List<Place> questions() {
        return questions;
    }

    /** Of the stream that was asked for last. */
    long firstFrame() {
        return firstFrame;
    }

    @Override
    protected void shift(long frame, boolean itself, int by) {
        shifts.add(new Shift(frames.place(frame), itself, by));
    }

    /** The flow's stream; below 0, the complement of a question's index. */
    @Override
    protected long of(long flows, long firstFrame, boolean parts) {
        this.firstFrame = firstFrame;
        if (!parts) {
            return flows;
        }
        questions.add(frames.place(firstFrame));
        return ~(questions.size() - 1L);
    }
}
