package tcpflowcheck.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SimpleTimeZone;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.check.Baseline;
import tcpflowcheck.check.CheckReporter;
import tcpflowcheck.check.ExpectReporter;
import tcpflowcheck.check.FailOn;
import tcpflowcheck.check.TestCase;
import tcpflowcheck.check.Verdict;
import tcpflowcheck.report.FewOrMany;
import tcpflowcheck.report.Fields;
import tcpflowcheck.report.FieldsReporter;
import tcpflowcheck.report.FittingStream;
import tcpflowcheck.report.FrameReporter;
import tcpflowcheck.report.GroupReporter;
import tcpflowcheck.report.JsonReporter;
import tcpflowcheck.report.LadderReporter;
import tcpflowcheck.report.LiveTable;
import tcpflowcheck.report.PageReporter;
import tcpflowcheck.report.RankedFlows;
import tcpflowcheck.report.Renewing;
import tcpflowcheck.report.Reporter;
import tcpflowcheck.report.SarifReporter;
import tcpflowcheck.report.ShownStreams;
import tcpflowcheck.report.StoryJson;
import tcpflowcheck.report.Style;
import tcpflowcheck.report.TextChoices;
import tcpflowcheck.report.TextReport;
import tcpflowcheck.report.TextReporter;
import tcpflowcheck.report.TimeFormat;
import tcpflowcheck.report.choice.FlowChoice;
import tcpflowcheck.report.group.GroupKey;
import tcpflowcheck.tcp.RuleSet;

/** The reporters that the options ask for. */
final class Reports {
    /** Of a terminal that does not say. */
    private static final int LINES = 24;

    private final List<Reporter> all;
    private final Map<String, String> unreadable = new LinkedHashMap<>();
    private boolean renews;
    private final @Nullable TextReport text;

    private final FailOn failOn;
    private final CheckReporter flows;
    private final @Nullable ExpectReporter expected;
    private final @Nullable SarifReporter sarif;
    private final @Nullable LadderReporter drawn;
    private final @Nullable PageReporter page;

    private Reports(@Nullable TextReport text, Reporter one, Options options, TextChoices choices, Baseline baseline)
            throws IOException {
        boolean several = choices.several();
        this.text = text;
        failOn = new FailOn(options.checks().forbidden(), baseline);
        ExpectOptions expect = options.expect();
        flows = new CheckReporter(failOn, options.selection().only(), several, expect.junit() != null);
        expected =
                expect.checks() ? new ExpectReporter(expect.expect(), expect.beside(), expect.write() != null) : null;
        sarif = expect.sarif() == null ? null : new SarifReporter();
        List<Reporter> reporters = new ArrayList<>(List.of(one, flows));
        if (expected != null) {
            reporters.add(expected);
        }
        if (sarif != null) {
            reporters.add(sarif);
        }
        drawn = options.output().svg() == null || options.view().frame() != null
                ? null
                : new LadderReporter(
                        streams(options),
                        options.selection().only(),
                        options.view().absoluteSequenceNumbers(),
                        options.view().quiz());
        if (drawn != null) {
            reporters.add(drawn);
        }
        page = options.output().html() == null ? null : new PageReporter(choices);
        if (page != null) {
            reporters.add(page);
        }
        all = List.copyOf(reporters);
    }

    /** Holds flows against what is expected of them; null if nothing is. */
    @Nullable
    ExpectReporter expected() {
        return expected;
    }

    /** Null if no SARIF is wanted. */
    @Nullable
    SarifReporter sarif() {
        return sarif;
    }

    /** Null if nothing is drawn. */
    @Nullable
    LadderReporter drawn() {
        return drawn;
    }

    /** Null if no page is wanted. */
    @Nullable
    PageReporter page() {
        return page;
    }

    /** A capture could not be read, or not to its end. */
    void unreadable(String file, String message) {
        unreadable.put(file, message);
        if (sarif != null) {
            sarif.problem(SarifReporter.Problem.CAPTURE_UNREADABLE, message, file, 1);
        }
    }

    /** Whether the frame that was to be drawn is there, or none was. */
    boolean hasFrame() {
        return !(text instanceof FrameReporter one) || one.hasShown();
    }

    /** The one segment that is drawn; null if none is, or it is not there. */
    @Nullable
    FrameReporter frame() {
        return text instanceof FrameReporter one && one.hasShown() ? one : null;
    }

    /** How many flows the capture has that has most. */
    long mostFlows() {
        return flows.mostFlows();
    }

    /** What was wrong with captures that could not be read, by their names. */
    Map<String, String> unreadable() {
        return unreadable;
    }

    List<TestCase> flowCases() {
        return flows.cases();
    }

