package tcpflowcheck.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tcpflowcheck.report.NearestSlugs;
import tcpflowcheck.report.choice.ChoiceException;
import tcpflowcheck.report.choice.FlowChoice;
import tcpflowcheck.report.choice.SortKey;
import tcpflowcheck.report.group.FlowGroup;

/** Which flows are reported; all are followed. */
final class SelectionOptions {
    private static final int MOST_SHOWN = 20;

    @Option(
            names = "--stream",
            paramLabel = "N,...",
            hideParamSyntax = true,
            split = ",",
            converter = WholeNumber.Stream.class,
            description = "only the streams with these numbers")
    private List<Integer> streams = new ArrayList<>();

    @Option(names = "--from", paramLabel = "TIME", description = "only flows that were there at a time or later: 10:01")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "and not later than another: 2026-11-26T10:05:30")
    private @Nullable String to;

    @Option(
            names = "--only",
            paramLabel = "EXPR",
            description = {
                "only the flows of which all terms hold:",
                "'reset by=server', 'connect>200ms !findings',",
                "'open=refused client=10.0.0.0/8'",
                "(--explain only has all words)"
            })
    private @Nullable String expression;

    @Option(
            names = "--sort",
            paramLabel = "KEY",
            converter = SortWord.class,
            description = {
                "the flows with the most of it first, a table of",
                "them: connect, first-octet, transfer, duration,",
                "silence, bytes, out, in, segments, retransmissions;",
                "start, the earliest first"
            })
    private @Nullable SortKey sort;

    @Option(
            names = "--top",
            paramLabel = "N",
            converter = WholeNumber.Positive.class,
            description = "so many at most, with --sort or --by")
    private @Nullable Long top;

    /** A word of {@code --sort}. */
    static final class SortWord extends Words<SortKey> {
        SortWord() {
            super(SortKey.class);
        }
    }

    private FlowChoice only = FlowChoice.ALL;

    /**
     * Reads the expression.
     *
     * @param utc whether its times of day are in UTC
     * @return what is wrong with it, or null
     */
    @Nullable
    String read(boolean utc) {
        if (expression == null && from == null && to == null) {
            return null;
        }
        TimeZone zone = utc ? TimeZone.getTimeZone("UTC") : TimeZone.getDefault();
        String wrongTime = during(zone);
        if (wrongTime != null || expression == null) {
            return wrongTime;
        }
        try {
            only = FlowChoice.of(expression, zone).during(from, to, zone);
            return null;
        } catch (ChoiceException wrong) {
            List<String> near = NearestSlugs.among(wrong.known(), wrong.word());
            String which = wrong.word().equals(expression) ? "" : ": '" + wrong.word() + "'";
            String all =
                    near.isEmpty() && !wrong.known().isEmpty() && wrong.known().size() <= MOST_SHOWN
                            ? " (there are " + String.join(", ", wrong.known()) + ")"
                            : "";
            return "--only '" + expression + "'" + which + ": " + wrong.getMessage() + all
                    + (near.isEmpty() ? "" : Main.HINT + String.join(", ", near));
        }
    }

    private @Nullable String during(TimeZone zone) {
        String option = "--from";
        try {
            only = FlowChoice.ALL.during(from, null, zone);
            option = "--to";
            only = only.during(null, to, zone);
            return null;
        } catch (ChoiceException wrong) {
            return option + " '" + wrong.word() + "': " + wrong.getMessage();
        }
    }

    /** What the flows are sorted by, or null. */
    @Nullable
    SortKey sort() {
        return sort;
    }

    /** How many at most. */
    int top() {
        return top == null ? Integer.MAX_VALUE : (int) Math.min(top, Integer.MAX_VALUE);
    }

    /**
     * What the words together forbid, or null.
     *
     * @param groups whether flows are told in groups
     */
    @Nullable
    String contradiction(boolean groups) {
        if (groups && sort != null && !FlowGroup.ranks(sort)) {
            return "--sort " + Words.of(sort) + " is for flows: groups have no such measure";
        }
        boolean ofWhat = top == null || sort != null || groups;
        return ofWhat ? null : "--top takes the first by something: give --sort KEY or --by KEY with it";
    }

    /** How many at most; null if that is not said. */
    @Nullable
    Integer topOfGroups() {
        return top == null ? null : Integer.valueOf(top());
    }

    /** The flows of which all terms hold. */
    FlowChoice only() {
        return only;
    }

    /** The chosen streams' numbers in rising order, or null for all. */
    int @Nullable [] streams() {
        return streams.isEmpty()
                ? null
                : streams.stream()
                        .mapToInt(Integer::intValue)
                        .sorted()
                        .distinct()
                        .toArray();
    }
}
