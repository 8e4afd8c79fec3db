package tcpflowcheck.capture;

import java.time.ZoneId;

/**
 * When a savefile is followed by another, and how each is named, as tcpdump has it (its options -C, -G and -W).
 *
 * @param size octets beyond which another begins, or 0
 * @param seconds after which another begins, or 0
 * @param count how many there are, or 0
 */
public record Rotation(long size, long seconds, long count) {
    /** One file for all. */
    public static final Rotation NONE = new Rotation(0, 0, 0);

    boolean rotates() {
        return size > 0 || seconds > 0;
    }

    /** Whether all ends with the last file: where sizes count, too, files are written again in its place. */
    boolean ends() {
        return count > 0 && size == 0;
    }

    /**
     * The name of a file.
     *
     * @param path as the user gave it
     * @param begin of its time, seconds since 1970
     * @param number of those of this time, from 0
     */
    String name(String path, long begin, long number) {
        String name = seconds > 0 ? Strftime.of(path, begin, ZoneId.systemDefault()) : path;
        int digits = size > 0 ? digits() : 0;
        return number == 0 && digits == 0 ? name : name + Strftime.padded(number, digits, '0');
    }

    /** So many, that all of the names sort as they were written. */
    private int digits() {
        int digits = 0;
        for (long highest = count - 1; highest > 0; highest /= 10) {
            digits++;
        }
        return digits;
    }
}
