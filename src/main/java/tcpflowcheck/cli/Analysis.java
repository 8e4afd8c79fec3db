package tcpflowcheck.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.capture.BpfFilter;
import tcpflowcheck.capture.CaptureException;
import tcpflowcheck.capture.CaptureNotes;
import tcpflowcheck.capture.ForeignText;
import tcpflowcheck.capture.Frame;
import tcpflowcheck.capture.FrameLookup;
import tcpflowcheck.capture.FrameSource;
import tcpflowcheck.capture.LiveSource;
import tcpflowcheck.check.Baseline;
import tcpflowcheck.check.ExpectReporter;
import tcpflowcheck.check.ExpectationException;
import tcpflowcheck.cli.ViewOptions.View;
import tcpflowcheck.flow.CaptureFindings;
import tcpflowcheck.flow.CrowdLimits;
import tcpflowcheck.flow.FlowLimits;
import tcpflowcheck.flow.FlowTracker;
import tcpflowcheck.flow.Pace;
import tcpflowcheck.flow.SegmentLookup;
import tcpflowcheck.report.FlowOrder;
import tcpflowcheck.report.FrameRoad;
import tcpflowcheck.report.Reporter;
import tcpflowcheck.report.Summary;
import tcpflowcheck.report.choice.FlowChoice;
import tcpflowcheck.wire.PacketDecoder;

/** One run over the inputs: source, decoder, tracker and reporters in a row. */
final class Analysis {
    private static final int LOOKED_AT_EACH = 4096;
    private static final int MOST_RESERVED = 64 << 20;

    private final Options options;
    private final Surroundings surroundings;
    private final Reports reports;
    private final List<Reporter> reporters;
    private final @Nullable ExpectReporter expected;
    private final Rewriting rewriting;
    /** Null if nothing is kept. */
    private @Nullable Saving saving;

    private boolean savedAll;
    private final Inputs inputs;
    private final FlowLimits limits;
    private final CrowdLimits crowd;
    /** Null if it is not shown. */
    private @Nullable Progress progress;

    private final Frame frame = new Frame();
    private long framesLeft;

    /** Given up where memory ends; null while there is plenty. */
    private byte @Nullable [] reserve;

    private Analysis(Options options, Surroundings surroundings, Inputs inputs, Reports reports, Rewriting rewriting) {
        this.options = options;
        this.surroundings = surroundings;
        this.inputs = inputs;
        this.reports = reports;
        expected = reports.expected();
        reporters = new ArrayList<>(reports.all());
        reporters.addAll(rewriting.reporters());
        this.rewriting = rewriting;
        framesLeft = options.input().count();
        LimitOptions limit = options.limits();
        FlowLimits forFiles = FlowLimits.of(
                        limit.msl(), limit.synTimeout(), limit.idleTimeout(inputs.live()), limit.maxFlows())
                .within(limit.maxMemory() - limit.maxWaiting());
        limits = inputs.live() ? forFiles.live() : forFiles;
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
        Inputs inputs = new Inputs(options, surroundings);
        List<String> names = inputs.names();
        if (names.isEmpty()) {
            surroundings.say(
                    "no capture in " + String.join(", ", options.input().files()));
            return ExitCode.USAGE;
        }
        Rewriting rewriting =
                new Rewriting(options.output(), options.selection().only());
        boolean updates = options.expect().update() && options.expect().expect() != null;
        String wrong = updates && names.size() > 1
                ? "--update-expect with --expect is for one capture: name one, --merge them, or use --expect-beside"
                : rewriting.isAsked() && names.size() > 1
                        ? "--annotate and --extract are for one capture: name one, or --merge them"
                        : OutputFile.overwriting(options.outputs(), inputs.files());
        if (wrong != null) {
            surroundings.say(wrong);
            return ExitCode.USAGE;
        }
        try {
            for (String output : options.outputs()) {
                OutputFile.tryOut(output);
            }
        } catch (CaptureException unwritten) {
            surroundings.say(unwritten.getMessage());
            return ExitCode.INPUT_OUTPUT;
        }
        try {
            inputs.filter();
        } catch (CaptureException unfit) {
            surroundings.say(
                    unfit.getMessage() + WiresharkFilter.hint(options.input().filter()));
            return unfit.getCause() instanceof LinkageError ? ExitCode.INPUT_OUTPUT : ExitCode.USAGE;
        }
        Baseline baseline = baseline(options.checks().baseline(), surroundings);
        if (baseline == null) {
            return ExitCode.USAGE;
        }
        Reports reports = Reports.of(options, surroundings, out, names.size() > 1, baseline);
        Analysis analysis = new Analysis(options, surroundings, inputs, reports, rewriting);
        analysis.progress = inputs.live() ? null : Progress.of(options, surroundings, names.size());
        int exitCode = analysis.readAll(names, out);
        String against = options.view().against();
        if (against != null) {
            Rewriting nothing = new Rewriting(new OutputOptions(), FlowChoice.ALL);
            Analysis other = new Analysis(options, surroundings, inputs.alone(against), reports.against(), nothing);
            exitCode = Math.max(exitCode, other.read(against, out));
        }
        reports.end();
        out.flush();
        exitCode = Math.max(exitCode, new Pictures(options, surroundings, reports).draw());
        return Math.max(exitCode, new Checks(options, surroundings, reports).tell());
    }

