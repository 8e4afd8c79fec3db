package tcpflowcheck.capture;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Reads pcapng (draft-ietf-opsawg-pcapng): sections of either byte order, each with its interfaces. Blocks that hold
 * no packet and describe no interface are passed over, however long they are.
 */
final class PcapngReader implements IndexedSource {
    static final int SECTION_HEADER = 0x0a0d0d0a;
    static final int INTERFACE_DESCRIPTION = 1;
    static final int OBSOLETE_PACKET = 2;
    static final int SIMPLE_PACKET = 3;
    static final int ENHANCED_PACKET = 6;
    static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;

    /** Octets of a block's type and length in front of its body; the length stands again behind it. */
    static final int HEADER_LENGTH = 8;

    private static final int TRAILER_LENGTH = 4;

    /** Octets in front of the packet, the block's header included. */
    private static final int PACKET_OFFSET = 28;

    private static final int SIMPLE_PACKET_OFFSET = 12;

    private static final int SECTION_HEADER_LENGTH = 28;
    private static final int INTERFACE_DESCRIPTION_LENGTH = 20;

    /** Most octets of a block that is read, as in libpcap and Wireshark; it is held whole. */
    static final int MAX_BLOCK_LENGTH = 16 << 20;

    private final SlidingBuffer buffer;
    private final PcapngInterfaces interfaces = new PcapngInterfaces();
    private final PcapngNotes notes;
    private long frames;
    private @Nullable CaptureException broken;
    /** Where frames begin; null if nobody asks. */
    private @Nullable FrameIndex index;

    PcapngReader(SlidingBuffer buffer) throws CaptureException {
        this.buffer = buffer;
        notes = new PcapngNotes(buffer);
        section();
    }

    @Override
    public String name() {
        return buffer.name();
    }

    @Override
    public CaptureNotes notes() {
        return notes.notes();
    }

    @Override
    public double fraction() {
        return buffer.fraction();
    }

    @Override
    public @Nullable FrameLookup lookup() {
        FrameLookup lookup = FrameLookup.of(buffer);
        index = lookup == null ? null : lookup.index();
        return lookup;
    }

    @Override
    public void goTo(long octet, long before) {
        buffer.seek(octet);
        frames = before;
    }

    @Override
    public boolean next(Frame frame) throws CaptureException {
        if (broken != null) {
            throw broken;
        }
        while (buffer.has(HEADER_LENGTH)) {
            if (block(frame)) {
                return true;
            }
        }
        end();
        return false;
    }

    /**
     * Reads the block at the position, of which a header is held.
     *
     * @return whether it holds a packet, which the frame then shows
     */
    boolean block(Frame frame) throws CaptureException {
        switch (buffer.int32(0)) {
            case ENHANCED_PACKET -> {
                packet(frame, buffer.has(12) ? buffer.int32(8) : 0);
                return true;
            }
            case OBSOLETE_PACKET -> {
                packet(frame, buffer.has(12) ? buffer.int16(8) : 0);
                return true;
            }
            case SIMPLE_PACKET -> {
                simplePacket(frame);
                return true;
            }
            case INTERFACE_DESCRIPTION -> interfaceDescription();
            case SECTION_HEADER -> section();
            case PcapngNotes.NAME_RESOLUTION, PcapngNotes.INTERFACE_STATISTICS, PcapngNotes.DECRYPTION_SECRETS ->
                beside();
            default -> pass();
        }
        return false;
    }

    /** No header of a block is held: it has to be the end of the file. */
    void end() throws CaptureException {
        if (buffer.available() > 0) {
            throw cut(buffer.octet(), "a block header", HEADER_LENGTH, buffer.available());
        }
    }

    /** Of the section at hand. */
    int interfaces() {
        return interfaces.count();
    }

    /** Section 4.1. The length's byte order is known only when the magic behind it has been read. */
    private void section() throws CaptureException {
        if (!buffer.has(12)) {
            throw cut(buffer.octet(), "a section header block", SECTION_HEADER_LENGTH, buffer.available());
        }
        buffer.order(ByteOrder.BIG_ENDIAN);
        if (buffer.int32(8) != BYTE_ORDER_MAGIC) {
            buffer.order(ByteOrder.LITTLE_ENDIAN);
        }
        if (buffer.int32(8) != BYTE_ORDER_MAGIC) {
            buffer.order(ByteOrder.BIG_ENDIAN);
            throw corrupt(8, "expected the byte-order magic 1a2b3c4d, found " + hex(buffer.int32(8)));
        }
        int length = block("a section header block", SECTION_HEADER_LENGTH);
        endsIndex();
        if (buffer.int16(12) != 1) {
            throw corrupt(12, "expected pcapng version 1, found " + buffer.int16(12) + "." + buffer.int16(14));
        }
        interfaces.clear();
        notes.section(24, length - TRAILER_LENGTH);
        buffer.advance(length);
    }

