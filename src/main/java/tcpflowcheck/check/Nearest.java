package tcpflowcheck.check;

import java.util.List;
import java.util.Locale;
import tcpflowcheck.report.EditDistance;

/** What someone may have meant among the words that there are. */
final class Nearest {
    private Nearest() {}

    /** {@code  (perhaps: kind)}, or nothing if none is near. */
    static String hint(String written, List<String> words) {
        String best = null;
        int least = Math.max(2, written.length() / 3) + 1;
        for (String word : words) {
            int distance = EditDistance.of(written.toLowerCase(Locale.ROOT), word.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                best = word;
            }
        }
        return best == null ? "" : " (perhaps: " + best + ")";
    }
}
