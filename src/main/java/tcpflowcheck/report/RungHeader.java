package tcpflowcheck.report;

import java.util.Base64;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.report.header.HeaderMeaning;
import tcpflowcheck.report.header.HeaderOctets;
import tcpflowcheck.report.header.HeaderRows;
import tcpflowcheck.report.ladder.Ladder;
import tcpflowcheck.report.ladder.Rung;
import tcpflowcheck.tcp.SentOptions;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpSegment;

/** The header of a segment that a ladder has an arrow for. */
final class RungHeader {
    private RungHeader() {}

    /** As {@code --frame} draws it. */
    static String figure(Ladder ladder, Rung rung, HeaderOctets header) {
        TextBuffer out = new TextBuffer(2048);
        new HeaderFigure(out).append(HeaderRows.of(header, meaning(ladder, rung)));
        return out.toString();
    }

    /** With the numbers and letters of the ladder. */
    static HeaderMeaning meaning(Ladder ladder, Rung rung) {
        Side side = rung.side();
        int shift = shift(ladder.flow(), side, rung.numbers().has(TcpSegment.SYN));
        if (rung.isOfAnother()) {
            return new HeaderMeaning(side, -1, "", -1, "", shift);
        }
        long seq = known(ladder.relativeSeq(rung), rung.numbers().seq());
        long ack = known(ladder.relativeAck(rung), rung.numbers().ack());
        return new HeaderMeaning(side, seq, ladder.seqLetter(rung), ack, ladder.ackLetter(rung), shift);
    }

    /** -1 where it is the number itself, relative to none. */
    private static long known(long relative, int number) {
        return relative == SeqNumber.unsigned(number) ? -1 : relative;
    }

    /**
     * What a script draws it from, beside the arrow's own label: the octets in base 64, the first letter of whether the
     * checksum is right, the octets of text, and how far the window is to be shifted.
     */
    static String packed(Ladder ladder, Rung rung, HeaderOctets header) {
        return Base64.getEncoder().withoutPadding().encodeToString(header.octets()) + " "
                + header.checksum().charAt(0) + " " + header.textLength() + " "
                + shift(ladder.flow(), rung.side(), rung.numbers().has(TcpSegment.SYN));
    }

    /** How far an end's windows are to be shifted: of a SYN none, -1; else as the end has offered if both have. */
    static int shift(Flow flow, Side side, boolean syn) {
        SentOptions own = flow.connection().endpoint(side).options();
        SentOptions peers = flow.connection().endpoint(side.peer()).options();
        return syn || peers.windowShift() < 0 ? -1 : own.windowShift();
    }
}
