package tcpflowcheck.api;

import java.util.List;
import tcpflowcheck.check.Miss;
import tcpflowcheck.check.MissText;

/**
 * Given: where flows come from.
 *
 * @param name the capture's path, or the interface
 * @param dropped frames that passed and were not captured, or -1 if nobody said
 */
record Origin(String name, long dropped) {
    /** Fails if there are misses, with all of them. */
    void require(List<Miss> misses) {
        if (misses.isEmpty()) {
            return;
        }
        StringBuilder text = new StringBuilder("\n");
        misses.forEach(miss -> text.append(MissText.of(miss)));
        if (dropped > 0) {
            text.append(dropped);
            text.append(" frames were dropped before they were captured: verdicts may lack what they said\n");
        }
        throw new AssertionError(text.toString());
    }
}
