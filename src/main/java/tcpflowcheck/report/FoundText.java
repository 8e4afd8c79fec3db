package tcpflowcheck.report;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import tcpflowcheck.capture.SafeText;
import tcpflowcheck.tcp.Finding;
import tcpflowcheck.tcp.Rule;
import tcpflowcheck.tcp.Severity;

/** Kept by one reporter: what was found in a flow, as lines that break between findings. */
final class FoundText {
    /** Behind the label. */
    private static final int LINE_WIDTH = 100;

    /** Frames of a finding that are named. */
    private static final int MAX_FRAMES = 3;

    /** Rules whose message names what their slug does not: why, what number it is, of which flow. */
    private static final Set<Rule> TELLING = EnumSet.of(
            Rule.HANDSHAKE_ACK_MISMATCH,
            Rule.ISN_CHANGED,
            Rule.SYN_IN_CONNECTION,
            Rule.FIN_UNACCEPTABLE,
            Rule.DATA_AFTER_FIN,
            Rule.RESET_UNACCEPTABLE,
            Rule.RESET_SUSPECT,
            Rule.RESET_DATA,
            Rule.MSS_SMALL,
            Rule.MSS_CHANGED,
            Rule.WINDOW_SHIFT_INVALID,
            Rule.OPTION_MALFORMED,
            Rule.TIMESTAMP_BACKWARDS,
            Rule.SACK_BEYOND_SENT,
            Rule.OVERLAP_CONFLICT,
            Rule.FLAGS_INVALID,
            Rule.CHECKSUM_BAD,
            Rule.NAT_BYPASS);

    private final Style style;
    private final int lineWidth;
    private final TextBuffer rest = new TextBuffer(256);

    /** @param width of the whole line, 0 if it may be as long as it is */
    FoundText(Style style, int width) {
        this.style = style;
        lineWidth = width == 0 ? LINE_WIDTH : Math.min(LINE_WIDTH, width - FlowHeader.INDENT - 1); // with a comma
    }

    static List<Finding> worstFirst(List<Finding> findings) {
        List<Finding> all = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            for (Finding finding : findings) {
                if (finding.severity() == severity) {
                    all.add(finding);
                }
            }
        }
        return all;
    }

    /** Appends them, the worst first; nothing if there are none. */
    void append(TextBuffer out, List<Finding> findings) {
        if (findings.isEmpty()) {
            return;
        }
        List<Finding> worstFirst = worstFirst(findings);
        FlowHeader.label(out, style, Style.Role.DIM, "found");
        int column = 0;
        for (int i = 0; i < worstFirst.size(); i++) {
            rest.clear();
            frames(rest, worstFirst.get(i));
            String rule = worstFirst.get(i).rule().slug();
            String count = Amount.grouped(new TextBuffer(16), worstFirst.get(i).count()) + " ";
            int width = count.length() + rule.length() + rest.length();
            if (i > 0) {
                column += 2;
                out.append(',');
                if (column + width > lineWidth) {
                    out.append('\n').repeat(' ', FlowHeader.INDENT);
                    column = 0;
                } else {
                    out.append(' ');
                }
            }
            style.append(out.append(count), Style.of(worstFirst.get(i).severity()), rule);
            rest.copyTo(out);
            column += width;
        }
        out.append('\n');
        for (Finding finding : worstFirst) {
            if (finding.sumsUp() || TELLING.contains(finding.rule())) {
                sumUp(out, finding);
            }
        }
    }

    /** {@code unanswered-data: 200 octets of frame 8 sent 10 times in 102.2 s, ...}, on lines of its own. */
    private void sumUp(TextBuffer out, Finding finding) {
        int column = 0;
        for (String word : (finding.rule().slug() + ": " + SafeText.of(finding.message())).split(" ")) {
            if (column == 0) {
                out.repeat(' ', FlowHeader.INDENT);
            } else if (column + 1 + word.length() > lineWidth) {
                out.append('\n').repeat(' ', FlowHeader.INDENT + 2);
                column = 2;
            } else {
                out.append(' ');
                column++;
            }
            out.append(word);
            column += word.length();
        }
        out.append('\n');
    }

    /** {@code  (server, frames 7, 9, 12, ...)} */
    private static void frames(TextBuffer out, Finding finding) {
        out.append(" (").append(finding.side().toString());
        out.append(finding.frameCount() == 1 ? ", frame " : ", frames ");
        int named = Math.min(finding.frameCount(), MAX_FRAMES);
        for (int i = 0; i < named; i++) {
            out.append(i == 0 ? "" : ", ").decimal(finding.frame(i));
        }
        out.append(finding.count() > named ? ", ...)" : ")");
    }
}
