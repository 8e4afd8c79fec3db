package tcpflowcheck.report;

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
                case HOP_BY_HOP:
                    out.append("HBH ");
                    break;
                case DESTINATION:
                    out.append("DSTOPT ");
                    break;
                case FRAGMENT:
                    appendFragment(out, b, ip, at);
                    break;
                case ROUTING:
                    appendRouting(out, b, at);
                    break;
                case AUTHENTICATION:
                    appendAuthentication(out, b, at);
                    break;
                default:
                    return;
            }
            int units = b[at + 1] & 0xff;
            int length = next == FRAGMENT ? 8 : next == AUTHENTICATION ? 4 * (units + 2) : 8 * (units + 1);
            next = b[at] & 0xff;
            at += length;
        }
    }

    private static void appendFragment(TextBuffer out, byte[] b, int ip, int at) {
        int length = 40 + u16(b, ip + 4) - (at - ip) - 8;
        out.append("frag (")
                .unsigned(u16(b, at + 2) & 0xfff8)
                .append('|')
                .unsigned(length)
                .append(") ");
    }

    private static void appendRouting(TextBuffer out, byte[] b, int at) {
        int length = b[at + 1] & 0xff;
        int type = b[at + 2] & 0xff;
        out.append("RT6 (len=").unsigned(length).append(", type=").unsigned(type);
        if (type == 0) {
            out.append(" [Deprecated]");
        }
        out.append(", segleft=").unsigned(b[at + 3] & 0xff);
        if (type == SEGMENT_ROUTING) {
            out.append(", last-entry=").unsigned(b[at + 4] & 0xff);
            if (b[at + 5] != 0) {
                out.append(", flags=0x").hex(b[at + 5] & 0xff);
            }
            out.append(", tag=").hex(u16(b, at + 6));
        } else if (u32(b, at + 4) != 0) {
            out.append(", rsv=0x").hex(u32(b, at + 4) & 0xffff_ffffL);
        }
        for (int i = 0; i < length / 2; i++) {
            out.append(", [").unsigned(i).append(']');
            out.ipv6(u64(b, at + 8 + 16 * i), u64(b, at + 16 + 16 * i));
        }
        out.append(") ");
    }

    private static void appendAuthentication(TextBuffer out, byte[] b, int at) {
        out.append("AH(");
        int reserved = u16(b, at + 2);
        if (reserved != 0) {
            out.append("reserved=0x").hex(reserved).append("[MustBeZero],");
        }
        out.append("spi=0x").hex(u32(b, at + 4), 8).append(",seq=0x").hex(u32(b, at + 8) & 0xffff_ffffL);
        int icvLength = 4 * ((b[at + 1] & 0xff) + 2) - 12;
        out.append(",icv=0x").hex(b, at + 12, Math.max(icvLength, 0)).append("): ");
    }

    private static int u16(byte[] b, int at) {
        return (b[at] & 0xff) << 8 | b[at + 1] & 0xff;
    }

    private static int u32(byte[] b, int at) {
        return u16(b, at) << 16 | u16(b, at + 2);
    }

    private static long u64(byte[] b, int at) {
        return (long) u32(b, at) << 32 | u32(b, at + 4) & 0xffff_ffffL;
    }
}
