package tcpflowcheck.capture;

import java.util.Arrays;

/**
 * The interfaces of a pcapng section, by number, in arrays: a hostile file can describe many. Times that nanoseconds
 * since the epoch in 64 bits can't say (before 1677, after 2262) become the nearest that they can.
 */
final class PcapngInterfaces {
    /** Options of the interface description block (section 4.2). */
    static final int IF_NAME = 2;

    static final int IF_TSRESOL = 9;

    static final int IF_TSOFFSET = 14;

    /** Most interfaces of a section. */
    static final int MAX = 1 << 18;

    /** Microseconds. */
    private static final byte DEFAULT_RESOLUTION = 6;

    private static final int NANOS = 9;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long MAX_SECONDS = Long.MAX_VALUE / NANOS_PER_SECOND;

    /** Powers of ten; the last, 10^19, is unsigned. */
    private static final long[] POWER_OF_TEN = new long[20];

    /** The most units of 10^-index seconds that nanoseconds can say. */
    private static final long[] MOST_UNITS = new long[NANOS + 1];

    static {
        long power = 1;
        for (int i = 0; i < POWER_OF_TEN.length; i++, power *= 10) {
            POWER_OF_TEN[i] = power;
        }
        for (int i = 0; i <= NANOS; i++) {
            MOST_UNITS[i] = Long.MAX_VALUE / POWER_OF_TEN[NANOS - i];
        }
    }

    private int count;
    private short[] linkTypes = new short[8];
    private int[] snapLengths = new int[8];
    private byte[] resolutions = new byte[8];
    private long[] offsets = new long[8];
    /** Of all names, characters; those beyond are not held. */
    private static final int MAX_NAMED = 4 << 20;

    private int named;
    private ForeignText[] names = new ForeignText[8];

    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    /** Adds an interface; false if there are {@link #MAX}. */
    boolean add(int linkType, int snapLength) {
        if (count == MAX) {
            return false;
        }
        if (count == linkTypes.length) {
            linkTypes = Arrays.copyOf(linkTypes, count * 2);
            snapLengths = Arrays.copyOf(snapLengths, count * 2);
            resolutions = Arrays.copyOf(resolutions, count * 2);
            offsets = Arrays.copyOf(offsets, count * 2);
            names = Arrays.copyOf(names, count * 2);
        }
        linkTypes[count] = (short) linkType;
        snapLengths[count] = snapLength;
        resolutions[count] = DEFAULT_RESOLUTION;
        offsets[count] = 0;
        names[count] = null;
        count++;
        return true;
    }

    /** Sets if_tsresol of the interface added last: 10^-n seconds, or 2^-n if the top bit is set. */
    void resolution(int resolution) {
        resolutions[count - 1] = (byte) resolution;
    }

    /** Sets if_tsoffset of the interface added last: seconds to add to each of its times. */
    void offset(long seconds) {
        offsets[count - 1] = seconds;
    }

    /** Sets if_name of the interface added last. */
    void name(ForeignText name) {
        named += name.raw().length();
        names[count - 1] = named > MAX_NAMED ? null : name;
    }

    /** Null if the capture gives none. */
    ForeignText name(int id) {
        return names[id];
    }

    int linkType(int id) {
        return linkTypes[id] & 0xffff;
    }

    /** Unsigned; 0 is no limit. */
    int snapLength(int id) {
        return snapLengths[id];
    }

    /** A time of an interface, unsigned in its units, as nanoseconds since the epoch. */
    long nanos(int id, long units) {
        int resolution = resolutions[id];
        long offset = offsets[id];
        if (resolution < 0) {
            return binary(resolution & 0x7f, units, offset);
        }
        if (resolution <= NANOS && offset == 0) {
            return Long.compareUnsigned(units, MOST_UNITS[resolution]) <= 0
                    ? units * POWER_OF_TEN[NANOS - resolution]
                    : Long.MAX_VALUE;
        }
        return decimal(resolution, units, offset);
    }

    private static long decimal(int exponent, long units, long offset) {
        if (exponent < POWER_OF_TEN.length) {
            long seconds = Long.divideUnsigned(units, POWER_OF_TEN[exponent]);
            long rest = Long.remainderUnsigned(units, POWER_OF_TEN[exponent]);
            long nanos = exponent <= NANOS
                    ? rest * POWER_OF_TEN[NANOS - exponent]
                    : Long.divideUnsigned(rest, POWER_OF_TEN[exponent - NANOS]);
            return sum(seconds, nanos, offset);
        }
        int divisor = exponent - NANOS;
        return sum(0, divisor < POWER_OF_TEN.length ? Long.divideUnsigned(units, POWER_OF_TEN[divisor]) : 0, offset);
    }

    private static long binary(int exponent, long units, long offset) {
        long seconds = exponent < 64 ? units >>> exponent : 0;
        long rest = exponent < 64 ? units & (1L << exponent) - 1 : units;
        long low = rest * NANOS_PER_SECOND;
        long high = Math.multiplyHigh(rest, NANOS_PER_SECOND) + (rest >> 63 & NANOS_PER_SECOND);
        if (exponent == 0) {
            return sum(seconds, 0, offset);
        }
        return sum(
                seconds, exponent < 64 ? high << (64 - exponent) | low >>> exponent : high >>> (exponent - 64), offset);
    }

    /** {@code seconds} is unsigned, {@code nanos} below one second. */
    private static long sum(long seconds, long nanos, long offset) {
        long total = seconds + offset;
        if (seconds < 0 || (offset > 0 && total < 0) || total > MAX_SECONDS) {
            return Long.MAX_VALUE;
        }
        if (total < -MAX_SECONDS) {
            return Long.MIN_VALUE;
        }
        long whole = total * NANOS_PER_SECOND;
        return whole > Long.MAX_VALUE - nanos ? Long.MAX_VALUE : whole + nanos;
    }
}
