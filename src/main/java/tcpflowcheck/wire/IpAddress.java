package tcpflowcheck.wire;

import java.nio.charset.StandardCharsets;

/**
 * Addresses as text, from the two numbers that {@link TcpSegment} has: IPv4 dotted, IPv6 by RFC 5952. Mapped and
 * compatible IPv4 addresses end dotted, as tcpdump writes them.
 */
public final class IpAddress {
    /** Characters of the longest: eight groups of four digits. */
    public static final int LONGEST = 39;

    private static final int GROUPS = 8;
    private static final byte[] HEX_DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private IpAddress() {}

    /** An address of version 4 (in {@code low}) or 6. */
    public static String text(int ipVersion, long high, long low) {
        byte[] text = new byte[LONGEST];
        int end = ipVersion == 4 ? writeV4(text, 0, (int) low) : writeV6(text, 0, high, low);
        return new String(text, 0, end, StandardCharsets.US_ASCII);
    }

    /** Appends an address of version 4 (in {@code low}) or 6. */
    public static StringBuilder append(StringBuilder out, int ipVersion, long high, long low) {
        return out.append(text(ipVersion, high, low));
    }

    private static int writeV4(byte[] to, int from, int address) {
        int at = from;
        for (int shift = 24; shift >= 0; shift -= 8) {
            int octet = address >>> shift & 0xff;
            if (octet >= 100) {
                to[at++] = HEX_DIGITS[octet / 100];
            }
            if (octet >= 10) {
                to[at++] = HEX_DIGITS[octet / 10 % 10];
            }
            to[at++] = HEX_DIGITS[octet % 10];
            if (shift > 0) {
                to[at++] = '.';
            }
        }
        return at;
    }

    /** Writes an IPv6 address, {@value #LONGEST} characters at most; gives where it ends. */
    public static int writeV6(byte[] to, int from, long high, long low) {
        int at = from;
        int zeros = longestZeros(high, low);
        int start = zeros >> 4;
        int end = start + (zeros & 0xf);
        boolean dotted = start == 0 && (end == 6 || (end == 5 && group(high, low, 5) == 0xffff));
        for (int i = 0; i < GROUPS; i++) {
            if (i >= start && i < end) {
                i = end - 1;
                to[at++] = ':';
                to[at++] = ':';
                continue;
            }
            if (i > 0 && i != end) {
                to[at++] = ':';
            }
            if (dotted && i == 6) {
                return writeV4(to, at, (int) low);
            }
            at = writeHex(to, at, group(high, low, i));
        }
        return at;
    }

    private static int writeHex(byte[] to, int from, int group) {
        int at = from;
        for (int shift = group == 0 ? 0 : (31 - Integer.numberOfLeadingZeros(group)) / 4 * 4; shift >= 0; shift -= 4) {
            to[at++] = HEX_DIGITS[group >>> shift & 0xf];
        }
        return at;
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
        return (int) (half >>> (16 * (3 - (index & 3)))) & 0xffff;
    }
}