    private int readAll(List<String> names, OutputStream out) throws IOException {
        int exitCode = ExitCode.OK;
        try (Saving files = Saving.of(options, surroundings, inputs.files())) {
            saving = files;
            for (String name : names) {
                exitCode = Math.max(exitCode, read(name, out));
            }
        } catch (CaptureException unwritten) {
            surroundings.say(unwritten.getMessage());
            exitCode = ExitCode.INPUT_OUTPUT;
        }
        return exitCode;
    }

    /** Null if it can't be read, which has been said. */
    private static @Nullable Baseline baseline(@Nullable String name, Surroundings surroundings) {
        try {
            return name == null ? Baseline.NONE : Baseline.read(name);
        } catch (ExpectationException wrong) {
            wrong.lines().forEach(surroundings::say);
        } catch (IOException unread) {
            boolean missing = unread instanceof NoSuchFileException;
            surroundings.say(name + ": " + (missing ? "no such file" : "can't be read: " + unread.getMessage()));
        }
        return null;
    }

    private int read(String file, OutputStream out) throws IOException {
        CaptureException failure = null;
        try {
            if (expected != null) {
                expected.expect(file);
            }
        } catch (ExpectationException wrong) {
            wrong.lines().forEach(surroundings::say);
            return ExitCode.USAGE;
        } catch (IOException wrong) {
            String message = wrong instanceof NoSuchFileException missing
                    ? missing.getFile() + ": no such file"
                    : String.valueOf(wrong.getMessage());
            surroundings.say(message);
            return ExitCode.USAGE;
        }
        try {
            BpfFilter filter = inputs.filter();
            try (rewriting) {
                CaptureNotes notes;
                try (FrameSource source = inputs.open(file)) {
                    rewriting.begin(inputs.files());
                    failure = tell(source, filter, out);
                    notes = source.notes();
                }
                rewriting.write(inputs, filter, options.input().count() - framesLeft, notes);
            }
        } catch (CaptureException unopened) {
            if (failure != null) {
                unopened.addSuppressed(failure);
            }
            failure = unopened;
        }
        if (failure == null) {
            return ExitCode.OK;
        }
        out.flush();
        for (CaptureException each : all(failure)) {
            boolean missing = each.getMessage().endsWith(": no such file");
            surroundings.say(each.getMessage() + (missing ? WiresharkFilter.hintOfFile(file) : ""));
            reports.unreadable(file, each.getMessage());
        }
        return ExitCode.INPUT_OUTPUT;
    }

    /** Of merged captures more than one can have failed. */
    private static List<CaptureException> all(CaptureException failure) {
        List<CaptureException> all = new ArrayList<>(List.of(failure));
        for (Throwable other : failure.getSuppressed()) {
            if (other instanceof CaptureException another) {
                all.add(another);
            }
        }
        return all;
    }

    private @Nullable CaptureException tell(FrameSource source, @Nullable BpfFilter filter, OutputStream out)
            throws CaptureException, IOException {
        ForeignText file = new ForeignText(source.name());
        Summary summary = new Summary(file, options.selection().only());
        for (Reporter reporter : reporters) {
            reporter.begin(file, source.notes());
        }
        if (progress != null) {
            progress.begin();
        }
        CaptureException failure;
        if (source instanceof LiveSource live && inputs.live()) {
            try (LiveWatch watch = new LiveWatch(live, options, surroundings, reports, saving, out)) {
                failure = follow(source, null, summary, null, watch);
            }
            summary.dropped(live.counters().droppedByKernel(), live.counters().droppedByInterface());
        } else {
            failure = follow(source, filter, summary, isLive(source.name()) ? out : null, null);
            summary.notes(source.notes());
        }
        if (saving != null) {
            saving.read(frame);
        }
        if (failure != null) {
            summary.incomplete();
        }
        for (Reporter reporter : reporters) {
            reporter.end(summary);
        }
        warnOfDrops(summary, out);
        return failure;
    }