    /** A block that no frame depends on; a huge one is passed over unread. */
    private void beside() throws CaptureException {
        long length = buffer.unsigned32(4) + 3 & ~3L;
        if (length < 24 || length > MAX_BLOCK_LENGTH || !buffer.has((int) length)) {
            pass();
            return;
        }
        int end = block("a block", HEADER_LENGTH + TRAILER_LENGTH) - TRAILER_LENGTH;
        switch (buffer.int32(0)) {
            case PcapngNotes.NAME_RESOLUTION -> notes.names(end);
            case PcapngNotes.DECRYPTION_SECRETS -> notes.secrets(end);
            default -> notes.statistics(end);
        }
        buffer.advance((int) length);
    }

    /** Section 4.2. */
    private void interfaceDescription() throws CaptureException {
        int length = block("an interface description block", INTERFACE_DESCRIPTION_LENGTH);
        endsIndex();
        if (!interfaces.add(buffer.int16(8), buffer.int32(12))) {
            throw corrupt(0, "expected at most " + PcapngInterfaces.MAX + " interfaces in a section, found one more");
        }
        int end = length - TRAILER_LENGTH;
        for (int option = 16; option + 4 <= end && buffer.int16(option) != 0; ) {
            int octets = buffer.int16(option + 2);
            if (option + 4 + octets > end) {
                throw corrupt(
                        option + 2,
                        "expected an option of at most " + (end - option - 4) + " octets in the interface description"
                                + " block, found " + octets);
            }
            interfaceOption(option, buffer.int16(option), octets);
            option += 4 + (octets + 3 & ~3);
        }
        buffer.advance(length);
    }

    /** Frames that are found again are read by the interfaces in front of the first. */
    private void endsIndex() {
        if (index != null && frames > 0) {
            index.endAt(frames);
        }
    }

    private void interfaceOption(int option, int code, int octets) throws CaptureException {
        if (code == PcapngInterfaces.IF_TSRESOL) {
            if (octets != 1) {
                throw corrupt(option + 2, "expected 1 octet of if_tsresol, found " + octets);
            }
            interfaces.resolution(buffer.octet(option + 4));
        } else if (code == PcapngInterfaces.IF_TSOFFSET) {
            if (octets != 8) {
                throw corrupt(option + 2, "expected 8 octets of if_tsoffset, found " + octets);
            }
            interfaces.offset(buffer.int64(option + 4));
        } else if (code == PcapngInterfaces.IF_NAME) {
            interfaces.name(CaptureNotes.text(buffer.octets(), buffer.position() + option + 4, octets));
        }
    }

    /** Section 4.3, and appendix A for the obsolete block: only the interface's field differs. */
    private void packet(Frame frame, int id) throws CaptureException {
        int length = block("a packet block", PACKET_OFFSET + TRAILER_LENGTH);
        if (Integer.compareUnsigned(id, interfaces.count()) >= 0) {
            throw unknownInterface(id);
        }
        int captured = buffer.int32(20);
        checkCapturedLength(captured, 20, length - PACKET_OFFSET - TRAILER_LENGTH);
        long units = buffer.unsigned32(12) << 32 | buffer.unsigned32(16);
        show(frame, PACKET_OFFSET, captured, buffer.int32(24), id, interfaces.nanos(id, units));
        int options = PACKET_OFFSET + (captured + 3 & ~3);
        if (options < length - TRAILER_LENGTH || interfaces.name(id) != null) {
            notes.packet(frame, interfaces.name(id), options, length - TRAILER_LENGTH);
        }
        buffer.advance(length);
    }

