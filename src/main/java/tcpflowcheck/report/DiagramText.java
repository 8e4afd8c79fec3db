package tcpflowcheck.report;

import java.util.ArrayList;
import java.util.List;
import tcpflowcheck.tcp.StateDiagram;
import tcpflowcheck.tcp.StateDiagram.Arrow;

/** The state diagram as {@code --states} prints it: a figure, then its rows as a table. */
public final class DiagramText {
    // spotless:off
    private static final String FIGURE = """
           passive OPEN     +----------------+  OPEN / snd SYN
        .-------------------|     CLOSED     |------------------.
        |                   +----------------+                  |
        v                                                       v
+----------------+            SEND / snd SYN            +----------------+
|     LISTEN     |------------------------------------->|    SYN-SENT    |
+----------------+                                      +----------------+
  |                         rcv SYN / snd SYN,ACK         |   | rcv SYN,ACK /
  | rcv SYN /  .------------------------------------------'   | snd ACK
  | snd        |                                              |
  v SYN,ACK    v                                              v
+----------------+          rcv ACK of SYN / x          +----------------+
|  SYN-RECEIVED  |------------------------------------->|  ESTABLISHED   |
+----------------+                                      +----------------+
  |                           CLOSE / snd FIN             |   | rcv FIN /
  | CLOSE /    .------------------------------------------'   | snd ACK
  | snd FIN    |                                              |
  v            v                                              v
+----------------+ rcv FIN  +----------------+          +----------------+
|   FIN-WAIT-1   |--------->|    CLOSING     |          |   CLOSE-WAIT   |
+----------------+ snd ACK  +----------------+          +----------------+
      | rcv ACK of                | rcv ACK of                | CLOSE /
      | FIN / x                   | FIN / x                   | snd FIN
      v                           v                           v
+----------------+ rcv FIN  +----------------+          +----------------+
|   FIN-WAIT-2   |--------->|   TIME-WAIT    |          |    LAST-ACK    |
+----------------+ snd ACK  +----------------+          +----------------+
                                  | Timeout=2MSL /            | rcv ACK of
                                  | x                         | FIN / x
                                  v                           v
                            +--------------------------------------------+
                            |                   CLOSED                   |
                            +--------------------------------------------+
""";
    // spotless:on

    private static final int WIDTH = 80;
    private static final List<String> HEADER =
            List.of("states.from", "states.event", "states.action", "states.to", "states.section");

    private DiagramText() {}

    /** Appends the figure and the table. */
    public static void append(TextBuffer out, Catalogue words) {
        out.append(FIGURE).append('\n');
        for (String line : WrappedText.lines(words.word("states.notes"), WIDTH)) {
            out.append(line).append('\n');
        }
        out.append('\n');
        List<List<String>> lines = new ArrayList<>();
        lines.add(HEADER.stream().map(words::word).toList());
        for (Arrow arrow : StateDiagram.rows()) {
            lines.add(cells(arrow, words));
        }
        int[] widths = new int[HEADER.size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], WrappedText.columns(line.get(i)));
            }
        }
        for (List<String> line : lines) {
            append(out, line, widths);
        }
    }

    private static List<String> cells(Arrow arrow, Catalogue words) {
        String from = arrow.from().toString();
        String event = words.translated("event", arrow.event().toString());
        String action = words.translated("action", arrow.action());
        return List.of(from, event, action, arrow.to().toString(), arrow.section());
    }

    private static void append(TextBuffer out, List<String> line, int[] widths) {
        for (int i = 0; i < widths.length - 1; i++) {
            out.append(line.get(i)).repeat(' ', widths[i] - WrappedText.columns(line.get(i)) + 2);
        }
        out.append(line.get(widths.length - 1)).append('\n');
    }
}
