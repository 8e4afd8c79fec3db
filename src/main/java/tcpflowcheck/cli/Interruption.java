package tcpflowcheck.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tcpflowcheck.capture.StoppableInput;

/** An interrupt (SIGINT, SIGTERM, SIGHUP) that a run outlives until it has said what it knows. */
final class Interruption {
    private static final long LONGEST_END_MILLIS = 500;
    private static final long LONGEST_REPORT_SECONDS = 20;

    private static volatile @Nullable CountDownLatch said;

    private Interruption() {}

    /**
     * From now on an interrupt ends the reading, and the process lives until the summary is out.
     *
     * @param stop ends the reading
     * @param mostSeconds that this may take
     */
    static void outlive(Runnable stop, long mostSeconds) {
        CountDownLatch latch = new CountDownLatch(1);
        said = latch;
        Runtime.getRuntime().addShutdownHook(new Thread(() -> goodbye(stop, latch, mostSeconds), "interrupted"));
    }

    /**
     * From now on an interrupt ends the reading of a pipe that does not end by itself: the other end mostly gets the same
     * signal, and what it still writes is read.
     */
    static void outlive(StoppableInput pipe) {
        CountDownLatch latch = new CountDownLatch(1);
        said = latch;
        Runtime.getRuntime().addShutdownHook(new Thread(() -> goodbye(pipe, latch), "interrupted"));
    }

    private static void goodbye(StoppableInput pipe, CountDownLatch latch) {
        try {
            if (latch.await(LONGEST_END_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
            pipe.stop();
            latch.await(LONGEST_REPORT_SECONDS, TimeUnit.SECONDS);
            Runtime.getRuntime().halt(ExitCode.INPUT_OUTPUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void goodbye(Runnable stop, CountDownLatch latch, long mostSeconds) {
        stop.run();
        try {
            if (!latch.await(mostSeconds, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Everything is said: an interrupted process may end. */
    static void saidAll() {
        CountDownLatch latch = said;
        if (latch != null) {
            latch.countDown();
        }
    }
}
