package tcpflowcheck.capture;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Several interfaces as one capture: of the frames that are there, the oldest first. */
public final class SeveralInterfaces implements LiveSource {
    private static final long POLL_NANOS = 2_000_000;

    private final List<LiveSource> sources;
    private final Frame[] heads;
    private final boolean[] held;
    private final boolean[] ended;
    private long frames;
    private @Nullable CaptureException failure;

    public SeveralInterfaces(List<LiveSource> sources) {
        this.sources = sources;
        heads = new Frame[sources.size()];
        for (int i = 0; i < heads.length; i++) {
            heads[i] = new Frame();
        }
        held = new boolean[heads.length];
        ended = new boolean[heads.length];
    }

    @Override
    public String name() {
        StringBuilder names = new StringBuilder();
        for (LiveSource source : sources) {
            names.append(names.length() > 0 ? "," : "").append(source.name());
        }
        return names.toString();
    }

    @Override
    public boolean ready(long nanos) throws CaptureException {
        long until = System.nanoTime() + nanos;
        while (true) {
            if (fetch() || allEnded()) {
                return true;
            }
            long left = until - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            LockSupport.parkNanos(Math.min(left, POLL_NANOS));
        }
    }

    /** Holds the first frame of each interface that has one; an interface that fails ends, the others go on. */
    private boolean fetch() throws CaptureException {
        boolean any = false;
        for (int i = 0; i < heads.length; i++) {
            if (!held[i] && !ended[i]) {
                try {
                    held[i] = sources.get(i).ready(0) && sources.get(i).next(heads[i]);
                    ended[i] = !held[i] && sources.get(i).ready(0);
                } catch (CaptureException gone) {
                    ended[i] = true;
                    failure = failure == null ? gone : failure;
                }
            }
            any |= held[i];
        }
        return any;
    }

    private boolean allEnded() {
        for (int i = 0; i < heads.length; i++) {
            if (!ended[i] || held[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean next(Frame frame) throws CaptureException {
        while (!fetch()) {
            if (allEnded()) {
                if (failure != null) {
                    throw failure;
                }
                return false;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        int oldest = -1;
        for (int i = 0; i < heads.length; i++) {
            if (held[i] && (oldest < 0 || heads[i].time() < heads[oldest].time())) {
                oldest = i;
            }
        }
        held[oldest] = false;
        frame.wrap(heads[oldest], ++frames);
        return true;
    }

    @Override
    public int linkType() {
        return sources.get(0).linkType();
    }

    @Override
    public void stop() {
        sources.forEach(LiveSource::stop);
    }

    @Override
    public Counters counters() {
        long received = 0;
        long kernel = 0;
        long device = 0;
        for (LiveSource source : sources) {
            received += source.counters().received();
            kernel += source.counters().droppedByKernel();
            device += source.counters().droppedByInterface();
        }
        return new Counters(received, kernel, device);
    }

    @Override
    public void close() throws IOException {
        for (LiveSource source : sources) {
            source.close();
        }
    }
}
