package tcpflowcheck.tcp.evidence;

import org.jspecify.annotations.Nullable;
import tcpflowcheck.tcp.StateDiagram.Arrow;
import tcpflowcheck.tcp.TcpState;

/**
 * Given: one arrow that an end has walked, in one history; with those before it, a path.
 *
 * @param sighting the segment that shows it, {@link #UNSHOWN} while its action has not passed the tap
 * @param before the step before, null for the first
 * @param length of the path
 * @param fingerprint of the path's states
 */
public record Step(Arrow arrow, int sighting, @Nullable Step before, int length, long fingerprint) {
    static final int UNSHOWN = -1;

    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    static Step after(@Nullable Step before, Arrow arrow, int sighting) {
        int length = before == null ? 1 : before.length + 1;
        long fingerprint =
                ((before == null ? 0 : before.fingerprint) + 1 + arrow.to().ordinal()) * MIX;
        return new Step(arrow, sighting, before, length, fingerprint ^ fingerprint >>> 32);
    }

    /** The same path, shown to its end by {@code sighting} where it was not. */
    static @Nullable Step shown(@Nullable Step path, int sighting) {
        if (path == null || path.isShown()) {
            return path;
        }
        return after(shown(path.before, sighting), path.arrow, sighting);
    }

    /** The first step of the path that ends here. */
    public Step first() {
        return before == null ? this : before.first();
    }

    /** The steps of a path in order; null has none. */
    public static Step[] steps(@Nullable Step path) {
        Step[] steps = new Step[count(path)];
        for (Step each = path; each != null; each = each.before) {
            steps[each.length - 1] = each;
        }
        return steps;
    }

    /** Whether it and all before it are shown. */
    boolean isShown() {
        return sighting != UNSHOWN;
    }

    /** The longest part from the start that is shown. */
    static @Nullable Step printable(@Nullable Step path) {
        Step last = path;
        for (Step each = path; each != null; each = each.before) {
            last = each.isShown() ? last : each.before;
        }
        return last;
    }

    /** Its part of so many steps. */
    static @Nullable Step prefix(@Nullable Step path, int length) {
        Step part = path;
        while (part != null && part.length > length) {
            part = part.before;
        }
        return part;
    }

    /** How many steps two paths have in common, from the start. */
    static int common(@Nullable Step one, @Nullable Step other) {
        int length = Math.min(count(one), count(other));
        Step a = prefix(one, length);
        Step b = prefix(other, length);
        while (a != null && b != null && a.fingerprint != b.fingerprint) {
            a = a.before;
            b = b.before;
        }
        return count(a);
    }

    /** Steps of a path up to the first that leads to {@code state}; all, if none does. */
    static int countUpTo(@Nullable Step path, TcpState state) {
        int length = countTo(path, state);
        return length < 0 ? count(path) : length;
    }

    /** Steps of a path up to the first that leads to {@code state}; -1 if none does. */
    static int countTo(@Nullable Step path, TcpState state) {
        int length = -1;
        for (Step each = path; each != null; each = each.before) {
            length = each.arrow.to() == state ? each.length : length;
        }
        return length;
    }

    /** Steps of a path; null has none. */
    public static int count(@Nullable Step path) {
        return path == null ? 0 : path.length;
    }
}
