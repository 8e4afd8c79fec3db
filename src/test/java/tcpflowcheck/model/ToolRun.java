package tcpflowcheck.model;

import java.nio.ByteBuffer;
import java.util.List;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.flow.CaptureFindings;
import tcpflowcheck.flow.CrowdLimits;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.flow.FlowLimits;
import tcpflowcheck.flow.FlowListener;
import tcpflowcheck.flow.FlowTracker;
import tcpflowcheck.flow.Pace;
import tcpflowcheck.tcp.RuleSet;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.wire.Decoded;
import tcpflowcheck.wire.PacketDecoder;
import tcpflowcheck.wire.SegmentBuilder;
import tcpflowcheck.wire.TcpSegment;

/** Shows the tool a captured word, segment by segment, 10 ms apart; silence after it is 10 s. */
final class ToolRun implements FlowListener {
    private static final long START = 1_700_000_000_000_000_000L;
    private static final long APART = 10_000_000;
    private static final long SILENCE = 10_000_000_000L;
    private static final int FIRST_PORT = 40_000;
    private static final int SECOND_PORT = 80;
    private static final int[] ISN = {1000, 5000};

    /** What is told does not depend on it; a tracker for one flow is made faster. */
    private static final Pace PACE = new Pace(1, 1, false);

    private final PacketDecoder decoder = new PacketDecoder();
    private final ByteBuffer[] octets = new ByteBuffer[1 << Character.SIZE];
    private final Frame frame = new Frame();
    private Flow told;
    private int flows;

    /** The flow of the word; of several the first. */
    Flow run(char[] word, int length, boolean silence) {
        flows = 0;
        told = null;
        CaptureFindings findings = new CaptureFindings(new RuleSet());
        FlowTracker tracker = new FlowTracker(FlowLimits.DEFAULT, CrowdLimits.DEFAULT, findings, this, PACE, 1);
        for (int i = 0; i < length; i++) {
            ByteBuffer built = octets[word[i]];
            if (built == null) {
                built = Frame.words(build(word[i]));
                octets[word[i]] = built;
            }
            int size = built.array().length;
            frame.wrap(built, 0, size, size, 1, i + 1, START + (i + 1) * APART);
            if (decoder.decode(frame) != Decoded.TCP) {
                throw new IllegalStateException(Segments.text(word[i]) + " is not TCP: " + decoder.fault());
            }
            tracker.accept(decoder.segment());
        }
        if (silence) {
            tracker.clock(length + 1, START + length * APART + SILENCE);
        }
        tracker.end();
        tracker.close();
        return told;
    }

    /** Of how many flows the tool told. */
    int flows() {
        return flows;
    }

    /** Which end of the model the tool calls by a side. */
    static int end(Flow flow, Side side) {
        return flow.port(side) == FIRST_PORT ? 0 : 1;
    }

    private static byte[] build(char captured) {
        int sender = Segments.sender(captured);
        SegmentBuilder built = new SegmentBuilder().id(0).ports(FIRST_PORT, SECOND_PORT);
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
        return built.build();
    }

    @Override
    public boolean wantsEvents() {
        return false;
    }

    @Override
    public boolean wantsOrder() {
        return true;
    }

    @Override
    public void segment(Flow flow, Side side, TcpSegment segment, List<TcpEvent> events) {}

    @Override
    public void event(Flow flow, TcpEvent event) {}

    @Override
    public void flow(Flow flow) {
        flows++;
        if (told == null || flow.stream() < told.stream()) {
            told = flow;
        }
    }
}
