package tcpflowcheck.flow;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Does work in the order in which it is given, beside who gives it. The thread starts with the first. */
final class OtherThread implements AutoCloseable {
    private final String name;
    private final Queue<Future<?>> given = new ArrayDeque<>();
    private @Nullable ExecutorService executor;

    OtherThread(String name) {
        this.name = name;
    }

    void give(Runnable work) {
        if (executor == null) {
            executor = Executors.newSingleThreadExecutor(run -> {
                Thread thread = new Thread(run, name);
                thread.setDaemon(true);
                return thread;
            });
        }
        given.add(executor.submit(work));
    }

    /** Waits for the oldest work that was given and not waited for; throws what it threw. */
    void await() {
        try {
            given.remove().get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failed.getCause();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e); // nobody does
        }
    }

    /** Waits for what has begun; what has not is given up. */
    @Override
    public void close() {
        if (executor == null) {
            return;
        }
        given.forEach(work -> work.cancel(false));
        executor.shutdown();
        try {
            executor.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e); // nobody does
        }
    }
}
