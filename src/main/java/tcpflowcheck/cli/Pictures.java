package tcpflowcheck.cli;

import java.io.IOException;
import tcpflowcheck.capture.CaptureException;
import tcpflowcheck.report.LadderReporter;

/** Writes at the end what is drawn. */
final class Pictures {
    private final Options options;
    private final Surroundings surroundings;
    private final Reports reports;

    Pictures(Options options, Surroundings surroundings, Reports reports) {
        this.options = options;
        this.surroundings = surroundings;
        this.reports = reports;
    }

    /** Gives the exit code that they alone have. */
    int draw() throws IOException {
        return Math.max(drawing(), page());
    }

    private int page() throws IOException {
        if (reports.page() == null) {
            return ExitCode.OK;
        }
        return write(options.output().html(), reports.page().html());
    }

    private int drawing() {
        LadderReporter drawn = reports.drawn();
        if (options.output().svg() != null && reports.frame() != null) {
            return write(options.output().svg(), reports.frame().svg());
        }
        if (drawn == null) {
            return ExitCode.OK;
        }
        String file = options.output().svg();
        if (drawn.chosen() != 1) {
            String flows = drawn.chosen() == 0 ? "there is no such flow" : "there are " + drawn.chosen() + " flows";
            surroundings.say(file + ": not written: " + flows + ", one can be drawn: --stream N names it");
            return ExitCode.USAGE;
        }
        return write(file, drawn.svg());
    }

    private int write(String file, String text) {
        try {
            OutputFile.write(file, text);
            return ExitCode.OK;
        } catch (CaptureException unwritten) {
            surroundings.say(unwritten.getMessage());
            return ExitCode.INPUT_OUTPUT;
        }
    }
}
