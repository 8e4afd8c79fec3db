package tcpflowcheck.report.ladder;

import tcpflowcheck.wire.TcpSegment;

/**
 * Given: what a segment carries.
 *
 * @param flags as {@link TcpSegment#flags} has them
 * @param seq the sequence number as on the wire
 * @param ack the acknowledgment number as on the wire
 * @param length octets of text
 * @param mss of the option, -1 if there is none
 */
public record Numbers(int flags, int seq, int ack, int length, int mss, int window) {
    static Numbers of(TcpSegment segment) {
        int mss = segment.isSyn() ? segment.options().mss() : -1;
        return new Numbers(segment.flags(), segment.seq(), segment.ack(), segment.length(), mss, segment.window());
    }

    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** The number behind the segment: its text, SYN and FIN take one each. */
    public int end() {
        return seq + length + (has(TcpSegment.SYN) ? 1 : 0) + (has(TcpSegment.FIN) ? 1 : 0);
    }
}
