package tcpflowcheck.report;

import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpSegment;

/** One end of a connection as Zeek follows it: its state and its numbers, which count from its SYN on. */
final class ZeekEnd {
    /** Zeek's states of an end. */
    enum State {
        INACTIVE,
        SYN_SENT,
        SYN_ACK_SENT,
        PARTIAL,
        ESTABLISHED,
        CLOSED,
        RESET;

        /** As conn_state means it. */
        boolean inactive() {
            return this == INACTIVE || this == PARTIAL;
        }
    }

    /** A SYN or RST that is farther from the end's last number does not move it. */
    private static final int FARTHEST = 1 << 20;

    private State state = State.INACTIVE;
    private State before = State.INACTIVE;

    /** The SYN's number, or what it must have been. */
    private int start;
    /** The number after the highest sent, and how often the numbers came round. */
    private int last;

    private int lastRounds;
    /** The highest number that the peer acknowledged, and how often those came round. */
    private int acked;

    private int ackedRounds;
    private boolean fin;
    /** The number after the last FIN. */
    private long finEnd;

    // What the history's letters count by.
    long lastSyn;
    long lastFin;
    long lastRst;
    long retransmissions;
    long zeroWindows;
    long gaps;

    /** Whether a segment of it was seen. */
    boolean seen;

    final ZeekReassembly text = new ZeekReassembly();

    State state() {
        return state;
    }

    /** The state before the last change. */
    State before() {
        return before;
    }

    void enter(State next) {
        if (next != state) {
            before = state;
            state = next;
        }
    }

    boolean is(State one, State other) {
        return state == one || state == other;
    }

    /** Established, and closed from there at most: gaps count. */
    boolean clean() {
        return state == State.ESTABLISHED || (state == State.CLOSED && before == State.ESTABLISHED);
    }

    boolean startsAt(int seq) {
        return start == seq;
    }

    /** Its numbers begin with a segment, or anew with another SYN. */
    void begin(TcpSegment segment, int end) {
        boolean again = segment.isSyn()
                && switch (state) {
                    case SYN_SENT, SYN_ACK_SENT -> segment.seq() != start;
                    case ESTABLISHED, PARTIAL -> true;
                    case RESET -> before == State.INACTIVE;
                    case INACTIVE, CLOSED -> false;
                };
        if (again || (state == State.INACTIVE && segment.isSyn())) {
            start(segment.seq(), end);
        } else if (state == State.INACTIVE) {
            start(segment.seq() - 1, segment.seq());
        }
    }

    /** Nothing of it was seen, and the peer acknowledges up to {@code ack}. */
    void presume(int ack) {
        start(ack - 1, ack - 1);
    }

    private void start(int seq, int end) {
        start = seq;
        acked = seq;
        last = end;
    }

    /** How far beyond the SYN a sequence number is; below 0 where Zeek can't tell. */
    long beyondStart(int seq) {
        return beyondStart(seq, last, lastRounds);
    }

    /** The same of an acknowledgment number. */
    long ackedBeyondStart(int ack) {
        return beyondStart(ack, acked, ackedRounds);
    }

    private long beyondStart(int number, int reference, int rounds) {
        int ahead = number - reference;
        int wrapped = Integer.compareUnsigned(number, reference);
        int round = rounds;
        if (ahead < 0 && wrapped > 0 && rounds > 0) {
            round--;
        } else if (ahead > 0 && wrapped < 0) {
            round++;
        }
        return round == 0 ? number - start : full(number, round) - SeqNumber.unsigned(start);
    }

    private static long full(int number, int round) {
        return ((long) round << 32) + SeqNumber.unsigned(number);
    }

    void finished(long end) {
        fin = true;
        finEnd = end;
    }

    /** The peer acknowledges up to {@code ack}; 0 that is far ahead is no number. */
    void acknowledge(int ack) {
        int ahead = ack - acked;
        if (ahead > 0 && (ack != 0 || ahead <= FARTHEST)) {
            ackedRounds += Integer.compareUnsigned(ack, acked) < 0 ? 1 : 0;
            acked = ack;
        }
    }

    /** The acknowledgment number as the reassembler gets it: a FIN is no text. */
    long textAcknowledged(long ack) {
        return fin && Long.compareUnsigned(ack, finEnd) >= 0 ? finEnd - 1 : ack;
    }

    /**
     * A segment leaves that ends at {@code end}.
     *
     * @return whether its text is nothing new
     */
    boolean sends(TcpSegment segment, int end) {
        int ahead = end - last;
        if ((segment.isSyn() || segment.isRst()) && (ahead > FARTHEST || ahead < -FARTHEST)) {
            return false;
        }
        boolean onlySyn = segment.isFin() && last == start + 1;
        if (!onlySyn && state == State.RESET) {
            return false;
        }
        if (onlySyn || ahead > 0) {
            lastRounds += Integer.compareUnsigned(end, last) < 0 ? 1 : 0;
            last = end;
            return false;
        }
        return segment.length() > 0;
    }

    boolean nothingAcknowledged() {
        long beyond = full(acked, ackedRounds) - SeqNumber.unsigned(start);
        return beyond == 0 || beyond == 1;
    }

    /** Octets of text that it sent, as its numbers tell. */
    long size(ZeekEnd peer) {
        boolean aborted = before == State.SYN_SENT && state == State.RESET && peer.state == State.INACTIVE;
        if (aborted && !nothingAcknowledged()) {
            return 0;
        }
        long size = Math.max(full(last, lastRounds), full(acked, ackedRounds)) - SeqNumber.unsigned(start);
        size -= size != 0 ? 1 : 0;
        return size - (fin && size != 0 ? 1 : 0);
    }
}
