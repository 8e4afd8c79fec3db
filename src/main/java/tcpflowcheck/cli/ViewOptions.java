package tcpflowcheck.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tcpflowcheck.report.Catalogue;
import tcpflowcheck.report.group.GroupKey;

/** How the text looks. */
final class ViewOptions {
    /** The values of {@code --view}. */
    enum View {
        TABLE,
        FLOWS,
        LADDER,
        STORY,
        EVENTS,
        SEGMENTS,
        SUMMARY;

        static final class Word extends Words<View> {
            Word() {
                super(View.class);
            }
        }
    }

    @Option(
            names = "--view",
            paramLabel = "VIEW",
            converter = View.Word.class,
            description = {
                "flows     each flow, verdict first (default up to 10)",
                "table     a line for each flow (default for more)",
                "ladder    each flow as two life lines with arrows",
                "story     each flow step by step, for who learns TCP",
                "events    what happened, in capture order",
                "segments  every segment, in capture order",
                "summary   the counts at the end"
            })
    private @Nullable View view;

    @Option(
            names = "--frame",
            paramLabel = "N",
            converter = WholeNumber.Positive.class,
            description = "one segment's header, as RFC 9293's Figure 1 draws it")
    private @Nullable Long frame;

    @Option(
            names = "--by",
            paramLabel = "KEY[,KEY]",
            hideParamSyntax = true,
            split = ",",
            converter = GroupWord.class,
            description = {
                "flows in groups, the worst first: server, client,",
                "port, pair, minute, hour, open, close, reset or",
                "finding, or two of them; with --sort, --top, --only"
            })
    private List<GroupKey> by = new ArrayList<>();

    @Option(
            names = "--against",
            paramLabel = "FILE",
            description = {"the groups of --by beside those of another", "capture, what changed most first"})
    private @Nullable String against;

    /** A word of {@code --by}. */
    static final class GroupWord extends Words<GroupKey> {
        GroupWord() {
            super(GroupKey.class);
        }
    }

    @Option(
            names = {"-n", "-l", "-U"},
            description = {
                "as tcpdump's, for its habits: -nr FILE; names are",
                "never resolved, and lines leave at once"
            })
    @SuppressWarnings("UnusedVariable")
    private boolean[] habits = {};

    /** More of tcpdump's that ask for what is done anyhow. */
    @Option(
            names = {
                "-#",
                "--number",
                "-N",
                "-O",
                "--no-optimize",
                "-u",
                "--print",
                "--micro",
                "--packet-buffered",
                "--immediate-mode"
            },
            hidden = true)
    @SuppressWarnings("UnusedVariable")
    private boolean[] moreHabits = {};

    @Option(names = "-q", description = "the same as --view summary")
    private boolean quiet;

    @Option(names = "-v", description = "every segment of a flow, data too")
    private boolean verbose;

    @Option(names = "-S", description = "absolute sequence numbers")
    private boolean absolute;

    @Option(
            names = "-t",
            description = {
                "no times; -tt seconds since 1970,",
                "-ttt since the line before, -tttt with the date,",
                "-ttttt since the first frame"
            })
    private boolean[] times = {};

    @Option(names = "--nano", description = "times in nanoseconds")
    private boolean nano;

