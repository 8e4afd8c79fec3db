package tcpflowcheck.flow;

import org.jspecify.annotations.Nullable;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.capture.FrameLookup;
import tcpflowcheck.wire.Decoded;
import tcpflowcheck.wire.PacketDecoder;
import tcpflowcheck.wire.TcpSegment;

/** Finds segments of the capture that is read again, by the numbers of their frames. */
public final class SegmentLookup {
    private final FrameLookup frames;
    private final PacketDecoder decoder;
    private final Frame frame = new Frame();

    /** @param decoder that nobody else uses, and that decodes as the one of the capture does */
    public SegmentLookup(FrameLookup frames, PacketDecoder decoder) {
        this.frames = frames;
        this.decoder = decoder;
    }

    /** Whether the segment of a frame that has been read can be found. */
    boolean has(long number) {
        return frames.has(number);
    }

    /** The segment of a frame, lent until the next call; null if it is not there any more. */
    @Nullable
    TcpSegment find(long number) {
        return frames.find(number, frame) && decoder.decode(frame) == Decoded.TCP ? decoder.segment() : null;
    }
}
