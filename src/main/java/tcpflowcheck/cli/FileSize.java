package tcpflowcheck.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How large a savefile may grow, as tcpdump has it: millions of octets, or with a unit of 1,024 and its powers. */
final class FileSize implements ITypeConverter<Long> {
    private static final long MILLION = 1_000_000;

    @Override
    public Long convert(String word) {
        boolean unit = !word.isEmpty() && !Character.isDigit(word.charAt(word.length() - 1));
        long number = Octets.of(word);
        if (number == 0) {
            throw new TypeConversionException(
                    "expected millions of octets such as 100, or with a unit 512k, 100m or 2g, not '" + word + "'");
        }
        return unit ? number : number * MILLION;
    }
}
