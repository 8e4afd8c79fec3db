package tcpflowcheck.model;

/**
 * A segment of the model, packed in eleven bits: four flags, sequence number and ACK number (relative, 0 to 7), one bit
 * for an octet of text. Never 0, since it has a flag.
 */
final class Segments {
    static final int SYN = 1;
    static final int ACK = 2;
    static final int FIN = 4;
    static final int RST = 8;

    /** The number of an RST that answers a segment without ACK: 0 on the wire, of which only its receiver's window knows. */
    static final int NOWHERE = 7;

    /** In a captured word: the second end sent it. */
    static final int FROM_SECOND = 1 << 15;

    private static final int NUMBER = 7;

    private Segments() {}

    static int of(int flags, int seq, int ack, int octets) {
        return flags | seq << 4 | ack << 7 | octets << 10;
    }

    static boolean has(int segment, int flag) {
        return (segment & flag) != 0;
    }

    static int flags(int segment) {
        return segment & 15;
    }

    static int seq(int segment) {
        return segment >> 4 & NUMBER;
    }

    static int ack(int segment) {
        return segment >> 7 & NUMBER;
    }

    static int octets(int segment) {
        return segment >> 10 & 1;
    }

    /** SEG.LEN: octets, and one each for SYN and FIN. */
    static int length(int segment) {
        return octets(segment) + (segment & SYN) + (segment >> 2 & 1);
    }

    /** Who sent a captured segment: 0 or 1. */
    static int sender(int captured) {
        return captured >> 15 & 1;
    }

    /** A captured segment as the lists of cases have it: {@code C S. 0 a1}, with {@code 1:2} for an octet of text. */
    static String text(int captured) {
        StringBuilder text = new StringBuilder(sender(captured) == 0 ? "C " : "S ");
        text.append(letters(captured)).append(' ');
        int seq = seq(captured) == NOWHERE ? 0 : seq(captured);
        text.append(seq);
        if (octets(captured) > 0) {
            text.append(':').append(seq + octets(captured));
        }
        return has(captured, ACK) ? text.append(" a").append(ack(captured)).toString() : text.toString();
    }

    /** The flags as tcpdump prints them. */
    static String letters(int segment) {
        return (has(segment, FIN) ? "F" : "")
                + (has(segment, SYN) ? "S" : "")
                + (has(segment, RST) ? "R" : "")
                + (has(segment, ACK) ? "." : "");
    }

    /** A whole capture: {@code C S 0 | S S. 0 a1 | C . 1 a1}. */
    static String text(char[] word, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(i == 0 ? "" : " | ").append(text(word[i]));
        }
        return text.toString();
    }

    /** The same backwards: a captured word from what {@link #text(char[], int)} writes. */
    static char[] word(String text) {
        String[] each = text.split(" *\\| *");
        char[] word = new char[each.length];
        for (int i = 0; i < each.length; i++) {
            word[i] = (char) captured(each[i].strip().split(" +"));
        }
        return word;
    }

    private static int captured(String[] words) {
        int flags = 0;
        for (int i = 0; i < words[1].length(); i++) {
            char letter = words[1].charAt(i);
            flags |= switch (letter) {
                case 'S' -> SYN;
                case '.' -> ACK;
                case 'F' -> FIN;
                case 'R' -> RST;
                default -> throw new IllegalArgumentException(words[1]);
            };
        }
        String[] range = words[2].split(":");
        boolean nowhere = flags == (RST | ACK) && range[0].equals("0");
        int seq = nowhere ? NOWHERE : Integer.parseInt(range[0]);
        int ack = words.length > 3 ? Integer.parseInt(words[3].substring(1)) : 0;
        return of(flags, seq, ack, range.length - 1) | (words[0].equals("S") ? FROM_SECOND : 0);
    }
}
