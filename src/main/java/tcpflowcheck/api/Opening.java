package tcpflowcheck.api;

import java.util.Locale;

/** How a connection was opened, or why it was not. */
public enum Opening {
    /** SYN, SYN,ACK, ACK. */
    THREE_WAY,
    /** Both ends sent a SYN before they got the other's. */
    SIMULTANEOUS,
    /** The server answered ACK and SYN apart, or SYN with SYN. */
    SPLIT,
    /** An acceptable RST answered the SYN. */
    REFUSED,
    /** An ICMP error answered the SYN, and nothing else did. */
    UNREACHABLE,
    /** Nothing answered the SYN. */
    UNANSWERED,
    /** SYN and SYN,ACK, and the client's end never confirmed. */
    HALF_OPEN,
    /** The capture ended before an answer could come. */
    CUT,
    /** The flow had to make room, as too many were alive, before an answer came. */
    EVICTED,
    /** Octets on the SYN were accepted (RFC 7413). */
    FAST_OPEN,
    /** The connection began before the capture. */
    MIDSTREAM;

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** As reports print it: {@code three-way}. */
    @Override
    public String toString() {
        return word;
    }
}
