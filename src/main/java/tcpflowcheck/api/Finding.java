package tcpflowcheck.api;

import java.util.List;

/**
 * Given: something that was noticed in a connection.
 *
 * @param rule what it is
 * @param severity how much it matters, here
 * @param side who caused it
 * @param frames the first hundred frames that show it, from 1
 * @param count how often it was seen
 * @param message what was said the first time
 */
public record Finding(Rule rule, Severity severity, Side side, List<Long> frames, long count, String message) {
    public Finding {
        frames = List.copyOf(frames);
    }
}
