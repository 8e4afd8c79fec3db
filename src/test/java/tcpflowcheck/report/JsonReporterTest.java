package tcpflowcheck.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.tcp.StateDiagram;
import tcpflowcheck.tcp.StateDiagram.Arrow;
import tcpflowcheck.wire.SegmentBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class JsonReporterTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long START = 1_295_984_314L * SECOND;

    private final List<Frame> frames = new ArrayList<>();

    // ---- a capture, a millisecond between frames

    private static SegmentBuilder client(String flags, long seq, long ack) {
        return new SegmentBuilder().flags(flags).seq(1000 + seq).ack(5000 + ack);
    }

    private static SegmentBuilder server(String flags, long seq, long ack) {
        return new SegmentBuilder().reverse().flags(flags).seq(5000 + seq).ack(1000 + ack);
    }

    private void pass(SegmentBuilder... segments) {
        for (SegmentBuilder segment : segments) {
            int number = frames.size() + 1;
            frames.add(segment.id(number).frame(number, START + number * 1_000_000L));
        }
    }

    private void open() {
        SegmentBuilder syn =
                new SegmentBuilder().flags("S").seq(1000).mss(1460).nop().windowScale(2);
        pass(syn.nop().nop().sackPermitted(), server("S.", 0, 1).mss(1406), client(".", 1, 1));
    }

    private List<JsonNode> lines() throws IOException {
        return lines(ShownStreams.ALL);
    }

    private List<JsonNode> lines(ShownStreams streams) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Reports.report(new JsonReporter(out, streams), "close.pcap", frames);
        return JsonContract.objects(out.toString(StandardCharsets.UTF_8));
    }

    private static JsonNode json(String singleQuoted) {
        return JsonContract.parse(singleQuoted.replace('\'', '"'));
    }

    // ---- what a line says

    @Test
    void everyKeyInTheOrderOfTheContract() throws IOException {
        open();
        pass(client(".", 1, 1).payload(10), server(".", 1, 11).payload(300));
        pass(server("F.", 301, 11), client(".", 11, 302), client("F.", 11, 302), server(".", 302, 12));
        List<JsonNode> lines = lines();
        assertThat(lines).hasSize(2);
        ((ObjectNode) lines.get(0)).remove("transitions");
        assertThat(lines.get(0).toString()).isEqualTo(json("""
                {'type':'flow','schema':1,'file':'close.pcap','stream':0,
                 'client':{'address':'10.0.0.1','port':1000},'server':{'address':'10.0.0.2','port':80},
                 'roles':'syn','midstream':false,'vlan':[],'tunnels':[],
                 'firstFrame':1,'lastFrame':9,'start':1295984314001000000,'durationNanos':8000000,
                 'packets':{'client':5,'server':4},'bytes':{'client':10,'server':300},
                 'missedBytes':{'client':0,'server':0},
                 'traffic':{
                  'client':{'uniqueBytes':10,'retransmissions':0,'retransmittedBytes':0,
                   'lossBurstBytes':0,'timeouts':0,'longestTimeoutNanos':0,'zeroWindowNanos':0,'bytesInFlight':10,
                   'rttByAck':{'count':1,'minNanos':1000000,'medianNanos':1000000,
                    'p99Nanos':1000000,'maxNanos':1000000},'rttByTimestamp':null},
                  'server':{'uniqueBytes':300,'retransmissions':0,'retransmittedBytes':0,
                   'lossBurstBytes':0,'timeouts':0,'longestTimeoutNanos':0,'zeroWindowNanos':0,'bytesInFlight':300,
                   'rttByAck':{'count':1,'minNanos':2000000,'medianNanos':2000000,
                    'p99Nanos':2000000,'maxNanos':2000000},'rttByTimestamp':null}},
                 'handshake':{'kind':'three-way','frames':[1,2,3],'synAckNanos':1000000,'ackNanos':1000000,
                  'synRetransmissions':0,'synAckRetransmissions':0,'certain':true},
                 'close':{'kind':'four-segment','by':'server','frames':[6,7,8,9],'halfClosedNanos':1000000,
                  'certain':true},
                 'reset':null,'timing':{'connectNanos':2000000,'requestNanos':1000000,'firstOctetNanos':1000000,'transferNanos':0,
                 'closeNanos':3000000,'longestSilenceNanos':1000000,'silenceBeforeResetNanos':null,'silenceAtEndNanos':0},'icmp':[],
                 'options':{
                  'client':{'mss':1460,'windowShift':2,'sackPermitted':true,'timestamps':false,'kinds':[2,1,3,1,1,4]},
                  'server':{'mss':1406,'windowShift':null,'sackPermitted':false,'timestamps':false,'kinds':[2]}},
                 'mss':{'client':1460,'server':1406,'effective':1406,'largestSegment':{'client':10,'server':300}},
                 'states':{'client':['CLOSED','SYN-SENT','ESTABLISHED','CLOSE-WAIT','LAST-ACK','CLOSED'],
                  'server':['LISTEN','SYN-RECEIVED','ESTABLISHED','FIN-WAIT-1','FIN-WAIT-2','TIME-WAIT']},
                 'zeek':{'connState':'SF','history':'ShADdfFa'},'wireshark':{'stream':0,'completeness':31},
                 'findings':[]}
                """).toString());
        assertThat(lines.get(1).toString()).isEqualTo(json("""
                {'type':'summary','schema':1,'file':'close.pcap','frames':9,'tcpSegments':9,'notTcp':0,
                 'icmpErrors':{'matched':0,'unmatched':0},'undecodable':{},'flows':1,'handshakes':{'three-way':1},'closes':{'four-segment':1},'resets':{},
                 'findings':{},'who':{},'captureFindings':[],'complete':true,'evicted':0,'late':0,'missedBytes':0,'flowsInOneDirection':0,'dropped':null}
                """).toString());
    }

    @Test
    void aTransitionSaysWhatShowedItAndItsSection() throws IOException {
        open();
        JsonNode transitions = lines().get(0).get("transitions");
        assertThat(transitions).hasSize(4);
        assertThat(transitions.get(0).toString()).isEqualTo(json("""
                {'frame':1,'side':'client','from':'CLOSED','to':'SYN-SENT','by':'snd SYN','rfc':'3.10.1',
                 'certain':true,'revised':false,'time':1295984314001000000}
                """).toString());
        assertThat(transitions.get(3).get("by")).hasToString("\"rcv ACK of SYN\"");
        assertThat(transitions.get(3).get("certain")).hasToString("false");
    }

    @Test
    void whatWasTakenBackIsNoPartOfThePath() throws IOException {
        open();
        frames.add(server("S.", 0, 1).mss(1406).id(4).frame(4, START + SECOND));
        JsonNode flow = lines().get(0);
        assertThat(flow.get("transitions").get(3).get("to")).hasToString("\"ESTABLISHED\"");
        assertThat(flow.get("transitions").get(3).get("revised")).hasToString("true");
        assertThat(flow.get("states").get("server")).hasToString("[\"LISTEN\",\"SYN-RECEIVED\"]");
        assertThat(flow.get("findings").toString()).isEqualTo(json("""
                [{'rule':'synack-retransmission','severity':'note','side':'server','frames':[4],'count':1,
                  'message':'SYN,ACK again, ISN unchanged'}]
                """).toString());
    }

    @Test
    void nullWhereThereIsNothingToSay() throws IOException {
        pass(server("R.", 0, 1), client("S", 0, 0).vlan(7, 42));
        frames.remove(0);
        JsonNode flow = lines().get(0);
        assertThat(flow.at("/handshake/synAckNanos").isNull()).isTrue();
        assertThat(flow.at("/handshake/ackNanos").isNull()).isTrue();
        assertThat(flow.at("/close").toString())
                .isEqualTo(json("{'kind':'none','by':null,'frames':[],'halfClosedNanos':null,'certain':true}")
                        .toString());
        assertThat(flow.at("/options/client/mss").isNull()).isTrue();
        assertThat(flow.at("/options/server").isNull()).isTrue();
        assertThat(flow.at("/mss/client").isNull()).isTrue();
        assertThat(flow.at("/mss/effective")).hasToString("536");
        assertThat(flow.at("/vlan")).hasToString("[7,42]");
    }

    @Test
    void aReset() throws IOException {
        open();
        pass(client("R.", 1, 1));
        List<JsonNode> lines = lines();
        assertThat(lines.get(0).get("reset").toString())
                .isEqualTo(json("{'kind':'abort','by':'client','frame':4,'state':'ESTABLISHED','certain':true}")
                        .toString());
        assertThat(lines.get(0).at("/close/frames")).hasToString("[4]");
        assertThat(lines.get(1).get("resets")).hasToString("{\"abort\":1}");
        assertThat(lines.get(1).get("findings")).hasToString("{\"reset\":1}");
    }

    @Test
    void howLongTheCaptureWentOnAfterAFlow() throws IOException {
        pass(
                client("S", 0, 0).ports(2001, 80),
                client("S", 0, 0).ports(2002, 80),
                client("S", 0, 0).ports(2003, 80));
        assertThat(lines().subList(0, 3))
                .extracting(flow -> flow.at("/timing/silenceAtEndNanos").asInt())
                .containsExactly(2_000_000, 1_000_000, 0);
    }

    @Test
    void addressesOfBothVersionsAndWhatShowedTheClient() throws IOException {
        SegmentBuilder six =
                new SegmentBuilder().ipv6("2001:db8::1", "2001:db8::2").flags(".");
        pass(six.copy().ports(443, 50000), six.copy().ports(7, 7).payload(1));
        List<JsonNode> lines = lines();
        assertThat(lines.get(0).get("server")).hasToString("{\"address\":\"2001:db8::1\",\"port\":443}");
        assertThat(lines.get(0).get("roles")).hasToString("\"port\"");
        assertThat(lines.get(0).get("midstream")).hasToString("true");
        assertThat(lines.get(0).at("/mss/effective").isNull()).isTrue();
        assertThat(lines.get(0).at("/states/client")).hasToString("[\"ESTABLISHED\"]");
        assertThat(lines.get(1).get("roles")).hasToString("\"first\"");
    }

    @Test
    void onlyTheStreamsThatWereAskedFor() throws IOException {
        for (int port = 2001; port <= 2004; port++) {
            pass(client("S", 0, 0).ports(port, 80));
        }
        List<JsonNode> lines = lines(ShownStreams.of(1, 3));
        assertThat(lines).extracting(line -> line.path("stream").asInt(-1)).containsExactly(1, 3, -1);
        assertThat(lines.get(2).get("flows")).hasToString("4");
    }

    @Test
    void theNameOfTheFileIsEscaped() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Reports.report(new JsonReporter(out, ShownStreams.ALL), "a\"\\\u001b[2J\n\u202eb.pcap", List.of());
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("\"a\\\"\\\\\\u001b[2J\\n\\u202eb.pcap\"");
        JsonNode summary =
                JsonContract.objects(out.toString(StandardCharsets.UTF_8)).get(0);
        assertThat(summary.get("file").stringValue()).isEqualTo("a\"\\\u001b[2J\n\u202eb.pcap");
    }

    @Test
    void framesThatCouldNotBeDecodedAreCounted() throws IOException {
        pass(
                client("S", 0, 0).dataOffset(2),
                client("S", 0, 0).dataOffset(3),
                client("S", 0, 0).protocol(17));
        frames.add(client("S", 0, 0).frame(4, START, 40));
        JsonNode summary = lines().get(0);
        assertThat(summary.get("undecodable").toString())
                .isEqualTo(json("{'snapped':1,'tcp-header-length-short':2}").toString());
        assertThat(summary.get("notTcp")).hasToString("1");
        assertThat(summary.get("frames")).hasToString("4");
    }

    @Test
    void aLineIsWrittenWhenItsFlowHasEndedAndInOnePiece() throws IOException {
        List<String> writes = new ArrayList<>();
        OutputStream out = new OutputStream() {
            @Override
            public void write(int octet) {
                throw new AssertionError("octet by octet");
            }

            @Override
            public void write(byte[] octets, int offset, int count) {
                writes.add(new String(octets, offset, count, StandardCharsets.UTF_8));
            }

            @Override
            public void flush() {
                writes.add("flush");
            }
        };
        open();
        Reports.report(new JsonReporter(out, ShownStreams.ALL), "x", frames);
        assertThat(writes).hasSize(3);
        assertThat(writes.get(0)).startsWith("{\"type\":\"flow\"").endsWith("}\n");
        assertThat(writes.get(1)).startsWith("{\"type\":\"summary\"").endsWith("}\n");
        assertThat(writes.get(2)).isEqualTo("flush");
    }

    // ---- the schema

    /** Segments that no stack would send, so that what must never happen does. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whateverComesTheLinesAreAsTheSchemaSays(long seed) throws IOException {
        Random random = new Random(seed);
        String[] flags = {"S", "S.", ".", "P.", "F.", "R", "R.", "F", "SF", ""};
        long time = START;
        for (int number = 1; number <= 2000; number++) {
            SegmentBuilder segment = random.nextBoolean()
                    ? client(flags[random.nextInt(flags.length)], random.nextInt(4), random.nextInt(4))
                    : server(flags[random.nextInt(flags.length)], random.nextInt(4), random.nextInt(4));
            segment.payload(random.nextInt(4) == 0 ? random.nextInt(2000) : 0).ttl(40 + random.nextInt(30));
            switch (random.nextInt(8)) {
                case 0 -> segment.mss(random.nextInt(65536)).windowScale(random.nextInt(256));
                case 1 -> segment.timestamps(random.nextInt(), 0).sackPermitted();
                case 2 -> segment.options((byte) random.nextInt(256), (byte) random.nextInt(6), (byte) 1, (byte) 1);
                default -> {}
            }
            time += (long) (random.nextGaussian() * (random.nextInt(50) == 0 ? 200 * SECOND : SECOND / 10));
            frames.add(segment.id(number).frame(number, time));
        }
        List<JsonNode> lines = lines();
        assertThat(lines).hasSizeGreaterThan(5);
        assertThat(lines.get(lines.size() - 1).get("type")).hasToString("\"summary\"");
    }

    @ParameterizedTest
    @CsvSource({
        "handshakeKind, tcpflowcheck.tcp.Handshake$Kind",
        "closeKind, tcpflowcheck.tcp.Closing$Kind",
        "resetKind, tcpflowcheck.tcp.Reset$Kind",
        "state, tcpflowcheck.tcp.TcpState",
        "side, tcpflowcheck.tcp.Side",
        "rule, tcpflowcheck.tcp.Rule",
        "finding/properties/severity, tcpflowcheck.tcp.Severity",
        "flow/properties/roles, tcpflowcheck.flow.Roles",
    })
    void theSchemaKnowsEveryName(String definition, Class<? extends Enum<?>> names) {
        assertThat(enumeration(definition))
                .as("flow.schema.json, %s", definition)
                .containsExactlyElementsOf(texts(Arrays.stream(names.getEnumConstants())));
    }

    @Test
    void theSchemaKnowsEveryArrow() {
        List<String> seen = texts(StateDiagram.rows().stream().map(Arrow::by).distinct());
        assertThat(enumeration("transition/properties/by")).containsExactlyInAnyOrderElementsOf(seen);
    }

    private static List<String> texts(Stream<?> names) {
        return names.map(Object::toString).toList();
    }

    private static List<String> enumeration(String definition) {
        JsonNode values = JsonContract.schema().at("/$defs/" + definition + "/enum");
        return values.valueStream().map(JsonNode::stringValue).toList();
    }

    @Test
    void theSchemaForbidsWhatTheContractDoes() throws IOException {
        open();
        JsonNode flow = lines().get(0);
        assertThat(JsonContract.errors(flow)).isEmpty();
        for (String key : flow.propertyNames()) {
            ObjectNode without = (ObjectNode) flow.deepCopy();
            without.remove(key);
            assertThat(JsonContract.errors(without)).as("without " + key).isNotEmpty();
        }
        assertThat(JsonContract.errors(((ObjectNode) flow.deepCopy()).put("extra", 1)))
                .isNotEmpty();
        assertThat(JsonContract.errors(((ObjectNode) flow.deepCopy()).put("roles", "either")))
                .isNotEmpty();
        assertThat(JsonContract.errors(((ObjectNode) flow.deepCopy()).put("type", "summary")))
                .isNotEmpty();
        assertThat(JsonContract.errors(((ObjectNode) flow.deepCopy()).put("stream", -1)))
                .isNotEmpty();
        ObjectNode peers = (ObjectNode) flow.deepCopy();
        peers.set("zeek", json("{'connState':'SF','history':'ShADadFfa'}"));
        peers.set("wireshark", json("{'stream':0,'completeness':31}"));
        assertThat(JsonContract.errors(peers)).isEmpty();
    }
}
