package tcpflowcheck.capture;

import java.util.Arrays;

/**
 * A sparse index of a file that is read: the octets at which some of its frames begin, evenly spaced, from which the others
 * are reached frame by frame. The more frames there are the wider the spacing, so that the index stays below 2 MiB.
 */
final class FrameIndex {
    private static final int MOST = 1 << 18;
    private static final int FIRST = 1 << 8;
    /** Each 32nd frame. */
    private static final int FIRST_SHIFT = 5;

    private long[] octets = new long[FIRST];
    private int count;
    /** The frames 1, 1 + 2^shift, ... are noted. */
    private int shift = FIRST_SHIFT;

    private long last = Long.MAX_VALUE;

    /** A frame begins at {@code octet}; they come in order, {@code number} being 1 first. */
    void add(long number, long octet) {
        if (((number - 1) & ((1L << shift) - 1)) == 0) {
            note(octet);
        }
    }

    private void note(long octet) {
        if (count == MOST) {
            for (int i = 0; i < MOST / 2; i++) {
                octets[i] = octets[2 * i];
            }
            count = MOST / 2;
            shift++;
        } else if (count == octets.length) {
            octets = Arrays.copyOf(octets, 2 * octets.length);
        }
        octets[count++] = octet;
    }

    /** Frames after this one are not read as those before it, and not to be found again. */
    void endAt(long number) {
        last = Math.min(last, number);
    }

    /** The number of the last frame that can be found. */
    long last() {
        return last;
    }

    /** Frames in front of the one from which frame {@code number}, which was {@linkplain #add added}, is reached. */
    long before(long number) {
        return ((number - 1) >>> shift) << shift;
    }

    /** Where the one begins from which frame {@code number} is reached. */
    long octet(long number) {
        return octets[(int) ((number - 1) >>> shift)];
    }
}
