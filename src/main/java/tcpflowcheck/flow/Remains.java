package tcpflowcheck.flow;

import java.util.Arrays;
import tcpflowcheck.tcp.Connection;
import tcpflowcheck.tcp.Endpoint;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.tcp.TcpState;
import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpSegment;

/**
 * What is kept of flows that have been told, until their 2 MSL are over: the key and how far each end had sent, so that
 * a late segment opens no flow of its own. They come and go in the order of time: a ring, and chains of one hash.
 */
final class Remains {
    private static final int FIRST_CAPACITY = 1 << 8;
    private static final int NONE = -1;

    /** 3 MB of IPv4, so that it stays in the cache. Where more than 500 connections a second close, one is forgotten before its time. */
    private static final int MOST = 1 << 16;

    // One entry in longs; those of IPv6 are longer by the two high halves of its addresses.
    private static final int ADDRESSES = 0;
    private static final int PORTS = 1;
    private static final int NEXT = 2;
    private static final int TIMESTAMPS = 3;
    private static final int DEADLINE = 4;
    private static final int HIGH_LOW = 5;
    private static final int LOW_HIGH = 6;
    private static final int HIGH_HIGH = 7;
    private static final int IPV4_FIELDS = 5;
    private static final int IPV6_FIELDS = 8;

    private static final long LOW_TIME_WAIT = 1L << 32;
    private static final long HIGH_TIME_WAIT = 1L << 33;
    private static final long LOW_TIMESTAMPS = 1L << 34;
    private static final long HIGH_TIMESTAMPS = 1L << 35;
    private static final long GONE = 1L << 36;

    /** A late segment lies at most so far behind what its end had sent, or before it. */
    private static final int NEAR = 1 << 20;

    private final int most;
    private final boolean six;
    private final int fields;
    private long[] entries;
    private int[] hashes;
    private int[] chain;
    private int[] heads;
    private int capacity = FIRST_CAPACITY;
    private int oldest;
    private int size;

    /** @param most that are kept, if that is less than {@link #MOST}; then the oldest go */
    Remains(boolean six, int most) {
        this.six = six;
        this.most = Math.max(Math.min(most, MOST), 1);
        fields = six ? IPV6_FIELDS : IPV4_FIELDS;
        allocate();
    }

    private void allocate() {
        entries = new long[capacity * fields];
        hashes = new int[capacity];
        chain = new int[capacity];
        heads = new int[capacity];
        Arrays.fill(heads, NONE);
    }

    /** Keeps what is needed of a flow until {@code deadline}, which is not before those of the flows kept already. */
    void add(Flow flow, long deadline) {
        if (size == most) {
            drop();
        }
        if (size == capacity) {
            grow();
        }
        int entry = oldest + size & capacity - 1;
        size++;
        Connection connection = flow.connection();
        Side low = flow.low();
        int at = entry * fields;
        entries[at + ADDRESSES] = six ? flow.addressLow(low) : flow.addressLow(low) << 32 | flow.addressLow(low.peer());
        if (six) {
            entries[at + HIGH_LOW] = flow.addressLow(low.peer());
            entries[at + LOW_HIGH] = flow.addressHigh(low);
            entries[at + HIGH_HIGH] = flow.addressHigh(low.peer());
        }
        entries[at + PORTS] = (long) flow.port(low) << 16
                | flow.port(low.peer())
                | flags(connection.endpoint(low), LOW_TIME_WAIT, LOW_TIMESTAMPS)
                | flags(connection.endpoint(low.peer()), HIGH_TIME_WAIT, HIGH_TIMESTAMPS);
        entries[at + NEXT] = pair(
                connection.endpoint(low).sentUpTo(),
                connection.endpoint(low.peer()).sentUpTo());
        entries[at + TIMESTAMPS] = pair(
                connection.endpoint(low).traffic().lastTsVal(),
                connection.endpoint(low.peer()).traffic().lastTsVal());
        entries[at + DEADLINE] = deadline;
        hashes[entry] = flow.hash;
        link(entry, flow.hash);
    }

