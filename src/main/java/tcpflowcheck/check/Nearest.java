package tcpflowcheck.check;

import java.util.List;

/** What someone may have meant among the words that there are. */
final class Nearest {
    private Nearest() {}

    /** {@code  (perhaps: kind)}, or nothing if none is near. */
    static String hint(String written, List<String> words) {
        String best = null;
        int least = Math.max(2, written.length() / 3) + 1;
        for (String word : words) {
            int distance =
                    distance(written.toLowerCase(java.util.Locale.ROOT), word.toLowerCase(java.util.Locale.ROOT));
            if (distance < least) {
                least = distance;
                best = word;
            }
        }
        return best == null ? "" : " (perhaps: " + best + ")";
    }

    private static int distance(String from, String to) {
        int[] before = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] now = new int[to.length() + 1];
            now[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = before[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                now[j] = Math.min(replaced, Math.min(before[j], now[j - 1]) + 1);
            }
            before = now;
        }
        return before[to.length()];
    }
}
