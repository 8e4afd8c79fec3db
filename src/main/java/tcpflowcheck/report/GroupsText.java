package tcpflowcheck.report;

import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import java.util.function.Function;
import tcpflowcheck.report.group.FlowGroup;
import tcpflowcheck.report.group.FlowGroups;
import tcpflowcheck.report.group.GroupKey;
import tcpflowcheck.tcp.Durations;
import tcpflowcheck.tcp.Handshake;
import tcpflowcheck.tcp.Side;

/**
 * Groups of flows as a table: a line each, and one for those that are not shown. Columns in which there is nothing are left
 * out, and where the line is too narrow, those that matter least.
 */
final class GroupsText {
    private static final int GAP = 2;
    private static final int LEAST_NAME = 12;
    /** Below, one column stands for all ways in which an opening fails, and one for the resets. */
    private static final int LEAST_OF_EACH = 100;

    private static final int LONGEST_BAR = 20;
    private static final int SHORTEST_BAR = 5;
    private static final int SECOND_OF_DAY = 8;
    private static final int PER_MILLE = 1000;

    /**
     * Given: a column.
     *
     * @param drop where there is no room, the column with the highest goes first; 0 stays
     * @param trouble whether what is in it is no good
     */
    private record Column(String title, int drop, boolean trouble, Function<FlowGroup, String> cell) {}

    private final Style style;
    private final int width;
    private final TextBuffer text = new TextBuffer(64);
    private final TimeFormat clock;

    /** @param width columns of a line; 0 if it may be as long as it is */
    GroupsText(Style style, int width, TimeZone zone) {
        this.style = style;
        this.width = width;
        clock = new TimeFormat(TimeFormat.Style.TIME_OF_DAY, false, zone);
    }

    /**
     * Appends the lines.
     *
     * @param shown groups with a line of their own
     * @param rest those that are one line together; may be empty
     */
    void append(TextBuffer out, FlowGroups groups, List<FlowGroup> shown, List<FlowGroup> rest) {
        List<FlowGroup> lines = new ArrayList<>(shown);
        if (!rest.isEmpty()) {
            lines.add(FlowGroups.together(others(groups, rest), rest));
        }
        List<GroupKey> keys = groups.keys();
        List<Column> columns = columns(lines);
        int[] widths = widths(columns, lines);
        int[] names = names(keys, lines);
        boolean time = keys.get(0).isTime();
        fit(columns, widths, names, time ? SHORTEST_BAR + GAP : 0);
        widths = widths(columns, lines);
        int left = width == 0 ? LONGEST_BAR : width - sum(names) - sum(widths);
        int bar = time ? Math.min(left, LONGEST_BAR) : 0;
        title(out, keys, names, columns, widths);
        long most = lines.stream().mapToLong(FlowGroup::flows).max().orElse(1);
        for (FlowGroup group : lines) {
            names(out, group, names);
            cells(out, group, columns, widths);
            if (bar > 0 && group.names().size() == keys.size()) {
                out.repeat(' ', GAP).repeat('#', (int) Math.max(group.flows() * bar / most, 1));
            }
            out.append('\n');
        }
        estimates(out, groups, keys);
    }

    /** {@code 9,980 others}; those that were not kept apart are an unknown number. */
    private String others(FlowGroups groups, List<FlowGroup> rest) {
        boolean counted = groups.others() == null;
        text.clear();
        return (counted ? Amount.grouped(text, rest.size()).append(" others").toString() : "all others");
    }

    private List<Column> columns(List<FlowGroup> lines) {
        List<Column> all = new ArrayList<>();
        all.add(new Column("flows", 0, false, group -> (group.estimated() ? "~" : "") + number(group.flows())));
        all.add(new Column("opened", 6, false, group -> number(group.opened())));
        if (width > 0 && width < LEAST_OF_EACH) {
            all.add(new Column("failed", 0, true, group -> number(group.failed())));
            all.add(new Column("resets", 0, true, group -> number(group.troubled() - group.failed())));
        } else {
            troubles(all);
        }
        all.add(new Column("connect", 4, false, group -> median(group.connect())));
        all.add(new Column("p99", 5, false, group -> p99(group.connect())));
        all.add(new Column("1st octet", 2, false, group -> median(group.firstOctet())));
        all.add(new Column("p99", 3, false, group -> p99(group.firstOctet())));
        all.add(new Column("out", 8, false, group -> octets(group.octets(Side.CLIENT))));
        all.add(new Column("in", 7, false, group -> octets(group.octets(Side.SERVER))));
        all.add(new Column("again", 7, false, this::again));
        all.add(new Column("first", 9, false, group -> time(group.start())));
        all.add(new Column("last", 10, false, group -> time(group.end())));
        all.add(new Column("frames", 11, false, group -> group.firstFrame() + "-" + group.lastFrame()));
        all.removeIf(column ->
                lines.stream().allMatch(group -> column.cell.apply(group).isEmpty()));
        return all;
    }

    private void troubles(List<Column> all) {
        all.add(new Column("refused", 0, true, group -> number(group.count(Handshake.Kind.REFUSED))));
        all.add(new Column("unreach.", 0, true, group -> number(group.count(Handshake.Kind.UNREACHABLE))));
        all.add(new Column("unansw.", 0, true, group -> number(group.count(Handshake.Kind.UNANSWERED))));
        all.add(new Column("half-open", 0, true, group -> number(group.count(Handshake.Kind.HALF_OPEN))));
        all.add(new Column("client resets", 1, true, group -> number(group.resetsBy(Side.CLIENT))));
        all.add(new Column("server resets", 1, true, group -> number(group.resetsBy(Side.SERVER))));
    }

