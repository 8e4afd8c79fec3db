package tcpflowcheck.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An interrupt (SIGINT, SIGTERM, SIGHUP) that a run outlives until it has said what it knows. */
final class Interruption {
    private static volatile CountDownLatch said;

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
        if (said != null) {
            said.countDown();
        }
    }
}
