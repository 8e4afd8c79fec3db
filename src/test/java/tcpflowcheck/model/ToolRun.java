package tcpflowcheck.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.flow.CaptureFindings;
import tcpflowcheck.flow.CrowdLimits;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.flow.FlowLimits;
import tcpflowcheck.flow.FlowTracker;
import tcpflowcheck.flow.FlowsOnly;
import tcpflowcheck.flow.Pace;
import tcpflowcheck.fuzz.Told;
import tcpflowcheck.tcp.PlainRecord;
import tcpflowcheck.tcp.RuleSet;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.wire.Decoded;
import tcpflowcheck.wire.PacketDecoder;
import tcpflowcheck.wire.SegmentBuilder;
import tcpflowcheck.wire.TcpSegment;

/**
 * Shows the tool captured words of one length, segment by segment, 10 ms apart; silence after them is 10 s. A tracker is
 * dear to make, so one serves many words, side by side at the same times: each word is a flow with addresses of its own,
 * and what is told of a flow depends on its own segments and on the clock alone.
 */
final class ToolRun implements FlowsOnly {
    private static final long START = 1_700_000_000_000_000_000L;
    private static final long APART = 10_000_000;
    private static final long SILENCE = 10_000_000_000L;
    private static final int FIRST_PORT = 40_000;
    private static final int SECOND_PORT = 80;
    private static final int[] ISN = {1000, 5000};

    /** What is told does not depend on it; a tracker for few flows is made faster. */
    private static final Pace PACE = new Pace(1, 1, false);

    private final PacketDecoder decoder = new PacketDecoder();
    private final Map<Integer, ByteBuffer> octets = new HashMap<>();
    private final Frame frame = new Frame();
    private Flow[] told;
    /** The same connections on the plain road. */
    private long[][] plain;

    private int[] flows;
    private int[] firstPort;

    /**
     * The flow of each word; of several the first.
     *
     * @param words of which the first {@code count} are meant, and of each the first {@code length} segments
     */
    Flow[] run(char[][] words, int count, int length, boolean silence) {
        told = new Flow[count];
        flows = new int[count];
        firstPort = new int[count];
        plain = new long[count][PlainRecord.LONGS];
        CaptureFindings findings = new CaptureFindings(new RuleSet());
        try (FlowTracker tracker = new FlowTracker(FlowLimits.DEFAULT, CrowdLimits.DEFAULT, findings, this, PACE, 1)) {
            for (int i = 0; i < length; i++) {
                for (int word = 0; word < count; word++) {
                    show(tracker, word, words[word][i], i * count + word + 1, START + (i + 1) * APART);
                }
            }
            if (silence) {
                tracker.clock(length * count + 1, START + length * APART + SILENCE);
            }
            tracker.end();
        }
        for (int word = 0; silence && word < count; word++) {
            if (PlainRecord.hasClosed(plain[word], 0)) {
                assertThat(Told.verdict(told[word]))
                        .as(Segments.text(words[word], length))
                        .isEqualTo(Told.plain(PlainRecord.close(plain[word], 0)));
            }
        }
        return told;
    }

    private void show(FlowTracker tracker, int word, char captured, int number, long time) {
        ByteBuffer built = octets.computeIfAbsent(word << Character.SIZE | captured, ToolRun::build);
        int size = built.capacity();
        frame.wrap(built, 0, size, size, 1, number, time);
        if (decoder.decode(frame) != Decoded.TCP) {
            throw new IllegalStateException(Segments.text(captured) + " is not TCP: " + decoder.fault());
        }
        TcpSegment segment = decoder.segment();
        if (number <= plain.length) {
            PlainRecord.begin(plain[word], 0, segment);
            firstPort[word] = segment.sourcePort();
        } else if (PlainRecord.isPlain(plain[word], 0)) {
            PlainRecord.on(plain[word], 0, segment.sourcePort() == firstPort[word], segment, time);
        }
        tracker.accept(segment);
    }

    /** Of how many flows the tool told where there was one word. */
    int flows(int word) {
        return flows[word];
    }

    /** Which end of the model the tool calls by a side. */
    static int end(Flow flow, Side side) {
        return flow.port(side) == FIRST_PORT ? 0 : 1;
    }

    private static ByteBuffer build(int key) {
        int word = key >>> Character.SIZE;
        int captured = key & 0xffff;
        int sender = Segments.sender(captured);
        SegmentBuilder built = new SegmentBuilder()
                .ipv4("10.0.0." + word, "10.0.1." + word)
                .id(0)
                .ports(FIRST_PORT, SECOND_PORT);
        if (sender == 1) {
            built.reverse();
        }
        boolean nowhere = Segments.seq(captured) == Segments.NOWHERE;
        built.flags(Segments.letters(captured))
                .seq(nowhere ? 0 : ISN[sender] + Segments.seq(captured))
                .payload(Segments.octets(captured));
        if (Segments.has(captured, Segments.ACK)) {
            built.ack(ISN[1 - sender] + Segments.ack(captured));
        }
        if (Segments.has(captured, Segments.SYN)) {
            built.mss(1460);
        }
        return Frame.words(built.build());
    }

    @Override
    public boolean wantsOrder() {
        return true;
    }

    @Override
    public void flow(Flow flow) {
        int word = (int) flow.addressLow(Side.CLIENT) & 0xff;
        flows[word]++;
        if (told[word] == null || flow.stream() < told[word].stream()) {
            told[word] = flow;
        }
    }
}