    private String number(long count) {
        text.clear();
        return count == 0 ? "" : Amount.grouped(text, count).toString();
    }

    private String octets(long octets) {
        text.clear();
        return octets == 0 ? "" : Amount.octets(text, octets).toString();
    }

    private String median(Durations durations) {
        return durations.count() == 0 ? "" : duration(durations.median());
    }

    private String p99(Durations durations) {
        return durations.count() == 0 ? "" : duration(durations.p99());
    }

    private String duration(long nanos) {
        text.clear();
        return Amount.duration(text, nanos).toString();
    }

    /** The share of octets that were sent again. */
    private String again(FlowGroup group) {
        long all = group.octets(Side.CLIENT) + group.octets(Side.SERVER);
        long mille = all == 0 ? 0 : Math.round((double) group.retransmittedOctets() * PER_MILLE / all);
        if (group.retransmissions() == 0) {
            return "";
        }
        return mille == 0 ? "<0.1%" : mille / 10 + "." + mille % 10 + "%";
    }

    private String time(long nanos) {
        text.clear();
        clock.append(text, nanos);
        return text.toString().substring(0, SECOND_OF_DAY);
    }

    private static int[] widths(List<Column> columns, List<FlowGroup> lines) {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = columns.get(i).title.length();
            for (FlowGroup group : lines) {
                widths[i] = Math.max(widths[i], columns.get(i).cell.apply(group).length());
            }
        }
        return widths;
    }

    /** How wide the names of each key are; the line of others has one name alone. */
    private static int[] names(List<GroupKey> keys, List<FlowGroup> lines) {
        int[] widths = new int[keys.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = keys.get(i).toString().length();
            for (FlowGroup group : lines) {
                widths[i] = i < group.names().size()
                        ? Math.max(widths[i], group.names().get(i).length())
                        : widths[i];
            }
        }
        return widths;
    }

    /** Takes columns away until the rest fits, and then shortens the longest names. */
    private void fit(List<Column> columns, int[] all, int[] names, int besides) {
        if (width == 0) {
            return;
        }
        int[] widths = all;
        int room = width - besides;
        while (sum(names) - GAP + sum(widths) > room) {
            int next = 0;
            for (int i = 1; i < columns.size(); i++) {
                next = columns.get(i).drop > columns.get(next).drop ? i : next;
            }
            if (columns.get(next).drop == 0) {
                break;
            }
            columns.remove(next);
            int[] left = new int[columns.size()];
            System.arraycopy(widths, 0, left, 0, next);
            System.arraycopy(widths, next + 1, left, next, left.length - next);
            widths = left;
        }
        int over = sum(names) - GAP + sum(widths) - room;
        for (int i = 0; i < names.length && over > 0; i++) {
            int less = Math.min(over, Math.max(names[i] - LEAST_NAME, 0));
            names[i] -= less;
            over -= less;
        }
    }

    private static int sum(int[] widths) {
        int sum = 0;
        for (int each : widths) {
            sum += each + GAP;
        }
        return sum;
    }

    private void title(TextBuffer out, List<GroupKey> keys, int[] names, List<Column> columns, int[] widths) {
        style.begin(out, Style.Role.DIM);
        for (int i = 0; i < names.length; i++) {
            String key = keys.get(i).toString();
            out.repeat(' ', i == 0 ? 0 : GAP).append(key).repeat(' ', names[i] - key.length());
        }
        for (int i = 0; i < widths.length; i++) {
            String title = columns.get(i).title;
            out.repeat(' ', GAP + widths[i] - title.length()).append(title);
        }
        style.end(out).append('\n');
    }

    private static void names(TextBuffer out, FlowGroup group, int[] widths) {
        int all = sum(widths) - GAP;
        if (group.names().size() < widths.length) {
            String name = group.names().get(0);
            out.append(name).repeat(' ', Math.max(all - name.length(), 0));
            return;
        }
        for (int i = 0; i < widths.length; i++) {
            String name = Shortened.to(widths[i], group.names().get(i));
            out.repeat(' ', i == 0 ? 0 : GAP).append(name).repeat(' ', widths[i] - name.length());
        }
    }

    private void cells(TextBuffer out, FlowGroup group, List<Column> columns, int[] widths) {
        for (int i = 0; i < widths.length; i++) {
            String cell = columns.get(i).cell.apply(group);
            String shown = cell.isEmpty() ? "-" : cell;
            out.repeat(' ', GAP + widths[i] - shown.length());
            if (cell.isEmpty()) {
                style.append(out, Style.Role.DIM, shown);
            } else if (columns.get(i).trouble) {
                style.append(out, Style.Role.WARNING, shown);
            } else {
                out.append(shown);
            }
        }
    }

    private static void estimates(TextBuffer out, FlowGroups groups, List<GroupKey> keys) {
        if (groups.others() != null) {
            Amount.grouped(
                            out.append("more groups of ")
                                    .append(keys.get(0).toString())
                                    .append(" than "),
                            FlowGroups.MOST)
                    .append(" were seen: a count with ~ is the least, it may lack ");
            Amount.counted(out, groups.mostMissing(), "flow").append(" that were counted with the others\n");
        }
    }
}
