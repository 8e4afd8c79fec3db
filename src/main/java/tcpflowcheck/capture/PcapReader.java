package tcpflowcheck.capture;

import java.io.IOException;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Reads pcap (draft-ietf-opsawg-pcap): a file header of 24 octets, then records. Both byte orders, microseconds,
 * nanoseconds, and the longer record headers of Kuznetzov's patch.
 */
final class PcapReader implements IndexedSource {
    static final int MAGIC_MICROSECONDS = 0xa1b2c3d4;
    static final int MAGIC_NANOSECONDS = 0xa1b23c4d;
    static final int MAGIC_KUZNETZOV = 0xa1b2cd34;

    static final int FILE_HEADER_LENGTH = 24;
    static final int RECORD_HEADER_LENGTH = 16;
    static final int KUZNETZOV_RECORD_HEADER_LENGTH = 24;

    /** DG/UX tcpdump writes version 543.0, otherwise as 2.2. */
    private static final int DG_UX_MAJOR = 543;

    /** Whether the wire length comes first: before 2.3 it does, in 2.3 it may, as libpcap reads them. */
    private enum Swapped {
        NO,
        MAYBE,
        YES
    }

    private final SlidingBuffer buffer;
    private final int headerLength;
    private final int nanosPerUnit;
    private final int linkType;
    private final Swapped swapped;
    private long frames;
    /** Where they begin; null if nobody asks. */
    private @Nullable FrameIndex index;

    PcapReader(SlidingBuffer buffer) throws CaptureException {
        this.buffer = buffer;
        if (!buffer.has(FILE_HEADER_LENGTH)) {
            throw CaptureException.cut(
                    buffer.name(),
                    buffer.octet(),
                    "inside the file header: expected 24 octets, found " + buffer.available());
        }
        buffer.order(ByteOrder.BIG_ENDIAN);
        if (!isMagic(buffer.int32(0))) {
            buffer.order(ByteOrder.LITTLE_ENDIAN);
        }
        int magic = buffer.int32(0);
        headerLength = magic == MAGIC_KUZNETZOV ? KUZNETZOV_RECORD_HEADER_LENGTH : RECORD_HEADER_LENGTH;
        nanosPerUnit = magic == MAGIC_NANOSECONDS ? 1 : 1000;
        swapped = swapped(buffer.int16(4), buffer.int16(6));
        linkType = buffer.int32(20) & 0xffff;
        buffer.advance(FILE_HEADER_LENGTH);
    }

    static boolean isMagic(int magic) {
        return magic == MAGIC_MICROSECONDS || magic == MAGIC_NANOSECONDS || magic == MAGIC_KUZNETZOV;
    }

    private Swapped swapped(int major, int minor) throws CaptureException {
        if (major == DG_UX_MAJOR && minor == 0) {
            return Swapped.YES;
        }
        if (major != 2) {
            throw CaptureException.corrupt(
                    buffer.name(), buffer.octet() + 4, "expected pcap version 2, found " + major + "." + minor);
        }
        if (minor == 3) {
            return Swapped.MAYBE;
        }
        return minor < 3 ? Swapped.YES : Swapped.NO;
    }

    @Override
    public String name() {
        return buffer.name();
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
        if (!buffer.has(headerLength)) {
            if (buffer.available() == 0) {
                return false;
            }
            throw cut("header", 0, headerLength);
        }
        int captured = buffer.int32(8);
        int wire = buffer.int32(12);
        if (swapped != Swapped.NO && (swapped == Swapped.YES || Integer.compareUnsigned(captured, wire) > 0)) {
            int first = captured;
            captured = wire;
            wire = first;
        }
        if (Integer.compareUnsigned(captured, CaptureFile.MAX_CAPTURED_LENGTH) > 0) {
            throw tooLong(captured);
        }
        if (!buffer.has(headerLength + captured)) {
            throw cut("packet", headerLength, captured);
        }
        long time = buffer.unsigned32(0) * 1_000_000_000 + buffer.unsigned32(4) * nanosPerUnit;
        if (index != null) {
            index.add(frames + 1, buffer.octet());
        }
        int packet = buffer.position() + headerLength;
        frame.wrap(buffer.words(), packet, captured, wire < 0 ? Integer.MAX_VALUE : wire, linkType, ++frames, time);
        buffer.advance(headerLength + captured);
        return true;
    }

    /** Whether the next record is not yet held as a whole. */
    boolean needsInput() {
        int held = buffer.available();
        return held < headerLength || held < headerLength + Math.max(buffer.int32(8), 0);
    }

    private CaptureException cut(String part, int offset, int expected) {
        return CaptureException.cut(
                buffer.name(),
                buffer.octet() + offset,
                "inside the record of frame " + (frames + 1) + ": expected " + expected + " octets of " + part
                        + ", found " + (buffer.available() - offset));
    }

    private CaptureException tooLong(int captured) {
        return CaptureException.corrupt(
                buffer.name(),
                buffer.octet() + 8,
                "expected a captured length of at most " + CaptureFile.MAX_CAPTURED_LENGTH + " octets for frame "
                        + (frames + 1) + ", found " + Integer.toUnsignedString(captured));
    }

    @Override
    public void close() throws IOException {
        buffer.close();
    }
}
