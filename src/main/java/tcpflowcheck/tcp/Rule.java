package tcpflowcheck.tcp;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The closed list of what can be wrong. Each is noticed at one line of the code; its slug is its name in every output. */
public enum Rule {
    HANDSHAKE_REFUSED("open", Severity.WARNING, "an acceptable RST answers the SYN", "RFC 9293 3.10.7.3"),
    HANDSHAKE_UNREACHABLE("open", Severity.WARNING, "an ICMP error answers the SYN", "RFC 9293 3.9.2.2"),
    HANDSHAKE_UNANSWERED(
            "open", Severity.WARNING, "a SYN gets no answer until the SYN timeout or the end", "RFC 9293 3.8.3"),
    HANDSHAKE_HALF_OPEN(
            "open", Severity.WARNING, "SYN and SYN,ACK, and the client's end never confirms", "RFC 9293 3.5"),
    HANDSHAKE_ACK_MISMATCH(
            "open",
            Severity.ERROR,
            "a SYN,ACK whose ack is not x+1, or a third segment whose ack is not y+1",
            "RFC 9293 3.5"),
    SYN_ANSWERED_BY_ACK(
            "open",
            Severity.WARNING,
            "an ACK of another connection answers the SYN",
            "RFC 9293 3.5.1, 3.10.7.3, RFC 5961 4"),
    THIRD_ACK_IGNORED(
            "open",
            Severity.WARNING,
            "the server goes on as if the third segment of the handshake had not come",
            "RFC 9293 3.10.7.4"),
    SYN_RETRANSMISSION("open", Severity.NOTE, "a SYN again with the same ISN", "RFC 9293 3.8.1"),
    SYNACK_RETRANSMISSION("open", Severity.NOTE, "a SYN,ACK again with the same ISN", "RFC 9293 3.8.1"),
    ISN_CHANGED(
            "open",
            Severity.WARNING,
            "a SYN or SYN,ACK again with another ISN while the first is unanswered",
            "RFC 9293 3.4.1"),
    SIMULTANEOUS_OPEN("open", Severity.NOTE, "two crossing SYNs", "RFC 9293 3.5"),
    SPLIT_HANDSHAKE("open", Severity.WARNING, "the server answers ACK and SYN apart, or SYN with SYN", "RFC 9293 3.5"),
    SYN_DATA("open", Severity.NOTE, "octets on a SYN without Fast Open", "RFC 9293 3.4"),
    FAST_OPEN("open", Severity.NOTE, "octets on a SYN, acknowledged in the SYN,ACK", "RFC 7413 4.2"),
    FAST_OPEN_IGNORED(
            "open", Severity.NOTE, "octets on a Fast Open SYN, not acknowledged in the SYN,ACK", "RFC 7413 4.2"),
    DATA_BEFORE_HANDSHAKE(
            "open", Severity.WARNING, "octets beyond the SYN before the peer's SYN was seen", "RFC 9293 3.10.7.3"),
    SYN_IN_CONNECTION("open", Severity.WARNING, "a SYN in a synchronized state; the connection lives", "RFC 5961 4"),
    CHALLENGE_ACK(
            "open", Severity.NOTE, "the ACK that answers such a SYN, or an RST that is not exactly next", "RFC 5961 3"),
    FIN_RETRANSMISSION("close", Severity.NOTE, "the same FIN again", "RFC 9293 3.8.1"),
    SIMULTANEOUS_CLOSE("close", Severity.NOTE, "both FINs were sent before either was acknowledged", "RFC 9293 3.6"),
    HALF_CLOSE("close", Severity.NOTE, "octets flow on after one FIN was acknowledged", "RFC 9293 3.6"),
    CLOSE_UNACKNOWLEDGED("close", Severity.WARNING, "a FIN that nothing covers by the end of the flow", "RFC 9293 3.6"),
    FIN_UNACCEPTABLE("close", Severity.WARNING, "a FIN that its receiver must drop", "RFC 9293 3.10.7.4, RFC 7323 5"),
    DATA_AFTER_FIN(
            "close", Severity.ERROR, "octets beyond the sender's own FIN, sent after it or before it", "RFC 9293 3.6"),
    LAST_ACK_LOST("close", Severity.NOTE, "the FIN comes again after its ACK was seen", "RFC 9293 3.6"),
    TIME_WAIT_REUSE("close", Severity.NOTE, "a new SYN within 2 MSL of TIME-WAIT", "RFC 9293 3.6.1"),
    TIME_WAIT_ASSASSINATION("close", Severity.WARNING, "an RST to an end in TIME-WAIT", "RFC 1337"),
    OLD_DUPLICATE("close", Severity.WARNING, "a segment of a closed incarnation arrives in the next", "RFC 9293 3.4.1"),
    RESET("reset", Severity.WARNING, "an acceptable RST ends a connection", "RFC 9293 3.5.3"),
    RESET_UNACCEPTABLE("reset", Severity.WARNING, "an RST that the receiver must not act on", "RFC 9293 3.10.7.4"),
    RESET_SUSPECT(
            "reset",
            Severity.ERROR,
            "the sender of an RST goes on as if it had not sent it, or two signs speak of another sender",
            "RFC 9293 3.5.3"),
    DATA_AFTER_RESET("reset", Severity.WARNING, "octets from an end after it reset", "RFC 9293 3.5.2"),
    RESET_DATA("reset", Severity.NOTE, "an RST with octets", "RFC 9293 3.5.3"),
    MSS_ABSENT("options", Severity.NOTE, "a SYN without MSS", "RFC 9293 3.7.1"),
    MSS_SMALL("options", Severity.WARNING, "an MSS below 536 (IPv4) or 1220 (IPv6)", "RFC 9293 3.7.1"),
    MSS_MISPLACED("options", Severity.WARNING, "MSS outside a SYN", "RFC 9293 3.7.1"),
    MSS_CHANGED("options", Severity.WARNING, "another MSS on the SYN's retransmission", "RFC 9293 3.7.1"),
    MSS_EXCEEDED("options", Severity.NOTE, "a segment longer than the peer's MSS", "RFC 9293 3.7.1"),
    WINDOW_SHIFT_INVALID("options", Severity.WARNING, "a window shift above 14", "RFC 7323 2.3"),
    OPTION_MALFORMED(
            "options",
            Severity.ERROR,
            "an option list that runs past the header, a length below 2, or a length wrong for its kind",
            "RFC 9293 3.1"),
    OPTION_UNNEGOTIATED(
            "options",
            Severity.WARNING,
            "SACK blocks or timestamps that the handshake did not agree on",
            "RFC 2018 2, RFC 7323 3.2"),
    TIMESTAMPS_MISSING(
            "options", Severity.WARNING, "timestamps were agreed on, and a segment has none", "RFC 7323 3.2"),
    SACK_BEYOND_SENT("options", Severity.WARNING, "SACK blocks outside what was sent", "RFC 2018 3, RFC 2883"),
    TIMESTAMP_BACKWARDS("options", Severity.WARNING, "a TSval older than the last one in sequence", "RFC 7323 5"),
    RETRANSMISSION("segments", Severity.NOTE, "octets that were sent before leave again", "RFC 9293 3.8.1"),
    FAST_RETRANSMISSION(
            "segments",
            Severity.NOTE,
            "octets leave again because duplicate ACKs or SACK asked for them",
            "RFC 5681 3.2, RFC 6675 5"),
    SPURIOUS_RETRANSMISSION(
            "segments", Severity.NOTE, "octets leave again that the peer has already", "RFC 9293 3.10.7.4, RFC 2883"),
    OUT_OF_ORDER("segments", Severity.NOTE, "octets pass behind octets that were sent later", "RFC 9293 3.10.7.4"),
    DUPLICATE_ACK("segments", Severity.NOTE, "the last ACK again, alone and with the same window", "RFC 5681 2"),
    CAPTURE_GAP("segments", Severity.WARNING, "octets are acknowledged that the capture does not hold", "RFC 9293 3.4"),
    SEGMENT_GAP("segments", Severity.NOTE, "octets in front of a segment were not captured before it", "RFC 9293 3.4"),
    OVERLAP_CONFLICT(
            "segments", Severity.ERROR, "the same sequence numbers again with other octets", "RFC 9293 3.10.7.4"),
    DUPLICATE_FRAME("segments", Severity.NOTE, "the same segment captured twice, not sent again", "RFC 791 3.2"),
    UNANSWERED_DATA(
            "segments",
            Severity.WARNING,
            "the same octets again and again, for more than 3 s, and the peer's ACK does not move",
            "RFC 9293 3.8.1, 3.8.3"),
    LARGE_SEGMENTS_LOST(
            "segments",
            Severity.WARNING,
            "segments above a size are never acknowledged, and smaller ones are",
            "RFC 2923 2.1, RFC 8899"),
    REQUEST_UNANSWERED(
            "segments",
            Severity.WARNING,
            "a request is acknowledged, no octet comes back, and after 1 s or more the client closes or resets",
            "RFC 9293 3.9.1"),
    KEEP_ALIVE("segments", Severity.NOTE, "a probe of an idle connection, one below what is next", "RFC 9293 3.8.4"),
    ZERO_WINDOW("segments", Severity.WARNING, "an end offers no window", "RFC 9293 3.8.6"),
    WINDOW_FULL("segments", Severity.WARNING, "octets fill the offered window to its edge", "RFC 9293 3.8.6"),
    ZERO_WINDOW_PROBE("segments", Severity.NOTE, "a probe of a closed window", "RFC 9293 3.8.6.1"),
    WINDOW_SHRUNK("segments", Severity.WARNING, "the right edge of the offered window moves left", "RFC 9293 3.8.6"),
    PATH_MTU(
            "segments",
            Severity.NOTE,
            "an ICMP fragmentation needed or packet too big quotes a segment",
            "RFC 1191 3, RFC 8201 4"),
    ICMP_ERROR("segments", Severity.NOTE, "another ICMP error quotes a segment", "RFC 9293 3.9.2.2"),
    ICMP_UNACCEPTABLE("segments", Severity.WARNING, "an ICMP error quotes what the end has not sent", "RFC 5927 4.1"),
    FLAGS_INVALID("header", Severity.ERROR, "a set of flags that no TCP sends", "RFC 9293 3.10.7"),
    CHECKSUM_BAD("header", Severity.WARNING, "a wrong checksum that offload does not explain", "RFC 9293 3.1"),
    CHECKSUM_OFFLOAD("header", Severity.NOTE, "checksums that a network card was still to complete", "RFC 9293 3.1"),
    URGENT_STRAY("header", Severity.NOTE, "the urgent pointer is set and URG is not", "RFC 9293 3.1"),
    ACK_STRAY("header", Severity.NOTE, "the acknowledgment number is set and ACK is not", "RFC 9293 3.1"),
    HEADER_LENGTH_INVALID(
            "header", Severity.ERROR, "a data offset below 5 or past the end of the segment", "RFC 9293 3.1"),
    LAND("header", Severity.ERROR, "source and destination are the same address and port", "RFC 9293 3.9.2.3"),
    SYN_FLOOD(
            "flows",
            Severity.ERROR,
            "half-open connections to one server's port pass a rate and a share of all",
            "RFC 4987 2"),
    PORT_SCAN(
            "flows", Severity.WARNING, "one host meets many ports of another that refuse or do not answer", "RFC 4949"),
    HOST_SCAN(
            "flows",
            Severity.WARNING,
            "one host meets many hosts that refuse or do not answer on one port",
            "RFC 4949"),
    ONE_SIDED("capture", Severity.WARNING, "only one direction of a flow is in the capture", "RFC 9293 3.3.2"),
    NAT_BYPASS(
            "capture",
            Severity.NOTE,
            "segments of a connection that is in the capture under another address",
            "RFC 3022 2"),
    CLOCK_BACKWARDS("capture", Severity.NOTE, "a frame older than the one before", "pcap"),
    CAPTURE_CUT("capture", Severity.WARNING, "the file ends inside a record", "pcap"),
    SNAPPED("capture", Severity.NOTE, "frames cut by the snap length", "pcap"),
    FRAGMENT_OVERLAP("capture", Severity.WARNING, "an IP fragment contradicts another", "RFC 5722"),
    FRAGMENT_MISSING("capture", Severity.NOTE, "an IP packet of which fragments are missing", "RFC 791, 3.2");

    private final String slug = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final String group;
    private final Severity severity;
    private final String sentence;
    private final String source;

    Rule(String group, Severity severity, String sentence, String source) {
        this.group = group;
        this.severity = severity;
        this.sentence = sentence;
        this.source = source;
    }

    public String slug() {
        return slug;
    }

    /** The part of a connection's life it belongs to: open, close, reset, options, segments, header, flows, capture. */
    public String group() {
        return group;
    }

    public Severity severity() {
        return severity;
    }

    /** When it fires, in one sentence. */
    public String sentence() {
        return sentence;
    }

    /** The RFC and its section. */
    public String source() {
        return source;
    }

    /** The rule with this slug, or null. */
    public static @Nullable Rule of(String slug) {
        for (Rule rule : values()) {
            if (rule.slug.equals(slug)) {
                return rule;
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return slug;
    }
}
