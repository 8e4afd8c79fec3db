package tcpflowcheck.wire;

/**
 * Lent: why the frame at hand could not be read down to TCP, valid until the next call of {@link PacketDecoder#decode}
 * and only if that answered {@link Decoded#SNAPPED}, {@link Decoded#MALFORMED} or {@link Decoded#UNKNOWN_LINK}.
 */
public final class DecodeFault {
    /** Where a header can be wrong or cut; what was found there is a number in the unit that the text names. */
    public enum Reason {
        LINK_TYPE("link type", "one that is known"),
        LINK_HEADER("octets of link header", "at least"),
        VLAN_TAG("octets of VLAN tag", "at least"),
        LLC_HEADER("octets of LLC and SNAP header", "at least"),
        IP_VERSION("IP version", "exactly"),
        IPV4_HEADER("octets of IPv4 header", "at least"),
        IPV4_HEADER_LENGTH("IPv4 header length", "at least"),
        IPV4_TOTAL_LENGTH("IPv4 total length", "at least"),
        IPV6_HEADER("octets of IPv6 header", "at least"),
        IPV6_EXTENSION("octets of IPv6 extension header", "at least"),
        AUTHENTICATION_HEADER("octets of authentication header", "at least"),
        IPV6_EXTENSION_COUNT("IPv6 extension headers", "at most"),
        IPV6_JUMBO_LENGTH("IPv6 jumbo payload length", "at most"),
        TUNNEL_HEADER("octets of tunnel header", "at least"),
        TCP_HEADER("octets of TCP header", "at least"),
        /** A data offset below 5 (RFC 9293, section 3.1). */
        TCP_HEADER_LENGTH_SHORT("TCP header length", "at least"),
        /** A data offset past the end of the segment. */
        TCP_HEADER_LENGTH_LONG("TCP header length", "at most");

        private final String what;
        private final String bound;

        Reason(String what, String bound) {
            this.what = what;
            this.bound = bound;
        }

        /**
         * Whether {@link PacketDecoder#segment} shows the addresses and the fixed 20 octets of the TCP header all the
         * same; its options are empty and its length is 0.
         */
        public boolean segmentKnown() {
            return this == TCP_HEADER_LENGTH_SHORT || this == TCP_HEADER_LENGTH_LONG;
        }
    }

    private int frameStart;
    private Reason reason = Reason.LINK_TYPE;
    private int offset;
    private long expected;
    private long found;

    public Reason reason() {
        return reason;
    }

    /** The octet in the frame, from 0, at which the header or the field in question starts. */
    public int offset() {
        return offset;
    }

    /** The least, the most or the only number that would have been right, as {@link Reason} has it; octets for lengths. */
    public long expected() {
        return expected;
    }

    /** The number that was there. */
    public long found() {
        return found;
    }

    /** Counts offsets from the first octet of a frame. */
    void begin(int frameStart) {
        this.frameStart = frameStart;
    }

    Decoded unknownLink(int linkType) {
        note(Reason.LINK_TYPE, frameStart, 0, linkType);
        return Decoded.UNKNOWN_LINK;
    }

    Decoded malformed(Reason reason, int at, long expected, long found) {
        note(reason, at, expected, found);
        return Decoded.MALFORMED;
    }

    /** A header of {@code octets} at {@code at} is not whole: never was if the packet ends before it, else it was cut. */
    Decoded missing(Reason reason, int at, int octets, int capturedEnd, int packetEnd) {
        boolean cut = packetEnd - at >= octets;
        note(reason, at, octets, Math.max(0, (cut ? capturedEnd : Math.min(capturedEnd, packetEnd)) - at));
        return cut ? Decoded.SNAPPED : Decoded.MALFORMED;
    }

    private void note(Reason reason, int at, long expected, long found) {
        this.reason = reason;
        this.offset = at - frameStart;
        this.expected = expected;
        this.found = found;
    }

    /** A line for the user without its end: {@code octet 46: TCP header length 16, expected at least 20}. */
    @Override
    public String toString() {
        String line = "octet " + offset + ": " + reason.what + " " + found + ", expected " + reason.bound;
        return reason == Reason.LINK_TYPE ? line : line + " " + expected;
    }
}
