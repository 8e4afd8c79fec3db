package tcpflowcheck.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Decimal digits only, and no more than an {@code int} or {@code long} holds. */
final class WholeNumber {
    private WholeNumber() {}

    /** 1 and more. */
    static final class Positive implements ITypeConverter<Long> {
        @Override
        public Long convert(String word) {
            return between(1, Long.MAX_VALUE, word);
        }
    }

    /** A stream's number: 0 and more. */
    static final class Stream implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String word) {
            return (int) between(0, Integer.MAX_VALUE, word);
        }
    }

    /** Octets of a frame: 0 and more. */
    static final class Length implements ITypeConverter<Long> {
        @Override
        public Long convert(String word) {
            return between(0, Long.MAX_VALUE, word);
        }
    }

    /** Of a line of text. */
    static final class Columns implements ITypeConverter<Integer> {
        static final int LEAST = 60;
        static final int MOST = 300;

        @Override
        public Integer convert(String word) {
            return (int) between(LEAST, MOST, word);
        }
    }

    /** 1 to 100. */
    static final class Percent implements ITypeConverter<Long> {
        @Override
        public Long convert(String word) {
            return between(1, 100, word);
        }
    }

    private static long between(long least, long most, String word) {
        try {
            long number = Long.parseLong(word);
            if (number >= least && number <= most && Character.isDigit(word.charAt(0))) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // the same answer as out of range
        }
        String upTo = most < Integer.MAX_VALUE ? " to " + most : " on";
        throw new TypeConversionException("expected a whole number from " + least + upTo + ", not '" + word + "'");
    }
}
