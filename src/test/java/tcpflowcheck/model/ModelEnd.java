package tcpflowcheck.model;

import static tcpflowcheck.model.Segments.ACK;
import static tcpflowcheck.model.Segments.FIN;
import static tcpflowcheck.model.Segments.RST;
import static tcpflowcheck.model.Segments.SYN;
import static tcpflowcheck.tcp.TcpState.CLOSED;
import static tcpflowcheck.tcp.TcpState.CLOSE_WAIT;
import static tcpflowcheck.tcp.TcpState.CLOSING;
import static tcpflowcheck.tcp.TcpState.ESTABLISHED;
import static tcpflowcheck.tcp.TcpState.FIN_WAIT_1;
import static tcpflowcheck.tcp.TcpState.FIN_WAIT_2;
import static tcpflowcheck.tcp.TcpState.LAST_ACK;
import static tcpflowcheck.tcp.TcpState.LISTEN;
import static tcpflowcheck.tcp.TcpState.SYN_RECEIVED;
import static tcpflowcheck.tcp.TcpState.SYN_SENT;
import static tcpflowcheck.tcp.TcpState.TIME_WAIT;

import tcpflowcheck.tcp.TcpState;

/**
 * One endpoint as RFC 9293, section 3.10 has it, written apart from the tool's. Numbers are relative to the initial ones;
 * the window is always open. What it sends goes to its leg of the channel.
 *
 * <p>Two kinds of stack: a strict one, for which a segment that ends exactly at RCV.NXT is old (section 3.4) and answered
 * by an ACK; and Linux, which reads the ACK of such a segment, answers a SYN again by its SYN,ACK again, and takes an RST
 * with the number of the FIN. An end is of no kind until that makes a difference.
 */
final class ModelEnd {
    private static final int ACK_PENDING = 1;
    private static final int ACTIVE = 2;
    private static final int MAY_OPEN = 4;
    private static final int FIN_QUEUED = 8;
    private static final int FIN_WITH_TEXT = 16;
    private static final int LINUX = 32;
    private static final int STRICT = 64;

    private static final TcpState[] STATES = TcpState.values();

    private final ModelState world;
    private final int index;

    long path;
    TcpState state;
    int una;
    int nxt;
    int rcvNxt;
    private int octetsGot;
    private int peersFin;
    private int flags;

    ModelEnd(ModelState world, int index) {
        this.world = world;
        this.index = index;
    }

    // ---- its record

    long pack() {
        int packed = state.ordinal() | una << 4 | nxt << 7 | rcvNxt << 10 | octetsGot << 13 | peersFin << 21;
        return (packed | (long) flags << 24) & 0xffff_ffffL;
    }

    void unpack(long path, int packed) {
        this.path = path;
        state = STATES[packed & 15];
        una = packed >> 4 & 7;
        nxt = packed >> 7 & 7;
        rcvNxt = packed >> 10 & 7;
        octetsGot = packed >> 13 & 0xff;
        peersFin = packed >> 21 & 7;
        flags = packed >>> 24;
    }

    void start(TcpState first, boolean mayOpen, boolean linux) {
        unpack(Paths.of(first), first.ordinal());
        flags = (mayOpen ? MAY_OPEN : 0) | (linux ? LINUX : 0);
    }

    private void go(TcpState next) {
        state = next;
        path = Paths.with(path, Paths.code(next));
    }

    private boolean is(int flag) {
        return (flags & flag) != 0;
    }

    // ---- what others may know of it

    boolean ackPending() {
        return is(ACK_PENDING);
    }

    boolean finQueued() {
        return is(FIN_QUEUED) && state != CLOSED;
    }

    /** Whether something it sent is not acknowledged, so that it will send that again. */
    boolean outstanding() {
        return state != CLOSED && state != LISTEN && una != nxt;
    }

    boolean mayOpen() {
        return is(MAY_OPEN) && state == CLOSED;
    }

    boolean maySendText(int octets) {
        return (state == ESTABLISHED || state == CLOSE_WAIT) && nxt - 1 < octets;
    }

    boolean mayClose(boolean inSynReceived) {
        return state == ESTABLISHED || state == CLOSE_WAIT || (inSynReceived && state == SYN_RECEIVED);
    }

    boolean mayCloseBehindText() {
        return (state == ESTABLISHED || state == CLOSE_WAIT) && una != nxt;
    }

    boolean mayAbort() {
        return switch (state) {
            case SYN_RECEIVED, ESTABLISHED, FIN_WAIT_1, FIN_WAIT_2, CLOSE_WAIT -> true;
            default -> false;
        };
    }

    // ---- what its user and its timers do

