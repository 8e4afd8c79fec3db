package tcpflowcheck.report;

import tcpflowcheck.flow.Flow;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.wire.TcpSegment;

/**
 * What other tools would say of a flow, kept with it while it lives. Where Wireshark parts a flow of ours into several
 * streams, the first is told.
 */
final class PeerWords {
    private final ZeekWords zeek;
    private final WiresharkStream told;
    /** The stream at present, and which of its ends is our client. */
    private WiresharkStream stream;

    private final int client;

    private PeerWords(ZeekWords zeek, WiresharkStream stream, int client) {
        this.zeek = zeek;
        told = stream;
        this.stream = stream;
        this.client = client;
    }

    ZeekWords zeek() {
        return zeek;
    }

    /** {@code tcp.completeness}. */
    int completeness() {
        return told.completeness();
    }

    private int end(Side side) {
        return side == Side.CLIENT ? client : 1 - client;
    }

    /**
     * Those of one capture's flows. What Wireshark remembers of addresses whose flows have been forgotten here can't be
     * known: they count as new streams. Where it takes an answer to tell whether a SYN opens another connection, a stream
     * that was told meanwhile may have been given one number too low.
     */
    static final class Keeper {
        private final WiresharkNumbers numbers;

        Keeper(WiresharkNumbers numbers) {
            this.numbers = numbers;
        }

        /** The words of a flow that has ended. */
        PeerWords of(Flow flow) {
            if (flow.attachment(this) instanceof PeerWords words) {
                return words;
            }
            throw new IllegalStateException("stream " + flow.stream() + ": no segment was told");
        }

        /** {@code tcp.stream}. */
        long stream(PeerWords words) {
            return numbers.of(words.told);
        }

        void segment(Flow flow, Side side, TcpSegment segment) {
            PeerWords words = (PeerWords) flow.attachment(this);
            if (words == null) {
                words = begin(flow, side, segment);
                flow.attach(this, words);
            } else if (words.stream.parts(words.end(side), segment)) {
                words.stream = new WiresharkStream(flow.flowsBefore(), segment, true);
                numbers.shift(segment.frame(), false, 1);
            }
            words.stream.segment(words.end(side), segment);
            words.zeek.segment(side, segment);
        }

        /** Ports used anew without a SYN that says so are the stream before. */
        private PeerWords begin(Flow flow, Side side, TcpSegment first) {
            ZeekWords zeek = new ZeekWords(side, first);
            Flow previous = flow.previous();
            if (previous != null && previous.attachment(this) instanceof PeerWords before) {
                int client = sameRoles(flow, previous) ? before.client : 1 - before.client;
                int end = side == Side.CLIENT ? client : 1 - client;
                if (!before.stream.parts(end, first)) {
                    numbers.shift(flow.bornIn(), true, -1);
                    return new PeerWords(zeek, before.stream, client);
                }
                if (flow.flowsBefore() < flow.stream()) { // its SYN waited, and others began before the answer
                    numbers.shift(first.frame(), false, 1);
                    numbers.shift(flow.bornIn(), true, -1);
                }
                return new PeerWords(zeek, new WiresharkStream(flow.flowsBefore(), first, true), 0);
            }
            return new PeerWords(zeek, new WiresharkStream(flow.stream(), first, false), 0);
        }

        private static boolean sameRoles(Flow flow, Flow previous) {
            return flow.port(Side.CLIENT) == previous.port(Side.CLIENT)
                    && flow.addressLow(Side.CLIENT) == previous.addressLow(Side.CLIENT)
                    && flow.addressHigh(Side.CLIENT) == previous.addressHigh(Side.CLIENT);
        }
    }
}
