package tcpflowcheck.report;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import tcpflowcheck.capture.CaptureNotes;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.wire.IcmpError;
import tcpflowcheck.wire.TcpSegment;

/** Which frames the segments of some streams came in, those of their fragments and of ICMP errors that quote them among them. */
public final class StreamFrames implements Reporter {
    private final Set<Long> streams;
    private long[] frames = new long[1024];
    private int count;
    private boolean sorted;
    private int next;

    public StreamFrames(Set<Long> streams) {
        this.streams = streams;
    }

    @Override
    public boolean wantsEvents() {
        return true;
    }

    @Override
    public void begin(String file, CaptureNotes notes) {}

    @Override
    public void segment(Flow flow, Side side, TcpSegment segment, List<TcpEvent> events) {
        if (streams.contains(flow.stream())) {
            add(segment.frame());
            for (long fragment : segment.encapsulation().fragmentFrames()) {
                add(fragment);
            }
        }
    }

    @Override
    public void icmp(Flow flow, Side side, IcmpError error, List<TcpEvent> events) {
        if (streams.contains(flow.stream())) {
            add(error.frame());
        }
    }

    private void add(long frame) {
        if (count == frames.length) {
            frames = Arrays.copyOf(frames, 2 * count);
        }
        frames[count++] = frame;
    }

    @Override
    public void event(Flow flow, TcpEvent event) {}

    @Override
    public void flow(Flow flow) {}

    @Override
    public void end(Summary summary) {}

    public boolean isEmpty() {
        return count == 0;
    }

    /** Whether a frame is one of them; frames are asked for in rising order. */
    public boolean has(long frame) {
        if (!sorted) {
            Arrays.sort(frames, 0, count);
            sorted = true;
        }
        while (next < count && frames[next] < frame) {
            next++;
        }
        return next < count && frames[next] == frame;
    }
}