    private void warnOfDrops(Summary summary, OutputStream out) throws IOException {
        long dropped = Math.max(summary.droppedByKernel(), 0) + Math.max(summary.droppedByInterface(), 0);
        if (dropped > 0) {
            String hint = inputs.live() ? " (a larger --live-buffer or -B, a smaller -s or a filter helps)" : "";
            out.flush();
            surroundings.say(summary.file() + ": " + dropped
                    + " frames were dropped before they were captured: verdicts may lack what they said"
                    + hint);
        }
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
     * @param flushed what is flushed after each frame, or null
     * @param watch what follows a live capture, or null
     * @return what stopped it, or null
     */
    private @Nullable CaptureException follow(
            FrameSource source,
            @Nullable BpfFilter filter,
            Summary summary,
            @Nullable OutputStream flushed,
            @Nullable LiveWatch watch)
            throws IOException {
        PacketDecoder decoder = decoder();
        FlowOrder order = new FlowOrder(
                reporters, summary, watch != null, options.limits().maxWaiting());
        CaptureFindings findings = new CaptureFindings(options.checks().ignored());
        try (FlowTracker tracker = new FlowTracker(limits, crowd, findings, order, pace(watch), System.nanoTime())) {
            readAgain(source, tracker);
            FrameRoad road = new FrameRoad(decoder, tracker, summary, findings);
            CaptureException failure = follow(source, filter, summary, flushed, watch, tracker, findings, road);
            if (progress != null) {
                progress.clear();
            }
            road.end(order);
            return failure;
        }
    }

    private PacketDecoder decoder() {
        PacketDecoder decoder = new PacketDecoder();
        if (!options.input().tunnels()) {
            decoder.withoutTunnels();
        }
        return decoder;
    }

    private void readAgain(FrameSource source, FlowTracker tracker) {
        FrameLookup frames = tracker.seldomLooks() ? source.lookup() : null;
        if (frames != null) {
            tracker.readAgainBy(new SegmentLookup(frames, decoder()));
        }
    }

    /** Where memory may become scarce: what is set aside is enough to tell what was read. */
    private void reserve() {
        Runtime runtime = Runtime.getRuntime();
        if (runtime.totalMemory() >= runtime.maxMemory() / 2) {
            reserve = new byte[(int) Math.min(runtime.maxMemory() / 16, MOST_RESERVED)];
        }
    }

    private static String whatFills(FlowTracker tracker, Summary summary) {
        return "out of memory at frame " + summary.frames() + ", of Java's "
                + mebibytes(Runtime.getRuntime().maxMemory())
                + " MiB: " + tracker.alive() + " flows alive take about " + mebibytes(tracker.octets()) + " MiB"
                + ", the rest is what reports hold and tables of fixed size: lower --max-memory or --max-flows, leave out --sort"
                + " and --html, or give Java more: TCPFLOW_CHECK_JAVA_OPTS=-Xmx4g";
    }

    private static long mebibytes(long octets) {
        return octets >> 20;
    }

    private static Pace pace(@Nullable LiveWatch watch) {
        return watch != null ? Pace.AT_ONCE : Pace.of(Runtime.getRuntime().availableProcessors());
    }

    private @Nullable CaptureException follow(
            FrameSource source,
            @Nullable BpfFilter filter,
            Summary summary,
            @Nullable OutputStream flushed,
            @Nullable LiveWatch watch,
            FlowTracker tracker,
            CaptureFindings findings,
            FrameRoad road)
            throws IOException {
        try {
            while (framesLeft > 0 && !savedAll) {
                if (watch != null) {
                    watch.await(tracker, summary);
                }
                if (!source.next(frame)) {
                    break;
                }
                rewriting.keep(frame);
                if (filter != null && !filter.accepts(frame)) {
                    continue;
                }
                if (saving != null && !saving.keep(frame)) {
                    savedAll = true;
                    break;
                }
                framesLeft--;
                if (progress != null) {
                    progress.frames(source, summary.frames());
                }
                if ((summary.frames() & LOOKED_AT_EACH - 1) == 0 && reserve == null) {
                    reserve();
                }
                road.accept(frame);
                if (flushed != null) {
                    flushed.flush();
                }
            }
        } catch (OutOfMemoryError full) {
            reserve = null;
            return CaptureException.unreadable(source.name(), whatFills(tracker, summary), full);
        } catch (CaptureException cut) {
            for (CaptureException each : all(cut)) {
                if (each.cut()) {
                    findings.cut(summary.frames());
                }
            }
            return cut;
        }
        return null;
    }
}
