package tcpflowcheck.tcp;

/**
 * Given: the first ICMP error that answers the client's SYN.
 *
 * @param said by whom, and what
 * @param nanos since the last SYN before it
 * @param synRetransmissions until then; the client takes the error for a soft one if more follow
 */
public record Unreachable(IcmpSaid said, long nanos, int synRetransmissions) {}
