package tcpflowcheck.report;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tcpflowcheck.report.ZeekEnd.State;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.wire.TcpSegment;

/**
 * What Zeek would say of a flow: {@code conn_state} and {@code history} of its conn.log, by its own seven states, in which
 * a SYN,ACK establishes, any FIN closes and any RST resets. It follows Zeek 8's TCPSessionAdapter, TCP_Endpoint,
 * TCP_Reassembler and conn/main.zeek with the default script set. The originator, upper case, is Zeek's: the sender of
 * the first segment, unless that is no SYN and comes from a port that Zeek knows for servers. Where Zeek parts a flow in
 * two (a SYN with another number while the first is not closed, even of a simultaneous open), these are the first
 * part's. Checksums are taken as good ({@code zeek -C}), and Zeek's own timeouts, which part a flow too, are not
 * followed.
 */
final class ZeekWords {
    /** Ports of {@code likely_server_ports}, in order. */
    private static final int[] SERVER_PORTS = {
        21, 22, 25, 53, 79, 80, 81, 88, 135, 139, 143, 389, 443, 445, 465, 502, 563, 585, 587, 614, 631, 636, 989, 990,
        992, 993, 995, 1080, 1883, 2811, 3128, 3268, 3389, 5222, 5223, 5269, 6666, 6667, 6668, 6669, 8000, 8080, 8888,
        20_000
    };

    // Letters that each role gets once, or again only if the number differs.
    private static final int SYN = 1;
    private static final int FIN = 2;
    private static final int RST = 4;
    private static final int FIN_RST = 8;
    private static final int DATA = 16;
    private static final int ACK = 32;
    private static final int MULTIPLE = 64;

    private final ZeekEnd client = new ZeekEnd();
    private final ZeekEnd server = new ZeekEnd();
    private ZeekEnd originator;
    private int originatorLetters;
    private int responderLetters;
    private byte[] history = new byte[16];
    private int length;
    private boolean begun;
    private boolean parted;
    /** The connection began without a SYN. */
    private boolean partial;

    ZeekWords(Side sender, TcpSegment first) {
        ZeekEnd end = sender == Side.CLIENT ? client : server;
        boolean flipped = isFlipped(first);
        originator = flipped ? peer(end) : end;
        if (flipped) {
            add('^');
        }
    }

    private static boolean isFlipped(TcpSegment first) {
        if ((first.isSyn() && !first.isAck()) || !serves(first.sourcePort())) {
            return false;
        }
        return !serves(first.destinationPort()) || (!first.isSyn() && first.sourcePort() < first.destinationPort());
    }

    private static boolean serves(int port) {
        return Arrays.binarySearch(SERVER_PORTS, port) >= 0;
    }

    private ZeekEnd peer(ZeekEnd end) {
        return end == client ? server : client;
    }

    void segment(Side side, TcpSegment segment) {
        ZeekEnd end = side == Side.CLIENT ? client : server;
        parted |= begun && isReuse(segment);
        if (parted) {
            return;
        }
        begun = true;
        partialStatus(end, segment);
        int past = segment.end() - (segment.isRst() ? segment.length() : 0);
        end.begin(segment, past);
        long seq = end.beyondStart(segment.seq());
        letters(end, segment, seq);
        ZeekEnd peer = peer(end);
        if (segment.window() == 0 && !segment.isRst() && peer.state() != State.CLOSED && end.state() != State.RESET) {
            every(end, 'W', ++end.zeroWindows);
        }
        if (segment.isFin()) {
            end.finished(seq + (past - segment.seq()));
        }
        long ack = acknowledges(peer, segment);
        if (end.sends(segment, past)) {
            every(end, 'T', ++end.retransmissions);
        }
        move(end, peer, segment);
        if (segment.isAck()) {
            gaps(peer, peer.text.acknowledged(peer.textAcknowledged(ack), partial));
        }
        if (!segment.isRst() && seq >= 0 && segment.length() > 0 && segment.capturedLength() == segment.length()) {
            long from = seq + (segment.isSyn() ? 1 : 0);
            end.text.sent(from, segment.length(), end.nothingAcknowledged(), end.size(peer));
        }
        end.seen = true;
    }

    private void partialStatus(ZeekEnd end, TcpSegment segment) {
        if (end == originator && !end.seen) {
            partial = !segment.isSyn() || segment.isAck();
        } else if (!end.seen && !partial) {
            partial = !segment.isSyn();
        }
    }

    private static long acknowledges(ZeekEnd peer, TcpSegment segment) {
        if (!segment.isAck()) {
            return 0;
        }
        if (peer.state() == State.INACTIVE) {
            peer.presume(segment.ack());
            return 1;
        }
        long ack = peer.ackedBeyondStart(segment.ack());
        if (ack >= 0 && !segment.isRst()) {
            peer.acknowledge(segment.ack());
        }
        return Math.max(ack, 0);
    }

    private void gaps(ZeekEnd end, int gaps) {
        for (int i = 0; i < gaps && end.clean() && peer(end).clean(); i++) {
            every(end, 'G', ++end.gaps);
        }
    }

    /** Whether a SYN opens another connection. */
    private boolean isReuse(TcpSegment segment) {
        ZeekEnd responder = peer(originator);
        if (!segment.isSyn() || (segment.isAck() && originator.state() != State.INACTIVE)) {
            return false;
        }
        if (originator.is(State.CLOSED, State.RESET) && responder.is(State.CLOSED, State.RESET)) {
            return true;
        }
        boolean reversed = !segment.isAck()
                && originator.state() == State.SYN_ACK_SENT
                && responder.state() == State.INACTIVE
                && responder.startsAt(segment.seq());
        ZeekEnd opener = segment.isAck() ? responder : originator;
        return !opener.startsAt(segment.seq()) && !reversed;
    }

