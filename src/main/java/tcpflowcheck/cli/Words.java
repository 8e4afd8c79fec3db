package tcpflowcheck.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An option's value that is one of a few words: an enum's constants in lower case. */
abstract class Words<E extends Enum<E>> implements ITypeConverter<E> {
    private final E[] constants;

    Words(Class<E> type) {
        constants = type.getEnumConstants();
    }

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public final E convert(String word) {
        for (E constant : constants) {
            if (of(constant).equals(word)) {
                return constant;
            }
        }
        String all = Arrays.stream(constants).map(Words::of).collect(Collectors.joining(", "));
        throw new TypeConversionException("expected one of " + all + ", not '" + word + "'");
    }
}
