package tcpflowcheck.cli;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import tcpflowcheck.report.NearestSlugs;

/** An option's value that is one of a few words: an enum's constants in lower case. */
abstract class Words<E extends Enum<E>> implements ITypeConverter<E>, Iterable<String> {
    private final E[] constants;

    Words(Class<E> type) {
        constants = type.getEnumConstants();
    }

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private List<String> all() {
        return Arrays.stream(constants).map(Words::of).toList();
    }

    /** What a shell completes. */
    @Override
    public final Iterator<String> iterator() {
        return all().iterator();
    }

    @Override
    public final E convert(String word) {
        for (E constant : constants) {
            if (of(constant).equals(word)) {
                return constant;
            }
        }
        List<String> all = all();
        List<String> near = NearestSlugs.among(all, word);
        throw new TypeConversionException("expected one of " + String.join(", ", all) + ", not '" + word + "'"
                + (near.isEmpty() ? "" : Main.HINT + String.join(", ", near)));
    }
}
