package tcpflowcheck.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import tcpflowcheck.capture.CaptureException;
import tcpflowcheck.capture.CaptureFile;
import tcpflowcheck.capture.CaptureNotes;
import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.capture.FrameSource;
import tcpflowcheck.flow.CaptureFindings;
import tcpflowcheck.flow.CrowdLimits;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.flow.FlowLimits;
import tcpflowcheck.flow.FlowTracker;
import tcpflowcheck.flow.Pace;
import tcpflowcheck.report.Catalogue;
import tcpflowcheck.report.FlowOrder;
import tcpflowcheck.report.FrameReporter;
import tcpflowcheck.report.FrameRoad;
import tcpflowcheck.report.JsonReporter;
import tcpflowcheck.report.PageReporter;
import tcpflowcheck.report.Reporter;
import tcpflowcheck.report.SarifReporter;
import tcpflowcheck.report.ShownStreams;
import tcpflowcheck.report.Style;
import tcpflowcheck.report.Summary;
import tcpflowcheck.report.TextChoices;
import tcpflowcheck.report.TextReporter;
import tcpflowcheck.report.TimeFormat;
import tcpflowcheck.report.choice.FlowChoice;
import tcpflowcheck.tcp.ConnectionInvariants;
import tcpflowcheck.tcp.RuleSet;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.wire.Decoded;
import tcpflowcheck.wire.PacketDecoder;
import tcpflowcheck.wire.TcpSegment;

/** The whole way of a capture, from octets to reports, held against what must hold of any capture. */
final class Road implements Reporter {
    private static final ForeignText FILE = new ForeignText("fuzz\u001b[31m");
    final List<String> events = new ArrayList<>();
    final ByteArrayOutputStream json = new ByteArrayOutputStream();
    final ByteArrayOutputStream text = new ByteArrayOutputStream();
    CaptureException failure;
    private final Summary summary = new Summary(FILE);
    private final boolean keepsEvents;
    private long segments;
    private long icmpErrors;
    private boolean begun;
    private long flows;
    private boolean ended;

    /** Null if there is none. */
    private PageReporter page;

    private FrameReporter one;

    private Road(boolean keepsEvents) {
        this.keepsEvents = keepsEvents;
    }

    /** Takes a capture all the way; anything wrong is thrown, but not that it is no capture. */
    static Road of(byte[] capture, int offset, int length) {
        Road road = new Road(false);
        road.run(capture, offset, length, Long.MAX_VALUE, true);
        return road;
    }

    /** Keeps what is told of the first frames, until the capture ends. */
    static Road events(byte[] capture, long frames) {
        Road road = new Road(true);
        road.run(capture, 0, capture.length, frames, false);
        return road;
    }

    private static TextChoices choices(TextChoices.View view) {
        return choices(view, false);
    }

    private static TextChoices choices(TextChoices.View view, boolean quiz) {
        return new TextChoices(
                view,
                true,
                false,
                TimeFormat.Style.values()[0],
                false,
                TimeZone.getTimeZone("UTC"),
                0,
                Style.plain(),
                false,
                Catalogue.Language.EN,
                ShownStreams.ALL,
                FlowChoice.ALL,
                null,
                quiz,
                false,
                null);
    }

