package tcpflowcheck.report.header;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tcpflowcheck.tcp.Side;
import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpSegment;

/** A header's rows from the top. Flags that are set are in capitals, the others in small letters. */
public final class HeaderRows {
    /** Of a row. */
    public static final int BITS = 32;

    private static final int HALF = BITS / 2;

    /** In the header's order. */
    private static final String[] FLAGS = {"AE", "CWR", "ECE", "URG", "ACK", "PSH", "RST", "SYN", "FIN"};

    private static final int FLAG_BITS = 0x1ff;

    private HeaderRows() {}

    /** All of them, the text's length last. */
    public static List<List<HeaderField>> of(HeaderOctets header, HeaderMeaning meaning) {
        List<List<HeaderField>> rows = new ArrayList<>();
        Side receiver = meaning.sender().peer();
        rows.add(List.of(
                HeaderField.of(HALF, "Source Port " + header.u16(0) + " (" + meaning.sender() + ")"),
                HeaderField.of(HALF, "Destination Port " + header.u16(2) + " (" + receiver + ")")));
        rows.add(row("Sequence Number " + SeqNumber.unsigned(header.i32(4))
                + HeaderMeaning.relative(meaning.seq(), meaning.seqLetter())));
        boolean acks = (header.u16(12) & TcpSegment.ACK) != 0;
        rows.add(row("Acknowledgment Number " + SeqNumber.unsigned(header.i32(8))
                + (acks ? HeaderMeaning.relative(meaning.ack(), meaning.ackLetter()) : " (no ACK: not valid)")));
        rows.add(flags(header, meaning.shift()));
        rows.add(List.of(
                HeaderField.of(HALF, String.format("Checksum 0x%04x (%s)", header.u16(16), header.checksum())),
                HeaderField.of(HALF, "Urgent Pointer " + header.u16(18))));
        rows.addAll(OptionRows.of(header));
        int cut = header.length() - header.octets().length;
        if (cut > 0) {
            rows.add(row(counted(cut) + " of the header, which the capture does not have"));
        }
        rows.add(row(counted(header.textLength()) + " of data"));
        return rows;
    }

    private static String counted(int octets) {
        return octets + (octets == 1 ? " octet" : " octets");
    }

    private static List<HeaderField> row(String text) {
        return List.of(HeaderField.of(BITS, text));
    }

    /** The data offset in four bits, three reserved, nine flags, the window. */
    private static List<HeaderField> flags(HeaderOctets header, int shift) {
        List<HeaderField> row = new ArrayList<>();
        row.add(HeaderField.of(4, "Data", "Offset", Integer.toString(header.length() / 4)));
        row.add(HeaderField.of(3, "Rsr-", "vd."));
        int bits = header.u16(12) & FLAG_BITS;
        for (int i = 0; i < FLAGS.length; i++) {
            boolean set = (bits >> (FLAGS.length - 1 - i) & 1) != 0;
            row.add(new HeaderField(1, letters(set ? FLAGS[i] : FLAGS[i].toLowerCase(Locale.ROOT)), set));
        }
        int window = header.u16(14);
        row.add(HeaderField.of(
                HALF, "", "Window " + window, shift > 0 ? "(" + ((long) window << shift) + " octets)" : ""));
        return row;
    }

    private static List<String> letters(String name) {
        List<String> letters = new ArrayList<>();
        for (int i = 0; i < name.length(); i++) {
            letters.add(name.substring(i, i + 1));
        }
        return letters;
    }
}
