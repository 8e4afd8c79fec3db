package tcpflowcheck.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import tcpflowcheck.capture.Frame;

/** The Internet checksum (RFC 1071) of the segment at hand and of its IPv4 header. Nothing is computed until asked. */
public final class Checksum {
    /** What a checksum says. */
    public enum Verdict {
        GOOD,
        BAD,
        /** Not all octets are there: cut, padded where some should be, or one fragment of several. */
        UNKNOWN
    }

    private static final boolean LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    /** Ethernet's least payload (IEEE 802.3, section 3.2.8). */
    private static final int MOST_PADDING = 46;

    private static final int LOOSE_SOURCE_ROUTE = 131;
    private static final int STRICT_SOURCE_ROUTE = 137;
    private static final int ROUTE_MOBILE = 2;
    private static final int ROUTE_SEGMENTS = 4;

    private Checksum() {}

    /** The TCP checksum over pseudo-header, header and text (RFC 9293, section 3.1; RFC 8200, section 8.1). */
    public static Verdict tcp(TcpSegment segment) {
        if (segment.verdict == null) {
            segment.verdict = verdict(segment);
        }
        return segment.verdict;
    }

    private static Verdict verdict(TcpSegment segment) {
        if (!whole(segment)) {
            return Verdict.UNKNOWN;
        }
        return fold(pseudoHeader(segment) + segmentSum(segment)) == 0xffff ? Verdict.GOOD : Verdict.BAD;
    }

    /** The one's complement sum of the text alone as a good checksum proves it, 0 to 65534; -1 if it is not good. */
    public static int textSum(TcpSegment segment) {
        if (tcp(segment) != Verdict.GOOD) {
            return -1;
        }
        int header = sum(segment.words, segment.tcpOffset, segment.headerLength);
        int text = ~fold(pseudoHeader(segment) + header) & 0xffff;
        return text == 0xffff ? 0 : text;
    }

    /** What the TCP checksum field should hold, -1 if that is unknown. */
    public static int tcpExpected(TcpSegment segment) {
        if (!whole(segment)) {
            return -1;
        }
        int others = fold(pseudoHeader(segment) + segmentSum(segment) + (~segment.checksum & 0xffff));
        return ~others & 0xffff;
    }

    /** What was added to the right checksum, in one's complement; 0 for none. The whole segment was captured. */
    public static int tcpOff(TcpSegment segment) {
        int sum = fold(segment.checksum + (~tcpExpected(segment) & 0xffff));
        return sum == 0xffff ? 0 : sum;
    }

    /**
     * Whether the field holds the sum of the pseudo-header alone, with the segment's length or without: what a sender
     * leaves there for its network card to complete.
     */
    public static boolean pseudoHeaderOnly(TcpSegment segment) {
        int withLength = fold(pseudoHeader(segment));
        int withoutLength = fold(addresses(segment) + IpDecoder.TCP);
        return segment.checksum == withLength || segment.checksum == withoutLength;
    }

    /** Whether it is right if the frame's padding is summed, too: what some tools that rewrite captures write. */
    public static boolean coversPadding(TcpSegment segment) {
        int end = segment.ipOffset + segment.ipLength;
        long padding = segment.wireEnd - end;
        if (padding <= 0 || padding > MOST_PADDING || segment.wireEnd > segment.buffer.length || !whole(segment)) {
            return false;
        }
        int from = segment.tcpOffset;
        return fold(pseudoHeader(segment) + sum(segment.words, from, (int) segment.wireEnd - from)) == 0xffff;
    }

    /** The IPv4 header checksum (RFC 791, section 3.1); {@code GOOD} for IPv6, which has none. */
    public static Verdict ip(TcpSegment segment) {
        return segment.ipVersion != 4 || ipSum(segment) == 0xffff ? Verdict.GOOD : Verdict.BAD;
    }

    /** What the IPv4 header checksum field should hold, -1 for IPv6. */
    public static int ipExpected(TcpSegment segment) {
        if (segment.ipVersion != 4) {
            return -1;
        }
        int written = Octets.u16(segment.buffer, segment.ipOffset + 10);
        return ~fold(ipSum(segment) + (~written & 0xffff)) & 0xffff;
    }

    /**
     * Looks at the checksum of the UDP datagram at {@code at}, whole in the packet at hand, in which another packet is: what
     * is wrong is noted. 0 is none, in IPv6 too for tunnels (RFC 6935); what comes out as 0 is written ffff (RFC 768).
     */
    static void around(TcpSegment segment, int at, int length) {
        int field = Octets.u16(segment.buffer, at + 6);
        int ipHeader = segment.ipVersion == 4 ? IpDecoder.IPV4_HEADER : IpDecoder.IPV6_HEADER;
        if (field == 0 || at - segment.ipOffset != ipHeader || segment.moreFragments) {
            return;
        }
        long source = halves(segment.sourceHigh) + halves(segment.sourceLow);
        long addresses = source + halves(segment.destinationHigh) + halves(segment.destinationLow);
        int pseudoHeader = fold(addresses + TunnelDecoder.UDP + length);
        int sum = fold(pseudoHeader + sum(segment.words, at, length));
        if (sum == 0xffff) {
            return;
        }
        if (field == pseudoHeader || field == fold(addresses + TunnelDecoder.UDP)) {
            segment.encapsulation.unfinishedSum();
        } else {
            int right = ~fold(sum + (~field & 0xffff)) & 0xffff;
            segment.encapsulation.wrongSum(field, right == 0 ? 0xffff : right);
        }
    }

