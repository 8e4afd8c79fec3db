package tcpflowcheck.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.report.group.MostFound;
import tcpflowcheck.report.group.MostFound.End;
import tcpflowcheck.tcp.Rule;

/**
 * Who has most of what was found, under a summary: {@code who  handshake-refused  10.0.0.5:80  50,073 of 60,112 flows, 10:01:03
 * to 10:05:41, from frame 12  [ .:##]}, a line for each of the first ends of each rule.
 */
public final class MostFoundText {
    /** Of a rule, at most. */
    public static final int ENDS = 3;

    /** Of a second end and a third, the least share of what the first has: a tenth. */
    private static final int LEAST_SHARE = 10;

    private static final int SECOND_OF_DAY = 8;
    private static final int SLOTS = 10;
    private static final String LEVELS = " .:-=+*#";

    /** Given: a line. */
    private record Line(
            String rule,
            Style.@Nullable Role role,
            @Nullable End end,
            String name,
            String flows) {}

    private final TextChoices choices;
    private final Style style;

    MostFoundText(TextChoices choices) {
        this.choices = choices;
        style = choices.style();
    }

    /**
     * Appends the lines.
     *
     * @param found what they are about, in order
     * @param label columns in front of each line; the first one's label is {@code who}
     */
    void append(TextBuffer out, List<Map.Entry<Rule, Long>> found, MostFound most, int label) {
        List<Line> lines = lines(found, most);
        int rules = 0;
        int names = 0;
        int flows = 0;
        for (Line line : lines) {
            rules = Math.max(rules, line.rule.length());
            names = line.end == null ? names : Math.max(names, line.name.length());
            flows = Math.max(flows, line.flows.length());
        }
        if (lines.isEmpty()) {
            return; // to set up a clock costs time
        }
        TimeFormat clock = new TimeFormat(TimeFormat.Style.TIME_OF_DAY, false, choices.zone());
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            String said = i == 0 ? "who" : "";
            style.append(out.append("  "), Style.Role.DIM, said).repeat(' ', label - said.length());
            if (line.role == null) {
                out.repeat(' ', rules);
            } else {
                style.append(out, line.role, line.rule).repeat(' ', rules - line.rule.length());
            }
            out.append("  ").append(line.name);
            if (line.end == null) {
                out.append('\n');
                continue;
            }
            out.repeat(' ', names - line.name.length() + 2);
            out.repeat(' ', flows - line.flows.length()).append(line.flows).append("  ");
            int used = label + 2 + rules + 2 + names + 2 + flows + 2;
            when(out, line.end, most, clock, choices.width() == 0 ? Integer.MAX_VALUE : choices.width() - used);
        }
    }

    private static List<Line> lines(List<Map.Entry<Rule, Long>> found, MostFound most) {
        List<Line> lines = new ArrayList<>();
        TextBuffer text = new TextBuffer(32);
        for (Map.Entry<Rule, Long> each : found) {
            Rule rule = each.getKey();
            List<End> ends = most.most(rule, ENDS);
            if (most.ends(rule) > ENDS && ends.get(0).flows() == 1) {
                text.clear();
                Amount.grouped(text, most.ends(rule)).append(" ends, none of them in more than one flow");
                lines.add(new Line(rule.slug(), Style.of(rule.severity()), null, text.toString(), ""));
                continue;
            }
            for (int i = 0; i < ends.size(); i++) {
                End end = ends.get(i);
                if (end.flows() * LEAST_SHARE < ends.get(0).flows()) {
                    break;
                }
                text.clear();
                Amount.grouped(text.append(end.estimated() ? "~" : ""), end.flows());
                long of = most.flowsOf(end);
                if (of >= 0) {
                    Amount.grouped(text.append(" of "), of);
                }
                text.append(" flow").append(end.flows() == 1 && of <= 1 ? " " : "s");
                Style.Role role = i == 0 ? Style.of(rule.severity()) : null;
                lines.add(new Line(rule.slug(), role, end, end.name(), text.toString()));
            }
        }
        return lines;
    }

    /** Where there is no room, the bar is left out, and then the frame. */
    private static void when(TextBuffer out, End end, MostFound most, TimeFormat clock, int room) {
        String first = time(clock, end.first());
        String last = time(clock, end.last());
        String times = first.equals(last) ? first : first + " to " + last;
        String frame = ", from frame " + end.firstFrame();
        out.append(times);
        if (times.length() + frame.length() <= room) {
            out.append(frame);
        }
        if (end.flows() > 1 && times.length() + frame.length() + SLOTS + 4 <= room) {
            long[] slots = end.bar().upTo(most.end(), SLOTS);
            long highest = 1;
            for (long slot : slots) {
                highest = Math.max(highest, slot);
            }
            out.append("  [");
            for (long slot : slots) {
                long level = slot == 0 ? 0 : 1 + slot * (LEVELS.length() - 2) / highest;
                out.append(LEVELS.charAt((int) level));
            }
            out.append(']');
        }
        out.append('\n');
    }

    private static String time(TimeFormat clock, long nanos) {
        TextBuffer text = new TextBuffer(32);
        clock.append(text, nanos);
        return text.toString().substring(0, SECOND_OF_DAY);
    }
}