    private void run(byte[] capture, int offset, int length, long most, boolean reports) {
        SarifReporter sarif = new SarifReporter();
        List<Reporter> reporters = new ArrayList<>(List.of(this));
        if (reports) {
            reporters.add(new JsonReporter(json, ShownStreams.ALL));
            reporters.add(new TextReporter(choices(TextChoices.View.FLOWS), text));
            if (length % 2 == 0) { // flows are held where nobody wants order
                reporters.add(new TextReporter(choices(TextChoices.View.EVENTS), text));
                reporters.add(new TextReporter(choices(TextChoices.View.SEGMENTS), text));
            }
            if (length % 3 == 0) {
                boolean quiz = length % 2 == 0;
                reporters.add(new TextReporter(choices(TextChoices.View.LADDER, quiz), text));
                reporters.add(new TextReporter(choices(TextChoices.View.STORY, quiz), text));
                one = new FrameReporter(1 + length % 32, choices(TextChoices.View.FLOWS), text);
                reporters.add(one);
            }
            if (length % 5 == 0) {
                reporters.add(new TextReporter(choices(TextChoices.View.TABLE), text));
                page = new PageReporter(choices(TextChoices.View.FLOWS, length % 2 == 0));
                reporters.add(page);
            }
            reporters.add(sarif);
        }
        Frame frame = new Frame();
        CaptureFindings findings = new CaptureFindings(new RuleSet());
        FlowOrder order = new FlowOrder(reporters, summary);
        FlowTracker tracker = new FlowTracker(FlowLimits.DEFAULT, CrowdLimits.DEFAULT, findings, order, Pace.of(1), 1);
        FrameRoad road = new FrameRoad(new PacketDecoder(), tracker, summary, findings);
        try (FrameSource source = CaptureFile.read("fuzz", new ByteArrayInputStream(capture, offset, length))) {
            begin(reporters, source.notes());
            begun = true;
            while (frame.number() < most && source.next(frame)) {
                Decoded decoded = road.accept(frame);
                segments += decoded == Decoded.TCP ? 1 : 0;
                icmpErrors += decoded == Decoded.ICMP ? 1 : 0;
            }
            summary.notes(source.notes());
        } catch (CaptureException wrong) {
            failure = wrong;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ended = true;
        road.end(order);
        if (reports && begun) {
            finish(reporters, tracker.late());
            Printable.check(sarif.document("1"));
            draw();
        }
    }

    private void draw() {
        if (one != null && one.hasShown()) {
            Printable.check(one.svg());
        }
        if (page != null) {
            try {
                Printable.check(page.html());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void begin(List<Reporter> reporters, CaptureNotes notes) throws IOException {
        for (Reporter reporter : reporters) {
            reporter.begin(FILE, notes);
        }
    }

    private void finish(List<Reporter> reporters, long late) {
        try {
            for (Reporter reporter : reporters) {
                reporter.end(summary);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long undecodable = summary.undecodable().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        equal("frames", summary.frames(), segments + icmpErrors + summary.notTcp() + undecodable);
        equal("flows", flows, summary.flows());
        equal(
                "handshakes",
                flows,
                summary.handshakes().values().stream()
                        .mapToLong(Long::longValue)
                        .sum());
        equal(
                "closes",
                flows,
                summary.closes().values().stream().mapToLong(Long::longValue).sum());
        if (late > segments) {
            throw new AssertionError(late + " late segments of " + segments);
        }
        Printable.check(text.toString(StandardCharsets.UTF_8));
        Printable.json(json.toString(StandardCharsets.UTF_8));
    }

    private static void equal(String what, long one, long other) {
        if (one != other) {
            throw new AssertionError(what + ": " + one + " and " + other);
        }
    }

    @Override
    public boolean wantsEvents() {
        return true;
    }

    @Override
    public boolean wantsOrder() {
        return keepsEvents;
    }

    @Override
    public void begin(ForeignText file, CaptureNotes notes) {}

    @Override
    public void segment(Flow flow, Side side, TcpSegment segment, List<TcpEvent> happened) {
        ConnectionInvariants.check(flow.connection());
        for (int i = 0; i < happened.size() && keepsEvents && !ended; i++) {
            events.add(segment.frame() + " " + flow.stream() + " " + happened.get(i));
        }
    }

    @Override
    public void event(Flow flow, TcpEvent event) {
        if (keepsEvents && !ended) {
            events.add(flow.stream() + " " + event);
        }
    }

    @Override
    public void flow(Flow flow) {
        flows++;
        ConnectionInvariants.checkEnded(flow.connection());
    }

    @Override
    public void end(Summary summary) {}
}
