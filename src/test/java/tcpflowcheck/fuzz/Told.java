package tcpflowcheck.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import tcpflowcheck.capture.CaptureException;
import tcpflowcheck.capture.CaptureFile;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.capture.FrameLookup;
import tcpflowcheck.capture.FrameSource;
import tcpflowcheck.flow.CaptureFindings;
import tcpflowcheck.flow.CrowdLimits;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.flow.FlowLimits;
import tcpflowcheck.flow.FlowListener;
import tcpflowcheck.flow.FlowTracker;
import tcpflowcheck.flow.Pace;
import tcpflowcheck.flow.PlainFlow;
import tcpflowcheck.flow.SegmentLookup;
import tcpflowcheck.report.RelativeBase;
import tcpflowcheck.report.SegmentLine;
import tcpflowcheck.report.TextBuffer;
import tcpflowcheck.tcp.Closing;
import tcpflowcheck.tcp.Connection;
import tcpflowcheck.tcp.Finding;
import tcpflowcheck.tcp.IcmpSaid;
import tcpflowcheck.tcp.RuleSet;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.wire.Checksum;
import tcpflowcheck.wire.Decoded;
import tcpflowcheck.wire.PacketDecoder;
import tcpflowcheck.wire.TcpSegment;

/** What a tracker tells of a capture, as text. */
public final class Told {
    /** Tests run side by side. */
    private static final ThreadLocal<SegmentLine> LINE = ThreadLocal.withInitial(() -> new SegmentLine(true));

    /** What a listener wants. */
    public enum Wants {
        VERDICTS(false, false, false),
        FLOWS(true, false, false),
        EVENTS(true, true, false),
        ORDER(true, true, true);

        private final boolean plain;
        private final boolean events;
        private final boolean order;

        Wants(boolean plain, boolean events, boolean order) {
            this.plain = plain;
            this.events = events;
            this.order = order;
        }
    }

    /**
     * What is told of each flow, by its stream.
     *
     * @param evidence whether with the segments and events
     */
    public static List<String> of(byte[] capture, int maxFlows, Wants wants, boolean evidence, Pace pace)
            throws Exception {
        return sorted(inOrder(capture, maxFlows, wants, evidence, pace));
    }

    /** All but who was silent, which is looked at now and then: a segment may have come in between. */
    private static List<String> sorted(List<String> told) {
        return told.stream()
                .filter(line -> !line.startsWith("silent ") && !line.startsWith("verdict "))
                .sorted()
                .toList();
    }

    /** The same in the order in which it is told. */
    private static List<String> inOrder(byte[] capture, int maxFlows, Wants wants, boolean evidence, Pace pace)
            throws Exception {
        try (FrameSource source = CaptureFile.read("x", new ByteArrayInputStream(capture))) {
            return inOrder(source, maxFlows, wants, evidence, pace);
        }
    }

    /** The same of a file, which is read again. */
    private static List<String> readAgain(byte[] capture, int maxFlows, Wants wants, Pace pace) throws Exception {
        Path file = Files.createTempFile("again", ".pcap");
        try {
            Files.write(file, capture);
            try (FrameSource source = CaptureFile.open(file.toString(), InputStream.nullInputStream())) {
                return inOrder(source, maxFlows, wants, false, pace);
            }
        } finally {
            Files.delete(file);
        }
    }