    /** Section 4.4: the packet belongs to the first interface and has no time. */
    private void simplePacket(Frame frame) throws CaptureException {
        int length = block("a simple packet block", SIMPLE_PACKET_OFFSET + TRAILER_LENGTH);
        if (interfaces.count() == 0) {
            throw unknownInterface(0);
        }
        int wire = buffer.int32(8);
        int snapLength = interfaces.snapLength(0);
        int captured = snapLength != 0 && Integer.compareUnsigned(wire, snapLength) > 0 ? snapLength : wire;
        checkCapturedLength(captured, 8, length - SIMPLE_PACKET_OFFSET - TRAILER_LENGTH);
        show(frame, SIMPLE_PACKET_OFFSET, captured, wire, 0, 0);
        buffer.advance(length);
    }

    private void show(Frame frame, int offset, int captured, int wire, int id, long time) {
        if (index != null) {
            index.add(frames + 1, buffer.octet());
        }
        frame.wrap(
                buffer.words(),
                buffer.position() + offset,
                captured,
                wire < 0 ? Integer.MAX_VALUE : wire,
                interfaces.linkType(id),
                ++frames,
                time);
    }

    /**
     * Holds the whole block at the position.
     *
     * @return its octets, padding included
     */
    private int block(String kind, int least) throws CaptureException {
        long length = length(kind, least);
        if (length > MAX_BLOCK_LENGTH) {
            throw corrupt(
                    4,
                    "expected a length of at most " + MAX_BLOCK_LENGTH + " octets for " + kind + ", found "
                            + buffer.unsigned32(4));
        }
        if (!buffer.has((int) length)) {
            throw cut(buffer.octet(), kind, length, buffer.available());
        }
        if (buffer.int32((int) length - TRAILER_LENGTH) != buffer.int32(4)) {
            throw trailer(buffer.octet(), length, buffer.unsigned32(4), buffer.unsigned32((int) length - 4));
        }
        return (int) length;
    }

    /** Moves on over a block of any length without holding it; where that fails there is no way on. */
    private void pass() throws CaptureException {
        try {
            skip(length("a block", HEADER_LENGTH + TRAILER_LENGTH));
        } catch (CaptureException e) {
            broken = e;
            throw e;
        }
    }

    private void skip(long length) throws CaptureException {
        long start = buffer.octet();
        long leading = buffer.unsigned32(4);
        buffer.skip(length - TRAILER_LENGTH);
        if (!buffer.has(TRAILER_LENGTH)) {
            throw cut(start, "a block", length, buffer.octet() + buffer.available() - start);
        }
        if (buffer.unsigned32(0) != leading) {
            throw trailer(start, length, leading, buffer.unsigned32(0));
        }
        buffer.advance(TRAILER_LENGTH);
    }

    /** The block's length, which some writers don't round up to a multiple of 4 though the block is. */
    private long length(String kind, int least) throws CaptureException {
        long claimed = buffer.unsigned32(4);
        if (claimed < least) {
            throw corrupt(4, "expected a length of at least " + least + " octets for " + kind + ", found " + claimed);
        }
        return claimed + 3 & ~3L;
    }

    private void checkCapturedLength(int captured, int offset, int room) throws CaptureException {
        int most = Math.min(room, CaptureFile.MAX_CAPTURED_LENGTH);
        if (Integer.compareUnsigned(captured, most) > 0) {
            throw corrupt(
                    offset,
                    "expected a captured length of at most " + most + " octets for frame " + (frames + 1) + ", found "
                            + Integer.toUnsignedString(captured));
        }
    }

    private CaptureException unknownInterface(int id) {
        return corrupt(
                8,
                "expected one of the " + interfaces.count() + " interfaces described before frame " + (frames + 1)
                        + ", found interface " + Integer.toUnsignedString(id));
    }

    private CaptureException trailer(long start, long length, long leading, long trailing) {
        return CaptureException.corrupt(
                buffer.name(),
                start + length - TRAILER_LENGTH,
                "expected the block's length again, " + leading + ", found " + trailing);
    }

    private CaptureException cut(long start, String kind, long expected, long found) {
        return CaptureException.cut(
                buffer.name(), start, "inside " + kind + ": expected " + expected + " octets, found " + found);
    }

    private CaptureException corrupt(int offset, String found) {
        return CaptureException.corrupt(buffer.name(), buffer.octet() + offset, found);
    }

    private static String hex(int value) {
        return HexFormat.of().toHexDigits(value);
    }

    @Override
    public void close() throws IOException {
        buffer.close();
    }
}
