package tcpflowcheck.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tcpflowcheck.capture.CaptureException;
import tcpflowcheck.capture.CaptureFile;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.capture.FrameSource;
import tcpflowcheck.flow.CaptureFindings;
import tcpflowcheck.flow.CrowdLimits;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.flow.FlowLimits;
import tcpflowcheck.flow.FlowListener;
import tcpflowcheck.flow.FlowTracker;
import tcpflowcheck.tcp.Connection;
import tcpflowcheck.tcp.Finding;
import tcpflowcheck.tcp.RuleSet;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.wire.Decoded;
import tcpflowcheck.wire.PacketDecoder;
import tcpflowcheck.wire.TcpSegment;

/** Nothing that is told depends on whether first segments are held as packets, as they are where nobody looks at events. */
class FirstSegmentsTest {
    @TempDir
    Path folder;

    /** What is told of each flow, by its stream. */
    private static List<String> told(byte[] capture, int maxFlows, boolean events) throws Exception {
        List<String> told = new ArrayList<>();
        FlowListener listener = new FlowListener() {
            @Override
            public boolean wantsEvents() {
                return events;
            }

            @Override
            public void segment(Flow flow, Side side, TcpSegment segment, List<TcpEvent> happened) {}

            @Override
            public void event(Flow flow, TcpEvent event) {}

            @Override
            public void flow(Flow flow) {
                told.add(digest(flow));
            }
        };
        FlowLimits limits = FlowLimits.of(60_000_000_000L, 75_000_000_000L, 3_600_000_000_000L, maxFlows);
        CaptureFindings findings = new CaptureFindings(new RuleSet());
        FlowTracker tracker = new FlowTracker(limits, CrowdLimits.DEFAULT, findings, listener, 1);
        PacketDecoder decoder = new PacketDecoder();
        Frame frame = new Frame();
        try (FrameSource source = CaptureFile.read("x", new ByteArrayInputStream(capture))) {
            while (source.next(frame)) {
                if (decoder.decode(frame) == Decoded.TCP) {
                    tracker.accept(decoder.segment());
                } else {
                    tracker.clock(frame.number(), frame.time());
                    if (decoder.fault().reason().segmentKnown()) {
                        tracker.malformed(decoder.segment());
                    }
                }
            }
        } catch (CaptureException cut) {
            told.add(cut.getMessage());
        }
        tracker.end();
        told.sort(null);
        told.add("late " + tracker.late() + ", evicted " + tracker.evicted() + ", streams " + tracker.streams());
        findings.list().forEach(finding -> told.add(finding.rule() + " " + finding.firstFrame() + finding.message()));
        return told;
    }

    private static String digest(Flow flow) {
        Connection connection = flow.connection();
        StringBuilder text = new StringBuilder(String.format("%08d ", flow.stream()));
        text.append(flow.addressLow(Side.CLIENT))
                .append(' ')
                .append(flow.port(Side.CLIENT))
                .append(' ');
        text.append(flow.firstFrame())
                .append('-')
                .append(flow.lastFrame())
                .append(' ')
                .append(flow.start());
        text.append(' ').append(flow.durationNanos()).append(' ').append(flow.vlanCount());
        text.append(' ')
                .append(connection.handshake().kind())
                .append(' ')
                .append(connection.closing().kind());
        for (int i = 0; i < connection.log().size(); i++) {
            text.append(' ')
                    .append(connection.log().side(i))
                    .append(connection.log().arrow(i));
            text.append(connection.log().frame(i)).append(connection.log().certain(i));
        }
        for (Finding finding : connection.findings().list()) {
            text.append(' ').append(finding.rule()).append(finding.count()).append(finding.side());
        }
        for (Side side : Side.values()) {
            text.append(' ').append(connection.endpoint(side).traffic().packets());
            text.append(' ').append(connection.endpoint(side).options().mss());
            text.append(' ').append(connection.measures(side).uniqueOctets());
        }
        return text.toString();
    }

    private static void isTheSame(byte[] capture, int maxFlows) throws Exception {
        assertThat(told(capture, maxFlows, false)).isEqualTo(told(capture, maxFlows, true));
    }

    @Test
    void ofTheSamples() throws Exception {
        for (Path sample : CutAndFlipTest.samples()) {
            isTheSame(Files.readAllBytes(sample), 1000);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void ofConversations(int seed) throws Exception {
        Random random = new Random(seed);
        for (int i = 0; i < 1000; i++) {
            isTheSame(Conversations.capture(random::nextInt, 60), 1000);
        }
    }

    /** Who has to go is then not the same, for of flows with one deadline any may; but each is told once. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void fewFlowsMayBeAlive(boolean events) throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 1000; i++) {
            List<String> told = told(Conversations.capture(random::nextInt, 60), 1 + random.nextInt(5), events);
            String counts = told.stream()
                    .filter(line -> line.startsWith("late "))
                    .findFirst()
                    .orElseThrow();
            long streams = told.stream()
                    .filter(line -> line.matches("\\d{8} .*"))
                    .map(line -> line.substring(0, 8))
                    .distinct()
                    .count();
            assertThat(counts).endsWith("streams " + streams);
        }
    }

    @ParameterizedTest
    @EnumSource(Flood.Kind.class)
    void ofFloods(Flood.Kind kind) throws Exception {
        Path file = folder.resolve("flood.pcap");
        Flood.write(file, kind, 20_000);
        isTheSame(Files.readAllBytes(file), 1000);
        isTheSame(Files.readAllBytes(file), 1_000_000);
    }
}
