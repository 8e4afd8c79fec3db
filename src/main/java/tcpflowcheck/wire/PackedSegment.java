package tcpflowcheck.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.capture.Frame.Direction;

/**
 * A segment in a few longs, for one that is looked at later: its headers as they were captured and what its checksum
 * said, without its addresses, VLAN tags and text. Those are the owner's, and so are the low {@value #OWNERS_BITS} bits of
 * the long {@link #OWNERS}.
 */
@SuppressWarnings("ByteBufferBackingArray") // its buffers are of all of their arrays
public final class PackedSegment {
    /** Longs of a segment without text and options. */
    public static final int LEAST = 5;

    /** Longs of any segment, at most. */
    public static final int MOST = LEAST + TcpOptions.MAX_LENGTH / Long.BYTES + 1;

    /** The long of which the low half is the owner's. */
    public static final int OWNERS = 4;

    public static final int OWNERS_BITS = 32;

    private static final int TIME = 0;
    /** Frame 40 bits, time to live 8, interface 8, direction 2, checksum's verdict 2, whether from the lower end 1. */
    private static final int FRAME = 1;

    private static final int NUMBERS = 2;
    /** The header from the data offset to the urgent pointer, as on the wire. */
    private static final int HEADER = 3;

    /** Behind them, if there is text, where it is kept, 48 bits, and the octets of it that were captured, 16. */
    private static final int OPTIONS = LEAST;

    private static final int FRAME_SHIFT = 24;
    private static final int TTL_SHIFT = 16;
    private static final int INTERFACE_SHIFT = 8;
    private static final int DIRECTION_SHIFT = 4;
    private static final int VERDICT_SHIFT = 2;
    private static final int LENGTH_SHIFT = 48;
    private static final int MAX_16 = 0xffff;
    private static final long MAX_FRAME = (1L << (64 - FRAME_SHIFT)) - 1;
    private static final int MAX_INTERFACES = 1 << 8;

    private static final Checksum.Verdict[] VERDICTS = Checksum.Verdict.values();
    private static final Direction[] DIRECTIONS = Direction.values();

    private final TcpSegment segment = new TcpSegment();
    private final ByteBuffer ipv4 = headers(IpDecoder.IPV4_HEADER);
    private final ByteBuffer ipv6 = headers(IpDecoder.IPV6_HEADER);
    private final ByteBuffer ipv4Words = Frame.words(ipv4.array());
    private final ByteBuffer ipv6Words = Frame.words(ipv6.array());
    private @Nullable ForeignText[] interfaces = new ForeignText[1];

    public PackedSegment() {
        ipv4.put(0, (byte) 0x45).put(9, (byte) IpDecoder.TCP);
        ipv6.put(0, (byte) 0x60).put(6, (byte) IpDecoder.TCP);
    }

    private static ByteBuffer headers(int ipHeader) {
        return ByteBuffer.allocate(ipHeader + TcpSegment.FIXED_HEADER + TcpOptions.MAX_LENGTH);
    }

    /**
     * Whether nothing of a segment is lost: an IP header without options, no tunnel or fragment before it, a well-formed
     * header, and a checksum about which there is nothing more to say.
     */
    public boolean fits(TcpSegment segment) {
        int ipHeader = segment.ipVersion == 4 ? IpDecoder.IPV4_HEADER : IpDecoder.IPV6_HEADER;
        return segment.tcpOffset - segment.ipOffset == ipHeader
                && segment.encapsulation.tunnelCount() == 0
                && segment.headerCut == 0
                && !segment.moreFragments
                && !segment.ipLengthPresumed
                && segment.encapsulation.fragmentFrames().length == 0
                && segment.missingLength() == 0
                && segment.comments.isEmpty()
                && !segment.options.malformed()
                && segment.length <= MAX_16
                && segment.frame <= MAX_FRAME
                && (Checksum.tcp(segment) != Checksum.Verdict.BAD || Checksum.pseudoHeaderOnly(segment))
                && (segment.interfaceName == null || interfaceOf(segment) > 0);
    }

    /** Its number from 1 of those seen; 0 if there are too many. */
    @SuppressWarnings("ReferenceEquality") // one object an interface
    private int interfaceOf(TcpSegment segment) {
        for (int i = 1; i < interfaces.length; i++) {
            if (interfaces[i] == segment.interfaceName) {
                return i;
            }
        }
        if (interfaces.length == MAX_INTERFACES) {
            return 0;
        }
        interfaces = Arrays.copyOf(interfaces, interfaces.length + 1);
        interfaces[interfaces.length - 1] = segment.interfaceName;
        return interfaces.length - 1;
    }

    /** The names of those seen, by number: given. */
    public ForeignText[] interfaces() {
        return interfaces;
    }

    /** Sets the names of interfaces of the segments that are unpacked next, which another has packed. */
    public void interfaces(ForeignText[] names) {
        interfaces = names;
    }

    /** Longs that it takes. */
    public static int longs(TcpSegment segment) {
        return LEAST + optionLongs(segment.headerLength) + (segment.capturedLength == 0 ? 0 : 1);
    }

    private static int optionLongs(int headerLength) {
        return (headerLength - TcpSegment.FIXED_HEADER + Long.BYTES - 1) >> 3;
    }

