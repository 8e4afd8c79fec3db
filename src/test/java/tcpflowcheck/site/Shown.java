package tcpflowcheck.site;

import java.util.ArrayList;
import java.util.List;

/** Lines shown in a page, of which {@code ...} stands for one line or more that are left out, beside the lines printed. */
final class Shown {
    static final String LEFT_OUT = "...";

    private Shown() {}

    static boolean isLeftOut(String line) {
        return line.strip().equals(LEFT_OUT);
    }

    /** Whether the printed lines are the shown ones: all of them, but for what is left out. */
    static boolean matches(List<String> shown, List<String> printed) {
        return matches(shown, 0, printed, 0);
    }

    private static boolean matches(List<String> shown, int from, List<String> printed, int at) {
        int s = from;
        int p = at;
        while (s < shown.size() && !isLeftOut(shown.get(s))) {
            if (p == printed.size() || !shown.get(s).equals(printed.get(p))) {
                return false;
            }
            s++;
            p++;
        }
        if (s == shown.size()) {
            return p == printed.size();
        }
        for (int next = p + 1; next <= printed.size(); next++) {
            if (matches(shown, s + 1, printed, next)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The printed lines, cut as the shown ones are: an alignment of least cost, in which what is left out costs nothing
     * and a line stands for one that begins as it does.
     */
    static List<String> renewed(List<String> shown, List<String> printed) {
        int[][] cost = new int[shown.size() + 1][printed.size() + 1];
        for (int s = shown.size(); s >= 0; s--) {
            for (int p = printed.size(); p >= 0; p--) {
                cost[s][p] = s == shown.size() && p == printed.size()
                        ? 0
                        : Math.min(
                                kept(cost, shown, printed, s, p),
                                Math.min(dropped(cost, shown, s, p), added(cost, shown, printed, s, p)));
            }
        }
        List<String> renewed = new ArrayList<>();
        int s = 0;
        int p = 0;
        while (s < shown.size() || p < printed.size()) {
            if (cost[s][p] == kept(cost, shown, printed, s, p)) {
                renewed.add(printed.get(p++));
                s++;
            } else if (cost[s][p] == added(cost, shown, printed, s, p)) {
                boolean out = s < shown.size() && isLeftOut(shown.get(s));
                if (!out) {
                    renewed.add(printed.get(p));
                } else if (renewed.isEmpty() || !isLeftOut(renewed.get(renewed.size() - 1))) {
                    renewed.add(shown.get(s));
                }
                p++;
            } else {
                s++;
            }
        }
        return renewed;
    }

    private static final int WHOLE = 1000;
    private static final int NEVER = 1 << 28;

    private static int kept(int[][] cost, List<String> shown, List<String> printed, int s, int p) {
        if (s == shown.size() || p == printed.size() || isLeftOut(shown.get(s))) {
            return NEVER;
        }
        return cost[s + 1][p + 1] + distance(shown.get(s), printed.get(p));
    }

    private static int dropped(int[][] cost, List<String> shown, int s, int p) {
        return s == shown.size() ? NEVER : cost[s + 1][p] + (isLeftOut(shown.get(s)) ? 0 : WHOLE);
    }

    private static int added(int[][] cost, List<String> shown, List<String> printed, int s, int p) {
        if (p == printed.size()) {
            return NEVER;
        }
        return cost[s][p + 1] + (s < shown.size() && isLeftOut(shown.get(s)) ? 0 : WHOLE);
    }

    /** 0 for equal lines; the less they have in common at their beginning, the more. */
    private static int distance(String one, String other) {
        int same = 0;
        int least = Math.min(one.length(), other.length());
        while (same < least && one.charAt(same) == other.charAt(same)) {
            same++;
        }
        int longest = Math.max(one.length(), other.length());
        return same == longest ? 0 : one.substring(0, same).isBlank() ? 2 * WHOLE : WHOLE * (longest - same) / longest;
    }
}
