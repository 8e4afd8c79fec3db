package tcpflowcheck.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.capture.CaptureNotes;
import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.flow.FlowNotes;
import tcpflowcheck.report.choice.FlowChoice;
import tcpflowcheck.tcp.Closing;
import tcpflowcheck.tcp.Connection;
import tcpflowcheck.tcp.Endpoint;
import tcpflowcheck.tcp.Finding;
import tcpflowcheck.tcp.Handshake;
import tcpflowcheck.tcp.IcmpSaid;
import tcpflowcheck.tcp.Reset;
import tcpflowcheck.tcp.SentOptions;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.StateDiagram.Arrow;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.tcp.TransitionLog;
import tcpflowcheck.wire.TcpSegment;

/**
 * One JSON object a line: a {@code flow} for each flow that has ended, and a {@code summary} for each capture. Every key
 * is always there, null where there is nothing to say; {@code flow.schema.json} is the contract.
 */
public final class JsonReporter implements Reporter {
    /** Grows when a key is added; none is taken away. */
    static final int SCHEMA = 1;

    private final OutputStream out;
    private final ShownStreams streams;
    private final FlowChoice only;
    private final TextBuffer line = new TextBuffer();
    private final JsonSink json;
    private final JsonMeasures measures;
    private final JsonSummary summaries;
    private ForeignText file;
    private CaptureNotes notes = new CaptureNotes();
    private final @Nullable WiresharkNumbers numbers;
    private PeerWords.Keeper words = new PeerWords.Keeper(new WiresharkNumbers());

    /**
     * Starts with no line written.
     *
     * @param out gets each line in one write, as soon as its flow has ended
     * @param streams the flows to tell
     */
    public JsonReporter(OutputStream out, ShownStreams streams) {
        this(out, streams, FlowChoice.ALL);
    }

    /**
     * Starts with no line written.
     *
     * @param out gets each line in one write, as soon as its flow has ended
     * @param streams the flows to tell
     * @param only which flows are told, too
     */
    public JsonReporter(OutputStream out, ShownStreams streams, FlowChoice only) {
        this.out = out;
        this.only = only;
        this.streams = streams;
        numbers = null;
        json = new JsonWriter(line);
        measures = new JsonMeasures(json);
        summaries = new JsonSummary(json);
    }

    /** Starts with an empty tree, which has each flow's object, and then the summary, until the next one. */
    public JsonReporter(JsonTree tree) {
        this(tree, FlowChoice.ALL, null);
    }

    /**
     * Starts with no line written.
     *
     * @param sink gets each flow's object, and then the summary
     * @param only which flows are told
     * @param numbers Wireshark's; null where they begin with each capture
     */
    public JsonReporter(JsonSink sink, FlowChoice only, @Nullable WiresharkNumbers numbers) {
        out = OutputStream.nullOutputStream();
        this.only = only;
        this.numbers = numbers;
        streams = ShownStreams.ALL;
        json = sink;
        measures = new JsonMeasures(json);
        summaries = new JsonSummary(json);
    }

    @Override
    public boolean wantsEvents() {
        return true;
    }

    @Override
    public void begin(ForeignText file, CaptureNotes notes) {
        this.file = file;
        this.notes = notes;
        words = new PeerWords.Keeper(numbers == null ? new WiresharkNumbers() : numbers);
    }

    @Override
    public void segment(Flow flow, Side side, TcpSegment segment, List<TcpEvent> events) {
        words.segment(flow, side, segment);
    }

    @Override
    public void event(Flow flow, TcpEvent event) {}

