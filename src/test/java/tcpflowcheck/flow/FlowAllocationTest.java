package tcpflowcheck.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.wire.Decoded;
import tcpflowcheck.wire.PacketDecoder;
import tcpflowcheck.wire.SegmentBuilder;
import tcpflowcheck.wire.TcpSegment;

/** From the decoder to the connection nothing is allocated unless a flow or an event is born. */
class FlowAllocationTest {
    private static final int SEGMENTS = 1_000_000;
    private static final int FLOWS = 100;
    private static final long START = 1_700_000_000_000_000_000L;

    private final PacketDecoder decoder = new PacketDecoder();
    private final ByteBuffer[] data = new ByteBuffer[FLOWS];
    private final ByteBuffer[] acks = new ByteBuffer[FLOWS];
    private final Frame frame = new Frame();
    private long number;
    private long events;

    private static final int SEQ = 38;
    private static final int ACK = 42;
    private static final int CHECKSUM = 50;
    private static final int TS_VAL = 58;

    private final FlowTracker tracker = new FlowTracker(
            FlowLimits.DEFAULT,
            new FlowListener() {
                @Override
                public void segment(Flow flow, Side side, TcpSegment segment, List<TcpEvent> caused) {
                    events += caused.size();
                }

                @Override
                public void event(Flow flow, TcpEvent event) {}

                @Override
                public void flow(Flow flow) {}
            },
            1);

    @Test
    void nothingIsAllocatedForASegment() {
        for (int flow = 0; flow < FLOWS; flow++) {
            SegmentBuilder client = new SegmentBuilder()
                    .ipv4("10.0.0.1", "10.0.0.2")
                    .ports(10_000 + flow, 80)
                    .seq(1)
                    .ack(1)
                    .flags("PA")
                    .nop()
                    .nop()
                    .timestamps(1, 1);
            data[flow] = Frame.words(client.copy().payload(100).build());
            acks[flow] = Frame.words(
                    client.copy().reverse().seq(1).ack(101).flags("A").build());
        }
        pass(SEGMENTS / 10);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 4 && least > 0; round++) {
            long eventsBefore = events;
            long before = threads.getThreadAllocatedBytes(thread);
            pass(SEGMENTS);
            least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
            assertThat(events).isEqualTo(eventsBefore);
        }
        assertThat(least).isZero();
    }

    @SuppressWarnings("ByteBufferBackingArray") // the buffers are of all of their arrays
    private void pass(int segments) {
        for (int i = 0; i < segments; i++) {
            int flow = (i >> 1) % FLOWS;
            ByteBuffer words = (i & 1) == 0 ? data[flow] : acks[flow];
            byte[] octets = words.array();
            add(octets, (i & 1) == 0 ? SEQ : ACK, 100);
            add(octets, TS_VAL, 1);
            frame.wrap(words, 0, octets.length, octets.length, 1, ++number, START + number * 1_000_000);
            if (decoder.decode(frame) != Decoded.TCP) {
                throw new AssertionError(decoder.fault());
            }
            tracker.accept(decoder.segment());
        }
    }

    /** Adds to 32 bits of a frame, and mends the TCP checksum (RFC 1624, section 3). */
    private static void add(byte[] frame, int at, int more) {
        int before = get16(frame, at) << 16 | get16(frame, at + 2);
        int after = before + more;
        put16(frame, at, after >>> 16);
        put16(frame, at + 2, after);
        int sum = ~get16(frame, CHECKSUM) & 0xffff;
        sum += (~before >>> 16 & 0xffff) + (~before & 0xffff) + (after >>> 16 & 0xffff) + (after & 0xffff);
        sum = (sum & 0xffff) + (sum >>> 16);
        sum = (sum & 0xffff) + (sum >>> 16);
        put16(frame, CHECKSUM, ~sum);
    }

    // A ByteBuffer would be an allocation where the compiler does not see that it can do without.

    private static int get16(byte[] frame, int at) {
        return (frame[at] & 0xff) << 8 | (frame[at + 1] & 0xff);
    }

    private static void put16(byte[] frame, int at, int value) {
        frame[at] = (byte) (value >> 8);
        frame[at + 1] = (byte) value;
    }
}
