package tcpflowcheck.cluster;

import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/** Closes a bucket when its task ends, however it ends. */
final class Closing implements TaskCompletionListener {
    private final Bucket bucket;

    Closing(Bucket bucket) {
        this.bucket = bucket;
    }

    @Override
    public void onTaskCompletion(TaskContext context) {
        bucket.close();
    }
}
