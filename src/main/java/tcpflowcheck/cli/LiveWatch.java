package tcpflowcheck.cli;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.capture.CaptureException;
import tcpflowcheck.capture.LinkType;
import tcpflowcheck.capture.LiveSource;
import tcpflowcheck.capture.Privileges;
import tcpflowcheck.flow.FlowTracker;
import tcpflowcheck.report.StatusLine;
import tcpflowcheck.report.Summary;

/** A capture that is followed while it happens: its end, its clock while the link is silent, and what is shown of it. */
final class LiveWatch implements AutoCloseable {
    /** So often what was said is handed on, and the clock goes on without frames. */
    private static final long TICK_NANOS = 50_000_000;

    /** Frames may still be on their way to us for so long. */
    private static final long LATE_NANOS = 500_000_000;

    private static final long PICTURE_NANOS = 1_000_000_000;
    private static final long STATUS_NANOS = 500_000_000;
    private static final long LONGEST_GOODBYE_SECONDS = 20;

    /** Debian's tcpdump becomes this one. */
    private static final String USUAL = "tcpdump";

    private static final String ROOT = "root";

    private final LiveSource source;
    private final Reports reports;
    private final OutputStream out;
    private final @Nullable StatusLine status;
    /** Null if nothing is kept. */
    private final @Nullable Saving saving;

    private final long end;
    private long nextTick;
    private long nextPicture;
    private long nextStatus;

    LiveWatch(
            LiveSource source,
            Options options,
            Surroundings surroundings,
            Reports reports,
            @Nullable Saving saving,
            OutputStream out)
            throws CaptureException {
        this.reports = reports;
        this.source = source;
        this.out = out;
        status = surroundings.errIsTerminal() ? new StatusLine(surroundings.err()) : null;
        this.saving = saving;
        long duration = options.capture().duration();
        end = duration == Long.MAX_VALUE ? Long.MAX_VALUE : System.nanoTime() + duration;
        Interruption.outlive(source::stop, LONGEST_GOODBYE_SECONDS);
        String user = beginAndDrop(options);
        surroundings.say("listening on " + String.join(", ", options.capture().interfaces()) + ", link type "
                + LinkType.nameOf(source.linkType()) + (user == null ? "" : ", as user " + user));
    }

    /** A file that others follow is not for root to open: then the others would fail. */
    private @Nullable String beginAndDrop(Options options) throws CaptureException {
        if (saving != null && !options.save().rotates()) {
            saving.begin(source.linkType());
        }
        String user = drop(options);
        if (saving != null) {
            saving.begin(source.linkType());
        }
        return user;
    }

    /** As tcpdump does it: the interface and the file of -w are open, nothing else needs root. */
    private static @Nullable String drop(Options options) throws CaptureException {
        String user = options.capture().user();
        if (user == null) {
            SaveOptions save = options.save();
            boolean others = save.rotates() || options.outputs().size() > (save.write() == null ? 0 : 1);
            // Classes are loaded until the end: from a jar that is open, or from folders that only root may enter.
            boolean jar = LiveWatch.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .getPath()
                    .endsWith(".jar");
            user = others || !jar || !Privileges.isRoot() || !Privileges.isUser(USUAL) ? ROOT : USUAL;
        }
        if (user.equals(ROOT)) {
            return null;
        }
        Privileges.dropTo(user);
        return user;
    }

    /** Waits for a frame or the end, and lets the capture's clock go on meanwhile. */
    void await(FlowTracker tracker, Summary summary) throws CaptureException, IOException {
        while (true) {
            long now = System.nanoTime();
            if (now - end >= 0 && end != Long.MAX_VALUE) {
                source.stop();
            }
            if (now - nextTick >= 0) {
                tick(now, tracker, summary);
            }
            if (source.ready(TICK_NANOS)) {
                return;
            }
            long clock = System.currentTimeMillis() * 1_000_000 - LATE_NANOS;
            tracker.clock(summary.frames(), clock);
        }
    }

    private void tick(long now, FlowTracker tracker, Summary summary) throws CaptureException, IOException {
        nextTick = now + TICK_NANOS;
        if (status != null) {
            status.clear();
        }
        if (now - nextPicture >= 0) {
            nextPicture = now + PICTURE_NANOS;
            reports.renew();
        }
        out.flush();
        if (saving != null) {
            saving.flush();
        }
        if (status != null && now - nextStatus >= 0) {
            nextStatus = now + STATUS_NANOS;
            status.measure(
                    now, summary.frames(), tracker.alive(), source.counters().dropped());
        }
        if (status != null) {
            status.show();
        }
    }

    @Override
    public void close() {
        if (status != null) {
            status.clear();
        }
    }
}
