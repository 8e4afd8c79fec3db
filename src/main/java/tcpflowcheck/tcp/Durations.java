package tcpflowcheck.tcp;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Lengths of time, such as round trips: how many, and their distribution, in nanoseconds. */
public final class Durations {
    /** So many are kept as they are; more are counted in classes that are 1/16 wide. */
    private static final int MOST_EXACT = 64;

    private static final int SUB_BITS = 4;
    private static final int SUB_CLASSES = 1 << SUB_BITS;

    private long count;
    private long min = Long.MAX_VALUE;
    private long max;

    /** Null until there are more than two, which are the least and the most. */
    private long @Nullable [] exact;

    /** Null until there are too many to be kept as they are. */
    private int @Nullable [] classes;

    /** One more; a negative one counts as 0. */
    public void add(long nanos) {
        long sample = Math.max(nanos, 0);
        if (count >= 2) {
            keep(sample);
        }
        min = Math.min(min, sample);
        max = Math.max(max, sample);
        count++;
    }

    /** All of another distribution, too. */
    public void addAll(Durations others) {
        if (others.classes == null) {
            for (int i = 0; i < others.count; i++) {
                add(others.sample(i));
            }
            return;
        }
        int[] own = toClasses();
        for (int i = 0; i < own.length; i++) {
            own[i] += others.classes[i];
        }
        min = Math.min(min, others.min);
        max = Math.max(max, others.max);
        count += others.count;
    }

    /** Writes it for {@link #read}. */
    public void write(DataOutput out) throws IOException {
        out.writeLong(count);
        out.writeLong(min);
        out.writeLong(max);
        int length = classes != null ? classes.length : exact != null ? (int) count : 0;
        out.writeInt(classes != null ? -length : length);
        for (int i = 0; i < length; i++) {
            out.writeLong(classes != null ? classes[i] : sample(i));
        }
    }

    /** Reads what {@link #write} wrote. */
    public static Durations read(DataInput in) throws IOException {
        Durations read = new Durations();
        read.count = in.readLong();
        read.min = in.readLong();
        read.max = in.readLong();
        int length = in.readInt();
        if (length < 0) {
            int[] classes = new int[-length];
            for (int i = 0; i < classes.length; i++) {
                classes[i] = (int) in.readLong();
            }
            read.classes = classes;
        } else if (length > 0) {
            long[] exact = new long[length];
            for (int i = 0; i < length; i++) {
                exact[i] = in.readLong();
            }
            read.exact = exact;
        }
        return read;
    }

    /** One that is not counted in a class. */
    private long sample(int index) {
        return exact != null ? exact[index] : index == 0 ? min : max;
    }

    private int[] toClasses() {
        if (classes != null) {
            return classes;
        }
        int[] born = new int[SUB_CLASSES * (Long.SIZE - SUB_BITS)];
        for (int i = 0; i < count; i++) {
            born[classOf(sample(i))]++;
        }
        exact = null;
        classes = born;
        return born;
    }

    private void keep(long sample) {
        if (classes == null && count < MOST_EXACT) {
            if (exact == null) {
                exact = new long[] {min, max, 0, 0};
            } else if (count == exact.length) {
                exact = Arrays.copyOf(exact, 2 * exact.length);
            }
            exact[(int) count] = sample;
            return;
        }
        toClasses()[classOf(sample)]++;
    }

    /** The exponent and the first bits behind the leading one; below 16 each number is a class. */
    private static int classOf(long sample) {
        int exponent = Math.max(Long.SIZE - 1 - Long.numberOfLeadingZeros(sample) - SUB_BITS, 0);
        return (exponent << SUB_BITS) + (int) (sample >>> exponent);
    }

    /** The middle of a class. */
    private static long middle(int number) {
        int exponent = Math.max((number >>> SUB_BITS) - 1, 0);
        long low = (long) (number - (exponent << SUB_BITS)) << exponent;
        return low + (1L << exponent >> 1);
    }

    public long count() {
        return count;
    }

    /** 0 if there is none. */
    public long min() {
        return count == 0 ? 0 : min;
    }

    public long median() {
        return quantile(50);
    }

    /** The 99th percentile. */
    public long p99() {
        return quantile(99);
    }

    public long max() {
        return max;
    }

    /** By nearest rank; exact for 64 samples or less, else within 1/32 of it. */
    private long quantile(int percent) {
        if (count == 0) {
            return 0;
        }
        long rank = Math.max((count * percent + 99) / 100, 1);
        if (count <= 2) {
            return rank == 1 ? min : max;
        }
        if (classes == null) {
            long[] sorted = new long[(int) count];
            for (int i = 0; i < sorted.length; i++) {
                sorted[i] = sample(i);
            }
            Arrays.sort(sorted);
            return sorted[(int) rank - 1];
        }
        long below = 0;
        for (int i = 0; i < classes.length; i++) {
            below += classes[i];
            if (below >= rank) {
                return Math.min(Math.max(middle(i), min), max);
            }
        }
        return max;
    }
}
