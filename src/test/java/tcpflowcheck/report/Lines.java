package tcpflowcheck.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.wire.PacketDecoder;
import tcpflowcheck.wire.TcpSegment;

/** The lines of frames, one base for each pair of addresses and ports as in tcpdump, which does not look at tags. */
final class Lines {
    private Lines() {}

    /** @param time null for none */
    static List<String> of(Iterable<Frame> frames, SegmentLine line, @Nullable TimeFormat time) {
        PacketDecoder decoder = new PacketDecoder();
        TextBuffer out = new TextBuffer();
        Map<List<Object>, RelativeBase> bases = new HashMap<>();
        List<String> lines = new ArrayList<>();
        for (Frame frame : frames) {
            decoder.decode(frame);
            TcpSegment segment = decoder.segment();
            out.clear();
            if (time != null) {
                time.append(out, segment.time());
            }
            line.append(out, segment, bases.computeIfAbsent(pair(segment), p -> new RelativeBase()));
            lines.add(out.toString());
        }
        return lines;
    }

    private static List<Object> pair(TcpSegment segment) {
        List<Object> from = List.of(segment.sourceHigh(), segment.sourceLow(), segment.sourcePort());
        List<Object> to = List.of(segment.destinationHigh(), segment.destinationLow(), segment.destinationPort());
        boolean ordered = from.toString().compareTo(to.toString()) < 0;
        return ordered ? List.of(segment.ipVersion(), from, to) : List.of(segment.ipVersion(), to, from);
    }
}