    void open() {
        flags = (flags & ~MAY_OPEN) | ACTIVE;
        nxt = 1;
        go(SYN_SENT);
        world.send(index, Segments.of(SYN, 0, 0, 0));
    }

    void sendText() {
        send(ACK, nxt, 1);
        nxt++;
    }

    void close() {
        send(FIN | ACK, nxt, 0);
        nxt++;
        go(state == CLOSE_WAIT ? LAST_ACK : FIN_WAIT_1);
    }

    void closeWithText() {
        send(FIN | ACK, nxt, 1);
        nxt += 2;
        flags |= FIN_WITH_TEXT;
        go(state == CLOSE_WAIT ? LAST_ACK : FIN_WAIT_1);
    }

    /** CLOSE; the FIN waits until what was sent before is acknowledged. */
    void closeBehindText() {
        flags |= FIN_QUEUED;
        go(state == CLOSE_WAIT ? LAST_ACK : FIN_WAIT_1);
    }

    void sendQueuedFin() {
        flags &= ~FIN_QUEUED;
        send(FIN | ACK, nxt, 0);
        nxt++;
    }

    void abort(boolean acked) {
        world.send(index, Segments.of(acked ? RST | ACK : RST, nxt, acked ? rcvNxt : 0, 0));
        end();
    }

    /** The connection is gone and nothing is sent: the user deletes it in SYN-SENT, USER TIMEOUT, a restart. */
    void end() {
        una = nxt;
        flags &= ~(ACK_PENDING | FIN_QUEUED);
        go(CLOSED);
    }

    void sendAck() {
        send(ACK, nxt, 0);
    }

    void retransmit() {
        if (una == 0) {
            world.send(index, Segments.of(rcvNxt > 0 ? SYN | ACK : SYN, 0, rcvNxt, 0));
            flags &= ~ACK_PENDING;
            return;
        }
        boolean finSent = (state == FIN_WAIT_1 || state == CLOSING || state == LAST_ACK) && !is(FIN_QUEUED);
        if (finSent && una == nxt - 1) {
            send(FIN | ACK, una, 0);
        } else {
            send(finSent && is(FIN_WITH_TEXT) ? FIN | ACK : ACK, una, 1);
        }
    }

    private void send(int flagBits, int seq, int octets) {
        world.send(index, Segments.of(flagBits, seq, rcvNxt, octets));
        flags &= ~ACK_PENDING;
    }

    // ---- SEGMENT ARRIVES, section 3.10.7

    /** Whether Linux and a strict stack differ on the segment, and this end is neither yet. */
    boolean kindMatters(int segment) {
        if (is(LINUX | STRICT) || state == CLOSED || state == LISTEN || state == SYN_SENT) {
            return false;
        }
        return Segments.has(segment, RST) ? isNumberOfFin(segment) : endsAtNext(segment) && !answersSyn(segment);
    }

    void becomes(boolean linux) {
        flags |= linux ? LINUX : STRICT;
    }

    private boolean endsAtNext(int segment) {
        int length = Segments.length(segment);
        return length > 0 && Segments.seq(segment) + length == rcvNxt;
    }

    /** Linux takes such an RST after the FIN (tcp_reset_check). */
    private boolean isNumberOfFin(int segment) {
        boolean hasFin = state == CLOSE_WAIT || state == CLOSING || state == LAST_ACK;
        return hasFin && Segments.seq(segment) == rcvNxt - 1;
    }

    void receive(int segment) {
        switch (state) {
            case CLOSED -> inClosed(segment);
            case LISTEN -> inListen(segment);
            case SYN_SENT -> inSynSent(segment);
            default -> otherwise(segment);
        }
    }

    private void inClosed(int segment) {
        if (Segments.has(segment, RST)) {
            return;
        }
        flags &= ~MAY_OPEN; // what it opened now would be another connection
        if (Segments.has(segment, ACK)) {
            world.send(index, Segments.of(RST, Segments.ack(segment), 0, 0));
        } else {
            int next = Segments.seq(segment) + Segments.length(segment);
            world.send(index, Segments.of(RST | ACK, Segments.NOWHERE, next, 0));
        }
    }

    private void inListen(int segment) {
        if (Segments.has(segment, RST)) {
            return;
        }
        if (Segments.has(segment, ACK)) {
            world.send(index, Segments.of(RST, Segments.ack(segment), 0, 0));
        } else if (Segments.has(segment, SYN) && path == Paths.of(LISTEN)) {
            // Back in LISTEN it would open another connection, with another ISN: not this world's.
            rcvNxt = 1;
            nxt = 1;
            go(SYN_RECEIVED);
            world.send(index, Segments.of(SYN | ACK, 0, 1, 0));
        }
    }