    @Override
    public void flow(Flow flow) throws IOException {
        if (!streams.has(flow.stream())) {
            return;
        }
        Connection connection = flow.connection();
        if (!only.has(flow)) {
            return;
        }
        begins("flow").key("stream").stream(flow.stream());
        key(flow, Side.CLIENT);
        key(flow, Side.SERVER);
        json.member("roles", flow.roles()).member("midstream", connection.midstream());
        layers(flow);
        notes(flow);
        json.key("firstFrame").frame(flow.firstFrame()).key("lastFrame").frame(flow.lastFrame());
        json.member("start", flow.start()).member("durationNanos", flow.durationNanos());
        measures.totals(connection);
        measures.traffic(connection);
        handshake(connection.handshake());
        close(connection.closing());
        reset(connection.reset());
        measures.timing(connection);
        icmp(flow);
        options(connection);
        mss(connection, flow.ipVersion());
        states(connection);
        transitions(connection.log());
        peers(words.of(flow));
        findings(connection.findings().list());
        ends();
    }

    private void peers(PeerWords said) {
        json.key("zeek").beginObject().member("connState", said.zeek().connState());
        json.member("history", said.zeek().history()).endObject();
        json.key("wireshark").beginObject().key("stream").wiresharkStream(words.stream(said));
        json.member("completeness", said.completeness()).endObject();
    }

    @Override
    public void end(Summary summary) throws IOException {
        begins("summary");
        summaries.members(summary);
        ends();
        out.flush();
    }

    private JsonSink begins(String type) {
        return json.beginObject().member("type", type).member("schema", SCHEMA).member("file", file);
    }

    private void ends() throws IOException {
        json.endObject().endLine();
        line.drainTo(out);
    }

    private void key(Flow flow, Side side) {
        json.key(side.toString()).beginObject();
        json.key("address").address(flow.ipVersion(), flow.addressHigh(side), flow.addressLow(side));
        json.member("port", flow.port(side));
        ForeignText name = notes.name(flow.ipVersion(), flow.addressHigh(side), flow.addressLow(side));
        if (name != null) {
            json.member("name", name);
        }
        json.endObject();
    }

    /** What only some captures say: these keys alone are left out where there is nothing. */
    private void notes(Flow flow) {
        if (flow.streamBefore() != Flow.UNKNOWN || flow.streamAfter() != Flow.UNKNOWN) {
            json.key("incarnation").beginObject();
            if (flow.streamBefore() != Flow.UNKNOWN) {
                json.key("before").stream(flow.streamBefore());
            }
            if (flow.streamAfter() != Flow.UNKNOWN) {
                json.key("after").stream(flow.streamAfter());
            }
            json.endObject();
        }
        if (flow.capturedAt() != null) {
            json.member("capturedAt", flow.capturedAt());
        }
        if (!flow.notes().interfaces().isEmpty()) {
            json.key("interfaces").beginArray();
            flow.notes().interfaces().forEach(json::value);
            json.endArray();
        }
        if (!flow.notes().comments().isEmpty()) {
            json.key("comments").beginArray();
            for (FlowNotes.Comment comment : flow.notes().comments()) {
                json.beginObject().key("frame").frame(comment.frame());
                json.member("text", comment.text()).endObject();
            }
            json.endArray();
        }
    }

    private void layers(Flow flow) {
        json.key("vlan").beginArray();
        for (int i = 0; i < flow.vlanCount(); i++) {
            json.value(flow.vlan(i));
        }
        json.endArray().key("tunnels").beginArray();
        for (int i = 0; i < flow.tunnelCount(); i++) {
            json.value(flow.tunnel(i));
        }
        json.endArray();
    }

    private void handshake(Handshake handshake) {
        json.key("handshake").beginObject().member("kind", handshake.kind());
        json.key("frames").beginArray();
        for (int i = 0; i < handshake.steps().size(); i++) {
            json.frame(handshake.steps().frame(i));
        }
        json.endArray().known("synAckNanos", handshake.synAckNanos()).known("ackNanos", handshake.ackNanos());
        json.member("synRetransmissions", handshake.synRetransmissions());
        json.member("synAckRetransmissions", handshake.synAckRetransmissions());
        json.member("certain", handshake.certain()).endObject();
    }

    private void close(Closing closing) {
        json.key("close").beginObject().member("kind", closing.kind()).member("by", closing.by());
        json.key("frames").beginArray();
        for (long frame : closing.frames()) {
            json.frame(frame);
        }
        json.endArray().known("halfClosedNanos", closing.halfClosedNanos());
        json.member("certain", closing.certain()).endObject();
    }

