package tcpflowcheck.cluster;

import java.nio.ByteBuffer;
import java.util.List;
import tcpflowcheck.flow.Flow;

/** Where the flows of a bucket began: their streams are numbered from it. */
final class Births extends FlowReporter {
    /** Of a flow or a question: its place, and its index; a question's is the complement. */
    private static final int ENTRY = 3 * Long.BYTES;

    private static final int MOST = 1 << 16;

    private final Ordinals frames;
    private ByteBuffer births = ByteBuffer.allocate(ENTRY << 6);
    /** The first stream that began when the capture had ended. */
    private long late = Long.MAX_VALUE;

    Births(Ordinals frames) {
        this.frames = frames;
    }

    /** What begins from now on was waited for until the capture ended. */
    void end(long streams) {
        late = streams;
    }

    @Override
    public void flow(Flow flow) {
        if (births.remaining() < ENTRY) {
            births = ByteBuffer.allocate(2 * births.capacity()).put(births.flip());
        }
        long frame = flow.bornIn() == 0 ? flow.firstFrame() : flow.bornIn();
        boolean isLate = flow.stream() >= late;
        births.putLong(isLate ? Long.MAX_VALUE : frames.clock(frame));
        births.putLong(isLate ? 0 : frames.at(frame)).putLong(flow.stream());
    }

    boolean isFull() {
        return births.position() >= MOST * ENTRY;
    }

    /** What was added since the last call. */
    byte[] take() {
        byte[] all = new byte[births.position()];
        births.flip().get(all);
        births.clear();
        return all;
    }

    static byte[] questions(List<Place> places) {
        ByteBuffer all = ByteBuffer.allocate(ENTRY * places.size());
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            all.putLong(place.clock()).putLong(place.at()).putLong(~(long) i);
        }
        return all.array();
    }
}
