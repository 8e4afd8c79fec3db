package tcpflowcheck.report;

/** Numbers as people read them: counts with thousands apart, durations in the unit that fits. */
public final class Amount {
    /** Of durations: how many nanoseconds, and how many decimals are printed. */
    enum Unit {
        NANOSECONDS("ns", 1, 0),
        MICROSECONDS("us", 1_000, 1),
        MILLISECONDS("ms", 1_000_000, 1),
        SECONDS("s", 1_000_000_000, 3),
        MANY_SECONDS("s", 1_000_000_000, 1);

        private static final long FIRST_OF_MANY = 100;

        private final String symbol;
        private final long nanos;
        private final int decimals;

        Unit(String symbol, long nanos, int decimals) {
            this.symbol = symbol;
            this.nanos = nanos;
            this.decimals = decimals;
        }

        /** The largest in which the duration, as printed, is at least 1; 0 is printed in seconds. */
        static Unit of(long duration) {
            if (duration == 0) {
                return SECONDS;
            }
            Unit fitting = NANOSECONDS;
            for (Unit unit : values()) {
                long least = unit == MANY_SECONDS ? FIRST_OF_MANY : 1;
                Unit before = fitting;
                if (before.rounded(duration) * before.smallest() >= least * unit.nanos) {
                    fitting = unit;
                }
            }
            return fitting;
        }

        /** The last decimal, in nanoseconds. */
        private long smallest() {
            return decimals == 0 ? nanos : decimals == 1 ? nanos / 10 : nanos / 1000;
        }

        private long rounded(long duration) {
            long whole = duration / smallest();
            return 2 * (duration % smallest()) >= smallest() ? whole + 1 : whole;
        }
    }

    private Amount() {}

    /** {@code 5,112} */
    static TextBuffer grouped(TextBuffer out, long value) {
        if (value < 1000) {
            return out.decimal(value);
        }
        return grouped(out, value / 1000).append(',').padded((int) (value % 1000), 3);
    }

    /** {@code 1 flow}, {@code 12 flows} */
    static TextBuffer counted(TextBuffer out, long count, String noun) {
        grouped(out, count).append(' ').append(noun);
        return count == 1 ? out : out.append('s');
    }

    /** Octets in three digits or fewer, by thousands: {@code 77 B}, {@code 1.2 KB}. */
    static TextBuffer octets(TextBuffer out, long octets) {
        if (octets < 1000) {
            return out.decimal(octets).append(" B");
        }
        long tenths = octets / 100;
        int unit = 0;
        while (tenths >= 10_000) {
            tenths /= 1000;
            unit++;
        }
        out.decimal(tenths / 10);
        if (tenths < 1000) {
            out.append('.').decimal(tenths % 10);
        }
        return out.append(' ').append("KMGTPE".charAt(unit)).append('B');
    }

    /** A duration of at least 0 nanoseconds: {@code 132.8 ms}. */
    public static TextBuffer duration(TextBuffer out, long nanos) {
        Unit unit = Unit.of(nanos);
        return duration(out, nanos, unit).append(' ').append(unit.symbol);
    }

    /** The number alone, in a given unit. */
    static TextBuffer duration(TextBuffer out, long nanos, Unit unit) {
        long rounded = unit.rounded(nanos);
        long perUnit = unit.nanos / unit.smallest();
        grouped(out, rounded / perUnit);
        if (unit.decimals > 0) {
            out.append('.').padded((int) (rounded % perUnit), unit.decimals);
        }
        return out;
    }
}
