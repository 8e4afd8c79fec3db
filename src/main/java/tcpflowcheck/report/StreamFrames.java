package tcpflowcheck.report;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import tcpflowcheck.capture.CaptureNotes;
import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.report.choice.FlowChoice;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.wire.IcmpError;
import tcpflowcheck.wire.TcpSegment;

/**
 * Which frames the segments of some flows came in, those of their fragments and of ICMP errors that quote them among them.
 * Whether a flow is chosen is known when it has ended: until then its frames are kept with it.
 */
public final class StreamFrames implements Reporter {
    private final Set<Long> streams;
    private final FlowChoice only;
    private final FrameNumbers frames = new FrameNumbers();
    private boolean sorted;
    private int next;

    /** Frame numbers, as many as come. */
    private static final class FrameNumbers {
        private static final int FIRST_ROOM = 16;

        private long[] numbers = new long[FIRST_ROOM];
        private int count;

        void add(long frame) {
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * count);
            }
            numbers[count++] = frame;
        }

        void addAll(FrameNumbers others) {
            for (int i = 0; i < others.count; i++) {
                add(others.numbers[i]);
            }
        }
    }

    /**
     * Starts with no frame.
     *
     * @param streams their numbers; empty for all
     * @param only which of them
     */
    public StreamFrames(Set<Long> streams, FlowChoice only) {
        this.streams = streams;
        this.only = only;
    }

    @Override
    public boolean wantsEvents() {
        return true;
    }

    @Override
    public void begin(ForeignText file, CaptureNotes notes) {}

    private boolean isNamed(Flow flow) {
        return streams.isEmpty() || streams.contains(flow.stream());
    }

    @Override
    public void segment(Flow flow, Side side, TcpSegment segment, List<TcpEvent> events) {
        if (isNamed(flow)) {
            FrameNumbers its = framesOf(flow);
            its.add(segment.frame());
            for (long fragment : segment.encapsulation().fragmentFrames()) {
                its.add(fragment);
            }
        }
    }

    @Override
    public void icmp(Flow flow, Side side, IcmpError error, List<TcpEvent> events) {
        if (isNamed(flow)) {
            framesOf(flow).add(error.frame());
        }
    }

    private FrameNumbers framesOf(Flow flow) {
        if (only.isAll()) {
            return frames;
        }
        if (flow.attachment(this) instanceof FrameNumbers its) {
            return its;
        }
        FrameNumbers its = new FrameNumbers();
        flow.attach(this, its);
        return its;
    }

    @Override
    public void event(Flow flow, TcpEvent event) {}

    @Override
    public void flow(Flow flow) {
        if (flow.attachment(this) instanceof FrameNumbers its && only.has(flow)) {
            frames.addAll(its);
        }
    }

    @Override
    public void end(Summary summary) {}

    public boolean isEmpty() {
        return frames.count == 0;
    }

    /** Whether a frame is one of them; frames are asked for in rising order. */
    public boolean has(long frame) {
        if (!sorted) {
            Arrays.sort(frames.numbers, 0, frames.count);
            sorted = true;
        }
        while (next < frames.count && frames.numbers[next] < frame) {
            next++;
        }
        return next < frames.count && frames.numbers[next] == frame;
    }
}