    private static List<String> inOrder(FrameSource source, int maxFlows, Wants wants, boolean evidence, Pace pace)
            throws Exception {
        List<String> told = new ArrayList<>();
        List<String> verdicts = new ArrayList<>();
        IdentityHashMap<Flow, StringBuilder> seen = new IdentityHashMap<>();
        FlowListener listener = new FlowListener() {
            @Override
            public boolean wantsEvents() {
                return wants.events;
            }

            @Override
            public boolean wantsOrder() {
                return wants.order;
            }

            @Override
            public boolean wantsPlain() {
                return wants.plain;
            }

            @Override
            public void plain(PlainFlow flow) {
                told.add(String.format("%08d ", flow.stream())
                        + flow.port(Side.CLIENT)
                        + Told.plain(flow.closing())
                        + (flow.certain() ? "" : "?"));
                told.add("plain " + flow.stream());
            }

            @Override
            public void segment(Flow flow, Side side, TcpSegment segment, List<TcpEvent> happened) {
                seen.computeIfAbsent(flow, born -> new StringBuilder())
                        .append(' ')
                        .append(line(segment))
                        .append(side)
                        .append(happened);
            }

            @Override
            public void event(Flow flow, TcpEvent event) {
                seen.computeIfAbsent(flow, born -> new StringBuilder()).append(event);
            }

            @Override
            public void silent(long stream) {
                told.add("silent " + stream);
            }

            @Override
            public void flow(Flow flow) {
                String verdict = String.format("%08d ", flow.stream()) + flow.port(Side.CLIENT) + verdict(flow);
                told.add(wants.plain ? digest(flow) + (evidence ? seen.remove(flow) : "") : verdict);
                verdicts.add(verdict);
            }
        };
        FlowLimits limits = FlowLimits.of(60_000_000_000L, 75_000_000_000L, 3_600_000_000_000L, maxFlows);
        CaptureFindings findings = new CaptureFindings(new RuleSet());
        FlowTracker tracker = new FlowTracker(limits, CrowdLimits.DEFAULT, findings, listener, pace, 1);
        PacketDecoder decoder = new PacketDecoder();
        Frame frame = new Frame();
        FrameLookup lookup = source.lookup();
        if (lookup != null) {
            tracker.readAgainBy(new SegmentLookup(lookup, new PacketDecoder()));
        }
        try {
            while (source.next(frame)) {
                Decoded decoded = decoder.decode(frame);
                if (decoded == Decoded.TCP) {
                    tracker.accept(decoder.segment());
                } else if (decoded == Decoded.ICMP) {
                    tracker.icmp(decoder.icmp());
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
        tracker.close();
        if (wants == Wants.FLOWS) {
            verdicts.forEach(verdict -> told.add("verdict " + verdict));
        }
        told.add("late " + tracker.late() + ", evicted " + tracker.evicted() + ", streams " + tracker.streams());
        findings.list().forEach(finding -> told.add(finding.rule() + " " + finding.firstFrame() + finding.message()));
        return told;
    }

    /** All that a report could say of a segment. */
    private static String line(TcpSegment segment) {
        TextBuffer text = new TextBuffer(256);
        LINE.get().append(text, segment, new RelativeBase());
        return segment.frame() + " " + segment.time() + " "
                + segment.encapsulation().vlans() + " " + segment.direction() + " "
                + segment.interfaceName() + " " + segment.timeToLive() + " " + segment.identification() + " "
                + segment.checksum() + Checksum.tcp(segment) + Checksum.textSum(segment)
                + Checksum.pseudoHeaderOnly(segment) + segment.urgentPointer() + " " + segment.capturedLength() + " "
                + segment.missingLength() + " " + text;
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
        for (IcmpSaid said : flow.icmp()) {
            text.append(' ').append(said.text()).append(said.sender()).append(said.frame());
            text.append(said.side()).append(said.sent()).append(said.count());
        }
        for (Side side : Side.values()) {
            text.append(' ').append(connection.endpoint(side).traffic().packets());
            text.append(' ').append(connection.endpoint(side).options().mss());
            text.append(' ').append(connection.measures(side).uniqueOctets());
        }
        return text.toString();
    }

    /** What is counted of a flow. */
    public static String verdict(Flow flow) {
        Connection connection = flow.connection();
        StringBuilder text = new StringBuilder(" ")
                .append(connection.handshake().kind())
                .append(' ')
                .append(connection.closing().kind())
                .append(
                        connection.reset() == null
                                ? ""
                                : " " + connection.reset().kind());
        boolean certain =
                connection.handshake().certain() && connection.closing().certain();
        for (int i = 0; i < connection.log().size(); i++) {
            certain &= connection.log().certain(i) || connection.log().revised(i);
        }
        for (Finding finding : connection.findings().list()) {
            text.append(' ').append(finding.rule()).append(finding.count()).append(finding.side());
        }
        return text + (certain ? "" : "?");
    }

    /** The same of one that went by the book. */
    public static String plain(Closing.Kind closing) {
        return " three-way " + closing;
    }

    /** Flows that are only counted have the verdicts that they have where all is looked at; how many went by the book. */
    public static long hasTheSameVerdicts(byte[] capture, int maxFlows) throws Exception {
        List<String> flows = inOrder(capture, maxFlows, Wants.FLOWS, false, Pace.AT_ONCE).stream()
                .filter(line -> line.startsWith("verdict "))
                .map(line -> line.substring("verdict ".length()))
                .sorted()
                .toList();
        long plain = 0;
        for (Pace pace : List.of(Pace.AT_ONCE, new Pace(2, 3, true))) {
            List<String> told = of(capture, maxFlows, Wants.VERDICTS, false, pace);
            assertThat(told.stream().filter(line -> line.matches("\\d{8} .*"))).containsExactlyElementsOf(flows);
            assertThat(sorted(readAgain(capture, maxFlows, Wants.VERDICTS, pace)))
                    .isEqualTo(told);
            plain = told.stream().filter(line -> line.startsWith("plain ")).count();
        }
        return plain;
    }

    /** Whatever a listener wants, and whenever and by whom flows are looked at, it is told the same. */
    public static void isTheSame(byte[] capture, int maxFlows) throws Exception {
        Pace atOnce = Pace.AT_ONCE;
        List<String> flows = of(capture, maxFlows, Wants.FLOWS, false, atOnce);
        assertThat(flows).isEqualTo(of(capture, maxFlows, Wants.EVENTS, false, atOnce));
        List<String> evidence = of(capture, maxFlows, Wants.ORDER, true, atOnce);
        for (Pace pace : List.of(atOnce, new Pace(2, 3, false), Pace.of(1))) {
            List<String> told = inOrder(capture, maxFlows, Wants.EVENTS, true, pace);
            if (!pace.equals(atOnce)) {
                Pace aside = new Pace(pace.together(), pace.batches(), true);
                assertThat(inOrder(capture, maxFlows, Wants.EVENTS, true, aside))
                        .isEqualTo(told);
            }
            assertThat(sorted(told)).isEqualTo(evidence);
        }
    }
}
