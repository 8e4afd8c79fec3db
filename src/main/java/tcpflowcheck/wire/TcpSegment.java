package tcpflowcheck.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.capture.Frame.Direction;
import tcpflowcheck.wire.DecodeFault.Reason;

/**
 * Lent: one TCP segment and the headers it came in, read from the frame at hand; valid until the next call of
 * {@link PacketDecoder#decode}. Numbers are as on the wire; sequence numbers are compared with {@link SeqNumber}.
 */
public final class TcpSegment {
    public static final int FIN = 0x01;
    public static final int SYN = 0x02;
    public static final int RST = 0x04;
    public static final int PSH = 0x08;
    public static final int ACK = 0x10;
    public static final int URG = 0x20;
    public static final int ECE = 0x40;
    public static final int CWR = 0x80;
    public static final int AE = 0x100;

    /** A letter for each flag, FIN first, as tcpdump prints them. */
    public static final String FLAG_LETTERS = "FSRP.UEWe";

    private static final int NOWHERE = -1;

    /** Octets of the header without options. */
    static final int FIXED_HEADER = 20;

    byte[] buffer = new byte[0];
    /** The same, as numbers in this machine's order. */
    ByteBuffer words = Frame.words(buffer);

    long frame;
    long time;
    /** Where the frame ended on the link, in the buffer's offsets. */
    long wireEnd;

    int ipVersion;
    int ipOffset;
    int ipLength;
    boolean ipLengthPresumed;
    boolean moreFragments;
    long sourceHigh;
    long sourceLow;
    long destinationHigh;
    long destinationLow;
    int timeToLive;
    int identification;

    @Nullable
    Direction direction;

    @Nullable
    ForeignText interfaceName;

    List<ForeignText> comments = List.of();
    final Encapsulation encapsulation = new Encapsulation();

    int tcpOffset;
    int sourcePort;
    int destinationPort;
    int seq;
    int ack;
    int headerLength;
    int flags;
    int window;
    int checksum;
    int urgentPointer;
    int length;
    int capturedLength;
    int headerCut;
    long textPosition = NOWHERE;
    /** Of the TCP checksum, null until it is asked for. */
    Checksum.@Nullable Verdict verdict;

    final TcpOptions options = new TcpOptions();

    @SuppressWarnings("ReferenceEquality") // storing a reference has a price that comparing has not
    void begin(Frame source) {
        if (buffer != source.buffer()) {
            buffer = source.buffer();
            words = source.words();
        }
        frame = source.number();
        time = source.time();
        wireEnd = (long) source.offset() + source.wireLength();
        encapsulation.begin();
        direction = source.direction();
        if (interfaceName != source.interfaceName()) {
            interfaceName = source.interfaceName();
        }
        if (comments != source.comments()) {
            comments = source.comments();
        }
    }

    /** Reads the TCP header at {@code at} of a packet that ends at {@code packetEnd}, once the IP fields are set. */
    Decoded header(int at, int capturedEnd, int packetEnd, DecodeFault fault) {
        int available = Math.min(capturedEnd, packetEnd) - at;
        int promised = packetEnd - at;
        tcpOffset = at;
        if (available < FIXED_HEADER) {
            return moreFragments && promised < FIXED_HEADER
                    ? Decoded.FRAGMENT
                    : fault.missing(Reason.TCP_HEADER, at, FIXED_HEADER, capturedEnd, packetEnd);
        }
        fixedHeader(at);
        if (headerLength < FIXED_HEADER) {
            return fault.malformed(Reason.TCP_HEADER_LENGTH_SHORT, at + 12, FIXED_HEADER, headerLength);
        }
        if (headerLength > promised) {
            return moreFragments
                    ? Decoded.FRAGMENT
                    : fault.malformed(Reason.TCP_HEADER_LENGTH_LONG, at + 12, promised, headerLength);
        }
        length = promised - headerLength;
        capturedLength = Math.max(0, available - headerLength);
        headerCut = Math.max(0, headerLength - available);
        options.wrap(buffer, at + FIXED_HEADER, headerLength - FIXED_HEADER, available - FIXED_HEADER);
        return Decoded.TCP;
    }

    /** RFC 9293, section 3.1. */
    void fixedHeader(int at) {
        tcpOffset = at;
        sourcePort = Octets.u16(buffer, at);
        destinationPort = Octets.u16(buffer, at + 2);
        seq = Octets.i32(buffer, at + 4);
        ack = Octets.i32(buffer, at + 8);
        int offsetAndFlags = Octets.u16(buffer, at + 12);
        headerLength = offsetAndFlags >>> 12 << 2;
        flags = offsetAndFlags & 0x1ff;
        window = Octets.u16(buffer, at + 14);
        checksum = Octets.u16(buffer, at + 16);
        urgentPointer = Octets.u16(buffer, at + 18);
        length = 0;
        capturedLength = 0;
        headerCut = 0;
        verdict = null;
        options.clear();
    }

    /** The frame's octets, not copied; {@link #ipOffset}, {@link #tcpOffset} and {@link #payloadOffset} point into it. */
    public byte[] buffer() {
        return buffer;
    }

    /** The frame's number, from 1. */
    public long frame() {
        return frame;
    }

    /** Nanoseconds since the epoch. */
    public long time() {
        return time;
    }

    /** 4 or 6. */
    public int ipVersion() {
        return ipVersion;
    }

    public int ipOffset() {
        return ipOffset;
    }

    /** Octets of the packet with its IP header. */
    public int ipLength() {
        return ipLength;
    }