    private static long flags(Endpoint end, long timeWait, long timestamps) {
        return (end.state() == TcpState.TIME_WAIT ? timeWait : 0)
                | (end.traffic().lastTsValKnown() ? timestamps : 0);
    }

    private static long pair(int low, int high) {
        return (long) low << 32 | high & 0xffff_ffffL;
    }

    private void link(int entry, int hash) {
        int head = hash & capacity - 1;
        chain[entry] = heads[head];
        heads[head] = entry;
    }

    private void grow() {
        long[] before = entries;
        int[] hashesBefore = hashes;
        int first = oldest * fields;
        int half = capacity;
        capacity *= 2;
        allocate();
        System.arraycopy(before, first, entries, 0, before.length - first);
        System.arraycopy(before, 0, entries, before.length - first, first);
        System.arraycopy(hashesBefore, oldest, hashes, 0, half - oldest);
        System.arraycopy(hashesBefore, 0, hashes, half - oldest, oldest);
        oldest = 0;
        for (int entry = 0; entry < size; entry++) {
            if ((entries[entry * fields + PORTS] & GONE) == 0) {
                link(entry, hashes[entry]);
            }
        }
    }

    /** Drops those whose time is over. */
    void clock(long now) {
        while (size > 0 && entries[oldest * fields + DEADLINE] <= now) {
            drop();
        }
    }

    private void drop() {
        if ((entries[oldest * fields + PORTS] & GONE) == 0) {
            unlink(oldest);
        }
        oldest = oldest + 1 & capacity - 1;
        size--;
    }

    private void unlink(int entry) {
        int head = hashes[entry] & capacity - 1;
        if (heads[head] == entry) {
            heads[head] = chain[entry];
            return;
        }
        int before = heads[head];
        while (chain[before] != entry) {
            before = chain[before];
        }
        chain[before] = chain[entry];
    }

    /** The entry of the segment's key, or -1. */
    int find(FlowKey key) {
        for (int entry = heads[key.hash & capacity - 1]; entry != NONE; entry = chain[entry]) {
            if (matches(entry * fields, key)) {
                return entry;
            }
        }
        return NONE;
    }

    private boolean matches(int at, FlowKey key) {
        boolean ports = (int) entries[at + PORTS] == (int) key.ports;
        if (!six) {
            return ports && entries[at + ADDRESSES] == (key.lowLow << 32 | key.highLow);
        }
        return ports
                && entries[at + ADDRESSES] == key.lowLow
                && entries[at + HIGH_LOW] == key.highLow
                && entries[at + LOW_HIGH] == key.lowHigh
                && entries[at + HIGH_HIGH] == key.highHigh;
    }

    void remove(int entry) {
        unlink(entry);
        entries[entry * fields + PORTS] |= GONE;
    }

    /** Whether a segment's numbers are those that its end had reached. */
    boolean isLate(int entry, boolean fromLow, TcpSegment segment) {
        long next = entries[entry * fields + NEXT];
        int reached = (int) (fromLow ? next >>> 32 : next);
        return Math.abs(segment.seq() - reached) <= NEAR;
    }

    /** Whether the receiver of a segment was in TIME-WAIT. */
    boolean receiverInTimeWait(int entry, boolean fromLow) {
        return (entries[entry * fields + PORTS] & (fromLow ? HIGH_TIME_WAIT : LOW_TIME_WAIT)) != 0;
    }

    /** Whether a SYN is beyond what its sender had reached, by number or timestamp (RFC 6191, section 2). */
    boolean isBeyond(int entry, boolean fromLow, TcpSegment syn) {
        int at = entry * fields;
        boolean stamped = (entries[at + PORTS] & (fromLow ? LOW_TIMESTAMPS : HIGH_TIMESTAMPS)) != 0;
        long stamps = entries[at + TIMESTAMPS];
        int tsVal = (int) (fromLow ? stamps >>> 32 : stamps);
        if (stamped && syn.options().timestamps() && syn.options().tsVal() - tsVal > 0) {
            return true;
        }
        long next = entries[at + NEXT];
        return SeqNumber.gt(syn.seq(), (int) (fromLow ? next >>> 32 : next));
    }

    int size() {
        return size;
    }
}
