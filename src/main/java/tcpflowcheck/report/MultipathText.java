package tcpflowcheck.report;

import tcpflowcheck.wire.Octets;
import tcpflowcheck.wire.TcpSegment;

/** An MPTCP option (RFC 8684, section 3; RFC 6824 before it) as tcpdump prints it. */
final class MultipathText {
    private static final int CAPABLE = 0;
    private static final int JOIN = 1;
    private static final int DSS = 2;
    private static final int ADD_ADDR = 3;
    private static final int REMOVE_ADDR = 4;
    private static final int PRIO = 5;
    private static final int FAIL = 6;
    private static final int FAST_CLOSE = 7;

    private static final int DSS_ACK = 0x01;
    private static final int DSS_ACK_OF_8 = 0x02;
    private static final int DSS_SEQ = 0x04;
    private static final int DSS_SEQ_OF_8 = 0x08;
    private static final int DSS_FIN = 0x10;

    private MultipathText() {}

    /**
     * Appends what follows the option's name.
     *
     * @param at where the option's kind is
     * @param length of the option with kind and length, all captured
     * @param flags of the segment
     * @return whether the option is well-formed
     */
    static boolean append(TextBuffer out, byte[] b, int at, int length, int flags) {
        if (length < 3) {
            return false;
        }
        out.append(' ').unsigned(length);
        return switch (Octets.u8(b, at + 2) >> 4) {
            case CAPABLE -> {
                out.append(" capable");
                yield appendCapable(out, b, at, length, flags);
            }
            case JOIN -> {
                out.append(" join");
                yield appendJoin(out, b, at, length, flags);
            }
            case DSS -> {
                out.append(" dss");
                yield appendDss(out, b, at, length, flags);
            }
            case ADD_ADDR -> {
                out.append(" add-addr");
                yield appendAddAddress(out, b, at, length);
            }
            case REMOVE_ADDR -> {
                out.append(" rem-addr");
                yield appendRemoveAddress(out, b, at, length);
            }
            case PRIO -> {
                out.append(" prio");
                yield appendPriority(out, b, at, length);
            }
            case FAIL -> {
                out.append(" fail");
                yield append64(out, " seq ", false, b, at, length);
            }
            case FAST_CLOSE -> {
                out.append(" fast-close");
                yield append64(out, " key 0x", true, b, at, length);
            }
            default -> {
                out.append(" unknown");
                yield true;
            }
        };
    }

    private static boolean appendCapable(TextBuffer out, byte[] b, int at, int length, int flags) {
        boolean syn = (flags & TcpSegment.SYN) != 0 && (length == 12 || length == 4);
        boolean ack = (flags & (TcpSegment.SYN | TcpSegment.ACK)) == TcpSegment.ACK && (length == 20 || length == 22);
        if (!syn && !ack) {
            return false;
        }
        int version = b[at + 2] & 0xf;
        if (version > 1) {
            out.append(" Unknown Version (").unsigned(version).append(')');
            return true;
        }
        out.append(" v").unsigned(version);
        if ((b[at + 3] & 0x80) != 0) {
            out.append(" csum");
        }
        if (length >= 12) {
            out.append(" {0x").hex(Octets.i64(b, at + 4));
            if (length >= 20) {
                out.append(",0x").hex(Octets.i64(b, at + 12));
            }
            out.append('}');
        }
        return true;
    }

    private static boolean appendJoin(TextBuffer out, byte[] b, int at, int length, int flags) {
        boolean syn = (flags & TcpSegment.SYN) != 0;
        boolean ack = (flags & TcpSegment.ACK) != 0;
        if (!((length == 12 && syn) || (length == 16 && syn && ack) || (length == 24 && ack))) {
            return false;
        }
        if (length == 24) {
            out.append(" hmac 0x").hex(b, at + 4, 20);
            return true;
        }
        if ((b[at + 2] & 1) != 0) {
            out.append(" backup");
        }
        out.append(" id ").unsigned(Octets.u8(b, at + 3));
        if (length == 12) {
            out.append(" token 0x").hex(Octets.i32(b, at + 4) & 0xffff_ffffL);
            out.append(" nonce 0x").hex(Octets.i32(b, at + 8) & 0xffff_ffffL);
        } else {
            out.append(" hmac 0x").hex(Octets.i64(b, at + 4));
            out.append(" nonce 0x").hex(Octets.i32(b, at + 12) & 0xffff_ffffL);
        }
        return true;
    }

