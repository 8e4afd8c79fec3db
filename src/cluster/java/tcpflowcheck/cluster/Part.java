package tcpflowcheck.cluster;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * Given: what a task counted.
 *
 * @param counts those of a summary, by its keys
 * @param found beside the flows
 */
record Part(Map<String, Object> counts, List<Found> found) implements Serializable {
    private static final long serialVersionUID = 1L;
}
