package tcpflowcheck.api;

import java.util.Locale;

/** What can be found in a connection or a capture; the words are those of {@code tcpflow-check --rules}. */
public enum Rule {
    /** An acceptable RST answers the SYN (RFC 9293 3.10.7.3). */
    HANDSHAKE_REFUSED,
    /** An ICMP error answers the SYN (RFC 9293 3.9.2.2). */
    HANDSHAKE_UNREACHABLE,
    /** A SYN gets no answer until the SYN timeout or the end (RFC 9293 3.8.3). */
    HANDSHAKE_UNANSWERED,
    /** SYN and SYN,ACK, and the client's end never confirms (RFC 9293 3.5). */
    HANDSHAKE_HALF_OPEN,
    /** A SYN,ACK whose ack is not x+1, or a third segment whose ack is not y+1 (RFC 9293 3.5). */
    HANDSHAKE_ACK_MISMATCH,
    /** An ACK of another connection answers the SYN (RFC 9293 3.5.1, 3.10.7.3, RFC 5961 4). */
    SYN_ANSWERED_BY_ACK,
    /** The server goes on as if the third segment of the handshake had not come (RFC 9293 3.10.7.4). */
    THIRD_ACK_IGNORED,
    /** A SYN again with the same ISN (RFC 9293 3.8.1). */
    SYN_RETRANSMISSION,
    /** A SYN,ACK again with the same ISN (RFC 9293 3.8.1). */
    SYNACK_RETRANSMISSION,
    /** A SYN or SYN,ACK again with another ISN while the first is unanswered (RFC 9293 3.4.1). */
    ISN_CHANGED,
    /** Two crossing SYNs (RFC 9293 3.5). */
    SIMULTANEOUS_OPEN,
    /** The server answers ACK and SYN apart, or SYN with SYN (RFC 9293 3.5). */
    SPLIT_HANDSHAKE,
    /** Octets on a SYN without Fast Open (RFC 9293 3.4). */
    SYN_DATA,
    /** Octets on a SYN, acknowledged in the SYN,ACK (RFC 7413 4.2). */
    FAST_OPEN,
    /** Octets on a Fast Open SYN, not acknowledged in the SYN,ACK (RFC 7413 4.2). */
    FAST_OPEN_IGNORED,
    /** Octets beyond the SYN before the peer's SYN was seen (RFC 9293 3.10.7.3). */
    DATA_BEFORE_HANDSHAKE,
    /** A SYN in a synchronized state; the connection lives (RFC 5961 4). */
    SYN_IN_CONNECTION,
    /** The ACK that answers such a SYN, or an RST that is not exactly next (RFC 5961 3). */
    CHALLENGE_ACK,
    /** The same FIN again (RFC 9293 3.8.1). */
    FIN_RETRANSMISSION,
    /** Both FINs were sent before either was acknowledged (RFC 9293 3.6). */
    SIMULTANEOUS_CLOSE,
    /** Octets flow on after one FIN was acknowledged (RFC 9293 3.6). */
    HALF_CLOSE,
    /** A FIN that nothing covers by the end of the flow (RFC 9293 3.6). */
    CLOSE_UNACKNOWLEDGED,
    /** A FIN that its receiver must drop (RFC 9293 3.10.7.4, RFC 7323 5). */
    FIN_UNACCEPTABLE,
    /** Octets beyond the sender's own FIN, sent after it or before it (RFC 9293 3.6). */
    DATA_AFTER_FIN,
    /** The FIN comes again after its ACK was seen (RFC 9293 3.6). */
    LAST_ACK_LOST,
    /** A new SYN within 2 MSL of TIME-WAIT (RFC 9293 3.6.1). */
    TIME_WAIT_REUSE,
    /** An RST to an end in TIME-WAIT (RFC 1337). */
    TIME_WAIT_ASSASSINATION,
    /** A segment of a closed incarnation arrives in the next (RFC 9293 3.4.1). */
    OLD_DUPLICATE,
    /** An acceptable RST ends a connection (RFC 9293 3.5.3). */
    RESET,
    /** An RST that the receiver must not act on (RFC 9293 3.10.7.4). */
    RESET_UNACCEPTABLE,
    /** The sender of an RST goes on as if it had not sent it, or two signs speak of another sender (RFC 9293 3.5.3). */
    RESET_SUSPECT,
    /** Octets from an end after it reset (RFC 9293 3.5.2). */
    DATA_AFTER_RESET,
    /** An RST with octets (RFC 9293 3.5.3). */
    RESET_DATA,
    /** A SYN without MSS (RFC 9293 3.7.1). */
    MSS_ABSENT,
    /** An MSS below 536 (IPv4) or 1220 (IPv6) (RFC 9293 3.7.1). */
    MSS_SMALL,
    /** MSS outside a SYN (RFC 9293 3.7.1). */
    MSS_MISPLACED,
    /** Another MSS on the SYN's retransmission (RFC 9293 3.7.1). */
    MSS_CHANGED,
    /** A segment longer than the peer's MSS (RFC 9293 3.7.1). */
    MSS_EXCEEDED,
    /** A window shift above 14 (RFC 7323 2.3). */
    WINDOW_SHIFT_INVALID,
    /** An option list that runs past the header, a length below 2, or a length wrong for its kind (RFC 9293 3.1). */
    OPTION_MALFORMED,
    /** SACK blocks or timestamps that the handshake did not agree on (RFC 2018 2, RFC 7323 3.2). */
    OPTION_UNNEGOTIATED,
    /** Timestamps were agreed on, and a segment has none (RFC 7323 3.2). */
    TIMESTAMPS_MISSING,
    /** SACK blocks outside what was sent (RFC 2018 3, RFC 2883). */
    SACK_BEYOND_SENT,
    /** A TSval older than the last one in sequence (RFC 7323 5). */
    TIMESTAMP_BACKWARDS,
    /** Octets that were sent before leave again (RFC 9293 3.8.1). */
    RETRANSMISSION,
    /** Octets leave again because duplicate ACKs or SACK asked for them (RFC 5681 3.2, RFC 6675 5). */
    FAST_RETRANSMISSION,
    /** Octets leave again that the peer has already (RFC 9293 3.10.7.4, RFC 2883). */
    SPURIOUS_RETRANSMISSION,
    /** Octets pass behind octets that were sent later (RFC 9293 3.10.7.4). */
    OUT_OF_ORDER,
    /** The last ACK again, alone and with the same window (RFC 5681 2). */
    DUPLICATE_ACK,
    /** Octets are acknowledged that the capture does not hold (RFC 9293 3.4). */
    CAPTURE_GAP,
    /** Octets in front of a segment were not captured before it (RFC 9293 3.4). */
    SEGMENT_GAP,
    /** The same sequence numbers again with other octets (RFC 9293 3.10.7.4). */
    OVERLAP_CONFLICT,
    /** The same segment captured twice, not sent again (RFC 791 3.2). */
    DUPLICATE_FRAME,
    /** The same octets again and again, for more than 3 s, and the peer's ACK does not move (RFC 9293 3.8.1, 3.8.3). */
    UNANSWERED_DATA,
    /** Segments above a size are never acknowledged, and smaller ones are (RFC 2923 2.1, RFC 8899). */
    LARGE_SEGMENTS_LOST,
    /**
     * A request is acknowledged, no octet comes back, and after 1 s or more the client closes or resets (RFC 9293
     * 3.9.1).
     */
    REQUEST_UNANSWERED,
    /** A probe of an idle connection, one below what is next (RFC 9293 3.8.4). */
    KEEP_ALIVE,
    /** An end offers no window (RFC 9293 3.8.6). */
    ZERO_WINDOW,
    /** Octets fill the offered window to its edge (RFC 9293 3.8.6). */
    WINDOW_FULL,
    /** A probe of a closed window (RFC 9293 3.8.6.1). */
    ZERO_WINDOW_PROBE,
    /** The right edge of the offered window moves left (RFC 9293 3.8.6). */
    WINDOW_SHRUNK,
    /** An ICMP fragmentation needed or packet too big quotes a segment (RFC 1191 3, RFC 8201 4). */
    PATH_MTU,
    /** Another ICMP error quotes a segment (RFC 9293 3.9.2.2). */
    ICMP_ERROR,
    /** An ICMP error quotes what the end has not sent (RFC 5927 4.1). */
    ICMP_UNACCEPTABLE,
    /** A set of flags that no TCP sends (RFC 9293 3.10.7). */
    FLAGS_INVALID,
    /** A wrong checksum that offload does not explain (RFC 9293 3.1). */
    CHECKSUM_BAD,
    /** Checksums that a network card was still to complete (RFC 9293 3.1). */
    CHECKSUM_OFFLOAD,
    /** The urgent pointer is set and URG is not (RFC 9293 3.1). */
    URGENT_STRAY,
    /** The acknowledgment number is set and ACK is not (RFC 9293 3.1). */
    ACK_STRAY,
    /** A data offset below 5 or past the end of the segment (RFC 9293 3.1). */
    HEADER_LENGTH_INVALID,
    /** Source and destination are the same address and port (RFC 9293 3.9.2.3). */
    LAND,
    /** Half-open connections to one server's port pass a rate and a share of all (RFC 4987 2). */
    SYN_FLOOD,
    /** One host meets many ports of another that refuse or do not answer (RFC 4949). */
    PORT_SCAN,
    /** One host meets many hosts that refuse or do not answer on one port (RFC 4949). */
    HOST_SCAN,
    /** Only one direction of a flow is in the capture (RFC 9293 3.3.2). */
    ONE_SIDED,
    /** Segments of a connection that is in the capture under another address (RFC 3022 2). */
    NAT_BYPASS,
    /** A frame older than the one before (pcap). */
    CLOCK_BACKWARDS,
    /** The file ends inside a record (pcap). */
    CAPTURE_CUT,
    /** Frames cut by the snap length (pcap). */
    SNAPPED,
    /** An IP fragment contradicts another (RFC 5722). */
    FRAGMENT_OVERLAP,
    /** An IP packet of which fragments are missing (RFC 791, 3.2). */
    FRAGMENT_MISSING;

    private final String slug = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** As reports print it: {@code last-ack-lost}. */
    @Override
    public String toString() {
        return slug;
    }
}
