package tcpflowcheck.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.flow.FlowLimits;
import tcpflowcheck.flow.FlowTracker;
import tcpflowcheck.report.TextChoices.View;
import tcpflowcheck.report.choice.FlowChoice;
import tcpflowcheck.wire.Decoded;
import tcpflowcheck.wire.PacketDecoder;
import tcpflowcheck.wire.SegmentBuilder;

/** Frames of one client and one server, sent through decoder, tracker and text report. */
final class Conversation {
    private static final long START = 1_295_984_314_341_715_000L;
    private static final long MILLISECOND = 1_000_000;

    private final List<Frame> frames = new ArrayList<>();
    private SegmentBuilder client =
            new SegmentBuilder().ipv4("10.0.0.1", "10.0.0.2").ports(3363, 80);
    private long time = START;

    View view = View.FLOWS;
    boolean verbose;
    FlowChoice only = FlowChoice.ALL;
    boolean several;
    TimeFormat.Style timeStyle = TimeFormat.Style.TIME_OF_DAY;
    Style style = Style.plain();
    ShownStreams streams = ShownStreams.ALL;

    Conversation between(String client, int clientPort, String server, int serverPort) {
        boolean version6 = client.indexOf(':') >= 0;
        this.client = version6 ? this.client.ipv6(client, server) : this.client.ipv4(client, server);
        this.client = this.client.ports(clientPort, serverPort);
        return this;
    }

    Conversation vlan(int... identifiers) {
        client.vlan(identifiers);
        return this;
    }

    Conversation after(long milliseconds) {
        time += milliseconds * MILLISECOND;
        return this;
    }

    /** Nothing of these for a while, which a SYN of another pair shows. */
    Conversation quiet(long milliseconds) {
        return after(milliseconds).between("10.0.0.99", 9999, "10.0.0.98", 80).clientOffers(1460);
    }

    /** The client sends: flags as tcpdump writes them, numbers on the wire. */
    Conversation client(String flags, long seq, long ack, int length) {
        return send(client.copy(), flags, seq, ack, length);
    }

    Conversation server(String flags, long seq, long ack, int length) {
        return send(client.copy().reverse(), flags, seq, ack, length);
    }

    private Conversation send(SegmentBuilder segment, String flags, long seq, long ack, int length) {
        return send(segment.flags(flags).seq(seq).ack(ack).payload(length));
    }

    Conversation clientOffers(int mss) {
        return send(client.copy().flags("S").seq(100).mss(mss));
    }

    Conversation serverOffers(int mss) {
        return send(client.copy().reverse().flags("S.").seq(500).ack(101).mss(mss));
    }

    private Conversation send(SegmentBuilder segment) {
        int number = frames.size() + 1;
        frames.add(segment.id(number).frame(number, time));
        time += MILLISECOND;
        return this;
    }

    /** SYN, 20 ms, SYN,ACK, 1 ms, ACK. */
    Conversation handshake() {
        return clientOffers(1460).after(19).serverOffers(1400).client(".", 101, 501, 0);
    }

    String report() throws IOException {
        return report("close.pcap");
    }

    String report(String... names) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        TextReporter reporter = new TextReporter(choices(), text);
        for (String name : names) {
            read(reporter, name);
        }
        reporter.total(null);
        return text.toString(StandardCharsets.UTF_8);
    }

    TextChoices choices() {
        return new TextChoices(
                view,
                verbose,
                false,
                timeStyle,
                false,
                TimeZone.getTimeZone("UTC"),
                0,
                style,
                false,
                Catalogue.Language.EN,
                streams,
                only,
                null,
                false,
                several,
                null);
    }

    private void read(TextReporter reporter, String name) throws IOException {
        Summary summary = new Summary(new ForeignText(name));
        FlowOrder order = new FlowOrder(List.of(reporter), summary);
        FlowTracker tracker = new FlowTracker(FlowLimits.DEFAULT, order, 1);
        PacketDecoder decoder = new PacketDecoder();
        reporter.begin(new ForeignText(name), new tcpflowcheck.capture.CaptureNotes());
        for (Frame frame : frames) {
            Decoded decoded = decoder.decode(frame);
            summary.frame(decoded);
            if (decoded == Decoded.TCP) {
                tracker.accept(decoder.segment());
            }
        }
        tracker.end();
        order.end();
        reporter.end(summary);
    }
}
