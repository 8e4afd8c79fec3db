package tcpflowcheck.wire;

import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts fragments of IPv4 (RFC 791, section 3.2; RFC 815) and IPv6 packets (RFC 8200, section 4.5) together. What it holds
 * is bounded in packets and in octets: the oldest goes first. Of octets that come twice the first count; RFC 791 leaves
 * that open, RFC 5722 forbids the overlap and systems differ, so it is noticed and not decided.
 */
public final class IpReassembler {
    /** Most packets that are held while fragments of theirs are missing. */
    static final int MAX_PACKETS = 1024;

    /** Most octets of all fragments held, with {@link Fragments#OVERHEAD} for each. */
    static final int MAX_OCTETS = 8 << 20;

    /** Nanoseconds from the first fragment seen (RFC 8200, section 4.5). */
    static final long TIMEOUT = 60_000_000_000L;

    private static final int MAX_LENGTH = 65_535;

    /** Whose fragment it is; the protocol is 0 for IPv6, where the first fragment alone names it. */
    private record Key(
            int protocol, int identification, long sourceHigh, long sourceLow, long destinationHigh, long destLow) {}

    private final Map<Key, Fragments> packets = new LinkedHashMap<>();
    private long[] framesOfLast = {};
    private long octets;
    private long incomplete;
    private long firstIncomplete;
    private long overlaps;
    private long firstOverlap;

    /** The frames that the packet that became whole last came in. */
    long[] framesOfLast() {
        return framesOfLast;
    }

    /** Packets of which fragments were missing for too long, or for too many others; and those still waited for. */
    public long incomplete() {
        return incomplete + packets.size();
    }

    /** The frame in which one of them came first, 0 if there is none. */
    public long firstIncomplete() {
        if (firstIncomplete != 0 || packets.isEmpty()) {
            return firstIncomplete;
        }
        return packets.values().iterator().next().frame;
    }

    /** Fragments that covered octets of another, save exact copies. */
    public long overlaps() {
        return overlaps;
    }

    /** The frame of the first of them, 0 if there is none. */
    public long firstOverlap() {
        return firstOverlap;
    }

    /**
     * Adds a fragment of the IPv4 packet whose header fields the segment has.
     *
     * @param headerLength octets of the IPv4 header
     * @param fragment the header's flags and offset
     * @param end where the fragment ends in the buffer
     * @return the whole packet, if this was what it lacked, or null
     */
    byte @Nullable [] version4(TcpSegment segment, int protocol, int headerLength, int fragment, int end) {
        byte[] b = segment.buffer;
        int at = segment.ipOffset;
        Key key = new Key(protocol, segment.identification, 0, segment.sourceLow, 0, segment.destinationLow);
        int offset = (fragment & 0x1fff) << 3;
        byte @Nullable [] header = offset == 0 ? Arrays.copyOfRange(b, at, at + headerLength) : null;
        byte[] whole = add(key, segment, header, offset, (fragment & 0x2000) != 0, at + headerLength, end);
        if (whole == null || whole.length > MAX_LENGTH) {
            return null;
        }
        Octets.put16(whole, 2, whole.length);
        Octets.put16(whole, 6, 0);
        Octets.put16(whole, 10, 0);
        Octets.put16(whole, 10, ~Checksum.sum(whole, 0, (whole[0] & 0xf) << 2));
        return whole;
    }

    /**
     * Adds a fragment of the IPv6 packet whose header fields the segment has.
     *
     * @param fragmentHeader where that header starts in the buffer
     * @param nextAt where its number stands, in the header before it
     * @param end where the fragment ends in the buffer
     * @return the whole packet without the fragment header, if this was what it lacked, or null
     */
    byte @Nullable [] version6(TcpSegment segment, int fragmentHeader, int nextAt, int end) {
        byte[] b = segment.buffer;
        int identification = Octets.i32(b, fragmentHeader + 4);
        Key key = new Key(
                0,
                identification,
                segment.sourceHigh,
                segment.sourceLow,
                segment.destinationHigh,
                segment.destinationLow);
        int field = Octets.u16(b, fragmentHeader + 2);
        byte @Nullable [] header = null;
        if (field >>> 3 == 0) {
            header = Arrays.copyOfRange(b, segment.ipOffset, fragmentHeader);
            header[nextAt - segment.ipOffset] = b[fragmentHeader];
        }
        byte[] whole = add(key, segment, header, field & ~7, (field & 1) != 0, fragmentHeader + 8, end);
        if (whole == null || whole.length - IpDecoder.IPV6_HEADER > MAX_LENGTH) {
            return null;
        }
        Octets.put16(whole, 4, whole.length - IpDecoder.IPV6_HEADER);
        return whole;
    }

    /** @param header of the first fragment, else null */
    private byte @Nullable [] add(
            Key key, TcpSegment segment, byte @Nullable [] header, int offset, boolean more, int at, int end) {
        int length = end - at;
        if (length <= 0 || (more && (length & 7) != 0) || offset + length > MAX_LENGTH) {
            return null;
        }
        expire(segment.time);
        Fragments packet = packets.get(key);
        if (packet == null) {
            packet = new Fragments(segment.frame, segment.time);
            packets.put(key, packet);
        }
        octets -= packet.held();
        boolean overlapping = packet.add(segment, at, length, offset, more);
        if (overlapping && overlaps++ == 0) {
            firstOverlap = segment.frame;
        }
        if (header != null) {
            packet.header(header);
        }
        if (packet.isWhole()) {
            packets.remove(key);
            framesOfLast = packet.frames();
            return packet.whole();
        }
        octets += packet.held();
        while (packets.size() > MAX_PACKETS || octets > MAX_OCTETS) {
            giveUpOldest();
        }
        return null;
    }

    private void expire(long now) {
        while (!packets.isEmpty() && now - packets.values().iterator().next().time > TIMEOUT) {
            giveUpOldest();
        }
    }

    private void giveUpOldest() {
        Iterator<Fragments> oldest = packets.values().iterator();
        Fragments packet = oldest.next();
        oldest.remove();
        octets -= packet.held();
        if (incomplete++ == 0) {
            firstIncomplete = packet.frame;
        }
    }
}
