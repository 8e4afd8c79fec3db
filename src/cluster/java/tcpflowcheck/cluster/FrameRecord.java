package tcpflowcheck.cluster;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.capture.Frame.Direction;

/** A frame as a record of {@link Blocks}: as it was captured, or only its time. */
final class FrameRecord {
    private static final byte TICK = 0;
    private static final byte FRAME = 1;
    private static final byte NOTED = 2;
    private static final int TICK_SIZE = 1 + Long.BYTES;
    private static final int FRAME_SIZE = TICK_SIZE + 3 * Integer.BYTES;
    private static final Direction[] DIRECTIONS = Direction.values();

    private FrameRecord() {}

    /** Writes that a frame of this time has passed. */
    static void tick(Blocks blocks, int partition, long clock, long at, long time) {
        blocks.record(partition, clock, at, TICK_SIZE).put(TICK).putLong(time);
    }

    /** Writes a frame. */
    static void frame(Blocks blocks, int partition, long clock, long at, Frame frame) {
        byte[] notes = notes(frame);
        int octets = FRAME_SIZE + notes.length + frame.capturedLength();
        ByteBuffer to = blocks.record(partition, clock, at, octets);
        to.put(notes.length == 0 ? FRAME : NOTED).putLong(frame.time());
        to.putInt(frame.wireLength()).putInt(frame.linkType()).putInt(frame.capturedLength());
        to.put(notes).put(frame.buffer(), frame.offset(), frame.capturedLength());
    }

    private static byte[] notes(Frame frame) {
        if (frame.direction() == null
                && frame.interfaceName() == null
                && frame.comments().isEmpty()) {
            return new byte[0];
        }
        List<byte[]> texts = new ArrayList<>();
        texts.add(octets(frame.interfaceName() == null ? new ForeignText("") : frame.interfaceName()));
        frame.comments().forEach(comment -> texts.add(octets(comment)));
        int size = 2 + Integer.BYTES;
        for (byte[] text : texts) {
            size += Integer.BYTES + text.length;
        }
        ByteBuffer notes = ByteBuffer.allocate(size);
        notes.put((byte) (frame.direction() == null ? 0 : frame.direction().ordinal() + 1));
        notes.put((byte) (frame.interfaceName() == null ? 0 : 1)).putInt(texts.size());
        texts.forEach(text -> notes.putInt(text.length).put(text));
        return notes.array();
    }

    private static byte[] octets(ForeignText text) {
        return text.raw().getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the record at hand is a time alone. */
    static boolean isTick(MergedBlocks record) {
        return record.octets().get(record.octets().position()) == TICK;
    }

    /** The time of the record at hand. */
    static long time(MergedBlocks record) {
        return record.octets().getLong(record.octets().position() + 1);
    }

    /**
     * Shows the frame of the record at hand.
     *
     * @param number what the frame is to be called
     */
    static void read(MergedBlocks record, Frame frame, long number) {
        ByteBuffer from = record.octets();
        byte kind = from.get();
        long time = from.getLong();
        int wireLength = from.getInt();
        int linkType = from.getInt();
        int captured = from.getInt();
        int offset = from.position() + record.left() - captured;
        frame.wrap(record.words(), offset, captured, wireLength, linkType, number, time);
        if (kind == NOTED) {
            note(from, frame);
        }
    }

    private static void note(ByteBuffer from, Frame frame) {
        byte direction = from.get();
        boolean named = from.get() != 0;
        int texts = from.getInt();
        ForeignText name = text(from);
        List<ForeignText> comments = new ArrayList<>();
        for (int i = 1; i < texts; i++) {
            comments.add(text(from));
        }
        frame.note(named ? name : null, direction == 0 ? null : DIRECTIONS[direction - 1], comments);
    }

    private static ForeignText text(ByteBuffer from) {
        byte[] octets = new byte[from.getInt()];
        from.get(octets);
        return new ForeignText(new String(octets, StandardCharsets.UTF_8));
    }
}
