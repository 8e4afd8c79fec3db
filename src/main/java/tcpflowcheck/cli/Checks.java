package tcpflowcheck.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tcpflowcheck.capture.CaptureException;
import tcpflowcheck.check.Annotations;
import tcpflowcheck.check.ExpectReporter;
import tcpflowcheck.check.JunitXml;
import tcpflowcheck.check.Miss;
import tcpflowcheck.check.MissText;
import tcpflowcheck.check.TestCase;
import tcpflowcheck.report.SarifReporter;

/** Says at the end how the checks came out: to the user, to CI, and in files. */
final class Checks {
    /** What GitHub shows of one step. */
    private static final int MOST_ANNOTATIONS = 10;

    private final Options options;
    private final Surroundings surroundings;
    private final Reports reports;

    Checks(Options options, Surroundings surroundings, Reports reports) {
        this.options = options;
        this.surroundings = surroundings;
        this.reports = reports;
    }

    /** Gives the exit code that the checks alone have. */
    int tell() throws IOException {
        PrintStream err = surroundings.err();
        List<String> failed = new ArrayList<>();
        ExpectReporter expected = reports.expected();
        List<Miss> misses = expected == null ? List.of() : expected.misses();
        for (Miss miss : misses) {
            err.print(MissText.of(miss));
        }
        boolean renews = options.expect().update();
        if (renews && expected != null && !renew(expected)) {
            return ExitCode.INPUT_OUTPUT;
        }
        misses = renews ? misses.stream().filter(miss -> miss.renewal() == null).toList() : misses;
        if (expected != null && !misses.isEmpty()) {
            String where = options.expect().beside() ? "--expect-beside" : "--expect";
            failed.add(where + ": "
                    + (renews ? misses.size() + " misses are not for --update-expect to decide" : expected.reason()));
        }
        if (reports.known() > 0) {
            String findings = reports.known() == 1 ? "1 finding is" : reports.known() + " findings are";
            surroundings.say("--baseline: " + findings + " not new");
        }
        if (reports.verdict().failed()) {
            failed.add("--fail-on: " + reports.verdict().reason());
        }
        annotate(misses);
        SarifReporter sarif = reports.sarif();
        if (sarif != null) {
            misses.forEach(miss -> inSarif(sarif, miss));
        }
        int exitCode = files() ? ExitCode.OK : ExitCode.INPUT_OUTPUT;
        if (expected != null && expected.checkedNothing()) {
            surroundings.say("--expect-beside: nothing was checked, no capture has an expectation beside it");
            exitCode = Math.max(exitCode, ExitCode.USAGE);
        }
        exitCode = Math.max(exitCode, streams());
        for (String each : failed) {
            surroundings.say(each);
        }
        return failed.isEmpty() ? exitCode : Math.max(exitCode, ExitCode.CHECK_FAILED);
    }

    /** The misses have been printed: they are the difference. */
    private boolean renew(ExpectReporter expected) {
        try {
            for (Map.Entry<String, String> each : expected.renewed().entrySet()) {
                OutputFile.write(each.getKey(), each.getValue());
                surroundings.say(each.getKey() + ": renewed as it was seen");
            }
            return true;
        } catch (CaptureException unwritten) {
            surroundings.say(unwritten.getMessage());
            return false;
        }
    }

    /** A stream that is not there has not been looked at. */
    private int streams() {
        if (!reports.hasFrame()) {
            surroundings.say("--frame " + options.view().frame() + ": there is no TCP segment in that frame");
            return ExitCode.USAGE;
        }
        int[] named = options.selection().streams();
        boolean live = !options.capture().interfaces().isEmpty();
        if (named == null || live || named[named.length - 1] < reports.mostFlows()) {
            return ExitCode.OK;
        }
        for (int stream : named) {
            if (stream >= reports.mostFlows()) {
                surroundings.say("--stream " + stream + ": there is no such stream");
            }
        }
        return ExitCode.USAGE;
    }

    private static void inSarif(SarifReporter sarif, Miss miss) {
        int colon = miss.place().lastIndexOf(':');
        String line = miss.place().substring(colon + 1);
        String message =
                miss.subject() + ": " + miss.path() + ": expected " + miss.expected() + ", seen " + miss.seen();
        sarif.problem(
                SarifReporter.Problem.EXPECTATION_MISSED,
                message,
                miss.place().substring(0, colon),
                line.matches("[1-9]\\d{0,8}") ? Integer.parseInt(line) : 1);
    }

    private void annotate(List<Miss> misses) {
        if (!"true".equals(surroundings.env().get("GITHUB_ACTIONS"))) {
            return;
        }
        reports.unreadable().forEach((file, message) -> surroundings.err().println(Annotations.of(file, message)));
        boolean found = reports.verdict().failed();
        int room = found ? MOST_ANNOTATIONS - 1 : MOST_ANNOTATIONS;
        int shown = misses.size() > room ? room - 1 : misses.size();
        for (int i = 0; i < shown; i++) {
            surroundings.err().println(Annotations.of(misses.get(i)));
        }
        if (shown < misses.size()) {
            surroundings.err().println(Annotations.of(misses.size() - shown + " more expectations are missed"));
        }
        if (found) {
            surroundings
                    .err()
                    .println(Annotations.of("--fail-on: " + reports.verdict().reason()));
        }
    }

    private boolean files() {
        ExpectOptions files = options.expect();
        ExpectReporter expected = reports.expected();
        try {
            if (files.write() != null && expected != null && expected.hasSeen()) {
                OutputFile.write(files.write(), expected.written());
            }
            if (files.junit() != null) {
                List<TestCase> cases = new ArrayList<>(expected == null ? List.of() : expected.cases());
                cases.addAll(reports.flowCases());
                reports.unreadable().forEach((file, message) -> cases.add(TestCase.unreadable(file, message)));
                OutputFile.write(files.junit(), JunitXml.of(cases));
            }
            SarifReporter sarif = reports.sarif();
            if (sarif != null && files.sarif() != null) {
                OutputFile.write(files.sarif(), sarif.document(Main.implementationVersion()));
                if (sarif.left() > 0) {
                    surroundings.say(
                            files.sarif() + ": " + sarif.left() + " findings beyond the first 25,000 are left out");
                }
            }
            return true;
        } catch (CaptureException unwritten) {
            surroundings.say(unwritten.getMessage());
            return false;
        }
    }
}
