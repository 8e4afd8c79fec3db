package tcpflowcheck.report;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpSegment;

/**
 * What Zeek would say of a flow: {@code conn_state} and {@code history} of its conn.log, by its own seven states, in
 * which a SYN,ACK establishes, any FIN closes and any RST resets. Checksums are taken as good ({@code zeek -C}), and
 * Zeek's own timeouts, which may part a flow, are not followed.
 */
final class ZeekWords {
    /** Zeek's states of an endpoint. */
    private enum State {
        INACTIVE,
        SYN_SENT,
        SYN_ACK_SENT,
        PARTIAL,
        ESTABLISHED,
        CLOSED,
        RESET;

        boolean inactive() {
            return this == INACTIVE || this == PARTIAL;
        }
    }

    /** What is remembered of one end. */
    private static final class End {
        private State state = State.INACTIVE;
        private boolean ack;
        private boolean data;
        private boolean inconsistent;
        private boolean multiple;
        private boolean seqKnown;
        private int next;
        private int lastAck;
        private boolean lastAckKnown;
        private long retransmitted;
        private long zeroWindows;
        private long gaps;
        private int synSeq;
        private int finSeq;
        private int rstSeq;
        private boolean syn;
        private boolean fin;
        private boolean rst;
        private long octets;
    }

    private final End originator = new End();
    private final End responder = new End();
    private byte[] history = new byte[16];
    private int length;
    private boolean begun;

    /** @param flipped whether the first segment came from the end that is the responder */
    ZeekWords(boolean flipped) {
        if (flipped) {
            add('^');
        }
    }

    void segment(Side side, TcpSegment segment) {
        End end = side == Side.CLIENT ? originator : responder;
        End peer = side == Side.CLIENT ? responder : originator;
        flags(side, end, segment);
        payload(side, end, peer, segment);
        if (segment.window() == 0 && !segment.isSyn() && !segment.isFin() && !segment.isRst()) {
            every(side, 'w', ++end.zeroWindows);
        }
        move(side, end, peer, segment);
        begun = true;
    }

    private void flags(Side side, End end, TcpSegment segment) {
        boolean syn = segment.isSyn();
        boolean fin = segment.isFin();
        boolean rst = segment.isRst();
        if (syn && (fin || rst)) {
            once(side, 'q', end.multiple);
            end.multiple = true;
        } else if (fin && rst) {
            once(side, 'i', end.inconsistent);
            end.inconsistent = true;
        }
        if (syn && (!end.syn || end.synSeq != segment.seq())) {
            add(side, segment.isAck() ? 'h' : 's');
            end.syn = true;
            end.synSeq = segment.seq();
        }
        int finSeq = segment.seq() + segment.length();
        if (fin && (!end.fin || end.finSeq != finSeq)) {
            add(side, 'f');
            end.fin = true;
            end.finSeq = finSeq;
        }
        if (rst && (!end.rst || end.rstSeq != segment.seq())) {
            add(side, 'r');
            end.rst = true;
            end.rstSeq = segment.seq();
        }
        if (!syn && !fin && !rst && segment.length() == 0 && segment.isAck()) {
            once(side, 'a', end.ack);
            end.ack = true;
        }
    }

    private void payload(Side side, End end, End peer, TcpSegment segment) {
        if (segment.isAck() && !segment.isRst()) {
            boolean gap = peer.seqKnown && SeqNumber.gt(segment.ack(), peer.next);
            if (gap) {
                every(side == Side.CLIENT ? Side.SERVER : Side.CLIENT, 'g', ++peer.gaps);
                peer.next = segment.ack();
            }
        }
        int begin = segment.seq() + (segment.isSyn() ? 1 : 0);
        if (segment.length() > 0 && !segment.isRst()) {
            once(side, 'd', end.data);
            end.data = true;
            end.octets += segment.length();
            if (end.seqKnown && SeqNumber.lt(begin, end.next)) {
                every(side, 't', ++end.retransmitted);
            }
        }
        if (!segment.isRst() && (!end.seqKnown || SeqNumber.gt(segment.end(), end.next))) {
            end.next = segment.end();
            end.seqKnown = true;
        }
    }

    private void move(Side side, End end, End peer, TcpSegment segment) {
        if (segment.isRst()) {
            end.state = State.RESET;
        } else if (segment.isSyn()) {
            syn(side, end, peer, segment);
        } else if (segment.isFin()) {
            end.state = State.CLOSED;
            peer.state = peer.state == State.RESET && peer.fin ? State.CLOSED : peer.state;
        } else if (end.state == State.INACTIVE) {
            boolean answersSyn = peer.state == State.SYN_SENT && segment.length() == 0;
            boolean answersSynAck = peer.state == State.SYN_ACK_SENT || peer.state == State.ESTABLISHED;
            if (answersSynAck) {
                end.state = State.ESTABLISHED;
                peer.state = State.ESTABLISHED;
            } else if (!answersSyn) {
                end.state = State.PARTIAL;
            }
        }
    }

    private void syn(Side side, End end, End peer, TcpSegment segment) {
        if (end.state != State.INACTIVE && end.state != State.SYN_SENT) {
            return;
        }
        if (!segment.isAck()) {
            boolean simultaneous = peer.state == State.SYN_SENT;
            end.state = simultaneous ? State.ESTABLISHED : State.SYN_SENT;
            peer.state = simultaneous ? State.ESTABLISHED : peer.state;
        } else if (peer.state == State.SYN_SENT) {
            end.state = State.ESTABLISHED;
            peer.state = State.ESTABLISHED;
        } else {
            end.state = begun || side == Side.SERVER ? State.ESTABLISHED : State.SYN_ACK_SENT;
        }
    }

    String connState() {
        State orig = originator.state;
        State resp = responder.state;
        if (resp == State.RESET) {
            boolean bothEmpty = orig == State.RESET && originator.octets == 0 && responder.octets == 0;
            if (orig == State.SYN_SENT || orig == State.SYN_ACK_SENT || bothEmpty) {
                return "REJ";
            }
            return orig.inactive() ? "RSTRH" : "RSTR";
        }
        if (orig == State.RESET) {
            if (!resp.inactive()) {
                return "RSTO";
            }
            return history().matches("\\^?S[^HAFGIQ]*R.*") ? "RSTOS0" : "OTH";
        }
        if (orig == State.CLOSED) {
            return resp == State.CLOSED ? "SF" : resp.inactive() ? "SH" : "S2";
        }
        if (resp == State.CLOSED) {
            return orig.inactive() ? "SHR" : "S3";
        }
        if (orig == State.SYN_SENT && resp == State.INACTIVE) {
            return "S0";
        }
        return orig == State.ESTABLISHED && resp == State.ESTABLISHED ? "S1" : "OTH";
    }

    String history() {
        return new String(history, 0, length, StandardCharsets.ISO_8859_1);
    }

    private void once(Side side, char letter, boolean said) {
        if (!said) {
            add(side, letter);
        }
    }

    /** At the first, tenth, hundredth ... time. */
    private void every(Side side, char letter, long times) {
        long power = 1;
        while (power < times) {
            power *= 10;
        }
        if (power == times) {
            add(side, letter);
        }
    }

    private void add(Side side, char letter) {
        add(side == Side.CLIENT ? Character.toUpperCase(letter) : letter);
    }

    private void add(char letter) {
        if (length == history.length) {
            history = Arrays.copyOf(history, 2 * length);
        }
        history[length++] = (byte) letter;
    }
}
