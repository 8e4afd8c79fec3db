package tcpflowcheck.cli;

import java.math.BigDecimal;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time above 0 in seconds, with decimals if need be; given in nanoseconds. */
final class Seconds implements ITypeConverter<Long> {
    static final long NANOS = 1_000_000_000L;

    /** A hundred years, so that a time in a capture plus this is still a {@code long}. */
    private static final BigDecimal MOST = BigDecimal.valueOf(100L * 365 * 24 * 3600);

    @Override
    public Long convert(String word) {
        try {
            BigDecimal seconds = new BigDecimal(word);
            if (seconds.compareTo(MOST) <= 0) {
                long nanos = seconds.movePointRight(9).longValue();
                if (nanos > 0) {
                    return nanos;
                }
            }
        } catch (NumberFormatException notANumber) {
            // the same answer as out of range
        }
        throw new TypeConversionException("expected seconds above 0, such as 60 or 0.5, not '" + word + "'");
    }
}
