package tcpflowcheck.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tcpflowcheck.capture.CaptureFile;
import tcpflowcheck.capture.CaptureWriter;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.capture.FrameSource;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.flow.FlowLimits;
import tcpflowcheck.flow.FlowListener;
import tcpflowcheck.flow.FlowTracker;
import tcpflowcheck.fuzz.Told;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.wire.Decoded;
import tcpflowcheck.wire.PacketDecoder;
import tcpflowcheck.wire.TcpSegment;

/** Every script in every file format: the same events in the same frames. */
@Execution(ExecutionMode.CONCURRENT)
class ScriptFormatsTest {
    static List<CaptureWriter> formats() {
        return CaptureWriter.variants();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void tellsTheSame(CaptureWriter format) throws Exception {
        for (PacketScript script : PacketScriptTest.scripts()) {
            boolean ticks = script.lines().stream().anyMatch(line -> line.side() == 't');
            if (ticks) {
                continue;
            }
            ScriptRun run = new ScriptRun(script, ScriptVariant.plain()).run();
            assertThat(events(format.write(run.packets())))
                    .as("%s as %s", script.name(), format)
                    .isEqualTo(
                            run.events().stream().map(ScriptFormatsTest::said).collect(Collectors.toList()));
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void tellsTheSameWhetherFlowsAreHeldOrNot(CaptureWriter format) throws Exception {
        for (PacketScript script : PacketScriptTest.scripts()) {
            ScriptRun run = new ScriptRun(script, ScriptVariant.plain()).run();
            Told.isTheSame(format.write(run.packets()), 1000);
        }
    }

    @Test
    void tellsTheSameOfEachVariantWhetherFlowsAreHeldOrNot() throws Exception {
        for (PacketScript script : PacketScriptTest.scripts()) {
            for (ScriptVariant variant : ScriptVariant.all(script.mayBeSwapped())) {
                ScriptRun run = new ScriptRun(script, variant).run();
                Told.isTheSame(formats().get(0).write(run.packets()), 1000);
            }
        }
    }

    /** An event without its time, which a coarser format rounds. */
    private static String said(TcpEvent event) {
        return event.toString().replaceAll("time=\\d+", "");
    }

    private static List<String> events(byte[] capture) throws Exception {
        List<String> said = new ArrayList<>();
        FlowTracker tracker = new FlowTracker(
                FlowLimits.DEFAULT,
                new FlowListener() {
                    @Override
                    public void segment(Flow flow, Side side, TcpSegment segment, List<TcpEvent> events) {
                        events.forEach(event -> said.add(said(event)));
                    }

                    @Override
                    public void event(Flow flow, TcpEvent event) {
                        said.add(said(event));
                    }

                    @Override
                    public void flow(Flow flow) {}
                },
                1);
        PacketDecoder decoder = new PacketDecoder();
        Frame frame = new Frame();
        try (FrameSource source = CaptureFile.open("-", new ByteArrayInputStream(capture))) {
            while (source.next(frame)) {
                if (decoder.decode(frame) == Decoded.ICMP) {
                    tracker.icmp(decoder.icmp());
                } else {
                    tracker.accept(decoder.segment());
                }
            }
        }
        tracker.end();
        return said;
    }
}
