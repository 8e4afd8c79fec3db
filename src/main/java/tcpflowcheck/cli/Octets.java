package tcpflowcheck.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An amount of memory as Java's own options have it, {@code 512m} or {@code 2g}; given in octets. */
final class Octets implements ITypeConverter<Long> {
    private static final String UNITS = "kmgt";
    private static final int MOST_DIGITS = 9;

    @Override
    public Long convert(String word) {
        long octets = of(word);
        if (octets == 0) {
            throw new TypeConversionException("expected an amount of memory such as 512m or 2g, not '" + word + "'");
        }
        return octets;
    }

    /** The amount, {@link Long#MAX_VALUE} if it is even more, or 0 if the word is none. */
    static long of(String word) {
        int digits = 0;
        while (digits < word.length()
                && digits < MOST_DIGITS
                && word.charAt(digits) >= '0'
                && word.charAt(digits) <= '9') {
            digits++;
        }
        String unit = word.substring(digits);
        int power = unit.length() == 1 ? UNITS.indexOf(Character.toLowerCase(unit.charAt(0))) + 1 : 0;
        long number = digits == 0 ? 0 : Long.parseLong(word.substring(0, digits));
        if (power == 0 && !unit.isEmpty()) {
            return 0;
        }
        int shift = 10 * power;
        return number > Long.MAX_VALUE >> shift ? Long.MAX_VALUE : number << shift;
    }
}