    /**
     * Packs a segment that {@link #fits}.
     *
     * @param fromLow a bit for the owner
     * @param textPosition where the owner keeps its text, below 2^48
     * @param longs as {@link #longs} has it
     */
    public void pack(TcpSegment segment, boolean fromLow, long textPosition, long[] to, int at, int longs) {
        int direction = segment.direction == null ? 0 : segment.direction.ordinal() + 1;
        int interfaceNumber = segment.interfaceName == null ? 0 : interfaceOf(segment);
        byte[] buffer = segment.buffer;
        to[at + TIME] = segment.time;
        to[at + FRAME] = segment.frame << FRAME_SHIFT
                | (long) segment.timeToLive << TTL_SHIFT
                | interfaceNumber << INTERFACE_SHIFT
                | direction << DIRECTION_SHIFT
                | Checksum.tcp(segment).ordinal() << VERDICT_SHIFT
                | (fromLow ? 1 : 0);
        to[at + NUMBERS] = (long) segment.seq << 32 | (segment.ack & 0xffff_ffffL);
        to[at + HEADER] = (long) Octets.u16(buffer, segment.tcpOffset + 12) << 48
                | (long) segment.window << 32
                | (long) segment.checksum << 16
                | segment.urgentPointer;
        if (segment.capturedLength > 0) {
            to[at + longs - 1] = textPosition << 16 | segment.capturedLength;
        }
        to[at + OWNERS] = (long) segment.length << LENGTH_SHIFT | (segment.identification & 0xffffL) << OWNERS_BITS;
        int from = segment.tcpOffset + TcpSegment.FIXED_HEADER;
        int octets = segment.headerLength - TcpSegment.FIXED_HEADER;
        for (int i = OPTIONS; octets > 0; i++, octets -= 8, from += 8) {
            to[at + i] = octets >= 8 ? Octets.i64(buffer, from) : (long) Octets.i32(buffer, from) << 32;
        }
    }

    /** Whether it came from the lower end. */
    public static boolean fromLow(long[] packed, int at) {
        return (packed[at + FRAME] & 1) != 0;
    }

    /** The number of its frame, from 1. */
    public static long frame(long[] packed, int at) {
        return packed[at + FRAME] >>> FRAME_SHIFT;
    }

    /** Octets of its text, as the IP header promises them. */
    public static int length(long[] packed, int at) {
        return (int) (packed[at + OWNERS] >>> LENGTH_SHIFT);
    }

    /** Nanoseconds since the epoch. */
    public static long time(long[] packed, int at) {
        return packed[at + TIME];
    }

    /** Sets the ports and addresses, and the VLAN tags, of the segments that are unpacked next. */
    public void between(
            int ipVersion,
            long sourceHigh,
            long sourceLow,
            int sourcePort,
            long destinationHigh,
            long destinationLow,
            int destinationPort) {
        segment.ipVersion = ipVersion;
        segment.sourceHigh = sourceHigh;
        segment.sourceLow = sourceLow;
        segment.sourcePort = sourcePort;
        segment.destinationHigh = destinationHigh;
        segment.destinationLow = destinationLow;
        segment.destinationPort = destinationPort;
    }

    /**
     * The segment, lent until the next call; of its buffer there are the headers.
     *
     * @param longs that it takes
     */
    public TcpSegment unpack(long[] from, int at, int longs, long vlans) {
        boolean four = segment.ipVersion == 4;
        ByteBuffer headers = four ? ipv4 : ipv6;
        int tcp = four ? IpDecoder.IPV4_HEADER : IpDecoder.IPV6_HEADER;
        segment.buffer = headers.array();
        segment.words = four ? ipv4Words : ipv6Words;
        segment.tcpOffset = tcp;
        long frame = from[at + FRAME];
        segment.time = from[at + TIME];
        segment.frame = frame >>> FRAME_SHIFT;
        segment.timeToLive = (int) (frame >>> TTL_SHIFT) & 0xff;
        segment.interfaceName = interfaces[(int) (frame >>> INTERFACE_SHIFT) & 0xff];
        int direction = (int) (frame >>> DIRECTION_SHIFT) & 3;
        segment.direction = direction == 0 ? null : DIRECTIONS[direction - 1];
        segment.encapsulation.vlans(vlans);
        headers.putShort(tcp, (short) segment.sourcePort).putShort(tcp + 2, (short) segment.destinationPort);
        headers.putLong(tcp + 4, from[at + NUMBERS]).putLong(tcp + 12, from[at + HEADER]);
        segment.fixedHeader(tcp);
        long lengths = from[at + OWNERS];
        segment.length = (int) (lengths >>> LENGTH_SHIFT);
        long text = longs == LEAST + optionLongs(segment.headerLength) ? 0 : from[at + longs - 1];
        segment.capturedLength = (int) text & MAX_16;
        segment.textPosition = text >>> 16;
        segment.identification = four ? (int) (lengths >>> OWNERS_BITS) & MAX_16 : -1;
        segment.ipLength = tcp + segment.headerLength + segment.length;
        segment.wireEnd = segment.ipLength;
        segment.verdict = VERDICTS[(int) (frame >>> VERDICT_SHIFT) & 3];
        int options = segment.headerLength - TcpSegment.FIXED_HEADER;
        int to = tcp + TcpSegment.FIXED_HEADER;
        for (int i = 0; 8 * i < options; i++) {
            headers.putLong(to + 8 * i, from[at + OPTIONS + i]);
        }
        segment.options.wrap(segment.buffer, to, options, options);
        return segment;
    }
}
