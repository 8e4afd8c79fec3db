package tcpflowcheck.flow;

import java.util.Arrays;
import tcpflowcheck.wire.Octets;
import tcpflowcheck.wire.PacketDecoder;
import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpSegment;

/**
 * First segments of flows as the octets of their packets. They come in the order of time and mostly go so: a ring, and
 * chains of one hash.
 */
final class HeldSegments {
    private static final int FIRST_CAPACITY = 1 << 8;
    private static final int NONE = -1;
    private static final int SOURCE_4 = 12;
    private static final int SOURCE_6 = 8;

    // One entry in longs.
    private static final int TIME = 0;
    private static final int BORN = 1;
    private static final int FRAME = 2;
    private static final int STREAM = 3;
    /** The VLAN tags, and above them the packet's length, 0 once the entry is gone. */
    private static final int LAYERS = 4;

    private static final int LENGTH_SHIFT = 56;
    private static final int FIELDS = 5;

    private final PacketDecoder decoder = new PacketDecoder();
    private final int slot;
    private byte[] packets;
    private long[] entries;
    private int[] hashes;
    private int[] chain;
    private int[] heads;
    private int capacity = FIRST_CAPACITY;
    private int oldest;

    /** Entries from the oldest on, those that are gone among them. */
    private int span;

    private int size;

    /** @param slot octets of the largest packet */
    HeldSegments(int slot) {
        this.slot = slot;
        allocate();
    }

    private void allocate() {
        packets = new byte[capacity * slot];
        entries = new long[capacity * FIELDS];
        hashes = new int[capacity];
        chain = new int[capacity];
        heads = new int[capacity];
        Arrays.fill(heads, NONE);
    }

    /**
     * Holds a segment.
     *
     * @param born the clock of the capture, in nanoseconds since the epoch, not before that of the one before
     */
    void add(FlowKey key, TcpSegment segment, long stream, long born) {
        if (span == capacity) {
            grow();
        }
        int entry = oldest + span++ & capacity - 1;
        size++;
        System.arraycopy(segment.buffer(), segment.ipOffset(), packets, entry * slot, segment.ipLength());
        int at = entry * FIELDS;
        entries[at + TIME] = segment.time();
        entries[at + BORN] = born;
        entries[at + FRAME] = segment.frame();
        entries[at + STREAM] = stream;
        entries[at + LAYERS] = (long) segment.ipLength() << LENGTH_SHIFT | segment.vlans();
        hashes[entry] = key.hash;
        link(entry);
    }

    private void link(int entry) {
        int head = hashes[entry] & capacity - 1;
        chain[entry] = heads[head];
        heads[head] = entry;
    }

    private void grow() {
        byte[] packetsBefore = packets;
        long[] entriesBefore = entries;
        int[] hashesBefore = hashes;
        int half = capacity;
        capacity *= 2;
        allocate();
        unroll(packetsBefore, packetsBefore.length, oldest * slot, packets);
        unroll(entriesBefore, entriesBefore.length, oldest * FIELDS, entries);
        unroll(hashesBefore, half, oldest, hashes);
        oldest = 0;
        for (int entry = 0; entry < half; entry++) {
            if (length(entry) > 0) {
                link(entry);
            }
        }
    }

    /** Copies a full ring of {@code length} elements, whose first is at {@code first}, to the start of a longer array. */
    private static void unroll(Object ring, int length, int first, Object to) {
        System.arraycopy(ring, first, to, 0, length - first);
        System.arraycopy(ring, 0, to, length - first, first);
    }

    private int length(int entry) {
        return (int) (entries[entry * FIELDS + LAYERS] >>> LENGTH_SHIFT);
    }

    /** The entry of the key, or -1. */
    int find(FlowKey key) {
        for (int entry = heads[key.hash & capacity - 1]; entry != NONE; entry = chain[entry]) {
            if (hashes[entry] == key.hash && matches(entry * slot, key)) {
                return entry;
            }
        }
        return NONE;
    }

    private boolean matches(int at, FlowKey key) {
        int version = (packets[at] & 0xf0) >> 4;
        if (version != (int) (key.ports >>> 32)) {
            return false;
        }
        int ports = Octets.i32(packets, at + tcp(at));
        int turned = ports << 16 | ports >>> 16;
        return (int) key.ports == ports && addresses(at, version, key.lowHigh, key.lowLow, key.highHigh, key.highLow)
                || (int) key.ports == turned
                        && addresses(at, version, key.highHigh, key.highLow, key.lowHigh, key.lowLow);
    }

    /** Where TCP begins; extension headers are not held. */
    private int tcp(int at) {
        return (packets[at] & 0xf0) == 0x60 ? 40 : (packets[at] & 0xf) << 2;
    }

    private boolean addresses(int at, int version, long fromHigh, long fromLow, long toHigh, long toLow) {
        if (version == 4) {
            return SeqNumber.unsigned(Octets.i32(packets, at + SOURCE_4)) == fromLow
                    && SeqNumber.unsigned(Octets.i32(packets, at + SOURCE_4 + 4)) == toLow;
        }
        return Octets.i64(packets, at + SOURCE_6) == fromHigh
                && Octets.i64(packets, at + SOURCE_6 + 8) == fromLow
                && Octets.i64(packets, at + SOURCE_6 + 16) == toHigh
                && Octets.i64(packets, at + SOURCE_6 + 24) == toLow;
    }

    /** The segment of an entry, lent until the next call. */
    TcpSegment segment(int entry) {
        int at = entry * FIELDS;
        return decoder.decodeAgain(
                packets,
                entry * slot,
                length(entry),
                entries[at + FRAME],
                entries[at + TIME],
                entries[at + LAYERS] & (1L << LENGTH_SHIFT) - 1);
    }

    long stream(int entry) {
        return entries[entry * FIELDS + STREAM];
    }

    /** The clock of the capture when it was added. */
    long born(int entry) {
        return entries[entry * FIELDS + BORN];
    }

    void remove(int entry) {
        int head = hashes[entry] & capacity - 1;
        if (heads[head] == entry) {
            heads[head] = chain[entry];
        } else {
            int before = heads[head];
            while (chain[before] != entry) {
                before = chain[before];
            }
            chain[before] = chain[entry];
        }
        entries[entry * FIELDS + LAYERS] = 0;
        size--;
        while (span > 0 && length(oldest) == 0) {
            oldest = oldest + 1 & capacity - 1;
            span--;
        }
    }

    /** The entry that was added first; there must be one. */
    int oldest() {
        return oldest;
    }

    int size() {
        return size;
    }
}