    /** What is there is printed up to where the option is too short for it. */
    private static boolean appendDss(TextBuffer out, byte[] b, int at, int length, int flags) {
        if (length < 4 || (flags & TcpSegment.SYN) != 0) {
            return false;
        }
        int present = b[at + 3];
        int next = at + 4;
        int end = at + length;
        if ((present & DSS_FIN) != 0) {
            out.append(" fin");
        }
        if ((present & DSS_ACK) != 0) {
            out.append(" ack ");
            int size = (present & DSS_ACK_OF_8) != 0 ? 8 : 4;
            if (!appendNumber(out, b, next, end, size)) {
                return false;
            }
            next += size;
        }
        if ((present & DSS_SEQ) != 0) {
            out.append(" seq ");
            int size = (present & DSS_SEQ_OF_8) != 0 ? 8 : 4;
            if (!appendNumber(out, b, next, end, size)) {
                return false;
            }
            next += size;
            if (end - next < 4) {
                return false;
            }
            out.append(" subseq ").unsigned(Octets.i32(b, next));
            if (end - next < 6) {
                return false;
            }
            out.append(" len ").unsigned(Octets.u16(b, next + 4));
            next += 6;
            if (end - next >= 2) {
                out.append(" csum 0x").hex(Octets.u16(b, next));
                next += 2;
            }
        }
        return next == end;
    }

    private static boolean appendNumber(TextBuffer out, byte[] b, int at, int end, int size) {
        if (end - at < size) {
            return false;
        }
        out.unsigned(size == 8 ? Octets.i64(b, at) : Octets.i32(b, at) & 0xffff_ffffL);
        return true;
    }

    private static boolean appendAddAddress(TextBuffer out, byte[] b, int at, int length) {
        boolean ipv4 = length == 8 || length == 10 || length == 16 || length == 18;
        boolean ipv6 = length == 20 || length == 22 || length == 28 || length == 30;
        if (!ipv4 && !ipv6) {
            return false;
        }
        out.append(addressVersion(b[at + 2] & 0xf));
        out.append(" id ").unsigned(Octets.u8(b, at + 3)).append(' ');
        int next;
        if (ipv4) {
            out.ipv4(Octets.i32(b, at + 4));
            next = at + 8;
        } else {
            out.ipv6(Octets.i64(b, at + 4), Octets.i64(b, at + 12));
            next = at + 20;
        }
        int rest = at + length - next;
        if (rest % 8 == 2) {
            out.append(':').unsigned(Octets.u16(b, next));
            next += 2;
        }
        if (rest >= 8) {
            out.append(" hmac 0x").hex(Octets.i64(b, next));
        }
        return true;
    }

    private static String addressVersion(int bits) {
        return switch (bits) {
            case 0 -> " v1";
            case 1 -> " v1-echo";
            case 4 -> " v0-ip4";
            case 6 -> " v0-ip6";
            default -> " [bad version/echo]";
        };
    }

    private static boolean appendRemoveAddress(TextBuffer out, byte[] b, int at, int length) {
        if (length < 4) {
            return false;
        }
        out.append(" id");
        for (int i = 3; i < length; i++) {
            out.append(' ').unsigned(b[at + i] & 0xff);
        }
        return true;
    }

    private static boolean appendPriority(TextBuffer out, byte[] b, int at, int length) {
        if (length != 3 && length != 4) {
            return false;
        }
        out.append((b[at + 2] & 1) != 0 ? " backup" : " non-backup");
        if (length == 4) {
            out.append(" id ").unsigned(Octets.u8(b, at + 3));
        }
        return true;
    }

    private static boolean append64(TextBuffer out, String name, boolean hex, byte[] b, int at, int length) {
        if (length != 12) {
            return false;
        }
        out.append(name);
        long value = Octets.i64(b, at + 4);
        if (hex) {
            out.hex(value);
        } else {
            out.unsigned(value);
        }
        return true;
    }
}