    private void reset(@Nullable Reset reset) {
        json.key("reset");
        if (reset == null) {
            json.nothing();
            return;
        }
        json.beginObject().member("kind", reset.kind()).member("by", reset.by());
        json.key("frame").frame(reset.frame()).member("state", reset.state());
        json.member("certain", reset.certain()).endObject();
    }

    private void icmp(Flow flow) {
        json.key("icmp").beginArray();
        for (IcmpSaid said : flow.icmp()) {
            json.beginObject().key("frame").frame(said.frame()).member("time", said.time());
            json.member("side", said.side()).key("from");
            json.address(said.ipVersion(), said.senderHigh(), said.senderLow());
            json.member("type", said.type()).member("code", said.code()).member("text", said.words());
            json.known("mtu", said.size() > 0 ? said.size() : -1).member("believed", said.sent());
            json.member("count", said.count()).endObject();
        }
        json.endArray();
    }

    private void options(Connection connection) {
        json.key("options").beginObject();
        for (Side side : Side.values()) {
            SentOptions options = connection.endpoint(side).options();
            json.key(side.toString());
            if (options.seen()) {
                options(options);
            } else {
                json.nothing();
            }
        }
        json.endObject();
    }

    private void options(SentOptions options) {
        json.beginObject().known("mss", options.mss()).known("windowShift", options.windowShift());
        offered("sackPermitted", options.sackPermitted(), options);
        offered("timestamps", options.timestamps(), options);
        json.key("kinds").beginArray();
        for (int i = 0; i < options.kindCount(); i++) {
            json.value(options.kind(i));
        }
        json.endArray().endObject();
    }

    /** What is absent from a list that the snap length cut is not known. */
    private void offered(String key, boolean there, SentOptions options) {
        if (there || options.whole()) {
            json.member(key, there);
        } else {
            json.key(key).nothing();
        }
    }

    private void mss(Connection connection, int ipVersion) {
        Endpoint client = connection.client();
        Endpoint server = connection.server();
        json.key("mss").beginObject();
        json.known("client", client.options().mss())
                .known("server", server.options().mss());
        json.known("effective", connection.effectiveMss(ipVersion));
        measures.sides(
                "largestSegment",
                client.traffic().largestSegment(),
                server.traffic().largestSegment());
        json.endObject();
    }

    /** The paths as believed at the end. */
    private void states(Connection connection) {
        TransitionLog log = connection.log();
        json.key("states").beginObject();
        for (Side side : Side.values()) {
            json.key(side.toString()).beginArray();
            if (connection.endpoint(side).isKnown()) {
                json.name(connection.endpoint(side).initial().toString());
            }
            for (int i = 0; i < log.size(); i++) {
                if (log.side(i) == side && !log.revised(i)) {
                    json.name(log.arrow(i).to().toString());
                }
            }
            json.endArray();
        }
        json.endObject();
    }

    private void transitions(TransitionLog log) {
        json.key("transitions").beginArray();
        for (int i = 0; i < log.size(); i++) {
            Arrow arrow = log.arrow(i);
            json.beginObject().key("frame").frame(log.frame(i)).member("side", log.side(i));
            json.member("from", arrow.from()).member("to", arrow.to());
            json.member("by", arrow.by()).key("rfc").name(arrow.section());
            json.member("certain", log.certain(i)).member("revised", log.revised(i));
            json.member("time", log.time(i)).endObject();
        }
        json.endArray();
    }

    private void findings(List<Finding> findings) {
        json.key("findings").beginArray();
        for (Finding finding : findings) {
            json.beginObject().member("rule", finding.rule()).member("severity", finding.severity());
            json.member("side", finding.side()).key("frames").beginArray();
            for (int i = 0; i < finding.frameCount(); i++) {
                json.frame(finding.frame(i));
            }
            json.endArray().member("count", finding.count()).member("message", finding.message());
            json.endObject();
        }
        json.endArray();
    }
}
