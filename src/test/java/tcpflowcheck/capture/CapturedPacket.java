package tcpflowcheck.capture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Given: one packet to write into a capture, or read back from one. Times are nanoseconds since the epoch. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record CapturedPacket(long time, int linkType, int wireLength, byte[] octets) {
    /** A packet that was captured whole. */
    public CapturedPacket(long time, int linkType, byte[] octets) {
        this(time, linkType, octets.length, octets);
    }

    /** A copy of a frame. */
    public static CapturedPacket of(Frame frame) {
        int end = frame.offset() + frame.capturedLength();
        return new CapturedPacket(
                frame.time(),
                frame.linkType(),
                frame.wireLength(),
                Arrays.copyOfRange(frame.buffer(), frame.offset(), end));
    }

    /** Reads a source to its end, or to its error, in which case {@code packets} holds what came before it. */
    public static void readAll(FrameSource source, List<CapturedPacket> packets) throws CaptureException {
        Frame frame = new Frame();
        long number = 0;
        while (source.next(frame)) {
            number++;
            if (frame.number() != number) {
                throw new AssertionError("frame " + number + " says that it is frame " + frame.number());
            }
            packets.add(of(frame));
        }
    }

    public static List<CapturedPacket> readAll(FrameSource source) throws CaptureException {
        List<CapturedPacket> packets = new ArrayList<>();
        readAll(source, packets);
        return packets;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CapturedPacket packet
                && time == packet.time
                && linkType == packet.linkType
                && wireLength == packet.wireLength
                && Arrays.equals(octets, packet.octets);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(time) * 31 + Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return "packet[" + time + " ns, " + LinkType.nameOf(linkType) + ", " + octets.length + " of " + wireLength
                + " octets]";
    }
}
