package tcpflowcheck.wire;

/**
 * Addresses as text, from the two numbers that {@link TcpSegment} has: IPv4 dotted, IPv6 by RFC 5952. Mapped and
 * compatible IPv4 addresses end dotted, as tcpdump writes them.
 */
public final class IpAddress {
    private static final int GROUPS = 8;

    private IpAddress() {}

    /** An address of version 4 (in {@code low}) or 6. */
    public static String text(int ipVersion, long high, long low) {
        return append(new StringBuilder(39), ipVersion, high, low).toString();
    }

    /** Appends an address of version 4 (in {@code low}) or 6. */
    public static StringBuilder append(StringBuilder out, int ipVersion, long high, long low) {
        return ipVersion == 4 ? appendV4(out, (int) low) : appendV6(out, high, low);
    }

    private static StringBuilder appendV4(StringBuilder out, int address) {
        out.append(address >>> 24).append('.').append(address >>> 16 & 0xff);
        return out.append('.').append(address >>> 8 & 0xff).append('.').append(address & 0xff);
    }

    private static StringBuilder appendV6(StringBuilder out, long high, long low) {
        int zeros = longestZeros(high, low);
        int start = zeros >> 4;
        int end = start + (zeros & 0xf);
        boolean dotted = start == 0 && (end == 6 || end == 5 && group(high, low, 5) == 0xffff);
        for (int i = 0; i < GROUPS; i++) {
            if (i >= start && i < end) {
                i = end - 1;
                out.append("::");
                continue;
            }
            if (i > 0 && i != end) {
                out.append(':');
            }
            if (dotted && i == 6) {
                return appendV4(out, (int) low);
            }
            appendHex(out, group(high, low, i));
        }
        return out;
    }

    /** The first of the longest runs of two or more zero groups: its start times 16, plus its length; 128 if none. */
    private static int longestZeros(long high, long low) {
        int best = GROUPS << 4;
        int bestLength = 1;
        int length = 0;
        for (int i = 0; i < GROUPS; i++) {
            length = group(high, low, i) == 0 ? length + 1 : 0;
            if (length > bestLength) {
                bestLength = length;
                best = (i - length + 1) << 4 | length;
            }
        }
        return best;
    }

    private static int group(long high, long low, int index) {
        long half = index < 4 ? high : low;
        return (int) (half >>> 16 * (3 - (index & 3))) & 0xffff;
    }

    private static void appendHex(StringBuilder out, int group) {
        for (int shift = group == 0 ? 0 : (31 - Integer.numberOfLeadingZeros(group)) / 4 * 4; shift >= 0; shift -= 4) {
            out.append(Character.forDigit(group >>> shift & 0xf, 16));
        }
    }
}
