package tcpflowcheck.flow;

import static org.assertj.core.api.Assertions.assertThat;

import tcpflowcheck.capture.Frame;
import tcpflowcheck.wire.Decoded;
import tcpflowcheck.wire.IcmpBuilder;
import tcpflowcheck.wire.PacketDecoder;
import tcpflowcheck.wire.SegmentBuilder;

/** Shows trackers segments, as frames that are numbered from 1. */
final class PassingFrames {
    private final PacketDecoder decoder = new PacketDecoder();
    private final Frame frame = new Frame();
    private long number;

    /** The number of the last. */
    long number() {
        return number;
    }

    /** @param time nanoseconds since the epoch */
    void pass(FlowTracker tracker, SegmentBuilder segment, long time) {
        byte[] octets = segment.build();
        frame.wrap(Frame.words(octets), 0, octets.length, octets.length, 1, ++number, time);
        assertThat(decoder.decode(frame)).isEqualTo(Decoded.TCP);
        tracker.accept(decoder.segment());
    }

    /** Whether the ICMP error is one of a flow. */
    boolean pass(FlowTracker tracker, IcmpBuilder error, long time) {
        byte[] octets = error.build();
        frame.wrap(Frame.words(octets), 0, octets.length, octets.length, 1, ++number, time);
        assertThat(decoder.decode(frame)).isEqualTo(Decoded.ICMP);
        return tracker.icmp(decoder.icmp());
    }
}
