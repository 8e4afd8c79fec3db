package tcpflowcheck.tcp;

/** A length of time as findings say it: in milliseconds below a second, in seconds from there on, with one decimal. */
final class Span {
    private static final long SECOND = 1_000_000_000L;
    private static final int THOUSAND = 1000;

    private Span() {}

    /** {@code 0.4 ms}, {@code 51.2 s}, {@code 1,900.0 s} */
    static String text(long nanos) {
        boolean seconds = nanos >= SECOND - SECOND / (2 * 10 * THOUSAND);
        long tenth = seconds ? SECOND / 10 : SECOND / 10 / THOUSAND;
        long tenths = (Math.max(nanos, 0) + tenth / 2) / tenth;
        return grouped(tenths / 10) + "." + tenths % 10 + (seconds ? " s" : " ms");
    }

    private static String grouped(long number) {
        if (number < THOUSAND) {
            return Long.toString(number);
        }
        String rest = Long.toString(THOUSAND + number % THOUSAND).substring(1);
        return grouped(number / THOUSAND) + "," + rest;
    }
}
