package tcpflowcheck.flow;

import tcpflowcheck.tcp.Connection;
import tcpflowcheck.tcp.Endpoint;
import tcpflowcheck.tcp.TcpState;
import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpSegment;

/**
 * What is kept of flows that have been told, until their 2 MSL are over: the key and how far each end had sent, so that
 * a late segment opens no flow of its own. They come in the order of time, into tables of which the oldest is emptied when the
 * newest is full.
 */
final class Remains {
    static final int NONE = -1;

    /** Where more than 500 connections a second close, one is forgotten before its time. */
    private static final int MOST = 1 << 16;

    private static final int TABLES = 3;
    /** Of the entry's number: its number in the table, above that of the table. */
    private static final int TABLE_SHIFT = 24;

    private static final int IN_TABLE = (1 << TABLE_SHIFT) - 1;

    // One entry in longs; those of IPv6 are longer by the two high halves of its addresses.
    private static final int ADDRESSES = 0;
    private static final int PORTS = 1;
    private static final int NEXT = 2;
    private static final int TIMESTAMPS = 3;
    private static final int DEADLINE = 4;
    private static final int STREAM = 5;
    private static final int HIGH_LOW = 6;
    private static final int LOW_HIGH = 7;
    private static final int HIGH_HIGH = 8;
    private static final int IPV4_FIELDS = 6;
    private static final int IPV6_FIELDS = 9;

    private static final long LOW_TIME_WAIT = 1L << 32;
    private static final long HIGH_TIME_WAIT = 1L << 33;
    private static final long LOW_TIMESTAMPS = 1L << 34;
    private static final long HIGH_TIMESTAMPS = 1L << 35;
    private static final long GONE = 1L << 36;

    /** A late segment lies at most so far behind what its end had sent, or before it. */
    static final int NEAR = 1 << 20;

    private final int most;
    private final boolean six;
    private final int fields;
    /** The newest first. */
    private final RemainsTable[] tables = new RemainsTable[TABLES];

    private final int tableSize;
    private long now = Long.MIN_VALUE;

    /** @param most that are kept, if that is less than {@link #MOST}; then the oldest go */
    Remains(boolean six, int most) {
        this.six = six;
        this.most = Math.max(Math.min(most, MOST), 1);
        fields = six ? IPV6_FIELDS : IPV4_FIELDS;
        tableSize = Math.min(Integer.highestOneBit(this.most), MOST / (TABLES - 1));
        tables[0] = new RemainsTable(fields);
    }

    /** How far the lower end had sent, and the higher, 32 bits each. */
    static long next(Flow flow) {
        Connection connection = flow.connection();
        return pair(
                connection.endpoint(flow.low()).sentUpTo(),
                connection.endpoint(flow.low().peer()).sentUpTo());
    }

    /** The last timestamps of the lower end and of the higher, 32 bits each. */
    static long timestamps(Flow flow) {
        Connection connection = flow.connection();
        return pair(
                connection.endpoint(flow.low()).traffic().lastTsVal(),
                connection.endpoint(flow.low().peer()).traffic().lastTsVal());
    }

    /** What else there is to know of its ends. */
    static long flags(Flow flow) {
        Connection connection = flow.connection();
        return flags(connection.endpoint(flow.low()), LOW_TIME_WAIT, LOW_TIMESTAMPS)
                | flags(connection.endpoint(flow.low().peer()), HIGH_TIME_WAIT, HIGH_TIMESTAMPS);
    }

    private static long flags(Endpoint end, long timeWait, long timestamps) {
        return (end.state() == TcpState.TIME_WAIT ? timeWait : 0)
                | (end.traffic().lastTsValKnown() ? timestamps : 0);
    }

    /** What else there is to know of the ends of a connection that went by the book. */
    static long flags(boolean timestamps, boolean lowInTimeWait, boolean highInTimeWait) {
        return (timestamps ? LOW_TIMESTAMPS | HIGH_TIMESTAMPS : 0)
                | (lowInTimeWait ? LOW_TIME_WAIT : 0)
                | (highInTimeWait ? HIGH_TIME_WAIT : 0);
    }

    static long pair(int low, int high) {
        return (long) low << 32 | (high & 0xffff_ffffL);
    }

