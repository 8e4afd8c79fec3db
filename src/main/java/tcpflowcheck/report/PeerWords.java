package tcpflowcheck.report;

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
        private long streams;

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
                streams++;
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
                    return before.wireshark;
                }
            }
            return new WiresharkWords(streams++);
        }

        private static boolean sameRoles(Flow flow, Flow previous) {
            return flow.port(Side.CLIENT) == previous.port(Side.CLIENT)
                    && flow.addressLow(Side.CLIENT) == previous.addressLow(Side.CLIENT)
                    && flow.addressHigh(Side.CLIENT) == previous.addressHigh(Side.CLIENT);
        }
    }
}
