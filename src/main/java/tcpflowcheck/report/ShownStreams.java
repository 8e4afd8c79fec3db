package tcpflowcheck.report;

import java.util.Arrays;

/** Given: which flows are reported, by the numbers of their streams. */
public final class ShownStreams {
    public static final ShownStreams ALL = new ShownStreams(null);

    private final int[] numbers;

    private ShownStreams(int[] numbers) {
        this.numbers = numbers;
    }

    /** These alone. */
    public static ShownStreams of(int... numbers) {
        int[] rising = numbers.clone();
        Arrays.sort(rising);
        return new ShownStreams(rising);
    }

    boolean has(long stream) {
        boolean countable = (int) stream == stream;
        return numbers == null || countable && Arrays.binarySearch(numbers, (int) stream) >= 0;
    }
}