    /** Keeps what is needed of a flow until {@code deadline}; the rest is as the methods above have it. */
    void add(FlowKey key, long stream, long next, long timestamps, long flags, long deadline) {
        RemainsTable table = room();
        int at = fields * table.add(key.hash);
        long[] entries = table.entries();
        entries[at + ADDRESSES] = six ? key.lowLow : key.lowLow << 32 | key.highLow;
        if (six) {
            entries[at + HIGH_LOW] = key.highLow;
            entries[at + LOW_HIGH] = key.lowHigh;
            entries[at + HIGH_HIGH] = key.highHigh;
        }
        entries[at + PORTS] = (key.ports & 0xffff_ffffL) | flags;
        entries[at + NEXT] = next;
        entries[at + TIMESTAMPS] = timestamps;
        entries[at + DEADLINE] = deadline;
        entries[at + STREAM] = stream;
    }

    /** The newest table, with room for one more. */
    private RemainsTable room() {
        if (tables[0].size() == tableSize) {
            RemainsTable oldest = tables[TABLES - 1];
            System.arraycopy(tables, 0, tables, 1, TABLES - 1);
            tables[0] = oldest == null ? new RemainsTable(fields) : oldest;
            tables[0].clear();
        }
        return tables[0];
    }

    /** The clock of the capture: those whose time is over are there no longer. */
    void clock(long now) {
        this.now = now;
    }

    /**
     * The entry of the segment's key, or {@link #NONE}; good until the next is added. The newest of a key says whether there
     * is one: ports that are used again and again make no walk longer.
     */
    int find(FlowKey key) {
        int newer = 0;
        for (int i = 0; i < TABLES && tables[i] != null; i++) {
            RemainsTable table = tables[i];
            int entry = table.last(key.hash);
            while (entry != RemainsTable.NONE && !matches(table.entries(), entry * fields, key)) {
                entry = table.before(entry);
            }
            if (entry != RemainsTable.NONE) {
                boolean kept = newer + table.size() - entry <= most && isThere(table.entries(), entry * fields);
                return kept ? i << TABLE_SHIFT | entry : NONE;
            }
            newer += table.size();
        }
        return NONE;
    }

    private boolean isThere(long[] entries, int at) {
        return (entries[at + PORTS] & GONE) == 0 && entries[at + DEADLINE] > now;
    }

    private long[] entries(int entry) {
        return tables[entry >>> TABLE_SHIFT].entries();
    }

    private int at(int entry) {
        return (entry & IN_TABLE) * fields;
    }

    private boolean matches(long[] entries, int at, FlowKey key) {
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

    long stream(int entry) {
        return entries(entry)[at(entry) + STREAM];
    }

    void remove(int entry) {
        entries(entry)[at(entry) + PORTS] |= GONE;
    }

    /** Whether a segment is of the flow that has been told, not the first of another one. */
    boolean isLate(int entry, boolean fromLow, TcpSegment segment) {
        boolean opens = segment.isSyn() && !segment.isRst();
        return opens ? acknowledges(entry, fromLow, segment) : isNext(entry, fromLow, segment);
    }

    /** Whether a segment's numbers are those that its end had reached. */
    private boolean isNext(int entry, boolean fromLow, TcpSegment segment) {
        long next = entries(entry)[at(entry) + NEXT];
        int reached = (int) (fromLow ? next >>> 32 : next);
        return SeqNumber.near(segment.seq(), reached, NEAR);
    }

    /** Whether a segment acknowledges what its receiver had sent in the end, and no more. */
    private boolean acknowledges(int entry, boolean fromLow, TcpSegment segment) {
        long next = entries(entry)[at(entry) + NEXT];
        int behind = (int) (fromLow ? next : next >>> 32) - segment.ack();
        return segment.isAck() && behind >= 0 && behind <= NEAR;
    }

    /** Whether a segment opens a connection between ports of which its receiver's was in TIME-WAIT. */
    boolean reusesTimeWait(int entry, boolean fromLow, TcpSegment segment) {
        boolean opens = segment.isSyn() && !segment.isRst() && !segment.isAck();
        return opens && (entries(entry)[at(entry) + PORTS] & (fromLow ? HIGH_TIME_WAIT : LOW_TIME_WAIT)) != 0;
    }

    /** Whether a SYN is beyond what its sender had reached, by number or timestamp (RFC 6191, section 2). */
    boolean isBeyond(int entry, boolean fromLow, TcpSegment syn) {
        long[] entries = entries(entry);
        int at = at(entry);
        boolean stamped = (entries[at + PORTS] & (fromLow ? LOW_TIMESTAMPS : HIGH_TIMESTAMPS)) != 0;
        long stamps = entries[at + TIMESTAMPS];
        int tsVal = (int) (fromLow ? stamps >>> 32 : stamps);
        if (stamped && syn.options().timestamps() && syn.options().tsVal() - tsVal > 0) {
            return true;
        }
        long next = entries[at + NEXT];
        return SeqNumber.gt(syn.seq(), (int) (fromLow ? next >>> 32 : next));
    }
}
