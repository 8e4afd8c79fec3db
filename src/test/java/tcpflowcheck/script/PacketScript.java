package tcpflowcheck.script;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A packet script: packetdrill's notation with both sides written and the expectation on the same line. Its syntax is a page,
 * {@code src/site/markdown/scripts.md}.
 */
record PacketScript(String name, List<Line> lines, List<Statement> statements) {
    /** One segment, a tick of the clock or the end. */
    record Line(
            int number,
            double after,
            char side,
            String flags,
            long seq,
            int length,
            Long ack,
            int window,
            int timeToLive,
            String options,
            String icmp,
            List<String> expected) {
        boolean isSegment() {
            return side == 'C' || side == 'S';
        }

        boolean isIcmp() {
            return icmp != null;
        }

        Line swapped() {
            List<String> others = expected.stream().map(PacketScript::swapSide).toList();
            char other = isSegment() ? (side == 'C' ? 'S' : 'C') : side;
            return new Line(number, after, other, flags, seq, length, ack, window, timeToLive, options, icmp, others);
        }
    }

    /** What must be true at the end. */
    record Statement(int number, List<String> words) {
        Statement swapped() {
            String others =
                    String.join(" ", words.stream().map(PacketScript::swapSide).toList());
            String active = "CLOSED SYN-SENT ESTABLISHED";
            String passive = "LISTEN SYN-RECEIVED ESTABLISHED";
            String opened = others.startsWith("server")
                    ? others.replace(active, passive)
                    : others.startsWith("client") ? others.replace(passive, active) : others;
            return new Statement(number, List.of(opened.split(" ")));
        }
    }

    private static final Pattern SEGMENT =
            Pattern.compile("\\+(\\S+)\\s+(?:icmp\\s+(\\S+)\\s+)?([CS])\\s+(\\S+)\\s+(-?\\d+):(-?\\d+)\\((\\d+)\\)"
                    + "(?:\\s+ack\\s+(-?\\d+))?(?:\\s+win\\s+(\\d+))?(?:\\s+ttl\\s+(\\d+))?(?:\\s+<([^>]*)>)?(.*)");
    private static final Pattern TICK = Pattern.compile("\\+(\\S+)\\s+tick(.*)");

    private static final String[] HANDSHAKE = {
        "+0 C S 0:0(0) C SYN-SENT",
        "+.010 S S. 0:0(0) ack 1 S SYN-RECEIVED",
        "+.010 C . 1:1(0) ack 1 C ESTABLISHED S ESTABLISHED"
    };

    static PacketScript parse(String name, List<String> text) {
        List<Line> lines = new ArrayList<>();
        List<Statement> statements = new ArrayList<>();
        for (int i = 0; i < text.size(); i++) {
            String line = text.get(i).replaceFirst("#.*", "").strip();
            if (line.equals("handshake")) {
                for (String segment : HANDSHAKE) {
                    lines.add(line(i + 1, segment));
                }
            } else if (line.startsWith("+") || line.equals("end") || line.startsWith("end ")) {
                lines.add(line(i + 1, line));
            } else if (!line.isEmpty()) {
                statements.add(new Statement(i + 1, List.of(line.split("\\s+"))));
            }
        }
        return new PacketScript(name, lines, statements);
    }

    private static Line line(int number, String line) {
        Matcher segment = SEGMENT.matcher(line);
        if (segment.matches()) {
            long first = Long.parseLong(segment.group(5));
            int length = Integer.parseInt(segment.group(7));
            if (Long.parseLong(segment.group(6)) != first + length) {
                throw new IllegalArgumentException("line " + number + ": the length does not fit the numbers");
            }
            return new Line(
                    number,
                    Double.parseDouble(segment.group(1)),
                    segment.group(3).charAt(0),
                    segment.group(4),
                    first,
                    length,
                    segment.group(8) == null ? null : Long.valueOf(segment.group(8)),
                    segment.group(9) == null ? 65535 : Integer.parseInt(segment.group(9)),
                    segment.group(10) == null ? 64 : Integer.parseInt(segment.group(10)),
                    segment.group(11),
                    segment.group(2),
                    words(segment.group(12)));
        }
        Matcher tick = TICK.matcher(line);
        if (tick.matches()) {
            return new Line(
                    number,
                    Double.parseDouble(tick.group(1)),
                    't',
                    "",
                    0,
                    0,
                    null,
                    0,
                    0,
                    null,
                    null,
                    words(tick.group(2)));
        }
        if (!line.startsWith("end")) {
            throw new IllegalArgumentException("line " + number + " is no segment: " + line);
        }
        return new Line(number, 0, 'e', "", 0, 0, null, 0, 0, null, null, words(line.substring(3)));
    }

    /** The expectations, one string each: {@code C FIN-WAIT-1}, {@code C < LAST-ACK}, {@code ! reset}, {@code - reset}; or the word next. */
    private static List<String> words(String text) {
        List<String> expected = new ArrayList<>();
        Matcher word = Pattern.compile("[CS] < \\S+|[CS] \\S+|[!-] \\S+|next")
                .matcher(text.strip().replaceAll("\\s+", " "));
        int end = 0;
        while (word.find()) {
            if (!text.strip()
                    .replaceAll("\\s+", " ")
                    .substring(end, word.start())
                    .isBlank()) {
                throw new IllegalArgumentException("what is expected can't be read: " + text);
            }
            expected.add(word.group());
            end = word.end();
        }
        if (end < text.strip().replaceAll("\\s+", " ").length()) {
            throw new IllegalArgumentException("what is expected can't be read: " + text);
        }
        return expected;
    }

    /** Sides can be exchanged after a handshake, unless a new SYN gives the roles anew. */
    boolean mayBeSwapped() {
        boolean next = lines.stream().anyMatch(line -> line.expected().contains("next"));
        return !next
                && lines.size() >= 3
                && lines.get(0).number() == lines.get(2).number();
    }

    /** The same with the two sides' parts exchanged after the handshake. */
    PacketScript swapped() {
        List<Line> others = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            others.add(i < 3 ? lines.get(i) : lines.get(i).swapped());
        }
        List<Statement> otherStatements =
                statements.stream().map(Statement::swapped).toList();
        return new PacketScript(name, others, otherStatements);
    }

    private static String swapSide(String word) {
        if (word.startsWith("C ")) {
            return "S" + word.substring(1);
        }
        if (word.startsWith("S ")) {
            return "C" + word.substring(1);
        }
        return switch (word) {
            case "client" -> "server";
            case "server" -> "client";
            default -> word;
        };
    }
}
