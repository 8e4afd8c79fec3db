package tcpflowcheck.cli;

import java.io.IOException;
import tcpflowcheck.capture.CaptureException;
import tcpflowcheck.report.FrameReporter;
import tcpflowcheck.report.LadderReporter;
import tcpflowcheck.report.PageReporter;

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
        PageReporter page = reports.page();
        String file = options.output().html();
        return page == null || file == null ? ExitCode.OK : write(file, page.html());
    }

    private int drawing() {
        String file = options.output().svg();
        if (file == null) {
            return ExitCode.OK;
        }
        FrameReporter frame = reports.frame();
        if (frame != null) {
            return write(file, frame.svg());
        }
        LadderReporter drawn = reports.drawn();
        if (drawn == null) {
            return ExitCode.OK;
        }
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
