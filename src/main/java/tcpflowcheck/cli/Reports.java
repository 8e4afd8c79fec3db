package tcpflowcheck.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tcpflowcheck.check.FailOn;
import tcpflowcheck.check.Verdict;
import tcpflowcheck.report.JsonReporter;
import tcpflowcheck.report.Reporter;
import tcpflowcheck.report.Style;
import tcpflowcheck.report.TextChoices;
import tcpflowcheck.report.TextReporter;
import tcpflowcheck.report.TimeFormat;

/** The reporters that the options ask for. */
final class Reports {
    private final List<Reporter> all;
    private final TextReporter text;

    private final FailOn failOn;

    private Reports(TextReporter text, Reporter one, Options options) {
        this.text = text;
        failOn = new FailOn(options.checks().forbidden());
        boolean several = options.input().files().size() > 1;
        this.all = List.of(one, new CheckReporter(failOn, several));
    }

    static Reports of(Options options, Surroundings surroundings, OutputStream out) {
        if (options.output().format() == OutputOptions.Format.JSON) {
            return new Reports(
                    null,
                    new JsonReporter(
                            out,
                            streams(options.selection()),
                            options.selection().onlyFindings()),
                    options);
        }
        TextReporter text = new TextReporter(choices(options, surroundings), out);
        return new Reports(text, text, options);
    }

    List<Reporter> all() {
        return all;
    }

    /** All inputs have been read. */
    void end() throws IOException {
        if (text != null) {
            text.total();
        }
    }

    Verdict verdict() {
        return failOn.verdict();
    }

    private static TextChoices choices(Options options, Surroundings surroundings) {
        ViewOptions view = options.view();
        boolean colors = view.color().colors(surroundings.env(), surroundings.outIsTerminal());
        int[] streams = options.selection().streams();
        return new TextChoices(
                TextChoices.View.valueOf(view.view().name()),
                view.verbose(),
                view.absoluteSequenceNumbers(),
                TimeFormat.Style.values()[view.times()],
                view.nano(),
                view.utc() ? ZoneOffset.UTC : ZoneId.systemDefault(),
                colors ? Style.coloured() : Style.plain(),
                stream -> streams == null || Arrays.binarySearch(streams, (int) stream) >= 0,
                options.selection().onlyFindings(),
                options.input().files().size() > 1,
                surroundings.outIsTerminal() ? System::nanoTime : null);
    }

    private static Set<Long> streams(SelectionOptions selection) {
        int[] chosen = selection.streams();
        if (chosen == null) {
            return null;
        }
        Set<Long> streams = new TreeSet<>();
        for (int stream : chosen) {
            streams.add((long) stream);
        }
        return streams;
    }
}
