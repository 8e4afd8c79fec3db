package tcpflowcheck.report;

import java.util.Map;
import java.util.TreeMap;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.wire.TcpSegment;

/** What other tools would say of a flow, kept with it while it lives. */
final class PeerWords {
    private final WiresharkWords wireshark;
    private final ZeekWords zeek;

    private PeerWords(WiresharkWords wireshark, ZeekWords zeek) {
        this.wireshark = wireshark;
        this.zeek = zeek;
    }

    WiresharkWords wireshark() {
        return wireshark;
    }

    ZeekWords zeek() {
        return zeek;
    }

    /** Those of one capture's flows. */
    static final class Keeper {
        private static final int MOST_SHIFTS = 10_000;

        /** By how much Wireshark's numbers differ from ours, from these frames on. */
        private final TreeMap<Long, Long> shifts = new TreeMap<>(Map.of(0L, 0L));

        /** The words of a flow that has ended. */
        PeerWords of(Flow flow) {
            return (PeerWords) flow.attachment(this);
        }

        void segment(Flow flow, Side side, TcpSegment segment) {
            PeerWords words = (PeerWords) flow.attachment(this);
            if (words == null) {
                words = new PeerWords(wireshark(flow, side, segment), new ZeekWords(side == Side.SERVER));
                flow.attach(this, words);
            } else if (words.wireshark.parts(side, segment)) {
                words.wireshark.part();
                shift(segment.frame(), 1);
            }
            words.wireshark.segment(side, segment);
            words.zeek.segment(side, segment);
        }

        /** Ports used anew without a SYN that says so are the stream before. */
        private WiresharkWords wireshark(Flow flow, Side side, TcpSegment first) {
            Flow previous = flow.previous();
            if (previous != null
                    && previous.attachment(this) instanceof PeerWords before
                    && sameRoles(flow, previous)) {
                if (!before.wireshark.parts(side, first)) {
                    shift(first.frame(), -1);
                    return before.wireshark;
                }
            }
            long shift = shifts.floorEntry(first.frame()).getValue();
            return new WiresharkWords(flow.stream() + shift);
        }

        /** One stream more or less; where flows begin beside each other without end, the oldest frames are forgotten. */
        private void shift(long frame, int by) {
            long from = Math.max(frame, shifts.lastKey());
            shifts.put(from, shifts.lastEntry().getValue() + by);
            if (shifts.size() > MOST_SHIFTS) {
                shifts.pollFirstEntry();
                shifts.put(0L, shifts.pollFirstEntry().getValue());
            }
        }

        private static boolean sameRoles(Flow flow, Flow previous) {
            return flow.port(Side.CLIENT) == previous.port(Side.CLIENT)
                    && flow.addressLow(Side.CLIENT) == previous.addressLow(Side.CLIENT)
                    && flow.addressHigh(Side.CLIENT) == previous.addressHigh(Side.CLIENT);
        }
    }
}
