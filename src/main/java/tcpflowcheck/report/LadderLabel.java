package tcpflowcheck.report;

import java.util.ArrayList;
import java.util.List;
import tcpflowcheck.capture.SafeText;
import tcpflowcheck.report.ladder.Ladder;
import tcpflowcheck.report.ladder.Numbers;
import tcpflowcheck.report.ladder.Rung;
import tcpflowcheck.wire.SeqNumber;
import tcpflowcheck.wire.TcpSegment;

/** What stands on an arrow of a ladder: {@code SYN,ACK seq=0 (y) ack=1 (x+1) mss=1460}, or as much of it as fits. */
final class LadderLabel {
    private static final int LEAST = 4;

    private final boolean absolute;

    /** @param absolute sequence and acknowledgment numbers as on the wire */
    LadderLabel(boolean absolute) {
        this.absolute = absolute;
    }

    /** @param width characters at most */
    String of(Ladder ladder, Rung rung, int width) {
        Numbers numbers = rung.numbers();
        List<String> parts = new ArrayList<>();
        parts.add(flags(numbers) + (numbers.length() > 0 ? " " + numbers.length() + " B" : ""));
        parts.add(numbered("seq", seq(ladder, rung), ladder.seqLetter(rung)));
        if (numbers.has(TcpSegment.ACK)) {
            parts.add(numbered("ack", ack(ladder, rung), ladder.ackLetter(rung)));
        }
        if (numbers.mss() >= 0) {
            parts.add("mss=" + numbers.mss());
        }
        String label = String.join(" ", parts);
        while (label.length() > width && parts.size() > 2) {
            parts.remove(parts.size() - 1);
            label = String.join(" ", parts);
        }
        if (label.length() > width) {
            label = parts.get(0) + " " + numbered("seq", seq(ladder, rung), "");
        }
        return label.length() > width ? Shortened.to(Math.max(width, LEAST), parts.get(0)) : label;
    }

    /** What an ICMP error says, without who says it to whom and how long it is. */
    static String icmp(Rung rung) {
        String line = rung.text();
        int from = Math.max(line.indexOf("ICMP"), 0);
        int length = line.lastIndexOf(", length ");
        return SafeText.of(line.substring(from, length > from ? length : line.length()));
    }

    private static String numbered(String name, long number, String letter) {
        return name + "=" + number + (letter.isEmpty() ? "" : " (" + letter + ")");
    }

    private long seq(Ladder ladder, Rung rung) {
        return absolute || rung.isOfAnother()
                ? SeqNumber.unsigned(rung.numbers().seq())
                : ladder.relativeSeq(rung);
    }

    private long ack(Ladder ladder, Rung rung) {
        return absolute || rung.isOfAnother()
                ? SeqNumber.unsigned(rung.numbers().ack())
                : ladder.relativeAck(rung);
    }

    /** {@code SYN,ACK}, as the books write them. */
    static String flags(Numbers numbers) {
        StringBuilder names = new StringBuilder();
        add(names, numbers, TcpSegment.SYN, "SYN");
        add(names, numbers, TcpSegment.FIN, "FIN");
        add(names, numbers, TcpSegment.RST, "RST");
        add(names, numbers, TcpSegment.URG, "URG");
        add(names, numbers, TcpSegment.ACK, "ACK");
        return names.length() == 0 ? "no flags" : names.toString();
    }

    private static void add(StringBuilder names, Numbers numbers, int flag, String name) {
        if (numbers.has(flag)) {
            names.append(names.length() == 0 ? "" : ",").append(name);
        }
    }
}
