package tcpflowcheck.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tcpflowcheck.wire.IpAddress;

/**
 * Lent: text on its way out, as UTF-8 octets in an array that grows and is used again. Appending allocates nothing once
 * the array is as large as the longest text; {@link #clear} keeps it.
 */
public final class TextBuffer {
    private static final byte[] HEX_DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TENS = new byte[100];
    private static final byte[] ONES = new byte[100];
    private static final long[] POWERS_OF_TEN = new long[19];
    private static final int LONGEST_NUMBER = 20;

    static {
        for (int i = 0; i < 100; i++) {
            TENS[i] = (byte) ('0' + i / 10);
            ONES[i] = (byte) ('0' + i % 10);
        }
        long power = 1;
        for (int i = 0; i < POWERS_OF_TEN.length; i++) {
            POWERS_OF_TEN[i] = power;
            power *= 10;
        }
    }

    private byte[] octets;
    private int length;

    public TextBuffer() {
        this(8192);
    }

    public TextBuffer(int capacity) {
        octets = new byte[Math.max(capacity, 16)];
    }

    /** Octets held. */
    public int length() {
        return length;
    }

    /** Forgets the text. */
    public void clear() {
        length = 0;
    }

    /** Forgets the text after the first {@code length} octets. */
    public void truncate(int length) {
        if (length < 0 || length > this.length) {
            throw new IndexOutOfBoundsException("truncate to " + length + " of " + this.length + " octets");
        }
        this.length = length;
    }

    /** Writes the text and forgets it. */
    public void drainTo(OutputStream out) throws IOException {
        out.write(octets, 0, length);
        length = 0;
    }

    /** Appends the text to another one and keeps it. */
    public void copyTo(TextBuffer out) {
        out.append(octets, 0, length);
    }

    /** Appends the octets from {@code from} to before {@code to} to another text and keeps them. */
    void copyTo(TextBuffer out, int from, int to) {
        out.append(octets, from, to - from);
    }

    /** A copy of the octets from {@code from} on. */
    byte[] octets(int from) {
        return Arrays.copyOfRange(octets, from, length);
    }

    byte octetAt(int index) {
        return octets[index];
    }

    /** A copy of the text. */
    @Override
    public String toString() {
        return new String(octets, 0, length, StandardCharsets.UTF_8);
    }

    /** Text in any script; a lone surrogate becomes {@code ?}. */
    public TextBuffer append(String text) {
        return append(text, 0, text.length());
    }

