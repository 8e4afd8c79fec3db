package tcpflowcheck.report.header;

import java.util.Arrays;
import tcpflowcheck.wire.Checksum;
import tcpflowcheck.wire.Octets;
import tcpflowcheck.wire.TcpSegment;

/**
 * Given: a copy of a segment's header, and what can't be read off it.
 *
 * @param octets as far as they were captured, 20 at least
 * @param length octets that it has, options too
 * @param checksum whether it is right, in words of different first letters
 * @param textLength octets of text behind it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record HeaderOctets(byte[] octets, int length, String checksum, int textLength) {
    /**
     * Those of a segment.
     *
     * @param segment lent
     */
    public static HeaderOctets of(TcpSegment segment) {
        int from = segment.tcpOffset();
        int to = from + segment.headerLength() - segment.headerCut();
        byte[] octets = Arrays.copyOfRange(segment.buffer(), from, to);
        return new HeaderOctets(octets, segment.headerLength(), checksum(segment), segment.length());
    }

    private static String checksum(TcpSegment segment) {
        return switch (Checksum.tcp(segment)) {
            case GOOD -> "right";
            case BAD -> Checksum.pseudoHeaderOnly(segment) ? "left to card" : "wrong";
            case UNKNOWN -> "unchecked";
        };
    }

    int u16(int at) {
        return Octets.u16(octets, at);
    }

    int i32(int at) {
        return Octets.i32(octets, at);
    }
}
