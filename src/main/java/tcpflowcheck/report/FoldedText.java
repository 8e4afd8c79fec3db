package tcpflowcheck.report;

import tcpflowcheck.report.ladder.FoldedSegments;
import tcpflowcheck.tcp.Side;

/** Segments that are told together: {@code 3 segments of data and 2 ACKs, 420 B out, 5,112 B in}. */
final class FoldedText {
    private FoldedText() {}

    static TextBuffer append(TextBuffer out, FoldedSegments folded) {
        if (folded.data() > 0) {
            Amount.counted(out, folded.data(), "segment").append(" of data");
        }
        if (folded.acks() > 0) {
            Amount.counted(folded.data() > 0 ? out.append(" and ") : out, folded.acks(), "ACK");
        }
        octets(out, folded);
        if (folded.withEvents() > 0) {
            Amount.grouped(out.append("; "), folded.withEvents()).append(" of them with findings or transitions");
        }
        return out;
    }

    /** What each end sent, if anything: {@code , 420 B out, 5,112 B in}. */
    static TextBuffer octets(TextBuffer out, FoldedSegments folded) {
        if (folded.octets(Side.CLIENT) > 0) {
            Amount.grouped(out.append(", "), folded.octets(Side.CLIENT)).append(" B out");
        }
        if (folded.octets(Side.SERVER) > 0) {
            Amount.grouped(out.append(", "), folded.octets(Side.SERVER)).append(" B in");
        }
        return out;
    }
}
