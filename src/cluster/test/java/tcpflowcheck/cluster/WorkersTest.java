package tcpflowcheck.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers that are processes of their own; one is killed in the middle. */
class WorkersTest {
    private static final int TRACKING = 4;
    /** How many tasks ended well, and how many did not, since the test began. */
    private static final AtomicInteger ENDED = new AtomicInteger();

    private static final AtomicInteger LOST = new AtomicInteger();
    private static Standalone cluster;
    private static int killAfter;

    @TempDir
    private Path folder;

    /** Spark makes one in the driver, by its name. */
    public static final class Killer extends SparkListener {
        @Override
        public void onTaskEnd(SparkListenerTaskEnd end) {
            if (!end.taskInfo().successful()) {
                LOST.incrementAndGet();
            } else if (end.stageId() > 0 && ENDED.incrementAndGet() == killAfter) {
                cluster.kill(1);
            }
        }
    }

    @AfterEach
    void forget() {
        for (String each : List.of(
                "spark.extraListeners",
                "spark.executor.memory",
                "spark.executor.extraClassPath",
                "spark.executor.extraJavaOptions",
                "spark.cores.max")) {
            System.clearProperty(each);
        }
    }

    @Test
    void aWorkerThatIsKilledWhileItTracksChangesNothing() throws IOException, InterruptedException {
        List<String> files = Traffic.of(folder, "turns", 3000).rotated(folder.resolve("files"), 6);
        OneMachine one = new OneMachine(files);
        cluster = new Standalone(folder.resolve("cluster"), 2);
        try {
            Spark.local(cluster.master());
            System.setProperty("spark.executor.memory", "512m");
            System.setProperty("spark.executor.extraClassPath", Spark.classpath());
            System.setProperty("spark.executor.extraJavaOptions", String.join(" ", Spark.opens()));
            System.setProperty("spark.extraListeners", Killer.class.getName());
            killAfter = TRACKING;
            List<String> words = new ArrayList<>(List.of("--format", "ndjson", "--buckets", "6"));
            Path out = folder.resolve("out");
            words.addAll(List.of("--out", out.toString()));
            words.addAll(files);
            assertThat(Job.run(words.toArray(String[]::new))).isZero();
            assertThat(ENDED.get()).isGreaterThan(TRACKING);
            assertThat(LOST.get()).as("tasks that the worker took with it").isPositive();
            assertThat(one.flows(out)).isEqualTo(one.flows());
            assertThat(one.summary(out)).isEqualTo(one.summary());
        } finally {
            cluster.close();
        }
    }
}
