package tcpflowcheck.report.header;

import tcpflowcheck.tcp.Side;

/**
 * Given: what a header means in its connection.
 *
 * @param sender who sent it
 * @param seq its number relative to the sender's initial one, -1 if that is not known
 * @param seqLetter the books' letter for it, such as {@code x}; empty if there is none
 * @param ack its acknowledgment number relative to the receiver's initial one, -1 if that is not known
 * @param ackLetter the books' letter for it; empty if there is none
 * @param shift how far its window is to be shifted (RFC 7323, section 2), -1 if that is not known
 */
public record HeaderMeaning(Side sender, long seq, String seqLetter, long ack, String ackLetter, int shift) {
    /** {@code  (relative 1, x+1)}, or nothing. */
    static String relative(long number, String letter) {
        if (number < 0) {
            return "";
        }
        return " (relative " + number + (letter.isEmpty() ? "" : ", " + letter) + ")";
    }
}