    private void inSynSent(int segment) {
        boolean reset = Segments.has(segment, RST);
        int ack = Segments.ack(segment);
        if (Segments.has(segment, ACK) && (ack == 0 || ack > nxt)) {
            if (!reset) {
                world.send(index, Segments.of(RST, ack, 0, 0));
            }
            return;
        }
        if (reset) {
            if (Segments.has(segment, ACK)) {
                end();
            }
            return;
        }
        if (!Segments.has(segment, SYN)) {
            return;
        }
        rcvNxt = 1;
        if (Segments.has(segment, ACK)) {
            una = ack;
            go(ESTABLISHED);
            flags |= ACK_PENDING;
        } else {
            go(SYN_RECEIVED);
            world.send(index, Segments.of(SYN | ACK, 0, 1, 0));
        }
    }

    /** 3.10.7.4: first sequence number, second RST, fourth SYN, fifth ACK, seventh text, eighth FIN. */
    private void otherwise(int segment) {
        boolean atEdge = endsAtNext(segment) && (!is(STRICT) || answersSyn(segment));
        if (Segments.has(segment, RST)) {
            reset(segment);
        } else if (!isAcceptable(segment) && !atEdge) {
            sendAck();
        } else if (Segments.has(segment, SYN) && !answersSyn(segment)) {
            boolean again = state == SYN_RECEIVED && !Segments.has(segment, ACK);
            if (again) {
                world.send(index, Segments.of(SYN | ACK, 0, rcvNxt, 0));
            } else {
                sendAck(); // challenge
            }
        } else if (Segments.has(segment, ACK) && acknowledges(segment) && !Segments.has(segment, SYN)) {
            if (atEdge) {
                sendAck();
            } else if (Segments.length(segment) > 0) {
                text(segment);
            }
        }
    }

    private boolean isAcceptable(int segment) {
        int length = Segments.length(segment);
        return length == 0 ? Segments.seq(segment) >= rcvNxt : Segments.seq(segment) + length > rcvNxt;
    }

    private void reset(int segment) {
        int seq = Segments.seq(segment);
        boolean next = seq == rcvNxt || (is(LINUX) && isNumberOfFin(segment));
        if (seq == Segments.NOWHERE || (seq < rcvNxt && !next)) {
            return;
        }
        if (!next) {
            sendAck(); // challenge, RFC 5961
        } else if (state == SYN_RECEIVED && !is(ACTIVE)) {
            go(LISTEN);
            una = 0;
            nxt = 0;
            rcvNxt = 0;
            flags &= ~ACK_PENDING;
        } else {
            end();
        }
    }

    /** The SYN,ACK of a simultaneous open, of which both kinds read the ACK (Figure 7). */
    private boolean answersSyn(int segment) {
        boolean synAck = Segments.has(segment, SYN) && Segments.has(segment, ACK);
        return synAck && state == SYN_RECEIVED && Segments.ack(segment) == nxt;
    }

    /** Whether text and FIN are to be looked at. */
    private boolean acknowledges(int segment) {
        int ack = Segments.ack(segment);
        if (state == SYN_RECEIVED) {
            if (ack <= una || ack > nxt) {
                world.send(index, Segments.of(RST, ack, 0, 0));
                return false;
            }
            una = ack;
            go(ESTABLISHED);
            return true;
        }
        if (ack > nxt) {
            sendAck();
            return false;
        }
        una = Math.max(una, ack);
        if (una == nxt && !is(FIN_QUEUED)) {
            finIsAcknowledged();
        }
        return state != CLOSED;
    }

    private void finIsAcknowledged() {
        if (state == FIN_WAIT_1) {
            go(FIN_WAIT_2);
        } else if (state == CLOSING) {
            go(TIME_WAIT);
        } else if (state == LAST_ACK) {
            end();
        }
    }

    private void text(int segment) {
        if (state != ESTABLISHED && state != FIN_WAIT_1 && state != FIN_WAIT_2) {
            sendAck();
            return;
        }
        int before = rcvNxt;
        octetsGot |= Segments.octets(segment) << Segments.seq(segment);
        if (Segments.has(segment, FIN)) {
            peersFin = Segments.seq(segment) + Segments.octets(segment);
        }
        flags |= ACK_PENDING;
        while ((octetsGot >> rcvNxt & 1) != 0) {
            rcvNxt++;
        }
        if (peersFin != 0 && rcvNxt == peersFin) {
            rcvNxt++;
            go(state == ESTABLISHED ? CLOSE_WAIT : state == FIN_WAIT_1 ? CLOSING : TIME_WAIT);
        } else if (rcvNxt == before) {
            sendAck(); // out of order: at once
        }
    }
}