    // ---- the history

    private void letters(ZeekEnd end, TcpSegment segment, long seq) {
        boolean syn = segment.isSyn();
        boolean fin = segment.isFin();
        boolean rst = segment.isRst();
        if (fin && rst) {
            first(end, FIN_RST, 'I');
        } else if (syn && (fin || rst)) {
            first(end, MULTIPLE, 'Q');
        } else if (syn) {
            again(end, SYN, segment.isAck() ? 'H' : 'S', seq != end.lastSyn);
            end.lastSyn = seq;
        } else if (fin) {
            again(end, FIN, 'F', seq + segment.length() != end.lastFin);
            end.lastFin = seq + segment.length();
        } else if (rst) {
            again(end, RST, 'R', seq != end.lastRst);
            end.lastRst = seq;
        } else if (segment.length() > 0) {
            first(end, DATA, 'D');
        } else if (segment.isAck()) {
            first(end, ACK, 'A');
        }
    }

    /** Whether it is a role's first of the kind. */
    private boolean first(ZeekEnd end, int kind, char letter) {
        boolean orig = end == originator;
        if (((orig ? originatorLetters : responderLetters) & kind) != 0) {
            return false;
        }
        originatorLetters |= orig ? kind : 0;
        responderLetters |= orig ? 0 : kind;
        add(end, letter);
        return true;
    }

    private void again(ZeekEnd end, int kind, char letter, boolean differs) {
        if (!first(end, kind, letter) && differs) {
            add(end, letter);
        }
    }

    /** At the first, tenth, hundredth ... time. */
    private void every(ZeekEnd end, char letter, long times) {
        long power = 1;
        while (power < times) {
            power *= 10;
        }
        if (power == times) {
            add(end, letter);
        }
    }

    private void add(ZeekEnd end, char letter) {
        add(end == originator ? letter : Character.toLowerCase(letter));
    }

    private void add(char letter) {
        if (length == history.length) {
            history = Arrays.copyOf(history, 2 * length);
        }
        history[length++] = (byte) letter;
    }

    String history() {
        return new String(history, 0, length, StandardCharsets.ISO_8859_1);
    }

    // ---- the states

    private void move(ZeekEnd end, ZeekEnd peer, TcpSegment segment) {
        switch (end.state()) {
            case INACTIVE -> inactive(end, peer, segment);
            case SYN_SENT, SYN_ACK_SENT -> {
                if (segment.isFin()) {
                    end.enter(State.CLOSED);
                }
                if (segment.isRst()) {
                    end.enter(State.RESET);
                }
            }
            case PARTIAL, ESTABLISHED -> established(end, peer, segment);
            case CLOSED -> {
                if (segment.isRst() && peer.state() != State.CLOSED) {
                    end.enter(State.RESET);
                }
            }
            case RESET -> {}
        }
    }

    private void inactive(ZeekEnd end, ZeekEnd peer, TcpSegment segment) {
        if (segment.isSyn() && end == originator) {
            end.enter(segment.isAck() ? State.SYN_ACK_SENT : State.SYN_SENT);
        } else if (segment.isSyn()) {
            answers(end, peer, segment);
        }
        if (segment.isFin()) {
            end.enter(State.CLOSED);
        }
        if (segment.isRst()) {
            end.enter(State.RESET);
        }
        if (end.state() != State.INACTIVE) {
            return;
        }
        boolean acknowledgesSyn = end != originator && segment.length() == 0 && originator.state() == State.SYN_SENT;
        if (acknowledgesSyn) {
            return;
        }
        if (segment.isAck() && peer.state() == State.ESTABLISHED) { // the SYN was missed
            end.enter(State.ESTABLISHED);
            partial = false;
            end.seen = true;
        } else {
            end.enter(State.PARTIAL);
        }
    }

    /** The responder's SYN or SYN,ACK; a SYN behind its SYN,ACK shows who is who. */
    private void answers(ZeekEnd end, ZeekEnd peer, TcpSegment segment) {
        if (!segment.isAck() && peer.state() == State.SYN_ACK_SENT && end.startsAt(segment.seq())) {
            originator = end;
            add('^');
            partial = false;
            peer.enter(State.ESTABLISHED);
            end.seen = true;
        }
        if (peer.state() == State.SYN_SENT) {
            peer.enter(State.ESTABLISHED);
        }
        end.enter(State.ESTABLISHED);
    }

    private static void established(ZeekEnd end, ZeekEnd peer, TcpSegment segment) {
        if (segment.isSyn() && !segment.isAck() && end.state() == State.PARTIAL && peer.state() == State.INACTIVE) {
            end.enter(State.SYN_SENT);
        }
        if (segment.isFin() && !segment.isRst()) {
            end.enter(State.CLOSED);
            if (peer.state() == State.RESET && peer.before() == State.CLOSED) {
                peer.enter(State.CLOSED); // it sent a FIN and then an RST
            }
        }
        if (segment.isRst()) {
            end.enter(State.RESET);
        }
    }

    String connState() {
        ZeekEnd responder = peer(originator);
        State orig = originator.state();
        State resp = responder.state();
        if (resp == State.RESET) {
            boolean bothEmpty =
                    orig == State.RESET && originator.size(responder) == 0 && responder.size(originator) == 0;
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
}