    /** Nothing is cut, by the snap length or on the way. */
    private static boolean whole(TcpSegment segment) {
        return segment.capturedLength == segment.length
                && !segment.options.cut()
                && !segment.moreFragments
                && segment.missingLength() == 0;
    }

    private static int ipSum(TcpSegment segment) {
        return sum(segment.words, segment.ipOffset, ipv4HeaderLength(segment));
    }

    private static int segmentSum(TcpSegment segment) {
        return sum(segment.words, segment.tcpOffset, segment.headerLength + segment.length);
    }

    private static int pseudoHeader(TcpSegment segment) {
        int length = segment.headerLength + segment.length;
        return addresses(segment) + IpDecoder.TCP + (length >>> 16) + (length & 0xffff);
    }

    private static int addresses(TcpSegment segment) {
        long source = halves(segment.sourceHigh) + halves(segment.sourceLow);
        return fold(source + destination(segment));
    }

    private static long destination(TcpSegment segment) {
        if (segment.ipVersion == 4) {
            return segment.tcpOffset - segment.ipOffset == IpDecoder.IPV4_HEADER
                    ? segment.destinationLow
                    : SeqNumber.unsigned(Octets.i32(segment.buffer, finalDestination4(segment)));
        }
        if (segment.tcpOffset - segment.ipOffset == IpDecoder.IPV6_HEADER) {
            return halves(segment.destinationHigh) + halves(segment.destinationLow);
        }
        int at = finalDestination6(segment);
        return halves(Octets.i64(segment.buffer, at)) + halves(Octets.i64(segment.buffer, at + 8));
    }

    private static long halves(long eight) {
        return (eight >>> 32) + (eight & 0xffff_ffffL);
    }

    private static int ipv4HeaderLength(TcpSegment segment) {
        return (segment.buffer[segment.ipOffset] & 0xf) << 2;
    }

    /** Where the pseudo-header's destination stands: a source route that is not used up ends in it (RFC 791, 3.1). */
    private static int finalDestination4(TcpSegment segment) {
        byte[] buffer = segment.buffer;
        int end = segment.ipOffset + ipv4HeaderLength(segment);
        int at = segment.ipOffset + IpDecoder.IPV4_HEADER;
        while (at + 2 < end && buffer[at] != 0) {
            int kind = Octets.u8(buffer, at);
            int length = kind == 1 ? 1 : Octets.u8(buffer, at + 1);
            if (length == 0 || at + length > end) {
                break;
            }
            boolean route = kind == LOOSE_SOURCE_ROUTE || kind == STRICT_SOURCE_ROUTE;
            if (route && length >= 7 && Octets.u8(buffer, at + 2) <= length - 3) {
                return at + length - 4;
            }
            at += length;
        }
        return segment.ipOffset + 16;
    }

    /** As {@link #finalDestination4}: the end of a routing header that has segments left (RFC 8200, section 8.1). */
    private static int finalDestination6(TcpSegment segment) {
        byte[] buffer = segment.buffer;
        int header = Octets.u8(buffer, segment.ipOffset + 6);
        int at = segment.ipOffset + IpDecoder.IPV6_HEADER;
        int destination = segment.ipOffset + 24;
        while (at < segment.tcpOffset) {
            int length = IpDecoder.extensionLength(buffer, header, at);
            if (header == IpDecoder.ROUTING && length >= 24 && buffer[at + 3] != 0) {
                int type = Octets.u8(buffer, at + 2);
                boolean listedFromLast = type == ROUTE_SEGMENTS || type == ROUTE_MOBILE;
                destination = listedFromLast ? at + 8 : at + length - 16;
            }
            header = Octets.u8(buffer, at);
            at += length;
        }
        return destination;
    }

    /** As {@link #sum(ByteBuffer, int, int)}. */
    static int sum(byte[] octets, int offset, int length) {
        return sum(Frame.words(octets), offset, length);
    }

    /**
     * The one's complement sum of 16-bit words, not complemented, 0 to 65535; an odd last octet is a word's first.
     *
     * @param words the octets, in this machine's order
     */
    @SuppressWarnings("ByteBufferBackingArray") // the buffer is of all of the array
    static int sum(ByteBuffer words, int offset, int length) {
        long all = 0;
        long high = 0;
        int at = offset;
        int end = offset + length;
        for (; at <= end - 16; at += 16) {
            long first = words.getLong(at);
            long second = words.getLong(at + 8);
            all += first + second;
            high += (first >>> 32) + (second >>> 32);
        }
        long low = all - (high << 32); // exact: what overflowed were the high halves
        int folded = fold(low + high);
        return fold(
                (LITTLE_ENDIAN ? Short.reverseBytes((short) folded) & 0xffff : folded) + tail(words.array(), at, end));
    }

    private static int tail(byte[] buffer, int from, int end) {
        int sum = 0;
        int at = from;
        for (; at < end - 1; at += 2) {
            sum += Octets.u16(buffer, at);
        }
        return at < end ? sum + (Octets.u8(buffer, at) << 8) : sum;
    }

    /** A sum of any width in 16 bits, carries added at the low end. */
    private static int fold(long sum) {
        long twice = halves(halves(sum));
        long once = (twice & 0xffff) + (twice >>> 16);
        return (int) ((once & 0xffff) + (once >>> 16));
    }
}
