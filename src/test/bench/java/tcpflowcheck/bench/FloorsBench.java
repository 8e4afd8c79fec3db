package tcpflowcheck.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tcpflowcheck.capture.CaptureException;
import tcpflowcheck.capture.CaptureFile;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.capture.FrameSource;
import tcpflowcheck.flow.FlowLimits;
import tcpflowcheck.flow.FlowTracker;
import tcpflowcheck.flow.FlowsOnly;
import tcpflowcheck.report.RelativeBase;
import tcpflowcheck.report.SegmentLine;
import tcpflowcheck.report.TextBuffer;
import tcpflowcheck.wire.PacketDecoder;
import tcpflowcheck.wire.TcpSegment;

/** Floor by floor, nanoseconds for each of 100,000 frames of 10,000 short connections: {@code mvn -Pbench test}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class FloorsBench {
    private static final int FRAMES = 100_000;

    private byte[] capture;
    private final List<TcpSegment> segments = new ArrayList<>();
    private final Frame frame = new Frame();
    private final TextBuffer text = new TextBuffer(1 << 16);

    @Setup(Level.Trial)
    public void load() throws IOException, CaptureException {
        Path file = Files.createTempFile("load", ".pcap");
        Load.main(new String[] {file.toString(), "short", Integer.toString(FRAMES / 10)});
        capture = Files.readAllBytes(file);
        Files.delete(file);
        PacketDecoder decoder = new PacketDecoder();
        try (FrameSource source = open()) {
            while (source.next(frame)) {
                decoder.decode(frame);
                segments.add(decoder.segment().copy());
            }
        }
    }

    private FrameSource open() throws CaptureException {
        return CaptureFile.read("load", new ByteArrayInputStream(capture));
    }

    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public long reader() throws IOException, CaptureException {
        long octets = 0;
        try (FrameSource source = open()) {
            while (source.next(frame)) {
                octets += frame.capturedLength();
            }
        }
        return octets;
    }

    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public long readerAndDecoder() throws IOException, CaptureException {
        PacketDecoder decoder = new PacketDecoder();
        long octets = 0;
        try (FrameSource source = open()) {
            while (source.next(frame)) {
                decoder.decode(frame);
                octets += decoder.segment().length();
            }
        }
        return octets;
    }

    /** The flow table, the connections and all rules. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public long tracker() {
        long[] flows = new long[1];
        FlowsOnly counting = flow -> flows[0]++;
        FlowTracker tracker = new FlowTracker(FlowLimits.DEFAULT, counting, 1);
        for (int i = 0; i < segments.size(); i++) {
            tracker.accept(segments.get(i));
        }
        tracker.end();
        return flows[0];
    }

    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public int textLine() {
        SegmentLine line = new SegmentLine(false);
        RelativeBase base = new RelativeBase();
        int octets = 0;
        for (int i = 0; i < segments.size(); i++) {
            line.append(text, segments.get(i), base);
            octets += text.length();
            text.clear();
        }
        return octets;
    }
}
