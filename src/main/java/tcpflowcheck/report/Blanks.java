package tcpflowcheck.report;

import java.util.ArrayList;
import java.util.List;
import tcpflowcheck.flow.Flow;
import tcpflowcheck.tcp.Connection;

/** Kept while one flow is told as a quiz: numbered blanks in place of what is asked, and the answers. */
final class Blanks {
    private final List<String> answers = new ArrayList<>();

    /** What stands in place of an answer: {@code [1]}, {@code [2]} and so on; nothing in place of nothing. */
    String of(String answer) {
        if (answer.isEmpty()) {
            return "";
        }
        answers.add(answer);
        return "[" + answers.size() + "]";
    }

    /** For {@code open}. */
    String opened(Connection connection) {
        return of(VerdictText.opened(connection));
    }

    /** For {@code close}: how it was closed or reset. */
    String closed(Connection connection) {
        String closed = VerdictText.closed(connection);
        String reset = VerdictText.resetApart(connection);
        String both = closed.isEmpty() || reset.isEmpty() ? closed + reset : closed + ", " + reset;
        return of(both.isEmpty() ? "none" : both);
    }

    /** With their numbers: {@code [1] three-way}. */
    List<String> answers() {
        List<String> numbered = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            numbered.add("[" + (i + 1) + "] " + answers.get(i));
        }
        return numbered;
    }

    /** Under the name of the flow, each on a line of its own; a long one goes on under its text. */
    void append(TextBuffer out, Flow flow, int width) {
        out.append("  stream ").decimal(flow.stream()).append('\n');
        for (String answer : answers()) {
            int indent = 4 + answer.indexOf(' ') + 1;
            List<String> lines = WrappedText.lines(answer, width == 0 ? 0 : width - indent);
            for (int i = 0; i < lines.size(); i++) {
                out.repeat(' ', i == 0 ? 4 : indent).append(lines.get(i)).append('\n');
            }
        }
    }
}
