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

    private static final String NOTES = """
            An arrow is event / action, and x is no action. A capture shows actions: an
            arrow that has one is walked when it is seen, the others when their event
            passes. A passive OPEN can't be seen; a server is in LISTEN when a SYN comes.
            RSTs are not drawn; one in SYN-RECEIVED leads to LISTEN after a passive OPEN, to
            CLOSED after an active one. Nor is a USER TIMEOUT (section 3.10.8): an end that
            gives up, or was restarted, has lost the connection without a segment, and only
            what it answers later shows it. Nor is an ICMP error (section 3.9.2.2): stacks
            in use give up in SYN-SENT by any that quotes their SYN (RFC 5461).
            """;

    private static final List<String> HEADER = List.of("from", "event", "action", "to", "RFC 9293");

    private DiagramText() {}

    /** Appends the figure and the table. */
    public static void append(TextBuffer out) {
        out.append(FIGURE).append('\n').append(NOTES).append('\n');
        List<List<String>> lines = new ArrayList<>(List.of(HEADER));
        for (Arrow arrow : StateDiagram.rows()) {
            lines.add(cells(arrow));
        }
        int[] widths = new int[HEADER.size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        for (List<String> line : lines) {
            append(out, line, widths);
        }
    }

    private static List<String> cells(Arrow arrow) {
        String from = arrow.from().toString();
        String event = String.valueOf(arrow.event());
        return List.of(from, event, arrow.action(), arrow.to().toString(), arrow.section());
    }

    private static void append(TextBuffer out, List<String> line, int[] widths) {
        for (int i = 0; i < widths.length - 1; i++) {
            out.append(line.get(i)).repeat(' ', widths[i] - line.get(i).length() + 2);
        }
        out.append(line.get(widths.length - 1)).append('\n');
    }
}
