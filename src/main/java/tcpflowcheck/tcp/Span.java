package tcpflowcheck.tcp;

/** A length of time as findings say it: the one place where {@code tcp} writes one. */
final class Span {
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLI = 1_000_000;
    private static final int THOUSAND = 1000;

    private Span() {}

    /** In milliseconds below a second, in seconds from there on, rounded: {@code 0.4 ms}, {@code 51.2 s}, {@code 1,900.0 s}. */
    static String text(long nanos) {
        boolean seconds = nanos >= SECOND - SECOND / (2 * 10 * THOUSAND);
        long tenth = seconds ? SECOND / 10 : SECOND / 10 / THOUSAND;
        long tenths = (Math.max(nanos, 0) + tenth / 2) / tenth;
        return grouped(tenths / 10) + "." + tenths % 10 + (seconds ? " s" : " ms");
    }

    /** Milliseconds whatever it is, cut off behind one decimal: {@code 51234.5 ms}. */
    static String millis(long nanos) {
        return nanos / MILLI + "." + nanos / (MILLI / 10) % 10 + " ms";
    }

    /** The same, in microseconds below a millisecond: {@code 12 us}. */
    static String fine(long nanos) {
        return nanos < MILLI ? nanos / THOUSAND + " us" : millis(nanos);
    }

    private static String grouped(long number) {
        if (number < THOUSAND) {
            return Long.toString(number);
        }
        String rest = Long.toString(THOUSAND + number % THOUSAND).substring(1);
        return grouped(number / THOUSAND) + "," + rest;
    }
}
