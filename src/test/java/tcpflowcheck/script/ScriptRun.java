package tcpflowcheck.script;

import java.util.ArrayList;
import java.util.List;
import tcpflowcheck.capture.CapturedPacket;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.flow.FlowLimits;
import tcpflowcheck.flow.FlowListener;
import tcpflowcheck.flow.FlowTracker;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpEvent;
import tcpflowcheck.wire.Decoded;
import tcpflowcheck.wire.IcmpBuilder;
import tcpflowcheck.wire.PacketDecoder;
import tcpflowcheck.wire.SegmentBuilder;
import tcpflowcheck.wire.TcpSegment;

/** A script on its way through decoder and tracker: what happened at each of its lines. */
final class ScriptRun implements FlowListener {
    private static final long START = 1_700_000_000_000_000_000L;

    private final PacketScript script;
    private final ScriptVariant variant;
    private final FlowTracker tracker = new FlowTracker(FlowLimits.DEFAULT, this, 1);
    private final PacketDecoder decoder = new PacketDecoder();
    private final List<List<String>> happened = new ArrayList<>();
    private final List<Integer> lineOfFrame = new ArrayList<>();
    private final List<Flow> flows = new ArrayList<>();
    private final List<TcpEvent> events = new ArrayList<>();
    private final List<CapturedPacket> packets = new ArrayList<>();
    private int line;

    ScriptRun(PacketScript script, ScriptVariant variant) {
        this.script = variant.swapped() ? script.swapped() : script;
        this.variant = variant;
    }

    ScriptRun run() {
        long time = START;
        int[] identifications = {1, 30_000};
        long number = 0;
        int errors = 0;
        for (line = 0; line < script.lines().size(); line++) {
            PacketScript.Line each = script.lines().get(line);
            happened.add(new ArrayList<>());
            time += Math.round(each.after() * 1e9);
            if (each.side() == 't') {
                tracker.clock(number, time);
            }
            if (each.isIcmp()) {
                IcmpBuilder error = variant.error(each, identifications[each.side() == 'C' ? 0 : 1], ++errors);
                for (int copy = 0; copy < variant.copies(); copy++) {
                    long at = time + copy * ScriptVariant.copyAfter();
                    lineOfFrame.add(line);
                    pass(error.frame(++number, at));
                    packets.add(new CapturedPacket(at, error.linkType(), error.build()));
                }
            } else if (each.isSegment()) {
                int end = each.side() == 'C' ? 0 : 1;
                boolean same = each.options() != null && each.options().contains("same");
                SegmentBuilder frame = variant.frame(each, same ? identifications[end] : ++identifications[end]);
                for (int copy = 0; copy < variant.copies(); copy++) {
                    long at = time + copy * ScriptVariant.copyAfter();
                    lineOfFrame.add(line);
                    pass(frame.frame(++number, at));
                    packets.add(new CapturedPacket(at, frame.linkType(), frame.build()));
                }
            }
        }
        line = script.lines().size();
        if (line == 0 || script.lines().get(line - 1).side() != 'e') {
            happened.add(new ArrayList<>());
        } else {
            line--;
        }
        tracker.end();
        return this;
    }

    private void pass(Frame frame) {
        Decoded decoded = decoder.decode(frame);
        if (decoded == Decoded.ICMP) {
            tracker.icmp(decoder.icmp());
            return;
        }
        if (decoded != Decoded.TCP) {
            throw new IllegalStateException(
                    "line " + script.lines().get(line).number() + " is not TCP: " + decoder.fault());
        }
        tracker.accept(decoder.segment());
    }

    @Override
    public void segment(Flow flow, Side side, TcpSegment segment, List<TcpEvent> events) {
        int at = lineOfFrame.get((int) segment.frame() - 1);
        if (!flows.contains(flow)) {
            flows.add(flow);
            if (flows.size() > 1) {
                happened.get(at).add("next");
            }
        }
        events.forEach(event -> note(at, event));
    }

    @Override
    public void event(Flow flow, TcpEvent event) {
        note(line, event);
    }

    @Override
    public void flow(Flow flow) {}

    private void note(int at, TcpEvent event) {
        events.add(event);
        String said = event.accept(new Said());
        if (said != null) {
            happened.get(at).add(said);
        }
    }

    /** What happened at each line, in the words of the script; one more where the script has no {@code end}. */
    List<List<String>> happened() {
        return happened;
    }

    PacketScript script() {
        return script;
    }

    List<Flow> flows() {
        return flows;
    }

    List<TcpEvent> events() {
        return events;
    }

    List<CapturedPacket> packets() {
        return packets;
    }

    /** An event in the words of a script; null for what scripts don't speak of. */
    private static final class Said implements TcpEvent.Visitor<String> {
        @Override
        public String transition(TcpEvent.Transition event) {
            return letter(event.side()) + " " + event.arrow().to();
        }

        @Override
        public String revision(TcpEvent.Revision event) {
            return letter(event.side()) + " < " + event.to();
        }

        @Override
        public String doubted(TcpEvent.Doubted event) {
            return null;
        }

        @Override
        public String openStep(TcpEvent.OpenStep event) {
            return null;
        }

        @Override
        public String closeStep(TcpEvent.CloseStep event) {
            return null;
        }

        @Override
        public String rejection(TcpEvent.Rejection event) {
            return null;
        }

        @Override
        public String found(TcpEvent.Found event) {
            return "! " + event.rule();
        }

        @Override
        public String withdrawn(TcpEvent.Withdrawn event) {
            return "- " + event.rule();
        }

        private static String letter(Side side) {
            return side == Side.CLIENT ? "C" : "S";
        }
    }
}
