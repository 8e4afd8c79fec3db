package tcpflowcheck.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import tcpflowcheck.capture.CaptureException;
import tcpflowcheck.capture.CaptureFile;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.capture.FrameSource;
import tcpflowcheck.check.Verdict;
import tcpflowcheck.cli.ViewOptions.View;
import tcpflowcheck.flow.CaptureFindings;
import tcpflowcheck.flow.CrowdLimits;
import tcpflowcheck.flow.FlowLimits;
import tcpflowcheck.flow.FlowTracker;
import tcpflowcheck.report.FlowOrder;
import tcpflowcheck.report.Reporter;
import tcpflowcheck.report.Summary;
import tcpflowcheck.wire.Decoded;
import tcpflowcheck.wire.PacketDecoder;

/** One run over the inputs: source, decoder, tracker and reporters in a row. */
final class Analysis {
    private final Options options;
    private final Surroundings surroundings;
    private final List<Reporter> reporters;
    private final FlowLimits limits;
    private final CrowdLimits crowd;
    private final PacketDecoder decoder = new PacketDecoder();
    private final Frame frame = new Frame();
    private long framesLeft;

    private Analysis(Options options, Surroundings surroundings, List<Reporter> reporters) {
        this.options = options;
        this.surroundings = surroundings;
        this.reporters = reporters;
        framesLeft = options.input().count();
        LimitOptions limit = options.limits();
        limits = new FlowLimits(limit.msl(), limit.synTimeout(), limit.idleTimeout(), limit.maxFlows());
        crowd = limit.crowd();
    }

    /**
     * Reads every input and reports what happened in it.
     *
     * @param out where the report goes; the caller flushes it at the end
     * @return an {@link ExitCode}
     * @throws IOException if the report can't be written; an input's failure is reported here
     */
    static int run(Options options, Surroundings surroundings, OutputStream out) throws IOException {
        Reports reports = Reports.of(options, surroundings, out);
        Analysis analysis = new Analysis(options, surroundings, reports.all());
        int exitCode = ExitCode.OK;
        for (String file : options.input().files()) {
            exitCode = Math.max(exitCode, analysis.read(file, out));
        }
        reports.end();
        Verdict verdict = reports.verdict();
        if (!verdict.failed()) {
            return exitCode;
        }
        out.flush();
        surroundings.err().println(Main.NAME + ": --fail-on: " + verdict.reason());
        return Math.max(exitCode, ExitCode.CHECK_FAILED);
    }

    private int read(String file, OutputStream out) throws IOException {
        CaptureException failure = null;
        try (FrameSource source = CaptureFile.open(file, surroundings.in())) {
            Summary summary = new Summary(file);
            for (Reporter reporter : reporters) {
                reporter.begin(file);
            }
            failure = follow(source, summary, isLive(file) ? out : null);
            if (failure != null) {
                summary.incomplete();
            }
            for (Reporter reporter : reporters) {
                reporter.end(summary);
            }
        } catch (CaptureException unopened) {
            failure = unopened;
        }
        if (failure == null) {
            return ExitCode.OK;
        }
        out.flush();
        surroundings.err().println(Main.NAME + ": " + failure.getMessage());
        return ExitCode.INPUT_OUTPUT;
    }

    /** Events and segments of a pipe are wanted as they happen. */
    private boolean isLive(String file) {
        boolean asItHappens =
                options.view().view() == View.EVENTS || options.view().view() == View.SEGMENTS;
        return asItHappens && file.equals(InputOptions.STANDARD_INPUT);
    }

    /**
     * Tells what could be read.
     *
     * @param live what is flushed after each frame, or null
     * @return what stopped it, or null
     */
    private CaptureException follow(FrameSource source, Summary summary, OutputStream live) throws IOException {
        FlowOrder order = new FlowOrder(reporters, summary);
        CaptureFindings findings = new CaptureFindings(options.checks().ignored());
        FlowTracker tracker = new FlowTracker(limits, crowd, findings, order, System.nanoTime());
        CaptureException failure = null;
        try {
            while (framesLeft > 0 && source.next(frame)) {
                framesLeft--;
                Decoded decoded = decoder.decode(frame);
                summary.frame(decoded);
                findings.frame(frame);
                if (decoded == Decoded.TCP) {
                    tracker.accept(decoder.segment());
                } else {
                    notRead(decoded, tracker, summary);
                }
                if (live != null) {
                    live.flush();
                }
            }
        } catch (CaptureException cut) {
            failure = cut;
            if (cut.cut()) {
                findings.cut(summary.frames());
            }
        }
        tracker.end();
        order.end();
        summary.evicted(tracker.evicted());
        summary.capture(findings);
        return failure;
    }

    private void notRead(Decoded decoded, FlowTracker tracker, Summary summary) {
        tracker.clock(frame.number(), frame.time());
        if (decoded == Decoded.MALFORMED) {
            summary.malformed(decoder.fault().reason());
            if (decoder.fault().reason().segmentKnown()) {
                tracker.malformed(decoder.segment());
            }
        }
    }
}
