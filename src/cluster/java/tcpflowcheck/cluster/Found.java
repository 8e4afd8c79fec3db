package tcpflowcheck.cluster;

import java.io.Serializable;
import tcpflowcheck.tcp.Rule;

/**
 * Given: something that was found beside the flows in a part of what is read.
 *
 * @param count how often
 * @param first where it was shown first
 */
record Found(Rule rule, long count, Place first) implements Serializable {
    private static final long serialVersionUID = 1L;
}
