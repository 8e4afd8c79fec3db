package tcpflowcheck.report;

import java.nio.charset.StandardCharsets;
import tcpflowcheck.wire.TcpOptions;
import tcpflowcheck.wire.TcpSegment;

/**
 * Kept by one reporter: tcpdump's line for a TCP segment ({@code tcpdump -n}, version 4.99), without the time in front
 * and the line end. It differs from tcpdump's in these places:
 *
 * <ul>
 *   <li>the line ends after {@code length N}: application text is not printed;
 *   <li>it begins with the innermost IP header: a tunnel's outer headers and the words of PPPoE, MPLS and Linux cooked
 *       captures are not printed (VLAN tags aren't by tcpdump either);
 *   <li>the accurate ECN flag is printed as {@code e}, as from tcpdump 4.99.5 on;
 *   <li>a packet whose IP total length is 0 (segmentation offload) is printed with the length of the frame, where
 *       tcpdump 4.99.3 stops at {@code bad-len 0};
 *   <li>a segment put together from IP fragments is printed once, whole.
 * </ul>
 *
 * <p>Nothing is allocated for a line.
 */
public final class SegmentLine {
    private static final byte[] IP = ascii("IP ");
    private static final byte[] IP6 = ascii("IP6 ");
    private static final byte[] TO = ascii(" > ");
    private static final byte[] FLAGS = ascii("Flags [");
    private static final byte[] SEQ = ascii("], seq ");
    private static final byte[] NO_SEQ = ascii("]");
    private static final byte[] ACK = ascii(", ack ");
    private static final byte[] WINDOW = ascii(", win ");
    private static final byte[] URGENT = ascii(", urg ");
    private static final byte[] LENGTH = ascii(", length ");

    /** Octets of the TCP header without options. */
    static final int FIXED_HEADER = 20;

    private static final byte[][] FLAG_TEXT = new byte[1 << TcpSegment.FLAG_LETTERS.length()][];

    static {
        for (int flags = 0; flags < FLAG_TEXT.length; flags++) {
            StringBuilder text = new StringBuilder();
            for (int bit = 0; bit < TcpSegment.FLAG_LETTERS.length(); bit++) {
                if ((flags & 1 << bit) != 0) {
                    text.append(TcpSegment.FLAG_LETTERS.charAt(bit));
                }
            }
            FLAG_TEXT[flags] = ascii(flags == 0 ? "none" : text.toString());
        }
    }

    private final boolean absolute;
    private final boolean brief;
    private final OptionText options = new OptionText();

    /** @param absolute sequence and acknowledgment numbers as on the wire: tcpdump's {@code -S} */
    public SegmentLine(boolean absolute) {
        this(absolute, false);
    }

    /**
     * A line that may be shorter than tcpdump's.
     *
     * @param absolute sequence and acknowledgment numbers as on the wire: tcpdump's {@code -S}
     * @param brief whether options are left out but for those of a SYN, SACK blocks, and those that are malformed or cut
     */
    public SegmentLine(boolean absolute, boolean brief) {
        this.absolute = absolute;
        this.brief = brief;
    }

    /**
     * Appends the line. A segment whose data offset is wrong, as far as the decoder shows it, gets the line that tcpdump
     * has for it.
     *
     * @param base of the segment's address and port pair; a segment with ACK may change it
     */
    public void append(TextBuffer out, TcpSegment segment, RelativeBase base) {
        appendAddresses(out, segment);
        int headerLength = segment.headerLength();
        int segmentLength = segment.ipOffset() + segment.ipLength() - segment.tcpOffset();
        if (headerLength < FIXED_HEADER) {
            appendTooShort(out, headerLength, segmentLength);
            return;
        }
        out.append(FLAGS).append(FLAG_TEXT[segment.flags() & FLAG_TEXT.length - 1]);

        int seq = segment.seq();
        int ack = segment.ack();
        int sackBase = 0;
        if (!absolute && segment.isAck()) {
            boolean fromUpper = RelativeBase.fromUpper(segment);
            if (!base.record(segment, fromUpper)) {
                seq -= base.of(fromUpper);
                ack -= base.of(!fromUpper);
            }
            sackBase = base.of(!fromUpper);
        }

        if (headerLength > segmentLength) {
            out.append("] [bad hdr length ").unsigned(headerLength);
            out.append(" - too long, > ").unsigned(segmentLength).append(']');
            return;
        }

        int length = segmentLength - headerLength;
        if (length > 0 || segment.has(TcpSegment.SYN | TcpSegment.FIN | TcpSegment.RST)) {
            out.append(SEQ).unsigned(seq);
            if (length > 0) {
                out.append(':').unsigned(seq + length);
            }
        } else {
            out.append(NO_SEQ);
        }
        if (segment.isAck()) {
            out.append(ACK).unsigned(ack);
        }
        out.append(WINDOW).unsigned(segment.window());
        if (segment.has(TcpSegment.URG)) {
            out.append(URGENT).unsigned(segment.urgentPointer());
        }
        if (headerLength == FIXED_HEADER || isFolded(segment) || options.append(out, segment, sackBase)) {
            out.append(LENGTH).unsigned(length);
            if (segment.headerCut() > 0 && length > 0) {
                appendHeaderCut(out, segment);
            }
        }
    }

    private boolean isFolded(TcpSegment segment) {
        TcpOptions seen = segment.options();
        return brief && !segment.isSyn() && seen.sackCount() == 0 && !seen.malformed() && segment.headerCut() == 0;
    }

    private static void appendTooShort(TextBuffer out, int headerLength, int segmentLength) {
        out.append(" tcp ").unsigned(segmentLength - headerLength).append(" [bad hdr length ");
        out.unsigned(headerLength).append(" - too short, < 20]");
    }

    /** Only padding after the end of the options was cut: the list was printed whole. */
    private void appendHeaderCut(TextBuffer out, TcpSegment segment) {
        int captured = segment.headerLength() - segment.headerCut();
        out.append(" [remaining caplen(").unsigned(captured);
        out.append(") < header length(").unsigned(segment.headerLength()).append(")]");
        options.appendCut(out);
    }

    private static void appendAddresses(TextBuffer out, TcpSegment segment) {
        int missing = segment.missingLength();
        if (segment.ipVersion() == 4) {
            out.append(IP);
            if (missing > 0) {
                out.append("truncated-ip - ").unsigned(missing).append(" bytes missing! ");
            }
        } else {
            out.append(IP6);
            if (missing > 0) {
                out.append("truncated-ip6 - ").unsigned(missing).append(" bytes missing!");
            }
        }
        if (ExtensionHeaderText.isNeeded(segment)) {
            appendSource(out, segment).append(TO);
            appendDestination(out, segment).append(": ");
            ExtensionHeaderText.append(out, segment);
            out.unsigned(segment.sourcePort()).append(TO).unsigned(segment.destinationPort());
        } else {
            appendSource(out, segment).append('.').unsigned(segment.sourcePort());
            appendDestination(out.append(TO), segment).append('.').unsigned(segment.destinationPort());
        }
        out.append(": ");
    }

    private static TextBuffer appendSource(TextBuffer out, TcpSegment segment) {
        return segment.ipVersion() == 4
                ? out.ipv4((int) segment.sourceLow())
                : out.ipv6(segment.sourceHigh(), segment.sourceLow());
    }

    private static TextBuffer appendDestination(TextBuffer out, TcpSegment segment) {
        return segment.ipVersion() == 4
                ? out.ipv4((int) segment.destinationLow())
                : out.ipv6(segment.destinationHigh(), segment.destinationLow());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
