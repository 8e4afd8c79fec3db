package tcpflowcheck.wire;

/** What a frame turned out to be. */
public enum Decoded {
    /** A TCP segment: {@link PacketDecoder#segment} shows it. */
    TCP,
    /** Whole and well-formed as far as it was read, and something else. */
    NOT_TCP,
    /** Encrypted, compressed, a piece, or in a tunnel that is not looked into: {@link PacketDecoder#opaque} names it. */
    OPAQUE,
    /** An ICMP error that quotes a TCP segment: {@link PacketDecoder#icmp} shows both. */
    ICMP,
    /** A fragment of a packet that is not yet whole. */
    FRAGMENT,
    /** A link type that is not known. */
    UNKNOWN_LINK,
    /** Cut by the snap length before the TCP header was whole: {@link PacketDecoder#fault} says where. */
    SNAPPED,
    /** A header contradicts itself or its packet: {@link PacketDecoder#fault} says where. */
    MALFORMED
}
