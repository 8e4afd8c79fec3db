package tcpflowcheck.report;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Given: which flows are reported, by the numbers of their streams. */
public final class ShownStreams {
    public static final ShownStreams ALL = new ShownStreams(null);

    private final int @Nullable [] numbers;

    private ShownStreams(int @Nullable [] numbers) {
        this.numbers = numbers;
    }

    /** These alone, in rising order. */
    public static ShownStreams of(int... numbers) {
        return new ShownStreams(numbers);
    }

    boolean isAll() {
        return numbers == null;
    }

    boolean has(long stream) {
        boolean countable = (int) stream == stream;
        return numbers == null || (countable && Arrays.binarySearch(numbers, (int) stream) >= 0);
    }
}
