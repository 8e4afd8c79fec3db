package tcpflowcheck.flow;

/**
 * Given: how many flows of a kind are too many.
 *
 * @param floodRate half-open connections to one server's port that are born in a second
 * @param floodShare percent of all connections to it that are born at that time
 * @param scanPorts of one host that refuse another or do not answer it
 * @param scanHosts that refuse a host or do not answer it, on one port
 */
public record CrowdLimits(long floodRate, long floodShare, long scanPorts, long scanHosts) {
    /** 50 a second, 80 %, 30 and 30. */
    public static final CrowdLimits DEFAULT = new CrowdLimits(50, 80, 30, 30);
}