    /** @param several whether more than one capture is read, so that each is named */
    static Reports of(Options options, Surroundings surroundings, OutputStream out, boolean several, Baseline baseline)
            throws IOException {
        OutputOptions.Format format = options.output().format();
        SelectionOptions selection = options.selection();
        TextChoices choices = choices(options, surroundings, several);
        OutputStream fitted = choices.width() == 0 ? out : new FittingStream(out, choices.width());
        if (options.view().frame() != null) {
            TextReport one = new FrameReporter(options.view().frame(), choices, out);
            return new Reports(one, one, options, choices, baseline);
        }
        if (!options.view().by().isEmpty()) {
            TextReport groups = new GroupReporter(
                    new GroupReporter.Choice(options.view().by(), selection.sort(), selection.topOfGroups()),
                    choices,
                    format == OutputOptions.Format.TEXT ? null : fields(options, out),
                    fitted);
            Reports reports = new Reports(groups, groups, options, choices, baseline);
            reports.renews = isScreen(options, surroundings);
            return reports;
        }
        boolean whole =
                format == OutputOptions.Format.JSON && options.output().fields().isEmpty();
        if (whole && choices.view() == TextChoices.View.STORY) {
            return new Reports(null, ranked(new StoryJson(choices, out), options), options, choices, baseline);
        }
        if (whole) {
            Reporter flows = new JsonReporter(out, streams(options), selection.only());
            return new Reports(null, ranked(flows, options), options, choices, baseline);
        }
        if (format != OutputOptions.Format.TEXT) {
            Reporter flows = new FieldsReporter(fields(options, out), streams(options), selection.only());
            return new Reports(null, ranked(flows, options), options, choices, baseline);
        }
        if (isScreen(options, surroundings) && choices.view() == TextChoices.View.TABLE && selection.sort() == null) {
            TextReport screen = new LiveTable(choices, fitted, lines(surroundings));
            Reports reports = new Reports(screen, screen, options, choices, baseline);
            reports.renews = true;
            return reports;
        }
        TextReport text = choices.view() == TextChoices.View.AUTO
                ? new FewOrMany(choices, fitted)
                : new TextReporter(choices, fitted);
        Reporter ranked = ranked(text, options);
        return new Reports(text, ranked, options, choices, baseline);
    }

    /** What tells the flows in the order that is asked for. */
    private static Reporter ranked(Reporter report, Options options) {
        SelectionOptions selection = options.selection();
        return selection.sort() == null
                ? report
                : new RankedFlows(report, selection.sort(), selection.top(), streams(options), selection.only());
    }

    private static Fields fields(Options options, OutputStream out) {
        OutputOptions.Format format = options.output().format();
        List<String> names = new ArrayList<>(options.output().fields());
        if (names.isEmpty() && format != OutputOptions.Format.JSON) {
            for (GroupKey key : options.view().by()) {
                names.add("by." + key);
            }
            names.addAll(names.isEmpty() ? Fields.OF_FLOW : Fields.OF_GROUP);
        }
        return new Fields(Fields.Form.valueOf(format.name()), names, out);
    }

    /** What only groups a capture that these reports are held against; these must be of groups. */
    Reports against() {
        if (text instanceof GroupReporter groups) {
            return new Reports(groups.against());
        }
        throw new IllegalStateException("only groups are held against others");
    }

    private Reports(Reporter one) {
        text = null;
        failOn = new FailOn(new RuleSet(), Baseline.NONE);
        flows = new CheckReporter(failOn, FlowChoice.ALL, false, false);
        expected = null;
        sarif = null;
        drawn = null;
        page = null;
        all = List.of(one);
    }

    /** Findings that are forbidden and were found before. */
    long known() {
        return failOn.known();
    }

    List<Reporter> all() {
        return all;
    }

    /** Writes anew what is on a terminal while a capture goes on; false if that has no such report. */
    boolean renew() throws IOException {
        if (!(text instanceof Renewing screen) || !renews) {
            return false;
        }
        screen.renew();
        return true;
    }

    private static boolean isScreen(Options options, Surroundings surroundings) {
        return !options.capture().interfaces().isEmpty() && surroundings.outIsTerminal();
    }

    private static int lines(Surroundings surroundings) {
        String lines = surroundings.env().getOrDefault("LINES", "");
        return lines.matches("[1-9]\\d{0,3}") ? Integer.parseInt(lines) : LINES;
    }

    /** All inputs have been read. */
    void end() throws IOException {
        if (text != null) {
            text.total(expected == null || !expected.expects() ? null : expected::outcome);
        }
    }

    Verdict verdict() {
        return failOn.verdict();
    }

    private static TextChoices choices(Options options, Surroundings surroundings, boolean several) {
        ViewOptions view = options.view();
        boolean colors = view.color().colors(surroundings.env(), surroundings.outIsTerminal());
        return new TextChoices(
                viewOf(options),
                view.verbose(),
                view.absoluteSequenceNumbers(),
                TimeFormat.Style.values()[view.times()],
                view.nano(),
                view.utc() ? new SimpleTimeZone(0, "UTC") : null,
                width(view, surroundings),
                colors ? Style.coloured() : Style.plain(),
                surroundings.utf8() && surroundings.outIsTerminal(),
                view.language(surroundings.env()),
                streams(options),
                options.selection().only(),
                options.selection().sort(),
                view.quiz(),
                several,
                surroundings.outIsTerminal() ? System::nanoTime : null);
    }

    /** A table where nothing else is asked for and they are sorted, or there are many; what passes live is told flow by flow. */
    private static TextChoices.View viewOf(Options options) {
        ViewOptions view = options.view();
        boolean asked = view.isAsked() || options.selection().streams() != null;
        boolean live = !options.capture().interfaces().isEmpty();
        if (options.selection().sort() != null && !view.isAsked()) {
            return TextChoices.View.TABLE;
        }
        return asked || live ? TextChoices.View.valueOf(view.view().name()) : TextChoices.View.AUTO;
    }

    /** As asked for, or as the terminal has it; else nothing is fitted. */
    private static int width(ViewOptions view, Surroundings surroundings) {
        if (view.width() > 0 || !surroundings.outIsTerminal()) {
            return view.width();
        }
        String columns = surroundings.env().getOrDefault("COLUMNS", "");
        int there = columns.matches("\\d{1,5}") ? Integer.parseInt(columns) : 0;
        return there == 0 ? 0 : Math.min(Math.max(there, WholeNumber.Columns.LEAST), WholeNumber.Columns.MOST);
    }

    private static ShownStreams streams(Options options) {
        int[] chosen = options.selection().streams();
        return chosen == null ? ShownStreams.ALL : ShownStreams.of(chosen);
    }
}
