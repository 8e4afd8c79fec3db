package tcpflowcheck.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FilterInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.PositionedReadable;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.Seekable;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Storage that fails: a task reads its file again, and a job that can't be done says nothing. */
class ReadErrorsTest {
    private static final AtomicInteger FAILURES = new AtomicInteger();

    @TempDir
    private Path folder;

    /** Local files under another name, which fail a while after they have been opened. */
    public static final class Failing extends RawLocalFileSystem {
        @Override
        public URI getUri() {
            return URI.create("failing:///");
        }

        @Override
        public String getScheme() {
            return "failing";
        }

        @Override
        public FSDataInputStream open(org.apache.hadoop.fs.Path path, int buffer) throws IOException {
            return new FSDataInputStream(new Broken(super.open(path, buffer)));
        }
    }

    private static final class Broken extends FilterInputStream implements Seekable, PositionedReadable {
        private static final int AFTER = 100_000;

        private final FSDataInputStream file;

        Broken(FSDataInputStream file) {
            super(file);
            this.file = file;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            if (file.getPos() > AFTER && FAILURES.getAndDecrement() > 0) {
                throw new IOException("the storage is away");
            }
            return file.read(to, offset, Math.min(length, AFTER));
        }

        @Override
        public void seek(long position) throws IOException {
            file.seek(position);
        }

        @Override
        public long getPos() throws IOException {
            return file.getPos();
        }

        @Override
        public boolean seekToNewSource(long target) throws IOException {
            return file.seekToNewSource(target);
        }

        @Override
        public int read(long position, byte[] to, int offset, int length) throws IOException {
            return file.read(position, to, offset, length);
        }

        @Override
        public void readFully(long position, byte[] to, int offset, int length) throws IOException {
            file.readFully(position, to, offset, length);
        }

        @Override
        public void readFully(long position, byte[] to) throws IOException {
            file.readFully(position, to);
        }
    }

    private int run(Path out, List<String> files, int failures) throws IOException {
        FAILURES.set(failures);
        Spark.local("local[2,4]"); // four tries
        System.setProperty("spark.hadoop.fs.failing.impl", Failing.class.getName());
        try {
            return Job.run(
                    "--format",
                    "ndjson",
                    "--buckets",
                    "2",
                    "--out",
                    out.toString(),
                    "failing://" + files.get(0),
                    files.get(1));
        } finally {
            System.clearProperty("spark.hadoop.fs.failing.impl");
        }
    }

    @Test
    void aFileIsReadAgainAndAJobThatFailsHasNoSummary() throws IOException {
        List<String> files = Traffic.of(folder, "turns", 600).rotated(folder.resolve("files"), 2);
        OneMachine one = new OneMachine(files);
        Path out = folder.resolve("out");
        assertThat(run(out, files, 2)).isZero();
        assertThat(FAILURES.get()).as("failures left").isNotPositive();
        String name = "\"file\":\"failing://" + files.get(0) + "," + files.get(1) + "\"";
        String there = "\"file\":\"" + files.get(0) + "," + files.get(1) + "\"";
        assertThat(one.flows(out))
                .isEqualTo(one.flows().stream()
                        .map(flow -> flow.replace(there, name))
                        .toList());

        Path lost = folder.resolve("lost");
        assertThatThrownBy(() -> run(lost, files, Integer.MAX_VALUE))
                .isInstanceOf(SparkException.class)
                .hasMessageContaining("the storage is away");
        assertThat(Files.exists(lost.resolve("summary.json"))).isFalse();
    }
}