    @Option(names = "--utc", description = "times in UTC, not in the local zone")
    private boolean utc;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            converter = ColorChoice.Word.class,
            description = {
                "auto (default), always or never; auto heeds",
                "NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE,",
                "CLICOLOR and TERM, in this order"
            })
    private ColorChoice color = ColorChoice.AUTO;

    @Option(
            names = "--progress",
            paramLabel = "WHEN",
            converter = Progress.When.Word.class,
            description = "how far the reading is: auto (default), always, never")
    private Progress.When progress = Progress.When.AUTO;

    @Option(
            names = "--lang",
            paramLabel = "en|zh",
            converter = LanguageWord.class,
            description = {
                "language of --view story, --html, --explain,",
                "--rules and --states (default: the locale's)"
            })
    private Catalogue.@Nullable Language language;

    @Option(
            names = "--quiz",
            description = {
                "blanks for states, verdicts and words in ladder,",
                "story, --svg and --html; the answers at the end"
            })
    private boolean quiz;

    /** A word of {@code --lang}. */
    static final class LanguageWord extends Words<Catalogue.Language> {
        LanguageWord() {
            super(Catalogue.Language.class);
        }
    }

    @Option(
            names = "--width",
            paramLabel = "COLUMNS",
            converter = WholeNumber.Columns.class,
            description = "fit lines to 60 to 300 columns (default: the terminal's)")
    private int width;

    /** Takes a word without a value; false if it is none of these. */
    boolean plain(String word) {
        switch (word) {
            case "-n", "-l", "-U" -> {}
            case "-q" -> quiet = true;
            case "-v" -> verbose = true;
            case "-S" -> absolute = true;
            case "--nano" -> nano = true;
            case "--utc" -> utc = true;
            default -> {
                return false;
            }
        }
        return true;
    }

    Progress.When progress() {
        return progress;
    }

    View view() {
        if (quiet) {
            return View.SUMMARY;
        }
        return view == null ? View.FLOWS : view;
    }

    /** Whether any view is asked for. */
    boolean isAsked() {
        return quiet || verbose || view != null;
    }

    /** The frame that is drawn, or null. */
    @Nullable
    Long frame() {
        return frame;
    }

    /** What flows are grouped by; empty if they are not. */
    List<GroupKey> by() {
        return by;
    }

    /** The capture that groups are held against, or null. */
    @Nullable
    String against() {
        return against;
    }

    /** As asked for, or as the locale has it: the first of its variables that is set, behind what the launcher hands on. */
    Catalogue.Language language(Map<String, String> env) {
        if (language != null) {
            return language;
        }
        String locale = "";
        for (String variable : new String[] {"TCPFLOW_CHECK_LOCALE", "LC_ALL", "LC_MESSAGES", "LANG"}) {
            locale = locale.isEmpty() ? env.getOrDefault(variable, "") : locale;
        }
        return isChinese(locale) ? Catalogue.Language.ZH : Catalogue.Language.EN;
    }

    /** Whether a locale such as zh_CN.UTF-8 is Chinese, in the encoding that is written here. */
    private static boolean isChinese(String locale) {
        if (!locale.startsWith("zh")) {
            return false;
        }
        int dot = locale.indexOf('.');
        int at = locale.indexOf('@');
        String encoding = dot < 0 ? "UTF-8" : locale.substring(dot + 1, at > dot ? at : locale.length());
        return encoding.equalsIgnoreCase("UTF-8") || encoding.equalsIgnoreCase("UTF8");
    }

    /** Whether what is to be learnt is hidden. */
    boolean quiz() {
        return quiz;
    }

    /** 0 if none is asked for. */
    int width() {
        return width;
    }

    /** Whether data is unfolded. */
    boolean verbose() {
        return verbose;
    }

    boolean absoluteSequenceNumbers() {
        return absolute;
    }

    /** tcpdump's {@code -t}, counted: 0 time of day, 1 none, 2 epoch, 3 delta, 4 date and time, 5 since the first. */
    int times() {
        return times.length;
    }

    boolean nano() {
        return nano;
    }

    boolean utc() {
        return utc;
    }

    ColorChoice color() {
        return color;
    }

    /** Whether all that is shown of flows can be asked; of what is drawn, the text beside it may be short or not asked for. */
    private boolean asks(OutputOptions output) {
        boolean drawn = output.svg() != null || output.html() != null;
        boolean beside = drawn && !verbose && (view == null || view == View.SUMMARY);
        boolean other = frame != null || !by.isEmpty() || output.format() != OutputOptions.Format.TEXT;
        return !other && (view == View.LADDER || view == View.STORY || beside);
    }

    private String wordOfView() {
        return verbose || view == null ? "-v" : "--view " + Words.of(view);
    }

    /** What the words together forbid, or null. */
    @Nullable
    String contradiction(OutputOptions output) {
        OutputOptions.Format format = output.format();
        if (quiz && !asks(output)) {
            return "--quiz works with --view ladder, --view story, --svg and --html (these two also with -q), and with no"
                    + " other view";
        }
        if (quiet && verbose) {
            return "-q and -v exclude each other";
        }
        if (quiet && view != null && view != View.SUMMARY) {
            return "-q and --view " + Words.of(view) + " exclude each other";
        }
        if (!by.isEmpty() && (verbose || view != null)) {
            return wordOfView() + " is for flows, --by has groups in their place";
        }
        if (by.size() > 2 || (by.size() == 2 && by.get(0) == by.get(1))) {
            return "--by takes one key or two different ones, such as: --by server,hour";
        }
        if (frame != null
                && (verbose || view != null || quiet || !by.isEmpty() || format != OutputOptions.Format.TEXT)) {
            return "--frame shows one segment, as text, and nothing else";
        }
        if (against != null && by.isEmpty()) {
            return "--against holds groups against each other: give --by KEY with it";
        }
        if (times.length > 5) {
            return "only -t, -tt, -ttt, -tttt and -ttttt are known";
        }
        boolean text = format == OutputOptions.Format.TEXT;
        if (!text && (verbose || view == View.EVENTS || view == View.SEGMENTS)) {
            String has = format == OutputOptions.Format.JSON
                    ? "JSON has flows and a summary"
                    : Words.of(format) + " has flows";
            return wordOfView() + " is for text: " + has;
        }
        return null;
    }
}
