package tcpflowcheck.report;

import tcpflowcheck.wire.Octets;
import tcpflowcheck.wire.TcpSegment;

/**
 * The headers between IP and TCP as tcpdump prints them: IPv6 extension headers (RFC 8200, section 4) and the
 * authentication header of either version (RFC 4302, section 2). The addresses come before them and the ports after.
 */
final class ExtensionHeaderText {
    private static final int HOP_BY_HOP = 0;
    private static final int TCP = 6;
    private static final int ROUTING = 43;
    private static final int FRAGMENT = 44;
    private static final int AUTHENTICATION = 51;
    private static final int DESTINATION = 60;
    private static final int SEGMENT_ROUTING = 4;

    private ExtensionHeaderText() {}

    /** Whether TCP does not follow the IP header at once. */
    static boolean isNeeded(TcpSegment segment) {
        int protocol = segment.ipVersion() == 4 ? 9 : 6;
        return segment.buffer()[segment.ipOffset() + protocol] != TCP;
    }

    static void append(TextBuffer out, TcpSegment segment) {
        byte[] b = segment.buffer();
        int ip = segment.ipOffset();
        boolean ipv4 = segment.ipVersion() == 4;
        int next = b[ip + (ipv4 ? 9 : 6)] & 0xff;
        int at = ip + (ipv4 ? (b[ip] & 0xf) * 4 : 40);
        while (next != TCP && at < segment.tcpOffset()) {
            switch (next) {
                case HOP_BY_HOP -> out.append("HBH ");
                case DESTINATION -> out.append("DSTOPT ");
                case FRAGMENT -> appendFragment(out, b, ip, at);
                case ROUTING -> appendRouting(out, b, at);
                case AUTHENTICATION -> appendAuthentication(out, b, at);
                default -> {
                    return;
                }
            }
            int units = Octets.u8(b, at + 1);
            int length = next == FRAGMENT ? 8 : next == AUTHENTICATION ? 4 * (units + 2) : 8 * (units + 1);
            next = Octets.u8(b, at);
            at += length;
        }
    }

    private static void appendFragment(TextBuffer out, byte[] b, int ip, int at) {
        int length = 40 + Octets.u16(b, ip + 4) - (at - ip) - 8;
        out.append("frag (")
                .unsigned(Octets.u16(b, at + 2) & 0xfff8)
                .append('|')
                .unsigned(length)
                .append(") ");
    }

    private static void appendRouting(TextBuffer out, byte[] b, int at) {
        int length = Octets.u8(b, at + 1);
        int type = Octets.u8(b, at + 2);
        out.append("RT6 (len=").unsigned(length).append(", type=").unsigned(type);
        if (type == 0) {
            out.append(" [Deprecated]");
        }
        out.append(", segleft=").unsigned(Octets.u8(b, at + 3));
        if (type == SEGMENT_ROUTING) {
            out.append(", last-entry=").unsigned(Octets.u8(b, at + 4));
            if (b[at + 5] != 0) {
                out.append(", flags=0x").hex(Octets.u8(b, at + 5));
            }
            out.append(", tag=").hex(Octets.u16(b, at + 6));
        } else if (Octets.i32(b, at + 4) != 0) {
            out.append(", rsv=0x").hex(Octets.i32(b, at + 4) & 0xffff_ffffL);
        }
        for (int i = 0; i < length / 2; i++) {
            out.append(", [").unsigned(i).append(']');
            out.ipv6(Octets.i64(b, at + 8 + 16 * i), Octets.i64(b, at + 16 + 16 * i));
        }
        out.append(") ");
    }

    private static void appendAuthentication(TextBuffer out, byte[] b, int at) {
        out.append("AH(");
        int reserved = Octets.u16(b, at + 2);
        if (reserved != 0) {
            out.append("reserved=0x").hex(reserved).append("[MustBeZero],");
        }
        out.append("spi=0x").hex(Octets.i32(b, at + 4), 8).append(",seq=0x").hex(Octets.i32(b, at + 8) & 0xffff_ffffL);
        int icvLength = 4 * (Octets.u8(b, at + 1) + 2) - 12;
        out.append(",icv=0x").hex(b, at + 12, Math.max(icvLength, 0)).append("): ");
    }
}