    /** Whether the IP header's length was 0, as segmentation offload leaves it, and the frame's length was taken. */
    public boolean ipLengthPresumed() {
        return ipLengthPresumed;
    }

    /** Whether this is the first fragment of a packet: {@link #length} is what it holds, more octets follow elsewhere. */
    public boolean moreFragments() {
        return moreFragments;
    }

    /** The first eight octets of an IPv6 source; 0 for IPv4. */
    public long sourceHigh() {
        return sourceHigh;
    }

    /** The last eight octets of an IPv6 source, or the four of an IPv4 one, unsigned. */
    public long sourceLow() {
        return sourceLow;
    }

    /** As {@link #sourceHigh}, of the destination. */
    public long destinationHigh() {
        return destinationHigh;
    }

    /** As {@link #sourceLow}, of the destination. */
    public long destinationLow() {
        return destinationLow;
    }

    /** IPv4 time to live or IPv6 hop limit. */
    public int timeToLive() {
        return timeToLive;
    }

    /** The IPv4 identification field, -1 for IPv6. */
    public int identification() {
        return identification;
    }

    /** Which way it went at the host that captured it, or null if the capture does not say. */
    public @Nullable Direction direction() {
        return direction;
    }

    /** Where it was captured, or null if the capture does not say. */
    public @Nullable ForeignText interfaceName() {
        return interfaceName;
    }

    /** Given: what somebody wrote about its frame. */
    public List<ForeignText> comments() {
        return comments;
    }

    /** What the packet was carried in. */
    public Encapsulation encapsulation() {
        return encapsulation;
    }

    public int tcpOffset() {
        return tcpOffset;
    }

    public int sourcePort() {
        return sourcePort;
    }

    public int destinationPort() {
        return destinationPort;
    }

    public int seq() {
        return seq;
    }

    public int ack() {
        return ack;
    }

    /** Octets of the TCP header with its options, 20 to 60. */
    public int headerLength() {
        return headerLength;
    }

    /** The nine flag bits, FIN lowest. */
    public int flags() {
        return flags;
    }

    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    public boolean isSyn() {
        return (flags & SYN) != 0;
    }

    public boolean isAck() {
        return (flags & ACK) != 0;
    }

    public boolean isFin() {
        return (flags & FIN) != 0;
    }

    public boolean isRst() {
        return (flags & RST) != 0;
    }

    /** The window field, not scaled. */
    public int window() {
        return window;
    }

    public int checksum() {
        return checksum;
    }

    public int urgentPointer() {
        return urgentPointer;
    }

    /** Payload octets that the IP header promises. */
    public int length() {
        return length;
    }

    /** Payload octets that were captured, at most {@link #length}. */
    public int capturedLength() {
        return capturedLength;
    }

    /** Octets at the end of the TCP header, all of them options, that the snap length cut off. */
    public int headerCut() {
        return headerCut;
    }

    /** Octets that the IP header promises and the frame did not carry, captured or not: tcpdump's "truncated-ip". */
    public int missingLength() {
        return (int) Math.max(0, ipOffset + ipLength - wireEnd);
    }

    public int payloadOffset() {
        return tcpOffset + headerLength;
    }

    /** Where the owner of a {@link PackedSegment} keeps the text, which is not in the buffer then; -1 if it is. */
    public long textPosition() {
        return textPosition;
    }

    /** Given: a copy that may be kept, of the packet's octets alone. */
    public TcpSegment copy() {
        TcpSegment copy = new TcpSegment();
        int end = tcpOffset + headerLength - headerCut + capturedLength;
        copy.buffer = Arrays.copyOfRange(buffer, ipOffset, end);
        copy.words = Frame.words(copy.buffer);
        copy.frame = frame;
        copy.time = time;
        copy.wireEnd = wireEnd - ipOffset;
        copy.ipVersion = ipVersion;
        copy.ipLength = ipLength;
        copy.ipLengthPresumed = ipLengthPresumed;
        copy.moreFragments = moreFragments;
        copy.sourceHigh = sourceHigh;
        copy.sourceLow = sourceLow;
        copy.destinationHigh = destinationHigh;
        copy.destinationLow = destinationLow;
        copy.timeToLive = timeToLive;
        copy.identification = identification;
        copy.direction = direction;
        copy.interfaceName = interfaceName;
        copy.comments = comments;
        encapsulation.copyTo(copy.encapsulation);
        copy.tcpOffset = tcpOffset - ipOffset;
        copy.sourcePort = sourcePort;
        copy.destinationPort = destinationPort;
        copy.seq = seq;
        copy.ack = ack;
        copy.headerLength = headerLength;
        copy.flags = flags;
        copy.window = window;
        copy.checksum = checksum;
        copy.urgentPointer = urgentPointer;
        copy.length = length;
        copy.capturedLength = capturedLength;
        copy.headerCut = headerCut;
        copy.textPosition = textPosition;
        copy.verdict = verdict;
        int promised = headerLength - FIXED_HEADER;
        copy.options.wrap(copy.buffer, copy.tcpOffset + FIXED_HEADER, promised, promised - headerCut);
        return copy;
    }

    /** SEG.LEN: payload octets, and one each for SYN and FIN (RFC 9293, section 3.4). */
    public int segLen() {
        return length + (flags & FIN) + ((flags & SYN) >> 1);
    }

    /** The sequence number after the segment. */
    public int end() {
        return seq + segLen();
    }

    public TcpOptions options() {
        return options;
    }
}