    /** The characters of a text from index {@code from} to before {@code to}. */
    public TextBuffer append(String text, int from, int to) {
        reserve(to - from);
        byte[] into = octets;
        int at = length;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                length = at;
                return appendUtf8(text, i, to);
            }
            into[at++] = (byte) c;
        }
        length = at;
        return this;
    }

    private TextBuffer appendUtf8(String text, int from, int to) {
        reserve(3 * (to - from));
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                octets[length++] = (byte) c;
            } else if (c < 0x800) {
                octets[length++] = (byte) (0xc0 | c >> 6);
                octets[length++] = (byte) (0x80 | (c & 0x3f));
            } else if (!Character.isSurrogate(c)) {
                octets[length++] = (byte) (0xe0 | c >> 12);
                octets[length++] = (byte) (0x80 | (c >> 6 & 0x3f));
                octets[length++] = (byte) (0x80 | (c & 0x3f));
            } else if (i + 1 < to && Character.isSurrogatePair(c, text.charAt(i + 1))) {
                int point = Character.toCodePoint(c, text.charAt(++i));
                octets[length++] = (byte) (0xf0 | point >> 18);
                octets[length++] = (byte) (0x80 | (point >> 12 & 0x3f));
                octets[length++] = (byte) (0x80 | (point >> 6 & 0x3f));
                octets[length++] = (byte) (0x80 | (point & 0x3f));
            } else {
                octets[length++] = '?';
            }
        }
        return this;
    }

    /** One ASCII character. */
    public TextBuffer append(char ascii) {
        reserve(1);
        octets[length++] = (byte) ascii;
        return this;
    }

    /** Octets that are UTF-8 already. */
    public TextBuffer append(byte[] utf8) {
        return append(utf8, 0, utf8.length);
    }

    /** Octets that are UTF-8 already. */
    public TextBuffer append(byte[] utf8, int offset, int count) {
        reserve(count);
        System.arraycopy(utf8, offset, octets, length, count);
        length += count;
        return this;
    }

    /** {@code count} times the same ASCII character; nothing if that is not positive. */
    public TextBuffer repeat(char ascii, int count) {
        if (count > 0) {
            reserve(count);
            Arrays.fill(octets, length, length + count, (byte) ascii);
            length += count;
        }
        return this;
    }

    /** A decimal number with its sign if it is negative. */
    public TextBuffer decimal(long value) {
        if (value >= 0) {
            return unsigned(value);
        }
        return append('-').unsigned(-value);
    }

    /** The 32 bits as an unsigned decimal number. */
    public TextBuffer unsigned(int value) {
        return unsigned(value & 0xffff_ffffL);
    }

    /** The 64 bits as an unsigned decimal number. */
    public TextBuffer unsigned(long value) {
        reserve(LONGEST_NUMBER);
        if (value < 0) {
            long quotient = Long.divideUnsigned(value, 10);
            unsigned(quotient);
            return append((char) ('0' + (value - quotient * 10)));
        }
        int end = length + digits(value);
        length = end;
        while (value > Integer.MAX_VALUE) {
            long quotient = value / 100;
            end = pair(end, (int) (value - quotient * 100));
            value = quotient;
        }
        int rest = (int) value;
        while (rest >= 100) {
            int quotient = rest / 100;
            end = pair(end, rest - quotient * 100);
            rest = quotient;
        }
        if (rest >= 10) {
            pair(end, rest);
        } else {
            octets[end - 1] = ONES[rest];
        }
        return this;
    }

    private int pair(int end, int value) {
        octets[end - 1] = ONES[value];
        octets[end - 2] = TENS[value];
        return end - 2;
    }

    /** Of a number that is not negative; 1233/4096 is a little more than log10(2). */
    private static int digits(long value) {
        long odd = value | 1;
        int guess = ((64 - Long.numberOfLeadingZeros(odd)) * 1233) >>> 12;
        return guess + (odd >= POWERS_OF_TEN[guess] ? 1 : 0);
    }

    /** The last {@code width} decimal digits of a number that is not negative, with leading zeros. */
    public TextBuffer padded(int value, int width) {
        reserve(width);
        int end = length + width;
        int at = end;
        while (at - length >= 2) {
            int quotient = value / 100;
            at = pair(at, value - quotient * 100);
            value = quotient;
        }
        if (at > length) {
            octets[length] = ONES[value % 10];
        }
        length = end;
        return this;
    }

    /** A decimal number flushed right in {@code width} columns by leading spaces; wider if it has more digits. */
    public TextBuffer right(long value, int width) {
        int signs = value < 0 ? 1 : 0;
        return repeat(' ', width - signs - digits(Math.abs(value))).decimal(value);
    }

    /** The 64 bits in lower case hex without leading zeros. */
    public TextBuffer hex(long value) {
        return hex(value, Math.max(1, (67 - Long.numberOfLeadingZeros(value)) / 4));
    }

    /** The last {@code width} hex digits, lower case, with leading zeros. */
    public TextBuffer hex(long value, int width) {
        reserve(width);
        for (int shift = 4 * (width - 1); shift >= 0; shift -= 4) {
            octets[length++] = HEX_DIGITS[(int) (value >>> shift) & 0xf];
        }
        return this;
    }

    /** {@code count} octets of {@code source}, two hex digits each. */
    public TextBuffer hex(byte[] source, int offset, int count) {
        reserve(2 * count);
        for (int i = 0; i < count; i++) {
            int octet = source[offset + i];
            octets[length++] = HEX_DIGITS[octet >> 4 & 0xf];
            octets[length++] = HEX_DIGITS[octet & 0xf];
        }
        return this;
    }

    /** An IPv4 address, most significant octet first, as four decimal numbers. */
    public TextBuffer ipv4(int address) {
        reserve(15);
        octet(address >>> 24);
        octets[length++] = '.';
        octet(address >> 16 & 0xff);
        octets[length++] = '.';
        octet(address >> 8 & 0xff);
        octets[length++] = '.';
        octet(address & 0xff);
        return this;
    }

    private void octet(int value) {
        int rest = value;
        if (value >= 100) {
            int hundreds = value / 100;
            octets[length++] = (byte) ('0' + hundreds);
            rest = value - 100 * hundreds;
        }
        if (value >= 10) {
            octets[length++] = TENS[rest];
        }
        octets[length++] = ONES[rest];
    }

    /** An IPv6 address as {@link IpAddress} writes it. */
    public TextBuffer ipv6(long high, long low) {
        reserve(IpAddress.LONGEST);
        length = IpAddress.writeV6(octets, length, high, low);
        return this;
    }

    private void reserve(int count) {
        if (octets.length - length < count) {
            octets = Arrays.copyOf(octets, Math.max(octets.length * 2, Math.addExact(length, count)));
        }
    }
}
